"""How long before a session it must be called: in days, or as a period such as P1M. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.statutes.shapes import PERIOD_WRITTEN


def earliest_session(called_on: date, notice: Any) -> date:
    """The first day on which a session called on that day may begin.

    A month runs to the same day of the next one, or to its last day where that is shorter.
    """
    if isinstance(notice, int) and not isinstance(notice, bool) and notice >= 0:
        return called_on + timedelta(days=notice)
    if not isinstance(notice, str) or not PERIOD_WRITTEN.fullmatch(notice):
        raise InvalidInput(f"{notice!r}")
    number, unit = int(notice[1:-1]), notice[-1]
    if unit in "DW":
        return called_on + timedelta(days=number * (7 if unit == "W" else 1))
    months = called_on.year * 12 + called_on.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(called_on.day, monthrange(year, month + 1)[1]))
