"""A day some time after another, as statutes count: days, weeks, months and years. Pure.

A month or a year runs to the same day of the month it leads to, or to its last day where that is
shorter. Source: ISO 8601 writes the period; the rule of the shorter month is that of most codes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def day_after(day: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """The day that many years, months and then days later."""
    year, month = divmod(day.year * 12 + day.month - 1 + 12 * years + months, 12)
    same = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return same + timedelta(days=days)


def day_after_period(day: date, period: str) -> date | None:
    """The day after a period such as P2Y, P18M, P6W or P45D; None for what is no period."""
    found = _PERIOD.fullmatch(period)
    if found is None or not any(found.groups()):
        return None
    years, months, weeks, days = (int(number or 0) for number in found.groups())
    return day_after(day, years=years, months=months, days=7 * weeks + days)
