"""How an act on an organ is taken: asked whether it can stand, recorded, and what follows kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dabir.core.actors import Actor
from dabir.core.reference import Reference
from dabir.core.validation import check_record
from dabir.organs.errors import CannotStand
from dabir.organs.folding import Did, OrganNow, fold, new_conflicts
from dabir.organs.models import Organ, OrganAct, Seat, SeatFunction
from dabir.organs.queries.acts import acts_of, did
from dabir.organs.states import ActKind
from dabir.registry.states import Precision

Words = Mapping[str, str]


@dataclass(frozen=True)
class Ground:
    """By which decision of which organ an act is done, from which source it is known, and why."""

    basis: Reference | None = None
    decided_by: str = ""
    source: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Taken:
    """An act to be recorded."""

    kind: str
    effective_on: date | None = None
    precision: str = Precision.DAY
    seat: Seat | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    annuls: OrganAct | None = None


def take(
    act: Taken, *, organ: Organ, ground: Ground, by: Actor, on: date, at: datetime
) -> OrganAct:
    """Record an act on a locked organ and keep what follows from it.

    Raises InvalidInput for an effect before the day of the decision, CannotStand when what follows
    would contradict what is recorded.
    """
    return take_all([act], organ=organ, ground=ground, by=by, on=on, at=at)[0]


def take_all(
    acts: Sequence[Taken], *, organ: Organ, ground: Ground, by: Actor, on: date, at: datetime
) -> list[OrganAct]:
    """Record acts that one decision did at once; judged together, when all of them are taken."""
    known = acts_of(organ)
    last = max((a.number for a in known), default=0)
    rows = []
    for number, act in enumerate(acts, start=last + 1):
        row = OrganAct(
            organ=organ,
            number=number,
            kind=act.kind,
            seat=act.seat,
            effective_on=act.effective_on,
            precision=act.precision if act.effective_on else Precision.UNKNOWN,
            changes=plain(act.changes),
            basis=ground.basis.as_dict() if ground.basis else None,
            decided_on=ground.basis.on if ground.basis else None,
            decided_by=ground.decided_by,
            annuls=act.annuls,
            reason=ground.reason,
            source=ground.source,
            on=on,
            at=at,
            by=by.as_dict(),
        )
        check_record(row)
        rows.append(row)
    after = [*known, *(did(row) for row in rows)]
    broken = new_conflicts(known, after)
    if broken:
        raise CannotStand(broken[0].code)
    for row in rows:
        row.save()
    keep(organ, after)
    return rows


def plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes as they are stored: days as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in changes.items()
    }


def keep(organ: Organ, acts: Sequence[Did]) -> None:
    """Write what follows from the acts into organ, seats and functions, which lists read."""
    now = fold(acts)
    _keep_organ(organ, now)
    seats = {seat.number: seat for seat in Seat.objects.filter(organ=organ, number__isnull=False)}
    for number, seat in seats.items():
        told = now.seats.get(number or 0)
        seat.is_annulled = told is None
        if told is not None:
            seat.starts_on, seat.ends_on = told.starts_on, told.ends_on
            seat.precision, seat.term_ends_on, seat.basis = (
                told.precision,
                told.term_ends_on,
                told.basis,
            )
    Seat.objects.bulk_update(
        seats.values(),
        ["is_annulled", "starts_on", "ends_on", "precision", "term_ends_on", "basis"],
    )
    _keep_functions(organ, now, {number or 0: seat for number, seat in seats.items()})


def _keep_organ(organ: Organ, now: OrganNow) -> None:
    if now.founded_by is None:
        organ.is_annulled = True
    else:
        parent = now.values.get("parent")
        organ.names = now.values["names"]
        organ.powers = now.values.get("powers") or {}
        organ.seats_foreseen = now.values.get("seats_foreseen")
        organ.seats_least = now.values.get("seats_least")
        organ.parent = Organ.objects.get(key=parent) if parent else None
        organ.founded_on, organ.founded_precision = now.founded_on, now.founded_precision
        organ.basis, organ.is_annulled = now.basis, False
    organ.abolished_on, organ.abolished_basis = now.abolished_on, now.abolished_basis
    organ.version += 1
    check_record(organ)
    organ.save()


def _keep_functions(organ: Organ, now: OrganNow, seats: Mapping[int, Seat]) -> None:
    kept = {f.act: f for f in SeatFunction.objects.filter(seat__organ=organ)}
    told = {f.given_by: f for f in now.functions if f.seat in seats}
    for number, one in told.items():
        row = kept.pop(number, None) or SeatFunction(seat=seats[one.seat], act=number)
        row.function, row.starts_on, row.ends_on = one.function, one.starts_on, one.ends_on
        row.basis, row.is_annulled = one.basis, False
        row.save()
    for gone in kept.values():
        gone.is_annulled = True
        gone.save(update_fields=["is_annulled"])


__all__ = ["ActKind", "Ground", "Taken", "Words", "keep", "plain", "take", "take_all"]
