"""Give, end and replace seats; give and end functions, each by its decision or "unknown"."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.organs.articles import refuse_incompatible, term_end
from dabir.organs.models import Organ, OrganAct, Seat
from dabir.organs.queries.listing import held
from dabir.organs.services.taking import Ground, Taken, Words, take
from dabir.organs.states import FUNCTIONS, ActKind, Manner, OrganKind
from dabir.registry.models import City, Post
from dabir.registry.queries import mandates_on
from dabir.registry.states import Precision


@transaction.atomic
def give_seat(
    *,
    organ: Organ,
    by: Actor,
    on: date,
    at: datetime,
    city: City | None = None,
    post: Post | None = None,
    holder_unknown: bool = False,
    starts_on: date | None = None,
    ends_on: date | None = None,
    precision: str = Precision.DAY,
    term_ends_on: date | None = None,
    manner: str = Manner.UNKNOWN,
    function: str = "",
    basis: Reference | None = None,
    decided_by: str = "",
    note: Words | None = None,
    source: str = "",
    version: int | None = None,
) -> Seat:
    """Give a city or a post a seat in an organ for a half-open interval, with a function if it has one.

    An elected seat is held for the term of the rule set in force, as far as that is set.
    """
    fresh = lock_record(organ, version=version)
    if manner == Manner.ELECTED and starts_on and term_ends_on is None:
        term_ends_on = term_end(fresh.key, starts_on)
    seat = Seat(
        organ=fresh,
        number=next_number(fresh),
        city=city,
        post=post,
        holder_unknown=holder_unknown,
        manner=manner,
        starts_on=starts_on,
        ends_on=ends_on,
        precision=precision if starts_on else Precision.UNKNOWN,
        term_ends_on=term_ends_on,
        basis=basis.as_dict() if basis else None,
        note=dict(note or {}),
        source=source,
    )
    _seat(seat, ActKind.FILL, function, Ground(basis, decided_by, source), by=by, on=on, at=at)
    record_act(
        "organs.give_seat",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after=_told(seat) | {"function": function, "source": source},
        basis=basis,
    )
    return seat


def next_number(organ: Organ) -> int:
    """The number of the next seat of an organ."""
    return (Seat.objects.filter(organ=organ).aggregate(last=Max("number"))["last"] or 0) + 1


def _told(seat: Seat) -> dict[str, Any]:
    holder = seat.holder()
    return {
        "holder": holder.as_dict() if holder else None,
        "from": seat.starts_on,
        "until": seat.ends_on,
        "term_ends_on": seat.term_ends_on,
    }


def _seat(
    seat: Seat, kind: str, function: str, ground: Ground, *, by: Actor, on: date, at: datetime
) -> None:
    """Enter the seat and the act that gave it."""
    if function and function not in FUNCTIONS:
        raise InvalidInput(fields={"function": [_("There is no such function.")]})
    if seat.term_ends_on and seat.starts_on and seat.term_ends_on <= seat.starts_on:
        raise InvalidInput(fields={"term_ends_on": [_("A term ends after the day it begins.")]})
    check_record(seat)
    _refuse_same_person(seat, on=seat.starts_on or on)
    seat.save()
    taken = seat_taken(kind, seat, function)
    take(taken, organ=seat.organ, ground=ground, by=by, on=on, at=at)
    seat.refresh_from_db()


def seat_taken(kind: str, seat: Seat, function: str = "") -> Taken:
    """The act that gives a seat."""
    holder = seat.holder()
    changes: dict[str, Any] = {
        "holder": holder.as_dict() if holder else None,
        "ends_on": seat.ends_on,
        "term_ends_on": seat.term_ends_on,
        "manner": seat.manner,
        "function": function,
        "succeeds": seat.succeeds.number if seat.succeeds else None,
    }
    return Taken(kind, seat.starts_on, seat.precision, seat, changes)


def _refuse_same_person(seat: Seat, *, on: date) -> None:
    """Nobody sits in one organ twice through two posts, nor in two that exclude each other."""
    if seat.post_id is None:
        return
    people = set(mandates_on(on).filter(post=seat.post_id).values_list("person_id", flat=True))
    if not people:
        return
    mandates = mandates_on(on).filter(person__in=people).select_related("person", "post")
    posts = {m.post_id: m for m in mandates}
    offices = {m.post.organ_key: m for m in posts.values() if m.post.organ_key}
    for office in Organ.objects.filter(key__in=offices, kind=OrganKind.OFFICE):
        refuse_incompatible(seat.organ, office, person=offices[office.key].person, on=on)
    others = Seat.objects.filter(held(on), post__in=set(posts) - {seat.post_id})
    for other in others.exclude(pk=seat.succeeds_id or 0).select_related("organ", "post"):
        mandate = posts[other.post_id or 0]
        if other.organ_id == seat.organ_id:
            raise IllegalStep(
                _("%(person)s sits in this organ already, as %(post)s.")
                % {"person": mandate.person, "post": other.post},
                cure=_("Choose another post, or end the other seat first."),
                code="same_person_twice",
            )
        refuse_incompatible(seat.organ, other.organ, person=mandate.person, on=on)


@transaction.atomic
def end_seat(
    *,
    seat: Seat,
    ends_on: date,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> OrganAct:
    """End a seat: `ends_on` is the first day on which it is no longer held."""
    organ = lock_record(seat.organ, version=version)
    fresh = _held_seat(seat, ends_on)
    before = _told(fresh)
    row = take(
        Taken(ActKind.END, ends_on, seat=fresh), organ=organ, ground=ground, by=by, on=on, at=at
    )
    fresh.refresh_from_db()
    record_act(
        "organs.end_seat",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        before=before,
        after=_told(fresh),
        basis=ground.basis,
        reason=ground.reason,
    )
    return row


def _held_seat(seat: Seat, ends_on: date) -> Seat:
    """The seat as it stands; one that ended by that day already is not ended again."""
    fresh = Seat.objects.select_related("organ", "city", "post", "succeeds").get(pk=seat.pk)
    if fresh.is_annulled or (fresh.ends_on is not None and fresh.ends_on <= ends_on):
        raise IllegalStep(
            _("This seat has ended already, or ends before that day."), code="seat_ended"
        )
    if fresh.starts_on is not None and ends_on <= fresh.starts_on:
        raise InvalidInput(
            fields={"ends_on": [_("A seat ends after the day from which it is held.")]},
            cure=_("Choose a later day."),
        )
    return fresh


@transaction.atomic
def replace_seat(
    *,
    seat: Seat,
    starts_on: date,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    city: City | None = None,
    post: Post | None = None,
    function: str = "",
    version: int | None = None,
) -> Seat:
    """Let another city or post take a seat over for the rest of its term."""
    organ = lock_record(seat.organ, version=version)
    before = _held_seat(seat, starts_on)
    successor = Seat(
        organ=organ,
        number=next_number(organ),
        city=city,
        post=post,
        manner=before.manner,
        starts_on=starts_on,
        term_ends_on=before.term_ends_on,
        succeeds=before,
        basis=ground.basis.as_dict() if ground.basis else None,
        source=ground.source,
    )
    if before.term_ends_on and before.term_ends_on <= starts_on:
        raise IllegalStep(
            _("The term of this seat is over: there is no rest of it to serve."),
            cure=_("End the seat and give it anew, by election."),
            code="term_over",
        )
    _seat(successor, ActKind.REPLACE, function, ground, by=by, on=on, at=at)
    record_act(
        "organs.replace_seat",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        before=_told(before),
        after=_told(successor) | {"function": function},
        basis=ground.basis,
        reason=ground.reason,
    )
    return successor


@transaction.atomic
def entrust_function(
    *,
    seat: Seat,
    function: str,
    starts_on: date,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> OrganAct:
    """Make the holder of a seat chair, vice-chair or secretary."""
    return _function_act(
        ActKind.ENTRUST, seat, function, starts_on, ground, by=by, on=on, at=at, version=version
    )


@transaction.atomic
def relieve_function(
    *,
    seat: Seat,
    function: str,
    ends_on: date,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> OrganAct:
    """End a function; the seat is kept. `ends_on` is the first day without it."""
    if not seat.functions.filter(held(ends_on), function=function).exists():
        raise IllegalStep(
            _("The seat does not have this function on that day."), code="function_not_held"
        )
    return _function_act(
        ActKind.RELIEVE, seat, function, ends_on, ground, by=by, on=on, at=at, version=version
    )


def _function_act(
    kind: str,
    seat: Seat,
    function: str,
    day: date,
    ground: Ground,
    *,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None,
) -> OrganAct:
    if function not in FUNCTIONS:
        raise InvalidInput(fields={"function": [_("There is no such function.")]})
    organ = lock_record(seat.organ, version=version)
    row = take(
        Taken(kind, day, seat=seat, changes={"function": function}),
        organ=organ,
        ground=ground,
        by=by,
        on=on,
        at=at,
    )
    holder = seat.holder()
    record_act(
        f"organs.{kind}_function",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "function": function,
            "day": day,
            "holder": holder.as_dict() if holder else None,
        },
        basis=ground.basis,
        reason=ground.reason,
    )
    return row
