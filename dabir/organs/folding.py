"""What follows from the acts on an organ: pure, from plain values.

Acts are taken in the order of their effect; one that was annulled counts for nothing. Every rule on
what an organ and its seats may look like is one of the `conflicts`: an act, an annulment too, is
refused when it would make a conflict that was not there before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dabir.organs.states import ONE_AT_A_TIME, ActKind
from dabir.registry.states import Precision

CHANGEABLE = ("names", "powers", "seats_foreseen", "seats_least", "parent")
SEATING = (ActKind.FILL, ActKind.REPLACE)


@dataclass(frozen=True)
class Did:
    """One act on an organ, as plain values; `on` is the day of recording."""

    number: int
    kind: str
    on: date
    seat: int | None = None
    effective_on: date | None = None
    precision: str = Precision.DAY
    changes: dict[str, Any] = field(default_factory=dict)
    basis: dict[str, Any] | None = None
    annuls: int | None = None

    def day(self, name: str) -> date | None:
        """A day among the changes."""
        said = self.changes.get(name)
        return date.fromisoformat(said) if said else None


@dataclass
class SeatNow:
    """A seat as the acts left it."""

    number: int
    holder: str
    starts_on: date | None
    ends_on: date | None
    sure_from: date
    given_by: int
    precision: str = Precision.DAY
    term_ends_on: date | None = None
    basis: dict[str, Any] | None = None


@dataclass
class FunctionNow:
    """A function as the acts left it; `given_by` is the number of the act."""

    seat: int
    function: str
    starts_on: date | None
    ends_on: date | None
    given_by: int
    basis: dict[str, Any] | None = None


@dataclass
class OrganNow:
    """An organ as the acts left it; `founded_by` is None where the founding act was annulled."""

    values: dict[str, Any] = field(default_factory=dict)
    founded_by: int | None = None
    founded_on: date | None = None
    founded_precision: str = Precision.UNKNOWN
    basis: dict[str, Any] | None = None
    abolished_on: date | None = None
    abolished_basis: dict[str, Any] | None = None
    seats: dict[int, SeatNow] = field(default_factory=dict)
    functions: list[FunctionNow] = field(default_factory=list)
    sizes: list[tuple[date, int | None]] = field(default_factory=list)


@dataclass(frozen=True, order=True)
class Conflict:
    """What cannot stand: its code, the seat it is about and the act that made it."""

    code: str
    seat: int
    act: int


def earliest(day: date, precision: str) -> date:
    """The first day that a date of this precision can mean."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def latest(day: date, precision: str) -> date:
    """The last day that a date of this precision can mean."""
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    if precision == Precision.MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return day


def live(acts: Iterable[Did]) -> list[Did]:
    """The acts that count, in the order of their effect."""
    known = list(acts)
    gone = {act.annuls for act in known if act.annuls is not None}
    counting = [a for a in known if a.number not in gone and a.kind != ActKind.ANNUL]
    return sorted(counting, key=lambda a: (a.effective_on or date.min, a.number))


def fold(acts: Iterable[Did], *, on: date | None = None) -> OrganNow:
    """The organ after its acts; with `on` only after those that had effect by that day."""
    now = OrganNow()
    counting = live(acts)
    if on is not None:
        counting = [a for a in counting if a.effective_on is None or a.effective_on <= on]
    # A foundation is told first whatever its day: what is known of the day may be wrong, and a
    # seat that is older than its organ has to be seen as such.
    for act in sorted(counting, key=lambda a: a.kind != ActKind.FOUND):
        _STEPS[ActKind(act.kind)](now, act)
    for function in now.functions:
        seat = now.seats.get(function.seat)
        if seat is not None and seat.ends_on is not None:
            function.ends_on = min(function.ends_on or date.max, seat.ends_on)
    return now


def _found(now: OrganNow, act: Did) -> None:
    now.values |= {name: act.changes.get(name) for name in CHANGEABLE}
    now.founded_by, now.founded_on = act.number, act.effective_on
    now.founded_precision, now.basis = act.precision, act.basis
    now.sizes.append((date.min, act.changes.get("seats_foreseen")))


