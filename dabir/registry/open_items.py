"""Work that lies with a post or a person: what must not be left behind when somebody leaves.

An app above tells, by `learn`, what of it is open and how it moves; the registry knows no letters
and no commitments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dabir.core.actors import Actor
from dabir.core.errors import Words
from dabir.registry.models import Person, Post

Holder = Post | Person


@dataclass(frozen=True)
class OpenItem:
    """One open thing: its name, where it is read, its number."""

    names: Mapping[str, str]
    url: str
    code: str = ""


@dataclass(frozen=True)
class Move:
    """A hand-over: from whom, to whom, who records it, when and why."""

    of: Holder
    to: Holder
    by: Actor
    on: date
    at: datetime
    reason: str


@dataclass(frozen=True)
class Shelf:
    """A kind of open thing: how it is found with a holder, and how all of it moves to another."""

    key: str
    label: Words
    find: Callable[[Holder], Sequence[OpenItem]]
    move: Callable[[Move], int]


SHELVES: dict[str, Shelf] = {}


def learn(shelf: Shelf) -> None:
    """Let things of this kind be handed over."""
    SHELVES[shelf.key] = shelf


def open_items_of(holder: Holder) -> list[tuple[Shelf, Sequence[OpenItem]]]:
    """Everything open with a post or a person, by kind."""
    found = ((shelf, shelf.find(holder)) for shelf in SHELVES.values())
    return [(shelf, items) for shelf, items in found if items]
