"""Writes names, numbers, days and states for one reader."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from dabir.decisions.report.rendering.words import known, word
from dabir.documents.typesetting.blocks import Run
from dabir.text.calendars import GREGORIAN, SOLAR_HIJRI, format_both, format_date, month_name
from dabir.text.digits import localize_digits, to_latin

Names = Mapping[str, str]

_OPEN_DIGITS = re.compile(r"[0-9۰-۹]*(?:\{[0-9۰-۹](?:\|[0-9۰-۹])+\}[0-9۰-۹]*)+")
_LATIN, _ARABIC = re.compile("[A-Za-z]"), re.compile("[\u0620-\u06d3]")


class Pen:
    """One reader's language: chooses names, digits, calendars and words."""

    def __init__(self, language: str) -> None:
        if language not in {"fa", "en"}:
            raise ValueError(f"the progress report is written in fa and en, not in {language!r}")
        self.language = language
        self.comma = "، " if language == "fa" else "; "
        self.calendar = SOLAR_HIJRI if language == "fa" else GREGORIAN

    def word(self, key: str, **params: object) -> str:
        """A word of the report's catalogue."""
        return word(key, self.language, **params)

    def term(self, value: str | None) -> str:
        """A state, kind or relation in words; one without a word is shown as it is named."""
        if not value:
            return self.word("unknown")
        return self.word(value) if known(value) else value.replace("_", " ")

    def number(self, value: int) -> str:
        """A number in the reader's digits."""
        return localize_digits(str(value), self.language)

    def digits(self, text: str) -> str:
        """Prose in the reader's digits."""
        return localize_digits(text, self.language)

    def day(self, iso: str | None) -> str:
        """A day in the reader's calendar; a month or year where no more is written."""
        if not iso:
            return self.word("unknown")
        if len(iso) < len("2014-11-25"):
            return self.digits(iso)
        return _day(iso, self.language, self.calendar)

    def both(self, iso: str | None, precision: str = "day") -> str:
        """A day in both calendars, or the month or year where no more is known."""
        if not iso:
            return self.word("unknown")
        if precision == "day":
            return _both(iso, self.language)
        known_part = date.fromisoformat(iso)
        if precision == "month":
            month = month_name(known_part.month, self.language, GREGORIAN)
            return self.digits(f"{month} {known_part.year}")
        return self.number(known_part.year)

    def instant(self, iso: str) -> str:
        """An instant: the day in both calendars and the time in UTC."""
        at = datetime.fromisoformat(iso).astimezone(UTC)
        clock = self.digits(at.strftime("%H:%M"))
        return f"{format_both(at.date(), self.language)} · {clock} {self.word('utc')}"

    def choice(self, names: Names | None) -> tuple[str, str] | None:
        """The name in the reader's language, else the other, with its language; None: there is
        none.
        """
        filled = {code: text for code, text in (names or {}).items() if text}
        for code in (self.language, "fa" if self.language == "en" else "en", *sorted(filled)):
            if code in filled:
                return filled[code], code
        return None

    def plain(self, names: Names | None) -> str:
        """A name as a plain string, for titles and properties."""
        chosen = self.choice(names)
        return (
            self.digits(chosen[0])
            if chosen and chosen[1] == self.language
            else (chosen or ("", ""))[0]
        )

    def name(self, names: Names | None, absent: str = "nothing_written") -> tuple[Run, ...]:
        """A name or text; where the reader's language is missing, the other, and said so."""
        chosen = self.choice(names)
        if chosen is None:
            return (Run(self.word(absent), "quiet"),)
        text, code = chosen
        if code == self.language:
            return self.prose(text)
        return (*self.prose(text, code), Run(f" ({self.only_in(code)})", "quiet"))

    def only_in(self, code: str) -> str:
        """That a text exists in one language only."""
        if known(f"only_in_{code}"):
            return self.word(f"only_in_{code}")
        return self.word("only_in_other", code=code)

    def prose(self, text: str, code: str | None = None) -> tuple[Run, ...]:
        """Text with its open digits marked; `code` only where it is not the reader's language."""
        language = code if code and code != self.language else None
        shown = code or self.language
        runs: list[Run] = []
        at = 0
        for found in _OPEN_DIGITS.finditer(text):
            if found.start() > at:
                runs.append(
                    Run(localize_digits(text[at : found.start()], shown), language=language)
                )
            runs.append(Run(localize_digits(found.group(), shown), "open"))
            at = found.end()
        if at < len(text):
            runs.append(Run(localize_digits(text[at:], shown), language=language))
        return tuple(runs)

    def told_by_letters(self, text: str) -> str | None:
        """The language of words that came without one, by their letters; None where the reader's."""
        latin, arabic = len(_LATIN.findall(text)), len(_ARABIC.findall(text))
        language = "en" if latin > arabic else "fa" if arabic else self.language
        return language if language != self.language else None

    def identifier(self, value: str, *, linked: bool = False) -> Run:
        """A code, never flipped and in Latin digits."""
        return Run(to_latin(value), "code", link=f"#{value}" if linked else None)

    def status(self, mark: str) -> Run:
        """A state as shape and word."""
        return Run(self.term(mark), "status", mark="done" if mark == "exhausted" else mark)

    def days(self, count: int) -> str:
        """A number of days."""
        return self.word("days", n=self.number(count))

    def joined(self, parts: Sequence[tuple[Run, ...]], sign: str = " · ") -> tuple[Run, ...]:
        """Several texts in one line."""
        out: list[Run] = []
        for part in parts:
            if out:
                out.append(Run(sign))
            out.extend(part)
        return tuple(out)


@lru_cache(maxsize=8192)
def _day(iso: str, language: str, calendar: Any) -> str:
    return format_date(date.fromisoformat(iso), language, calendar)


@lru_cache(maxsize=8192)
def _both(iso: str, language: str) -> str:
    return format_both(date.fromisoformat(iso), language)