def _change(now: OrganNow, act: Did) -> None:
    now.values |= {name: act.changes[name] for name in CHANGEABLE if name in act.changes}
    if "seats_foreseen" in act.changes:
        now.sizes.append((act.effective_on or date.min, act.changes["seats_foreseen"]))


def _abolish(now: OrganNow, act: Did) -> None:
    now.abolished_on, now.abolished_basis = act.effective_on, act.basis
    for seat in now.seats.values():
        if act.effective_on and (seat.starts_on is None or seat.starts_on < act.effective_on):
            seat.ends_on = min(seat.ends_on or date.max, act.effective_on)


def _fill(now: OrganNow, act: Did) -> None:
    if act.seat is None:
        return
    ends_on = act.day("ends_on")
    start = act.effective_on
    # An unknown start is no reason to refuse another seat long ago: sure is the day of recording,
    # or the last day before the end.
    sure = start or (ends_on - timedelta(days=1) if ends_on else act.on)
    holder = act.changes.get("holder")
    now.seats[act.seat] = SeatNow(
        number=act.seat,
        holder=f"{holder['kind']}:{holder['id']}" if holder else "",
        starts_on=start,
        ends_on=ends_on,
        sure_from=sure,
        given_by=act.number,
        precision=act.precision,
        term_ends_on=act.day("term_ends_on"),
        basis=act.basis,
    )
    if act.changes.get("function"):
        _entrust(now, act)


def _replace(now: OrganNow, act: Did) -> None:
    before = now.seats.get(act.changes.get("succeeds") or 0)
    if before is not None and act.effective_on is not None:
        before.ends_on = min(before.ends_on or date.max, act.effective_on)
    _fill(now, act)


def _end(now: OrganNow, act: Did) -> None:
    seat = now.seats.get(act.seat or 0)
    if seat is not None and act.effective_on is not None:
        seat.ends_on = min(seat.ends_on or date.max, act.effective_on)


def _entrust(now: OrganNow, act: Did) -> None:
    function = act.changes["function"]
    now.functions.append(
        FunctionNow(act.seat or 0, function, act.effective_on, None, act.number, act.basis)
    )


def _relieve(now: OrganNow, act: Did) -> None:
    for held in now.functions:
        if (held.seat, held.function) == (act.seat, act.changes["function"]) and not held.ends_on:
            held.ends_on = act.effective_on


_STEPS = {
    ActKind.FOUND: _found,
    ActKind.CHANGE: _change,
    ActKind.ABOLISH: _abolish,
    ActKind.FILL: _fill,
    ActKind.REPLACE: _replace,
    ActKind.END: _end,
    ActKind.ENTRUST: _entrust,
    ActKind.RELIEVE: _relieve,
}


def conflicts(now: OrganNow, acts: Sequence[Did] = ()) -> set[Conflict]:
    """Everything about the organ that cannot stand."""
    found = set(_outside(now, acts))
    found |= set(_overlapping(now))
    found |= set(_overfull(now))
    found |= set(_functions(now))
    return found


def _outside(now: OrganNow, acts: Sequence[Did]) -> Iterator[Conflict]:
    """Acts and seats before the organ was there or after it was gone."""
    if now.founded_by is None:
        for act in live(acts):
            yield Conflict("not_founded", act.seat or 0, act.number)
        return
    begins = earliest(now.founded_on, now.founded_precision) if now.founded_on else date.min
    for act in live(acts):
        if act.effective_on is None:
            continue
        if latest(act.effective_on, act.precision) < begins:
            yield Conflict("before_founded", act.seat or 0, act.number)
        if (
            now.abolished_on
            and act.effective_on >= now.abolished_on
            and act.kind != ActKind.ABOLISH
        ):
            # A seat that ends on the last day, or with it, is no act after the end.
            late = act.effective_on > now.abolished_on or act.kind not in (
                ActKind.END,
                ActKind.RELIEVE,
            )
            if late:
                yield Conflict("after_abolished", act.seat or 0, act.number)


def surely_together(one: SeatNow, other: SeatNow) -> bool:
    """Whether two seats are held on the same day beyond doubt (half-open intervals)."""
    return one.sure_from < (other.ends_on or date.max) and other.sure_from < (
        one.ends_on or date.max
    )


