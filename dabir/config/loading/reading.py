"""Reading the files of an example: words, partial dates, sources."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from dabir.core.actors import Actor

# The same safe loader, ten times as quick where the machine has the library for it.
_PLAIN = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"


@dataclass
class Stage:
    """An example being loaded: its folder, who enters it, and what was entered so far."""

    name: str
    by: Actor
    on: date
    at: datetime
    cities: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)
    organs: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    meetings: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    decisions: dict[str, Any] = field(default_factory=dict)
    commitments: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Any] = field(default_factory=dict)
    posts: dict[str, Any] = field(default_factory=dict)
    themes: dict[str, Any] = field(default_factory=dict)
    appointments: dict[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where the example's files lie."""
        return EXAMPLES / self.name

    @property
    def stamp(self) -> dict[str, Any]:
        """Who, the day and the instant: what every service asks for."""
        return {"by": self.by, "on": self.on, "at": self.at}

    def read(self, name: str) -> dict[str, Any]:
        """One file of the example; empty when the example has none."""
        path = self.folder / name
        if not path.exists():
            return {}
        found: dict[str, Any] = yaml.load(path.read_text(), Loader=_PLAIN)  # noqa: S506  either is a safe loader
        return found


def words(value: Any) -> dict[str, str]:
    """The languages of a value, whatever else stands beside them."""
    if not isinstance(value, dict):
        return {}
    return {k: v for k, v in value.items() if k in ("fa", "en") and v}


def source(entry: dict[str, Any]) -> str:
    """The source of a fact as text: ids of the example's list, with commas between them."""
    found = entry.get("source", "")
    return ", ".join(found) if isinstance(found, list) else str(found)


def last_day(text: str | None) -> date | None:
    """The last day of a date that is known to the day, month or year; None when unknown."""
    if not text or text == "unknown":
        return None
    parts = [int(part) for part in str(text).split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def first_day(text: str | None) -> date | None:
    """The first day of a date that is known to the day, month or year; None when unknown."""
    if not text or text == "unknown":
        return None
    parts = [int(part) for part in str(text).split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    return date(year, month or 1, day or 1)


def precision(text: str | None) -> str:
    """How exactly a date is known, from how much of it is written."""
    if not text or text == "unknown":
        return "unknown"
    return ("year", "month", "day")[str(text).count("-")]
