"""Acts on organs: found them and fill their seats, each with its basis or "unknown"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from dabir.core.actors import Actor
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.organs.models import Organ, Seat
from dabir.registry.models import City, Post

Words = Mapping[str, str]


@transaction.atomic
def enter_organ(
    *,
    key: str,
    kind: str,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    powers: Words | None = None,
    seats_foreseen: int | None = None,
    founded_on: date | None = None,
    founded_precision: str = "unknown",
    basis: Reference | None = None,
    note: Words | None = None,
    source: str = "",
) -> Organ:
    """Enter an organ; without `basis` its founding act is shown as unknown."""
    organ = Organ(
        key=key,
        kind=kind,
        names=dict(names),
        position=Organ.objects.count() + 1,
        powers=dict(powers or {}),
        seats_foreseen=seats_foreseen,
        founded_on=founded_on,
        founded_precision=founded_precision,
        basis=basis.as_dict() if basis else None,
        note=dict(note or {}),
        source=source,
    )
    check_record(organ)
    organ.save()
    record_act(
        "organs.enter_organ",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        after={"kind": kind, "names": dict(names), "source": source},
        basis=basis,
    )
    return organ


@transaction.atomic
def give_seat(
    *,
    organ: Organ,
    by: Actor,
    on: date,
    at: datetime,
    city: City | None = None,
    post: Post | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    basis: Reference | None = None,
    source: str = "",
) -> Seat:
    """Give a city or a post a seat in an organ for a half-open interval."""
    seat = Seat(
        organ=organ,
        city=city,
        post=post,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=basis.as_dict() if basis else None,
        source=source,
    )
    check_record(seat)
    seat.save()
    holder = city or post
    record_act(
        "organs.give_seat",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "holder": holder.reference().as_dict() if holder else None,
            "from": starts_on,
            "until": ends_on,
            "source": source,
        },
        basis=basis,
    )
    return seat
