"""When a commitment is due, computed for a day and never stored; pure, without a database.

Due today is due, not delayed. Each period of a recurring duty needs news of its own.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

PERIOD = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$")
OPEN = ("not_started", "under_way", "blocked")


def months_of(period: str) -> int:
    """The length of an ISO 8601 period in months; raises ValueError for days, weeks and nought."""
    match = PERIOD.match(period)
    months = 12 * int(match[1] or 0) + int(match[2] or 0) if match else 0
    if not match or match[3] or match[4] or not months:
        raise ValueError(f"a period in years or months such as P1Y or P6M, not {period!r}")
    return months


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def recurring_due(*, first: date, period: str, news: Sequence[date], as_of: date) -> date:
    """The day of a recurring duty that counts on a day.

    Due days are `first`, one period later, and so on. The last one passed is answered by news after
    the due day before it; unanswered it is the one that counts, else the next one does.
    """
    months = months_of(period)
    count = 0
    while add_months(first, months * count) < as_of:
        count += 1
    if count:
        passed = add_months(first, months * (count - 1))
        asked_from = add_months(first, months * (count - 2))
        if not any(asked_from < day <= as_of for day in news):
            return passed
    return add_months(first, months * count)


def is_delayed(*, due: date | None, status: str, as_of: date) -> bool:
    """Whether the day has passed and the work is neither claimed, accepted nor set aside."""
    return due is not None and due < as_of and status in OPEN


def silence_days(*, last_news: date | None, since: date, as_of: date) -> int:
    """Days without news: since the last report, or since the decision where that is later."""
    return (as_of - max(last_news or since, since)).days


def least_advanced(statuses: list[str]) -> str:
    """The status of a decision: that of its least advanced commitment, what does not apply aside."""
    order = ("not_started", "blocked", "under_way", "done_claimed", "done_accepted")
    applicable = [s for s in statuses if s != "not_applicable"]
    if not statuses:
        return "no_commitment"
    return min(applicable, key=order.index) if applicable else "not_applicable"
