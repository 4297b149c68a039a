"""Why a file cannot be read, and what would cure it; what is allowed of a file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from dabir.text.messages import gettext_noop


@dataclass(frozen=True)
class Limits:
    """How large a file may be and how long its reading may take."""

    most_bytes: int = 50_000_000
    most_pages: int = 500
    most_characters: int = 3_000_000
    most_unpacked_bytes: int = 60_000_000
    seconds: float = 300
    memory_bytes: int = 1_500_000_000


REFUSALS: dict[str, str] = {
    "empty": gettext_noop("The file is empty. Choose the file again, or paste its text."),
    "too_large": gettext_noop(
        "The file has %(size)s MB; at most %(most)s MB can be read. Divide it, or take the "
        "pictures out."
    ),
    "too_many_pages": gettext_noop(
        "The file has %(pages)s pages; at most %(most)s can be read at once. Divide it."
    ),
    "too_long": gettext_noop(
        "The text has more than %(most)s characters. Divide it into several files."
    ),
    "binary": gettext_noop(
        "The file holds no text. PDF, Word documents (DOCX) and plain text can be read."
    ),
    "picture": gettext_noop(
        "The file is a picture. Type its text or run a text recognition over it, then check "
        "every digit against the picture."
    ),
    "scanned": gettext_noop(
        "The pages are pictures without text, as a scanner makes them. Ask the sender for the "
        "original file, or run a text recognition over it, then check every digit."
    ),
    "no_text": gettext_noop(
        "The pages show signs without saying which letters they are. Ask for the original file, "
        "or paste the text."
    ),
    "sloping": gettext_noop(
        "The text is set in Nastaliq, whose letters stand on no common line, so their order "
        "cannot be read. Ask for the original file, or paste the text."
    ),
    "encrypted": gettext_noop(
        "The file is locked with a password. Save it without a password and choose it again."
    ),
    "damaged": gettext_noop(
        "The file is damaged and cannot be opened. Ask for it again, or paste its text."
    ),
    "hostile": gettext_noop(
        "The file is built in a way that could harm the program, so it was not opened. Save it "
        "afresh from the program it was written with."
    ),
    "too_costly": gettext_noop(
        "Reading the file took too much time or memory and was stopped. Divide it, or save it "
        "afresh from the program it was written with."
    ),
    "wrong_name": gettext_noop(
        "The file is named like %(named)s but is %(found)s. Give it its right name, or check "
        "that it is the right file."
    ),
    "old_word": gettext_noop("The file is an old Word document (DOC). Save it as DOCX or PDF."),
    "other_format": gettext_noop(
        "The file is %(found)s, which cannot be read. Save it as PDF, DOCX or plain text."
    ),
}


class ReadingRefused(Exception):
    """A file is not read; says why and what would cure it.

    `code` is a key of REFUSALS, `message` the English words, `params` what fills their
    placeholders: whoever shows the refusal translates REFUSALS[code] and fills it.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        self.message = REFUSALS[code] % params
        super().__init__(self.message)

    def to_json(self) -> dict[str, Any]:
        """The refusal for a machine."""
        return {"refused": self.code, "message": self.message, "params": self.params}


@dataclass(frozen=True)
class Notice:
    """Something a reviewer should know about how a file was read."""

    code: str
    params: dict[str, str | int]

    @property
    def message(self) -> str:
        """The notice in English words."""
        return NOTICES[self.code] % self.params

    def to_json(self) -> dict[str, Any]:
        """The notice for a machine."""
        return {"code": self.code, "message": self.message, "params": self.params}


NOTICES: dict[str, str] = {
    "recognised": gettext_noop(
        "The letters lie invisibly over pictures: a text recognition read them. Check every digit."
    ),
    "pages_without_text": gettext_noop("These pages hold no text: %(pages)s."),
    "unknown_signs": gettext_noop(
        "%(count)s signs have no known letter; each stands as a mark of its own."
    ),
    "turned_signs": gettext_noop("%(count)s signs stand upright or slanted and were left out."),
    "running_heads": gettext_noop("Lines repeated on every page were left out: %(lines)s"),
    "encoding": gettext_noop("The text was not in Unicode; it was read as %(encoding)s."),
    "mixed_encoding": gettext_noop("The text mixes encodings; each line was read by its own."),
    "double_encoding": gettext_noop("The text was encoded twice; one encoding was taken off."),
    "unreadable_bytes": gettext_noop(
        "%(count)s bytes belong to no letter; marked where they stood."
    ),
    "changes_tracked": gettext_noop(
        "The document holds tracked changes: inserted words were read, deleted ones left out."
    ),
    "notes_left_out": gettext_noop(
        "Text in boxes, footnotes and endnotes was left out. Check the document beside it."
    ),
}


def safe_name(name: str) -> str:
    """The name of a file without folders and signs that no name needs; for showing only."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return shown.strip(" .")[:150] or "file"