def _overlapping(now: OrganNow) -> Iterator[Conflict]:
    """A seat that ends before it begins; a holder with two seats on the same day."""
    by_holder: dict[str, list[SeatNow]] = defaultdict(list)
    for seat in now.seats.values():
        if seat.starts_on and seat.ends_on and seat.ends_on <= seat.starts_on:
            yield Conflict("ends_before_start", seat.number, seat.given_by)
        if seat.holder:
            by_holder[seat.holder].append(seat)
    for seats in by_holder.values():
        for place, seat in enumerate(seats):
            if any(surely_together(seat, other) for other in seats[:place]):
                yield Conflict("holder_doubled", seat.number, seat.given_by)


def held_on(seats: Iterable[SeatNow], day: date) -> list[SeatNow]:
    """The seats that are surely held on a day."""
    return [s for s in seats if s.sure_from <= day and (s.ends_on is None or day < s.ends_on)]


def foreseen_on(now: OrganNow, day: date) -> int | None:
    """The number of seats foreseen on a day; None where it is not known."""
    found = None
    for since, number in now.sizes:
        if since <= day:
            found = number
    return found


def _overfull(now: OrganNow) -> Iterator[Conflict]:
    """More seats held on a day than are foreseen for that day; the last ones given are too many."""
    days = {seat.sure_from for seat in now.seats.values()} | {since for since, _n in now.sizes}
    for day in days:
        foreseen = foreseen_on(now, day)
        if foreseen is None:
            continue
        held = sorted(held_on(now.seats.values(), day), key=lambda s: s.given_by)
        for seat in held[foreseen:]:
            yield Conflict("overfull", seat.number, seat.given_by)


def _functions(now: OrganNow) -> Iterator[Conflict]:
    """A function without a seat on its days; two chairs or two secretaries on the same day."""
    for place, held in enumerate(now.functions):
        seat = now.seats.get(held.seat)
        start = held.starts_on
        if seat is None or (
            start is not None
            and ((seat.starts_on or date.min) > start or (seat.ends_on or date.max) <= start)
        ):
            yield Conflict("function_without_seat", held.seat, held.given_by)
        if held.starts_on and held.ends_on and held.ends_on <= held.starts_on:
            yield Conflict("function_ends_before_start", held.seat, held.given_by)
        if held.function not in ONE_AT_A_TIME:
            continue
        for other in now.functions[:place]:
            if other.function == held.function and _together(held, other):
                yield Conflict("function_doubled", held.seat, held.given_by)


def _together(one: FunctionNow, other: FunctionNow) -> bool:
    return (one.starts_on or date.min) < (other.ends_on or date.max) and (
        other.starts_on or date.min
    ) < (one.ends_on or date.max)


def new_conflicts(before: Sequence[Did], after: Sequence[Did]) -> list[Conflict]:
    """What could not stand after a further act and was not there without it."""
    return sorted(conflicts(fold(after), after) - conflicts(fold(before), before))


def resting_on(number: int, acts: Sequence[Did]) -> list[Did]:
    """The later acts that rest on an act: without it they would have had no ground.

    Those of the same seat or function, later changes of the same value, and whatever could not
    stand if the act had never been taken. On a foundation everything rests.
    """
    counting = live(acts)
    act = next(a for a in counting if a.number == number)
    if act.kind == ActKind.FOUND:
        return [a for a in counting if a.number != number]
    later = [a for a in counting if a.number > number]
    found = {a.number for a in later if _builds_on(act, a)}
    annulment = Did(max(a.number for a in acts) + 1, ActKind.ANNUL, act.on, annuls=number)
    without = [*acts, annulment]
    found |= {c.act for c in new_conflicts(acts, without) if c.act != number}
    return [a for a in counting if a.number in found]


def _builds_on(act: Did, later: Did) -> bool:
    if act.kind == ActKind.CHANGE and later.kind == ActKind.CHANGE:
        return bool(set(act.changes) & set(later.changes))
    if act.kind in SEATING:
        return act.seat in (later.seat, later.changes.get("succeeds"))
    if act.kind == ActKind.ENTRUST:
        same = (later.seat, later.changes.get("function")) == (act.seat, act.changes["function"])
        return later.kind == ActKind.RELIEVE and same
    return False
