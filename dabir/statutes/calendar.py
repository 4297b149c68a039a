"""The association's own year: in which calendar, and from which day. Pure."""

from __future__ import annotations

from datetime import date

from dabir.statutes.reading import Rules
from dabir.text.calendars import SolarHijri

FISCAL_YEAR = "finance.fiscal_year"
GREGORIAN, SOLAR_HIJRI = "gregorian", "solar_hijri"
CALENDARS = (GREGORIAN, SOLAR_HIJRI)


def year_of(day: date, rules: Rules) -> int:
    """The number of the association's year on a day; the civil year where the statute has no year of its own.

    The year bears the number of the calendar year in which it begins.
    """
    rule = rules.get(FISCAL_YEAR) or {}
    month, first = (int(part) for part in str(rule.get("starts", "01-01")).split("-"))
    if rule.get("calendar") == SOLAR_HIJRI:
        solar = SolarHijri.from_gregorian(day)
        year, at = solar.year, (solar.month, solar.day)
    else:
        year, at = day.year, (day.month, day.day)
    return year if at >= (month, first) else year - 1
