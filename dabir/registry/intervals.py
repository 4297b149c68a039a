"""Half-open intervals of days: from the first day until the day before the second; pure.

None at the start is "longer ago than anybody knows", None at the end "until it is ended".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Days:
    """The days from `start` until the day before `end`."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end <= self.start:
            raise ValueError("an interval ends after the day it starts")

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.start or date.min) <= day < (self.end or date.max)

    def overlaps(self, other: Days) -> bool:
        """Whether some day lies in both; intervals that only touch share none."""
        return (self.start or date.min) < (other.end or date.max) and (other.start or date.min) < (
            self.end or date.max
        )

    def contains(self, other: Days) -> bool:
        """Whether every day of the other lies in it too."""
        return (self.start or date.min) <= (other.start or date.min) and (
            other.end or date.max
        ) <= (self.end or date.max)

    def touches(self, other: Days) -> bool:
        """Whether one begins on the very day on which the other ends."""
        return (self.end is not None and self.end == other.start) or (
            other.end is not None and other.end == self.start
        )


def state_of(days: Days, *, on: date) -> str:
    """announced, active or ended, as of a day."""
    if days.start is not None and on < days.start:
        return "announced"
    return "ended" if days.end is not None and days.end <= on else "active"


def gaps(held: Iterable[Days], *, until: date) -> list[Days]:
    """The days after the first holding that nobody covers; the last has no end while it lasts."""
    ordered = sorted(held, key=lambda days: days.start or date.min)
    found: list[Days] = []
    covered: date | None = None
    for days in ordered:
        if covered is not None and days.start and covered < days.start <= until:
            found.append(Days(covered, days.start))
        end = days.end or date.max
        covered = end if covered is None else max(covered, end)
        if days.start and days.start > until:
            break
    last = max((d.end or date.max for d in ordered if (d.start or date.min) <= until), default=None)
    if last is not None and last <= until:
        found.append(Days(last, None))
    return found
