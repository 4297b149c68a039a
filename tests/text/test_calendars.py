from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.text.calendars import (
    GREGORIAN,
    SOLAR_HIJRI,
    DateNotUnderstood,
    SolarHijri,
    format_both,
    format_date,
    parse_date,
    parse_partial_date,
)

HAIKOU = date(2014, 11, 25)


# Days whose Solar Hijri date is public knowledge: Nowruz of four years, two of them after leap years.
@pytest.mark.parametrize(
    ("gregorian", "solar"),
    [
        (HAIKOU, (1393, 9, 4)),
        (date(2021, 3, 20), (1399, 12, 30)),
        (date(2021, 3, 21), (1400, 1, 1)),
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(1979, 2, 11), (1357, 11, 22)),
    ],
)
def test_solar_hijri_of_known_days(gregorian: date, solar: tuple[int, int, int]) -> None:
    assert SolarHijri.from_gregorian(gregorian) == solar
    assert SolarHijri(*solar).to_gregorian() == gregorian


@pytest.mark.parametrize(
    ("language", "calendar", "style", "written"),
    [
        ("fa", SOLAR_HIJRI, "long", "۴ آذر ۱۳۹۳"),
        ("fa", GREGORIAN, "long", "۲۵ نوامبر ۲۰۱۴"),
        ("en", GREGORIAN, "long", "25 November 2014"),
        ("en", SOLAR_HIJRI, "long", "4 Azar 1393"),
        ("fa", SOLAR_HIJRI, "short", "۱۳۹۳/۰۹/۰۴"),
        ("fa", GREGORIAN, "short", "۲۰۱۴/۱۱/۲۵"),
        ("en", GREGORIAN, "short", "2014-11-25"),
        ("en", SOLAR_HIJRI, "short", "1393/09/04"),
    ],
)
def test_format_date_in_language_and_calendar(
    language: str, calendar: str, style: str, written: str
) -> None:
    assert format_date(HAIKOU, language, calendar, style=style) == written
    assert parse_date(written) == HAIKOU


def test_format_both_puts_the_readers_calendar_first() -> None:
    assert format_both(HAIKOU, "fa") == "۴ آذر ۱۳۹۳ · ۲۵ نوامبر ۲۰۱۴"
    assert format_both(HAIKOU, "en") == "25 November 2014 · 4 Azar 1393"
    assert format_both(HAIKOU, "en", style="short") == "2014-11-25 · 1393/09/04"


@pytest.mark.parametrize(
    "typed",
    [
        "2014-11-25",
        " 2014/11/25 ",
        "25/11/2014",
        "25.11.2014",
        "۲۰۱۴-۱۱-۲۵",
        "٢٥/١١/٢٠١٤",
        "1393/09/04",
        "۱۳۹۳/۹/۴",
        "4/9/1393",
        "۴ آذر ۱۳۹۳",
        "۴ آذرماه ۱۳۹۳".replace("آذرماه", "آذر ماه"),
        "سه‌شنبه ۴ آذر ۱۳۹۳",
        "سه شنبه، ۴ آذر سال ۱۳۹۳ شمسی",
        "25 نوامبر 2014",
        "۲۵ نوامبر ۲۰۱۴ میلادی",
        "25 November 2014",
        "25th of November, 2014",
        "November 25, 2014",
        "Tuesday 25 Nov. 2014",
        "4 Azar 1393",
        "٢٥ نوفمبر ٢٠١٤",
        "\u200f۲۵ نوامبر ۲۰۱۴",
    ],
)
def test_parse_date_reads_every_way_of_writing_a_day(typed: str) -> None:
    assert parse_date(typed) == HAIKOU


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "No date"),
        ("25/11/14", "four digits"),
        ("2014-02-30", "no such day"),
        ("1393/12/30", "no such day"),
        ("1393/13/01", "no such day"),
        ("2014-00-10", "no such day"),
        ("November 2014", "no day"),
        ("2014", "no day"),
        ("on time", "not a date"),
        ("25 November 14", "not a date"),
        ("25 November December 2014", "not a date"),
        ("0999-01-01", "no such day"),
    ],
)
def test_parse_date_refuses_in_words(typed: str, words: str) -> None:
    with pytest.raises(DateNotUnderstood, match=words):
        parse_date(typed)


@pytest.mark.parametrize(
    ("typed", "precision", "first", "last"),
    [
        ("2014", "year", date(2014, 1, 1), date(2014, 12, 31)),
        ("1393", "year", date(2014, 3, 21), date(2015, 3, 20)),
        ("1399", "year", date(2020, 3, 20), date(2021, 3, 20)),
        ("نوامبر 2014", "month", date(2014, 11, 1), date(2014, 11, 30)),
        ("2012-02", "month", date(2012, 2, 1), date(2012, 2, 29)),
        ("آذر ۱۳۹۳", "month", date(2014, 11, 22), date(2014, 12, 21)),
        ("Esfand 1403", "month", date(2025, 2, 19), date(2025, 3, 20)),
        ("2014-11-25", "day", HAIKOU, HAIKOU),
    ],
)
def test_parse_partial_date_says_the_days_it_may_mean(
    typed: str, precision: str, first: date, last: date
) -> None:
    partial = parse_partial_date(typed)
    assert (partial.precision, partial.first, partial.last) == (precision, first, last)


@given(st.dates(date(1850, 1, 1), date(2120, 1, 1)), st.sampled_from(["fa", "en"]))
def test_every_written_date_is_read_back(day: date, language: str) -> None:
    for calendar in (SOLAR_HIJRI, GREGORIAN):
        for style in ("long", "short"):
            assert parse_date(format_date(day, language, calendar, style=style)) == day


@given(st.text(max_size=30))
def test_parse_date_never_fails_without_words(typed: str) -> None:
    refused: list[DateNotUnderstood] = []
    try:
        parse_partial_date(typed)
    except DateNotUnderstood as refusal:
        refused.append(refusal)
    assert all(refusal.message % refusal.params for refusal in refused)
