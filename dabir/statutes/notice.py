"""How long before a session it must be called: in days, or as a period such as P1M. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.statutes.periods import day_after_period


def earliest_session(called_on: date, notice: Any) -> date:
    """The first day on which a session called on that day may begin.

    A month runs to the same day of the next one, or to its last day where that is shorter.
    """
    if isinstance(notice, int) and not isinstance(notice, bool) and notice >= 0:
        return called_on + timedelta(days=notice)
    later = day_after_period(called_on, notice) if isinstance(notice, str) else None
    if later is None:
        raise InvalidInput(f"{notice!r}")
    return later
