"""What waits for one person: each kind of waiting thing with its number, a few of them, and where the
rest are. A part is asked for only where the person's rights let them do something about it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from dabir.office.asked import Asked, Desk, Thing, Waiting, read_asked
from dabir.office.waiting import (
    followup,
    letters,
    members,
    organs,
    pages,
    people,
    readers,
    readings,
)

__all__ = ["PARTS", "Desk", "Thing", "Waiting", "what_waits"]

Part = Callable[[Desk], Asked | None]

PARTS: tuple[Part, ...] = (
    followup.requests,
    followup.mine,
    followup.to_verify,
    followup.late,
    followup.not_carried_out,
    followup.reopened,
    followup.fulfilled,
    followup.unled,
    readings.readings_to_confirm,
    readings.readings_to_review,
    members.applications,
    members.voters,
    followup.clauses,
    followup.progress_reports,
    letters.signatures,
    letters.incoming,
    readers.enquiries,
    readers.newsletters,
    pages.to_approve,
    pages.returned,
    letters.letters,
    followup.imports,
    organs.terms,
    organs.vacancies,
    organs.appointments,
    *people.PARTS,
)


def what_waits(user: Any, today: date, *, whole: str = "") -> list[Waiting]:
    """Everything that waits for the person on that day, the most pressing kind first.

    Of the kind `whole` all are given, of the others a few.
    """
    desk = Desk(user, today, whole)
    return read_asked(desk, [asked for part in PARTS if (asked := part(desk))])
