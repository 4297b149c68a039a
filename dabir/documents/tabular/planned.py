"""What a table brought in would change: its rows with the acts they lead to, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from dabir.documents.tabular.cells import Wrong


class Act(Protocol):
    """One thing a row would do: of which kind, to which record, and what changes of it."""

    @property
    def kind(self) -> str:
        """One of the kinds that the subject of the table names."""

    @property
    def id(self) -> str:
        """The record that is made or changed, as it is named."""

    @property
    def changes(self) -> dict[str, Any]:
        """For a change: what, before and after."""

    def told(self) -> dict[str, Any]:
        """The act as it is kept with the run."""


@dataclass(frozen=True)
class SimpleAct:
    """An act that says no more than its kind, its record and what changes."""

    kind: str
    id: str
    changes: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The act as it is kept with the run."""
        return {"kind": self.kind, "id": self.id, "changes": self.changes}


@dataclass(frozen=True)
class PlannedRow:
    """A row with what it would do, or with what is wrong; `given` has `names` to show it by."""

    given: Any
    number: int
    acts: Sequence[Act] = ()
    wrong: Wrong | None = None

    def told(self) -> dict[str, Any]:
        """The row as it is kept with the run and shown."""
        wrong = self.wrong
        return {
            "row": self.number,
            "titles": self.given.names if self.given else {},
            "acts": [act.told() for act in self.acts],
            "refused": {"code": wrong.code, "text": wrong.text, "params": wrong.params}
            if wrong
            else None,
        }


@dataclass(frozen=True)
class Trial:
    """A table read and planned; `kinds` are the kinds of act that its subject has."""

    rows: list[PlannedRow]
    warnings: list[dict[str, Any]]
    kinds: Iterable[str]

    def as_plan(self) -> dict[str, Any]:
        """The plan as it is kept with the run and shown."""
        counts = dict.fromkeys(self.kinds, 0) | {"nothing": 0, "refused": 0}
        for row in self.rows:
            for act in row.acts:
                counts[act.kind] += 1
            counts["nothing"] += not row.acts and row.wrong is None
            counts["refused"] += row.wrong is not None
        return {
            "schema": "dabir/import-plan/1",
            "counts": counts,
            "warnings": self.warnings,
            "rows": [row.told() for row in self.rows],
        }
