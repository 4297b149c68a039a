"""Record an election: the elected seats of an organ end, and those of the elected begin, on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.organs.models import Organ, Seat
from dabir.organs.queries.listing import seats_in_force
from dabir.organs.services.seating import end_seat, give_seat
from dabir.organs.services.taking import Ground
from dabir.organs.states import Manner
from dabir.registry.models import City


@transaction.atomic
def record_election(
    *,
    organ: Organ,
    cities: Sequence[City],
    starts_on: date,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> list[Seat]:
    """Seat the elected for a term; whoever was elected before holds a seat until that day only.

    Seats held by right of office or seat stay. All of it happens, or nothing.
    """
    locked = lock_record(organ, version=version)
    if len({city.pk for city in cities}) != len(cities) or not cities:
        raise InvalidInput(fields={"cities": [_("Name each elected city once.")]})
    signed = {"by": by, "on": on, "at": at}
    for seat in seats_in_force(organ=locked, on=starts_on):
        if seat.manner == Manner.ELECTED and seat.starts_on != starts_on:
            end_seat(seat=seat, ends_on=starts_on, ground=ground, **signed)  # type: ignore[arg-type]  # the stamp
    return [
        give_seat(
            organ=locked,
            city=city,
            starts_on=starts_on,
            manner=Manner.ELECTED,
            basis=ground.basis,
            decided_by=ground.decided_by,
            source=ground.source,
            **signed,  # type: ignore[arg-type]  # the stamp
        )
        for city in cities
    ]
