"""What the checks look at: plain values, read once, whatever the size of the institution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Protocol

from dabir.organs.articles import Articles
from dabir.organs.folding import earliest, latest
from dabir.organs.states import Severity
from dabir.registry.states import Precision

Names = Mapping[str, str]


@dataclass(frozen=True)
class OrganFact:
    """An organ as it is recorded; `founded_by` is the key of the organ that decided, if known."""

    key: str
    kind: str
    names: Names
    parent: str = ""
    founded_on: date | None = None
    founded_precision: str = Precision.DAY
    has_basis: bool = True
    founded_by: str = ""
    decided_on: date | None = None
    abolished_on: date | None = None
    foreseen: int | None = None
    least: int | None = None
    conflicts: int = 0

    def exists_on(self, day: date) -> bool:
        """Whether the organ is there on a day, as far as it is known."""
        return (self.founded_on is None or self.founded_on <= day) and (
            self.abolished_on is None or day < self.abolished_on
        )


class Held(Protocol):
    """Something held from one day until the day before another."""

    @property
    def starts_on(self) -> date | None:
        """The first day; None where it is unknown."""

    @property
    def ends_on(self) -> date | None:
        """The first day on which it is no longer held."""


def held_on(one: Held, day: date) -> bool:
    """Whether something is held on a day; an unknown start counts as long ago."""
    return (one.starts_on is None or one.starts_on <= day) and (
        one.ends_on is None or day < one.ends_on
    )


@dataclass(frozen=True)
class SeatFact:
    """A seat; `holder` is the kind and key of the city or post, empty where no source names it."""

    organ: str
    number: int
    holder: str
    names: Names
    starts_on: date | None = None
    ends_on: date | None = None
    precision: str = Precision.DAY
    term_ends_on: date | None = None
    decided_on: date | None = None
    has_basis: bool = True
    is_elected: bool = False


@dataclass(frozen=True)
class FunctionFact:
    """A function of the holder of a seat."""

    organ: str
    seat: int
    function: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class MandateFact:
    """A person in a post; `chain_complete` says whether a completed appointment gave it."""

    id: int
    post: str
    post_names: Names
    person: str
    person_names: Names
    organ: str = ""
    city: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_acting: bool = False
    one_holder: bool = False
    chain_complete: bool = False


@dataclass(frozen=True)
class SessionFact:
    """A session that was held or called."""

    organ: str
    key: str
    names: Names
    city: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    precision: str = Precision.DAY
    is_held: bool = True
    city_names: Names = field(default_factory=dict)
    url: str = ""

    @property
    def first(self) -> date:
        """The first day that the session can have been on."""
        return earliest(self.starts_on or date.min, self.precision)

    @property
    def last(self) -> date:
        """The last day that it can have been on."""
        return latest(self.ends_on or self.starts_on or date.max, self.precision)


@dataclass(frozen=True)
class LeftFact:
    """A city has been no member since a day."""

    city: str
    since: date
    back_on: date | None = None


@dataclass(frozen=True)
class Institution:
    """Everything that is looked at."""

    today: date
    articles: Callable[[date], Articles]
    organs: Sequence[OrganFact] = ()
    seats: Sequence[SeatFact] = ()
    functions: Sequence[FunctionFact] = ()
    mandates: Sequence[MandateFact] = ()
    sessions: Sequence[SessionFact] = ()
    left: Sequence[LeftFact] = ()

    @cached_property
    def organ(self) -> dict[str, OrganFact]:
        """The organs by their keys."""
        return {organ.key: organ for organ in self.organs}

    @cached_property
    def seats_of(self) -> dict[str, list[SeatFact]]:
        """The seats of each organ."""
        return grouped(self.seats, lambda seat: seat.organ)

    @cached_property
    def functions_of(self) -> dict[str, list[FunctionFact]]:
        """The functions in each organ."""
        return grouped(self.functions, lambda function: function.organ)

    @cached_property
    def held_sessions(self) -> dict[str, list[SessionFact]]:
        """The sessions of each organ that were held on a known day, in their order."""
        held = [s for s in self.sessions if s.is_held and s.starts_on]
        return grouped(sorted(held, key=lambda s: s.first), lambda session: session.organ)

    @cached_property
    def mandates_of(self) -> dict[str, list[MandateFact]]:
        """The mandates of each post."""
        return grouped(self.mandates, lambda mandate: mandate.post)


def grouped(rows: Iterable[Any], key: Callable[[Any], str]) -> dict[str, list[Any]]:
    """The rows by their key."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


@dataclass(frozen=True)
class Found:
    """One finding: its code, the organ, what exactly it is about, and what is to be said of it."""

    code: str
    organ: str
    subject: str = ""
    severity: str = Severity.FAULT
    params: Mapping[str, Any] = field(default_factory=dict)
    article: Mapping[str, str] = field(default_factory=dict)


def overlaps(rows: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Rows that are surely held on the same day as an earlier one; an unknown start is no proof."""
    longest: Any = None
    for row in sorted(rows, key=lambda r: (sure_start(r), r.ends_on or date.max)):
        if longest is not None and sure_start(row) < (longest.ends_on or date.max):
            yield longest, row
        if longest is None or (row.ends_on or date.max) > (longest.ends_on or date.max):
            longest = row


def sure_start(row: Held) -> date:
    """The first day that something is held beyond doubt."""
    if row.starts_on is not None:
        return row.starts_on
    return row.ends_on - timedelta(days=1) if row.ends_on else date.max - timedelta(days=1)
