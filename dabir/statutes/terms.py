"""Terms of office: from when to when, who holds over, who may be elected again. Pure.

A term is half-open: held on its first day, no longer on its last. So one may begin on the day
another ends and nobody holds both. A term takes effect by an act, never before the meeting that
decided it. Holding over "until a successor" is a rule of its own, not a longer term.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.statutes.dues import anniversary

UNLIMITED = "unlimited"
THE_REST, FULL_TERM, STAYS_EMPTY = "serves the rest", "begins a full term", "stays empty"
VACANCIES = (THE_REST, FULL_TERM, STAYS_EMPTY)


@dataclass(frozen=True)
class Term:
    """Half-open: `[starts_on, ends_on)`; an unknown end is an open one."""

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise InvalidInput(f"{self.ends_on} <= {self.starts_on}")

    def holds(self, on: date) -> bool:
        """Whether the term runs on that day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    def overlaps(self, other: Term) -> bool:
        """Whether a day belongs to both; touching terms share none."""
        ours = self.ends_on is None or other.starts_on < self.ends_on
        return ours and (other.ends_on is None or self.starts_on < other.ends_on)

    def contains(self, other: Term) -> bool:
        """Whether every day of the other belongs to this one."""
        if self.starts_on > other.starts_on:
            return False
        if self.ends_on is None:
            return True
        return other.ends_on is not None and other.ends_on <= self.ends_on

    def touches(self, other: Term) -> bool:
        """Whether one begins on the day on which the other ends."""
        return self.ends_on == other.starts_on or other.ends_on == self.starts_on


def term_from(elected_on: date, years: int, *, effect_on: date | None = None) -> Term:
    """The term that an election begins; raises InvalidInput for an effect before the meeting."""
    starts_on = effect_on or elected_on
    if starts_on < elected_on:
        raise InvalidInput(f"{starts_on} < {elected_on}")
    return Term(starts_on, anniversary(starts_on, years))


def ends_with_successor(term: Term, *, hold_over: bool, successor_on: date | None) -> date | None:
    """The day the office is really left: the term's end, or, holding over, the successor's first day.

    None: still held over, nobody has followed.
    """
    if term.ends_on is None:
        return successor_on
    if successor_on is not None and successor_on < term.ends_on:
        return successor_on
    return successor_on if hold_over else term.ends_on


def in_office(term: Term, on: date, *, hold_over: bool, successor_on: date | None = None) -> str:
    """How somebody is in office on a day: by "term", "holding over", or "no"."""
    left = ends_with_successor(term, hold_over=hold_over, successor_on=successor_on)
    if on < term.starts_on or (left is not None and left <= on):
        return "no"
    return "term" if term.holds(on) else "holding over"


def replacement_term(
    rule: str, vacant_since: date, rest_of: Term, years: int | None
) -> Term | None:
    """The term of whoever fills a vacancy: the rest of the old one, a full one, or none."""
    if rule == THE_REST:
        return Term(vacant_since, rest_of.ends_on)
    if rule == FULL_TERM and years is not None:
        return term_from(vacant_since, years)
    return None


def may_be_elected_again(terms_held: Sequence[Term], limit: Any) -> bool:
    """Whether one more term in a row is allowed; `limit` counts terms in a row, or is "unlimited"."""
    if limit == UNLIMITED:
        return True
    return _in_a_row(terms_held) < int(limit)


def _in_a_row(terms: Sequence[Term]) -> int:
    """How many of the last terms followed one another without a gap."""
    ordered = sorted(terms, key=lambda term: term.starts_on)
    number = 0
    for term, after in zip(ordered, [*ordered[1:], None], strict=True):
        joined = after is not None and term.ends_on is not None and term.ends_on >= after.starts_on
        number = number + 1 if joined or after is None else 0
    return number


def doubled(terms: Iterable[Term]) -> list[tuple[Term, Term]]:
    """Every pair of terms of one seat that share a day."""
    ordered = sorted(terms, key=lambda term: term.starts_on)
    return [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if one.overlaps(other)
    ]


def vacancies(terms: Iterable[Term], *, since: date, until: date) -> list[Term]:
    """The stretches between two days in which nobody held the seat."""
    free: list[Term] = []
    day = since
    for term in sorted(terms, key=lambda term: term.starts_on):
        if day < term.starts_on:
            free.append(Term(day, min(term.starts_on, until)))
        day = max(day, term.ends_on or until)
        if day >= until:
            return free
    return [*free, Term(day, until)]
