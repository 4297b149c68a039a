"""Acts on the weekly mail of the desk."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dabir.core.actors import Actor
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.messaging.models import DeskMail
from dabir.registry.models import Person


@transaction.atomic
def wish_desk_mail(
    *, person: Person, weekday: int | None, by: Actor, on: date, at: datetime
) -> Person:
    """Have what waits sent every week on that day (Monday is 0), or no longer (None)."""
    known = DeskMail.objects.select_for_update().filter(person=person).first()
    before = known.weekday if known else None
    if weekday == before:
        return person
    if weekday is None:
        DeskMail.objects.filter(person=person).delete()
    else:
        wish = known or DeskMail(person=person)
        wish.weekday = weekday
        wish.version += 1 if known else 0
        check_record(wish)
        wish.save()
    record_act(
        "messaging.wish_desk_mail",
        target=person.reference(),
        by=by,
        on=on,
        at=at,
        before={"weekday": before},
        after={"weekday": weekday},
    )
    return person
