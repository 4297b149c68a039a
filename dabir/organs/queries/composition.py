"""Who sits in an organ on a day, in which function, until when, and what it was called then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dabir.core.basis import basis_shown
from dabir.core.words import as_words
from dabir.organs.articles import Articles, value_of
from dabir.organs.folding import OrganNow, earliest, fold, foreseen_on
from dabir.organs.models import Organ, OrganAct, Seat
from dabir.organs.queries.acts import did
from dabir.organs.queries.listing import seats_in_force
from dabir.organs.states import Manner


@dataclass(frozen=True)
class Sitting:
    """One seat as it is held on a day; `standing` is its mark, by term, held over or overrun."""

    seat: Seat
    names: dict[str, str]
    functions: list[str]
    basis: dict[str, Any] | None
    until: date | None
    standing: str


@dataclass(frozen=True)
class Composition:
    """An organ on a day."""

    names: dict[str, str]
    powers: dict[str, str]
    foreseen: int | None
    exists: bool
    sittings: list[Sitting]

    @property
    def vacant(self) -> int:
        """How many of the seats foreseen nobody is known to hold."""
        return max((self.foreseen or 0) - len(self.sittings), 0) if self.sittings else 0


def standing_of_seat(seat: Seat, on: date, hold_over: Any) -> str:
    """Whether a seat is held within its term, beyond it by the rule on hold-over, or without one."""
    if seat.term_ends_on is None or on < seat.term_ends_on:
        return "active"
    return "held_over" if hold_over is True else "overrun"


def composition_on(
    organ: Organ, rows: list[OrganAct], on: date, articles: Callable[[date], Articles]
) -> Composition:
    """The organ on a day: name, powers and seats of that day, from its acts."""
    now: OrganNow = fold([did(row) for row in rows], on=on)
    sittings = []
    for seat in seats_in_force(organ=organ, on=on):
        hold_over = None
        if seat.term_ends_on is not None and seat.term_ends_on <= on:
            hold_over = value_of(organ.key, "hold_over", articles(seat.term_ends_on))
        holder = seat.holder()
        sittings.append(
            Sitting(
                seat=seat,
                names=holder.labels if holder else {},
                functions=[held.get_function_display() for held in seat.functions.all()],
                basis=basis_shown(seat.basis),
                until=seat.ends_on or seat.term_ends_on,
                standing=standing_of_seat(seat, on, hold_over),
            )
        )
    begins = now.founded_on and earliest(now.founded_on, now.founded_precision)
    sittings.sort(key=_order)
    return Composition(
        names=as_words(now.values.get("names") or organ.names),
        powers=as_words(now.values.get("powers") or {}),
        foreseen=foreseen_on(now, on),
        exists=now.founded_by is not None
        and (begins is None or begins <= on)
        and (now.abolished_on is None or on < now.abolished_on),
        sittings=sittings,
    )


def _order(sitting: Sitting) -> tuple[int, int, int]:
    rank = {"chair": 0, "vice_chair": 1, "secretary": 2}
    functions = [rank[held.function] for held in sitting.seat.functions.all()]
    by_right = sitting.seat.manner != Manner.EX_OFFICIO
    return min(functions, default=9), int(by_right), sitting.seat.pk
