"""The one command, `dabir`: exit 0 done, 1 a fault, 2 what was asked or given is refused.

Answers go to standard output (only JSON where `--json` is asked), words about the work to standard
error. Django is loaded by the commands that need it, so that help comes at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from dabir import __version__
from dabir.config.commands import (
    decisions,
    founding,
    intake,
    keeping,
    members,
    service,
    statute,
    trail,
)
from dabir.config.commands.speech import (
    LANGUAGES,
    Fault,
    Refused,
    language,
    note,
    speak,
)
from dabir.config.commands.speech import gettext as _

DONE, FAULT, REFUSED, STOPPED = 0, 1, 2, 130


def build_parser() -> argparse.ArgumentParser:
    """Every command with its help, in the language spoken."""
    parser = argparse.ArgumentParser(
        prog="dabir",
        description=_("The digital secretariat of an association of cities."),
        epilog=_(
            "The installation lies in the folder DABIR_HOME (./var when it is not set); with "
            "DATABASE_URL=postgresql://… its database is on PostgreSQL. Exit codes: 0 done, "
            "1 a fault, 2 what was asked or given is refused."
        ),
    )
    version = f"dabir {__version__}"
    parser.add_argument("--version", action="version", version=version, help=_("tell the version"))
    parser.add_argument(
        "--language", choices=LANGUAGES, help=_("language of the answers (else that of LANG)")
    )
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    for module in (founding, service, keeping, decisions, members, trail, intake, statute):
        module.add_commands(commands)
    return parser


def _language_asked(arguments: Sequence[str]) -> str:
    """The language, known before the help is written in it."""
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    early.add_argument("--language", choices=LANGUAGES)
    try:
        return early.parse_known_args(arguments)[0].language or language()
    except argparse.ArgumentError:
        return language()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without our letters is no fault
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak(_language_asked(given))
    asked = build_parser().parse_args(given)
    try:
        return int(asked.run(asked) or DONE)
    except Refused as refusal:
        return _refuse(refusal.message, refusal.cure)
    except Fault as fault:
        note(str(fault))
        return FAULT
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:  # whoever read the answer has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:
        return _expected(fault)


def _refuse(message: object, cure: object) -> int:
    note(f"{message} {cure}".strip())
    return REFUSED


def _expected(fault: Exception) -> int:
    """Refusals of the domain and a database out of reach, in words; anything else is our fault."""
    if "django" in sys.modules:
        from django.db import OperationalError

        from dabir.core.errors import DomainError

        if isinstance(fault, DomainError):
            return _refuse(fault.message, fault.cure)
        if isinstance(fault, OperationalError):
            note(_("The database cannot be used: %(words)s") % {"words": str(fault).strip()})
            return FAULT
    if isinstance(fault, OSError) and fault.filename:
        note(f"{fault.filename}: {fault.strerror}")
        return FAULT
    raise fault


if __name__ == "__main__":
    sys.exit(main())
