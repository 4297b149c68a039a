"""Record an election: the elected seats of an organ end, and those of the elected begin, on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.organs.articles import term_end
from dabir.organs.models import Organ, Seat
from dabir.organs.queries.listing import seats_in_force
from dabir.organs.services.seating import next_number, seat_taken
from dabir.organs.services.taking import Ground, Taken, take_all
from dabir.organs.states import ActKind, Manner
from dabir.registry.models import City
from dabir.registry.states import Precision


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
    ending = [
        seat
        for seat in seats_in_force(organ=locked, on=starts_on)
        if seat.manner == Manner.ELECTED and seat.starts_on != starts_on
    ]
    term_ends_on = term_end(locked.key, starts_on)
    seats = []
    for number, city in enumerate(cities, start=next_number(locked)):
        seat = Seat(
            organ=locked,
            number=number,
            city=city,
            manner=Manner.ELECTED,
            starts_on=starts_on,
            precision=Precision.DAY,
            term_ends_on=term_ends_on,
            basis=ground.basis.as_dict() if ground.basis else None,
            source=ground.source,
        )
        check_record(seat)
        seat.save()
        seats.append(seat)
    acts = [Taken(ActKind.END, starts_on, seat=seat) for seat in ending]
    acts += [seat_taken(ActKind.FILL, seat) for seat in seats]
    take_all(acts, organ=locked, ground=ground, by=by, on=on, at=at)
    record_act(
        "organs.record_election",
        target=locked.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "elected": [city.public_id for city in cities],
            "from": starts_on,
            "term_ends_on": term_ends_on,
            "ended": [seat.number for seat in ending],
        },
        basis=ground.basis,
        reason=ground.reason,
    )
    return seats
