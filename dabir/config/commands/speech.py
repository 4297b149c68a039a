"""How the command line speaks: answers on standard output, words about them on standard error.

Django is not loaded here, so that help comes at once; the words are in the same catalogue.
"""

from __future__ import annotations

import gettext as standard
import json
import os
import sys
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).resolve().parents[2] / "locale"
LANGUAGES = ("en", "fa")
_spoken: dict[str, standard.NullTranslations] = {"words": standard.NullTranslations()}


class Refused(Exception):
    """What was asked cannot be done with what was given; exit code 2."""

    def __init__(self, message: str, cure: str = "") -> None:
        self.message, self.cure = message, cure
        super().__init__(message)


class Fault(Exception):
    """Something that ought to work did not, and the words say what; exit code 1."""


def language() -> str:
    """The language that the terminal's environment asks for, English when it is not ours."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "")[:2].lower()
        if wanted:
            return wanted if wanted in LANGUAGES else "en"
    return "en"


def speak(wanted: str) -> None:
    """From now on speak this language."""
    os.environ["DABIR_COMMAND_LANGUAGE"] = os.environ["LANGUAGE"] = wanted
    standard.bindtextdomain("django", str(LOCALE))
    standard.textdomain("django")  # argparse looks its own words up there: "usage", "error"
    _spoken["words"] = standard.translation("django", LOCALE, languages=[wanted], fallback=True)


def gettext(message: str) -> str:
    """The words in the language spoken."""
    return _spoken["words"].gettext(message)


def tell(words: str) -> None:
    """Answer on standard output."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def tell_json(data: Any) -> None:
    """Answer for a machine, on standard output."""
    tell(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def note(words: str) -> None:
    """Say something about the work, on standard error."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
