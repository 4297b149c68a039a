"""A name for any record that is understood without looking the record up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Reference:
    """Kind, public id, label in each language and date of a record: the answer to "by which decision?"."""

    kind: str
    public_id: str
    labels: dict[str, str] = field(default_factory=dict)
    on: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """The reference as stored and exported."""
        return {
            "kind": self.kind,
            "id": self.public_id,
            "labels": self.labels,
            "on": self.on.isoformat() if self.on else None,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reference:
        """The reference that `as_dict` wrote."""
        on = date.fromisoformat(data["on"]) if data.get("on") else None
        return cls(data["kind"], data["id"], dict(data.get("labels") or {}), on)
