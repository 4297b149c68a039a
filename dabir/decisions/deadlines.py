"""When a commitment is due, computed for a day and never stored; pure, without a database.

Due today is due, not delayed. A recurring duty is due on the first of its days after the last news
(after its beginning while there is none), so each period needs news of its own.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

PERIOD = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$")
DONE = ("done_claimed", "done_accepted", "not_applicable")


def months_of(period: str) -> int:
    """The length of an ISO 8601 period in whole months; raises ValueError for days and weeks."""
    match = PERIOD.match(period)
    if not match or match[3] or match[4] or not (match[1] or match[2]):
        raise ValueError(f"a period in years or months such as P1Y or P6M, not {period!r}")
    return 12 * int(match[1] or 0) + int(match[2] or 0)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_occurrence(*, start: date, period: str, answered_until: date) -> date:
    """The first day of a recurring duty after `answered_until`; `start` itself is not one of them."""
    months = months_of(period)
    count = 1
    while (day := add_months(start, months * count)) <= answered_until:
        count += 1
    return day


def is_delayed(*, due: date | None, status: str, as_of: date) -> bool:
    """Whether the day has passed and the work is neither claimed, accepted nor set aside."""
    return due is not None and due < as_of and status not in DONE


def silence_days(*, last_news: date | None, since: date, as_of: date) -> int:
    """Days without news: since the last report, else since the commitment was made."""
    return (as_of - (last_news or since)).days


def least_advanced(statuses: list[str]) -> str:
    """The status of a decision: that of its least advanced commitment, what does not apply aside."""
    order = ("not_started", "blocked", "under_way", "done_claimed", "done_accepted")
    applicable = [s for s in statuses if s != "not_applicable"]
    if not statuses:
        return "no_commitment"
    return min(applicable, key=order.index) if applicable else "not_applicable"
