"""A table of the office, as shown: what a reader exports is what stands on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["text", "date", "number", "status", "identifier"]


class Status(NamedTuple):
    """A state: its machine name, drawn as a shape, and its word in the reader's language."""

    mark: str
    word: str


Value = str | int | float | Decimal | date | datetime | Status | None


@dataclass(frozen=True)
class Column:
    """A column: `key` names its values in the rows, `label` is its head for the reader."""

    key: str
    label: str
    kind: Kind = "text"
    weight: float = 1.0


@dataclass(frozen=True)
class Table:
    """A titled table; `rows` hold a value per column key, a missing one is an empty cell.

    `notes` say what the table shows (filters, as of when); `source` is the association's name;
    `practice` marks an invented association: every export and every row of it bears the word.
    `written_at` is the instant of the data, printed in the file's properties: no clock is read.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Value]]
    notes: Sequence[str] = ()
    practice: bool = False
    source: str = ""
    written_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


PRACTICE = {"fa": "تمرینی", "en": "PRACTICE"}


def practice_word(language: str) -> str:
    """The word that an invented association prints on everything."""
    return PRACTICE.get(language, PRACTICE["en"])
