"""A waiting thing, a kind of them, and the desk on which they lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

SHOWN, ALL_SHOWN = 6, 200


@dataclass(frozen=True)
class Thing:
    """One waiting thing: its name, where one answers it, its states and what is to be known."""

    names: Any
    url: str
    statuses: tuple[str, ...] = ()
    code: str = ""
    day: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """A kind of waiting thing: how many, the first of them, and the page with all."""

    key: str
    title: str
    number: int
    things: list[Thing]
    url: str = ""
    tone: str = ""
    why: str = ""


@dataclass(frozen=True)
class Desk:
    """Whose desk it is, and on which day."""

    user: Any
    today: date
    posts: list[int] = field(default_factory=list)
    cities: list[int] = field(default_factory=list)
    whole: str = ""

    def first(
        self, key: str, rows: QuerySet[Any], thing: Callable[[Any], Thing]
    ) -> tuple[int, list[Thing]]:
        """The number of all and the first few; counted only where more may stand behind."""
        shown = ALL_SHOWN if key == self.whole else SHOWN
        first = list(rows[: shown + 1])
        number = len(first) if len(first) <= shown else rows.count()
        return number, [thing(row) for row in first[:shown]]

    def may(self, right: str) -> bool:
        """Whether the person holds a right."""
        return bool(self.user.has_perm(right))
