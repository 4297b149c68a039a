"""Dates as the association writes them: Solar Hijri and Gregorian, in Persian and English.

A date is stored as `datetime.date` (Gregorian); the calendar is only a way of writing it.
Years 1200-1500 are read as Solar Hijri, later ones as Gregorian: nobody in this house writes
about the thirteenth Gregorian century.
"""

from __future__ import annotations

import calendar as _gregorian
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

import jdatetime

from dabir.text.digits import localize_digits, to_latin
from dabir.text.messages import gettext_noop

Calendar: TypeAlias = Literal["solar_hijri", "gregorian"]
Style: TypeAlias = Literal["long", "short"]
Precision: TypeAlias = Literal["day", "month", "year"]

SOLAR_HIJRI: Calendar = "solar_hijri"
GREGORIAN: Calendar = "gregorian"


def _names(months: str) -> tuple[str, ...]:
    return tuple(months.split())


SOLAR_MONTHS_FA = _names("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند")
SOLAR_MONTHS_EN = _names(
    "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand"
)
GREGORIAN_MONTHS_FA = _names(
    "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"
)
GREGORIAN_MONTHS_EN = tuple(_gregorian.month_name)[1:]
GREGORIAN_MONTHS_AR = _names(
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
)
# Spellings met in letters of the region, beside the names above.
OTHER_MONTH_NAMES: dict[str, tuple[Calendar, int]] = {
    "امرداد": (SOLAR_HIJRI, 5),
    "amordad": (SOLAR_HIJRI, 5),
    "day": (SOLAR_HIJRI, 10),
    "جنوری": (GREGORIAN, 1),
    "فبروری": (GREGORIAN, 2),
    "مارچ": (GREGORIAN, 3),
    "اپریل": (GREGORIAN, 4),
    "ابریل": (GREGORIAN, 4),
    "می": (GREGORIAN, 5),
    "جون": (GREGORIAN, 6),
    "جولای": (GREGORIAN, 7),
    "ژولای": (GREGORIAN, 7),
    "آگوست": (GREGORIAN, 8),
    "اگست": (GREGORIAN, 8),
    "آگست": (GREGORIAN, 8),
    "سپتمبر": (GREGORIAN, 9),
    "اکتوبر": (GREGORIAN, 10),
    "نومبر": (GREGORIAN, 11),
    "دسمبر": (GREGORIAN, 12),
    "sept": (GREGORIAN, 9),
}


class DateNotUnderstood(ValueError):
    """A date as somebody typed it cannot be read.

    `message` is an English message for the catalogue, `params` fill its named placeholders.
    """

    def __init__(self, message: str, **params: str | int) -> None:
        self.message = message
        self.params = params
        super().__init__(message % params)


class SolarHijri(NamedTuple):
    """A day of the Solar Hijri calendar, the official one of Iran."""

    year: int
    month: int
    day: int

    @classmethod
    def from_gregorian(cls, day: date) -> SolarHijri:
        """The Solar Hijri day of a Gregorian date."""
        solar = jdatetime.date.fromgregorian(date=day)
        return cls(int(solar.year), int(solar.month), int(solar.day))

    def to_gregorian(self) -> date:
        """The Gregorian date of this day; ValueError where there is no such day."""
        solar = jdatetime.date(self.year, self.month, self.day).togregorian()
        return date(solar.year, solar.month, solar.day)

    @staticmethod
    def days_in_month(year: int, month: int) -> int:
        """Length of a month: 31, 30, or 29 and 30 for Esfand."""
        if month <= 6:
            return 31
        if month <= 11:
            return 30
        return 30 if jdatetime.date(year, 1, 1).isleap() else 29


@dataclass(frozen=True)
class PartialDate:
    """A date of which only the year, or year and month, may be known.

    `first` and `last` are the Gregorian days it may mean, both included.
    """

    calendar: Calendar
    year: int
    month: int | None
    day: int | None
    first: date
    last: date

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"


def month_name(month: int, language: str, calendar: Calendar) -> str:
    """The name of a month in the reader's language, whichever calendar it belongs to."""
    persian = language.split("-")[0] == "fa"
    if calendar == SOLAR_HIJRI:
        return (SOLAR_MONTHS_FA if persian else SOLAR_MONTHS_EN)[month - 1]
    return (GREGORIAN_MONTHS_FA if persian else GREGORIAN_MONTHS_EN)[month - 1]


def format_date(day: date, language: str, calendar: Calendar, *, style: Style = "long") -> str:
    """A date in words or figures: "۴ آذر ۱۳۹۳", "25 November 2014", "4 Azar 1393", "2014-11-25"."""
    if calendar == SOLAR_HIJRI:
        year, month, number = SolarHijri.from_gregorian(day)
    else:
        year, month, number = day.year, day.month, day.day
    if style == "long":
        written = f"{number} {month_name(month, language, calendar)} {year}"
    else:
        persian = language.split("-")[0] == "fa"
        mark = "/" if persian or calendar == SOLAR_HIJRI else "-"
        written = f"{year:04d}{mark}{month:02d}{mark}{number:02d}"
    return localize_digits(written, language)


def format_both(day: date, language: str, *, style: Style = "long") -> str:
    """A date in both calendars, the reader's own first: "۴ آذر ۱۳۹۳ · ۲۵ نوامبر ۲۰۱۴"."""
    persian = language.split("-")[0] == "fa"
    order = (SOLAR_HIJRI, GREGORIAN) if persian else (GREGORIAN, SOLAR_HIJRI)
    return " · ".join(format_date(day, language, each, style=style) for each in order)


