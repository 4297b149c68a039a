"""Whether the seats of each organ, and the functions in it, fit the organ and each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dabir.organs.articles import article_of
from dabir.organs.checking.facts import (
    Found,
    Held,
    Institution,
    OrganFact,
    SeatFact,
    grouped,
    held_on,
    overlaps,
)
from dabir.organs.folding import earliest, latest
from dabir.organs.states import ONE_AT_A_TIME, OrganKind, Severity

# Kinds that do their work under somebody's chair.
CHAIRED = {OrganKind.COMMISSION, OrganKind.COMMITTEE, OrganKind.INSPECTORATE}


def seats_in_time(facts: Institution) -> Iterator[Found]:
    """Seats before the organ, after it, or before they were decided."""
    for seat in facts.seats:
        organ = facts.organ[seat.organ]
        about = {"holder": seat.names, "day": seat.starts_on}
        subject = f"seat {seat.number}"
        start = seat.starts_on
        if start is not None:
            begins = organ.founded_on and earliest(organ.founded_on, organ.founded_precision)
            if begins and latest(start, seat.precision) < begins:
                yield Found("seat_before_founded", organ.key, subject, params=about)
            if seat.decided_on and latest(start, seat.precision) < seat.decided_on:
                params = about | {"decided": seat.decided_on}
                yield Found("seat_before_decision", organ.key, subject, params=params)
        if organ.abolished_on and (
            (start is not None and start >= organ.abolished_on)
            or seat.ends_on is None
            or seat.ends_on > organ.abolished_on
        ):
            params = about | {"day": organ.abolished_on}
            yield Found("seat_after_abolished", organ.key, subject, params=params)


def seats_doubled(facts: Institution) -> Iterator[Found]:
    """The same city or post in two seats of one organ on the same day."""
    for key, seats in facts.seats_of.items():
        for mine in grouped((s for s in seats if s.holder), lambda s: s.holder).values():
            for one, other in overlaps(mine):
                subject = f"seats {one.number} {other.number}"
                yield Found("seat_doubled", key, subject, params={"holder": one.names})


def too_many_seats(facts: Institution) -> Iterator[Found]:
    """More seats held at once than are foreseen, on any day since the number is in force."""
    for organ in facts.organs:
        seats = facts.seats_of.get(organ.key, [])
        if organ.foreseen is None or len(seats) <= organ.foreseen:
            continue
        held = sum(held_on(seat, facts.today) for seat in seats)
        if held > organ.foreseen:
            params = {"held": held, "foreseen": organ.foreseen}
            yield Found("too_many_seats", organ.key, params=params)


def composition_today(facts: Institution) -> Iterator[Found]:
    """Too few seats, vacant seats, no chair, seats of unknown holders or grounds, on the day of the check."""
    for organ in facts.organs:
        if not organ.exists_on(facts.today) or organ.kind in (
            OrganKind.ASSEMBLY,
            OrganKind.SECRETARIAT,
        ):
            continue
        held = [s for s in facts.seats_of.get(organ.key, []) if held_on(s, facts.today)]
        if organ.kind != OrganKind.OFFICE:
            yield from _size(organ, held)
            yield from _chair(facts, organ, held)
        grounds = sum(not seat.has_basis for seat in held)
        if grounds:
            params = {"number": grounds, "held": len(held)}
            yield Found("unknown_ground_of_seats", organ.key, "", Severity.NOTE, params)
        if organ.conflicts:
            yield Found("sources_contradict", organ.key, severity=Severity.NOTE)


def _size(organ: OrganFact, held: Sequence[SeatFact]) -> Iterator[Found]:
    params = {"held": len(held), "foreseen": organ.foreseen, "least": organ.least}
    if not held:
        yield Found("composition_unknown", organ.key, "", Severity.NOTE)
    elif organ.least is not None and len(held) < organ.least:
        yield Found("too_few_seats", organ.key, params=params)
    elif organ.foreseen is not None and len(held) < organ.foreseen:
        yield Found("seats_vacant", organ.key, "", Severity.NOTE, params)


def _chair(facts: Institution, organ: OrganFact, held: Sequence[SeatFact]) -> Iterator[Found]:
    numbers = {seat.number for seat in held}
    chaired = any(
        f.function == "chair" and f.seat in numbers and held_on(f, facts.today)
        for f in facts.functions_of.get(organ.key, [])
    )
    if held and organ.kind in CHAIRED and not chaired:
        yield Found("no_chair", organ.key)


def seats_and_article(facts: Institution) -> Iterator[Found]:
    """The number of seats recorded against the number in the rule set in force."""
    articles = facts.articles(facts.today)
    for organ in facts.organs:
        article = article_of(organ.key, "seats", articles)
        if article is None or not organ.exists_on(facts.today):
            continue
        if isinstance(article.value, int) and organ.foreseen not in (None, article.value):
            params = {"said": article.value, "foreseen": organ.foreseen}
            yield Found("seats_differ", organ.key, params=params, article=article.article)


def functions_fit(facts: Institution) -> Iterator[Found]:
    """Functions without a seat on their days; two chairs or two secretaries at once."""
    for key, functions in facts.functions_of.items():
        seats = {seat.number: seat for seat in facts.seats_of.get(key, [])}
        for held in functions:
            seat = seats.get(held.seat)
            params = {"function": held.function, "holder": seat.names if seat else {}}
            if seat is None or not _within(held, seat):
                subject = f"seat {held.seat} {held.function}"
                yield Found("function_without_seat", key, subject, params=params)
        for function, rows in grouped(functions, lambda f: f.function).items():
            if function in ONE_AT_A_TIME:
                for one, other in overlaps(rows):
                    subject = f"seats {one.seat} {other.seat} {function}"
                    yield Found("function_doubled", key, subject, params={"function": function})


def _within(inner: Held, outer: Held) -> bool:
    starts = inner.starts_on is None or (outer.starts_on or date.min) <= inner.starts_on
    return starts and (inner.ends_on or date.max) <= (outer.ends_on or date.max)


def members_left(facts: Institution) -> Iterator[Found]:
    """Cities that sit in an organ on a day on which they are no members."""
    left = grouped(facts.left, lambda row: f"city:{row.city}")
    for seat in facts.seats:
        for gone in left.get(seat.holder, []):
            begins = max(gone.since, seat.starts_on or gone.since)
            if begins < min(seat.ends_on or date.max, gone.back_on or date.max):
                params = {"holder": seat.names, "day": gone.since}
                yield Found("member_left", seat.organ, f"seat {seat.number}", params=params)
