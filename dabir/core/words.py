"""Names of data in every language, and how the reader's language is chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from dabir.text.calendars import GREGORIAN, format_both, month_name
from dabir.text.digits import localize_digits


def reader_language() -> str:
    """The language that is spoken to the reader, without its region."""
    return (get_language() or "en")[:2]


def as_words(value: Any) -> dict[str, str]:
    """An i18n field, a dict or plain text as {language: text}, empty languages left out."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, dict):
        return {k: v for k, v in data.items() if v}
    return {"en": str(data)} if data else {}


def in_language(value: Any, language: str | None = None) -> tuple[str, str]:
    """The text in the reader's language, else the first there is; and the language it is in."""
    wanted = (language or reader_language())[:2]
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, dict) and (known := data.get(wanted)):
        return known, wanted
    words = as_words(data)
    if wanted in words:
        return words[wanted], wanted
    for found, text in words.items():
        return text, found
    return "", wanted


def say(value: Any, language: str | None = None) -> str:
    """The text in the reader's language, else in the first language there is."""
    return in_language(value, language)[0]


def day_as_known(day: date | None, precision: str = "day") -> str | None:
    """A day for programs, as exactly as it is known: `2014-11-25`, `2014-11`, `2014`.

    Nothing where it is unknown or several days are possible; how it is known is told beside it.
    """
    length = {"day": 10, "month": 7, "year": 4}.get(precision)
    return day.isoformat()[:length] if day is not None and length else None


def day_said(day: date) -> str:
    """A day in the reader's words and both calendars, for a sentence."""
    return format_both(day, reader_language())


def partial_day_said(day: date, precision: str) -> str:
    """A day in the reader's words, no more exactly than it is known; nothing where it is unknown."""
    language = reader_language()
    if precision == "month":
        month = month_name(day.month, language, GREGORIAN)
        return localize_digits(f"{month} {day.year}", language)
    if precision == "year":
        return number_said(day.year)
    if precision == "candidates":
        return f"{day_said(day)} ({_('several readings are open')})"
    return day_said(day) if precision == "day" else ""


def number_said(number: int | str) -> str:
    """A number in the reader's digits, for a sentence."""
    return localize_digits(str(number), reader_language())