def parse_date(text: str) -> date:
    """The day that a typed date means, whichever calendar and digits it is written in.

    Reads 2014-11-25, 25/11/2014, 1393/09/04, ۴ آذر ۱۳۹۳, 25 November 2014, November 25, 2014.
    Raises DateNotUnderstood (a ValueError) with a sentence for the person who typed it.
    """
    partial = parse_partial_date(text)
    if partial.precision != "day":
        raise DateNotUnderstood(
            gettext_noop("“%(text)s” names no day. Write day, month and year."), text=text.strip()
        )
    return partial.first


def parse_partial_date(text: str) -> PartialDate:
    """What a typed date says, down to a year alone: "2014", "آذر ۱۳۹۳", "November 2014"."""
    plain = _plain(text)
    if not plain:
        raise DateNotUnderstood(gettext_noop("No date was given."))
    year, month, day, calendar = _numeric(plain) or _written(plain) or _unreadable(text)
    if calendar is None:
        calendar = SOLAR_HIJRI if 1200 <= year <= 1500 else GREGORIAN
    return _covering(text, year, month, day, calendar)


_Fields: TypeAlias = tuple[int, int | None, int | None, Calendar | None]

_NUMERIC_YEAR_FIRST = re.compile(r"(\d{4})(?:\s*[-/.]\s*(\d{1,2}))?(?:\s*[-/.]\s*(\d{1,2}))?")
_NUMERIC_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_FILLER = re.compile(
    r"\b(?:ماه|سال|روز|مورخ|میلادی|شمسی|خورشیدی|هجری|of|the|year|am|ه|م|ش"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:یک|دو|سه|چهار|پنج)?[ \u200c]?شنبه|آدینه|جمعه)\b"
)


_ONE_SPELLING = str.maketrans("يىكآأإ", "ییکااا")


def _plain(text: str) -> str:
    plain = to_latin(text).translate(_ONE_SPELLING).lower()
    plain = re.sub(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", plain)
    return re.sub(r"[\s،,]+", " ", plain).strip(" .")


def _numeric(plain: str) -> _Fields | None:
    if found := _NUMERIC_YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
        return int(year), int(month) if month else None, int(day) if day else None, None
    if found := _NUMERIC_DAY_FIRST.fullmatch(plain):
        day, month, year = found.groups()
        return int(year), int(month), int(day), None
    return None


def _month_names() -> dict[str, tuple[Calendar, int]]:
    names = dict(OTHER_MONTH_NAMES)
    for calendar, lists in (
        (GREGORIAN, (GREGORIAN_MONTHS_FA, GREGORIAN_MONTHS_EN, GREGORIAN_MONTHS_AR)),
        (SOLAR_HIJRI, (SOLAR_MONTHS_FA, SOLAR_MONTHS_EN)),
    ):
        for months in lists:
            names.update({_plain(m): (calendar, n) for n, m in enumerate(months, 1)})
    names.update({m[:3].lower(): (GREGORIAN, n) for n, m in enumerate(GREGORIAN_MONTHS_EN, 1)})
    return names


MONTH_NAMES = _month_names()


def _written(plain: str) -> _Fields | None:
    words = _FILLER.sub(" ", plain).replace("-", " ").replace("/", " ").split()
    months = [MONTH_NAMES[w.strip(".")] for w in words if w.strip(".") in MONTH_NAMES]
    numbers = [re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th|م|ام)?\.?", w) for w in words]
    figures = [found[1] for found in numbers if found]
    if len(months) != 1 or len(figures) + 1 != len(words):
        return None
    years = [f for f in figures if len(f) == 4]
    days = [f for f in figures if len(f) <= 2]
    if len(years) != 1 or len(days) > 1 or len(years) + len(days) != len(figures):
        return None
    calendar, month = months[0]
    return int(years[0]), month, int(days[0]) if days else None, calendar


def _unreadable(text: str) -> _Fields:
    if re.fullmatch(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}", _plain(text)):
        raise DateNotUnderstood(
            gettext_noop(
                "“%(text)s” can be read in several ways. Write the year with four digits."
            ),
            text=text.strip(),
        )
    raise DateNotUnderstood(
        gettext_noop(
            "“%(text)s” is not a date we can read. Write it like 2014-11-25, 1393/09/04 or "
            "25 November 2014."
        ),
        text=text.strip()[:80],
    )


def _covering(
    text: str, year: int, month: int | None, day: int | None, calendar: Calendar
) -> PartialDate:
    solar = calendar == SOLAR_HIJRI
    try:
        if not (1200 <= year <= 1500 if solar else 1501 <= year <= 2999):
            raise ValueError(year)
        first_month, last_month = (month, month) if month is not None else (1, 12)
        if day is not None:
            last_day = day
        elif solar:
            last_day = SolarHijri.days_in_month(year, last_month)
        else:
            last_day = _gregorian.monthrange(year, last_month)[1]
        make = (lambda *ymd: SolarHijri(*ymd).to_gregorian()) if solar else date
        first, last = (
            make(year, first_month, 1 if day is None else day),
            make(year, last_month, last_day),
        )
    except (ValueError, IndexError):
        raise DateNotUnderstood(
            gettext_noop("“%(text)s”: there is no such day in the calendar."), text=text.strip()
        ) from None
    return PartialDate(calendar, year, month, day, first, last)
