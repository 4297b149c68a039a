"""One cell of a table brought in as a value, or what is wrong with it in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dabir.documents.tabular.reading import message
from dabir.text.calendars import DateNotUnderstood, PartialDate, parse_partial_date
from dabir.text.folding import fold

_YES = {fold(w) for w in ("yes", "true", "1", "x", "بله", "بلی", "آری")}
_NO = {fold(w) for w in ("no", "false", "0", "خیر", "نه")}
_PERSIAN = re.compile("[\u0600-\u06ff]")


@dataclass(frozen=True)
class Wrong:
    """Why a row is refused: an English message of the catalogue and what fills it."""

    code: str
    text: str
    params: dict[str, str] = field(default_factory=dict)


class RowRefused(ValueError):
    """A cell, or a row as a whole, cannot be accepted."""

    def __init__(self, code: str, text: str, /, **params: str) -> None:
        self.wrong = Wrong(code, text, params)
        super().__init__(text % params)


def in_own_language(text: str) -> dict[str, str]:
    """A text under the language of its letters; nothing for an empty one."""
    return {"fa" if _PERSIAN.search(text) else "en": text} if text else {}


def read_day(text: str, column: str) -> PartialDate:
    """A day, a month or a year in either calendar; open readings are refused here."""
    if "|" in text:
        raise RowRefused(
            "open_date",
            message("“%(text)s” (%(column)s) leaves the date open. Only a deadline may do that."),
            text=text,
            column=column,
        )
    try:
        return parse_partial_date(text)
    except DateNotUnderstood as fault:
        raise RowRefused(
            "unreadable_date", fault.message, **{k: str(v) for k, v in fault.params.items()}
        ) from fault
    except (ValueError, OverflowError) as fault:
        raise RowRefused(
            "unreadable_date",
            message("“%(text)s” (%(column)s) is not understood as a date."),
            text=text,
            column=column,
        ) from fault


def chosen_word(text: str, words: Mapping[str, str], column: str) -> str:
    """The value for a word of a fixed set, told by its folded spelling; empty for an empty cell."""
    if not text:
        return ""
    if fold(text) not in words:
        raise RowRefused(
            "unknown_word",
            message("“%(text)s” is not one of the words that “%(column)s” takes."),
            text=text,
            column=column,
        )
    return words[fold(text)]


def yes_or_no(text: str, column: str) -> bool | None:
    """Yes, no, or nothing said; any other word is refused."""
    said = chosen_word(text, dict.fromkeys(_YES, "yes") | dict.fromkeys(_NO, "no"), column)
    return said == "yes" if said else None
