"""What can be found by everybody: an app joins with `join(Kind(…))` when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dabir.core.errors import Words
from dabir.core.words import as_words

Names = Mapping[str, str]
Owners = Collection[str] | None
MOST_KINDS = 31


@dataclass(frozen=True)
class Entry:
    """A public thing as it is found and shown; every value may be read by anyone.

    `owner` is the record from whose reading it comes: when an act touches that record, all entries
    of the owner are made anew. `fields` are the further texts by which it is found, each under a key
    of the kind's `places`. Where it lies is told by `view` and `args`, or by `url` where its address
    is the same in every language. From `ends_on` on it is not shown.
    """

    owner: str
    names: Names
    view: str = ""
    args: tuple[str, ...] = ()
    url: str = ""
    fragment: str = ""
    code: str = ""
    beside: Names = field(default_factory=dict)
    fields: tuple[tuple[str, Names], ...] = ()
    day: date | None = None
    position: int = 0
    ends_on: date | None = None

    def shown(self) -> dict[str, Any]:
        """What is kept of it for the page of results."""
        found: dict[str, Any] = {
            "names": as_words(dict(self.names)),
            "code": self.code,
            "beside": as_words(dict(self.beside)),
            "fields": [[key, as_words(dict(words))] for key, words in self.fields if words],
            "view": self.view,
            "args": list(self.args),
            "url": self.url,
            "fragment": self.fragment,
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
        }
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True)
class Kind:
    """The public things of one kind.

    `number` (1 to 31) never changes: it is in the index, and the kinds are shown in its order.
    `read` gives the entries of the owners named, or all of them. `touched_by` says for each kind of
    record that acts are done to, which owners an act on these records touches. What becomes public
    or ends by the day alone is read again every night where `depends_on_day`.
    """

    key: str
    number: int
    label: Words
    read: Callable[[Owners], Iterable[Entry]]
    touched_by: Mapping[str, Callable[[set[str]], Iterable[str]]]
    places: Mapping[str, Words] = field(default_factory=dict)
    depends_on_day: bool = False


KINDS: dict[str, Kind] = {}


def join(kind: Kind) -> None:
    """Let the things of a kind be found by everybody."""
    taken = [k.key for k in KINDS.values() if k.number == kind.number and k.key != kind.key]
    if taken or not 1 <= kind.number <= MOST_KINDS:
        raise ValueError(f"the number {kind.number} of {kind.key} is taken or out of bounds")
    KINDS[kind.key] = kind


def in_order() -> list[Kind]:
    """The kinds as they are shown."""
    return sorted(KINDS.values(), key=lambda kind: kind.number)


def themselves(ids: set[str]) -> Iterable[str]:
    """For `touched_by`: an act on the record touches its own entries."""
    return ids
