"""Who acted: a person, a city by its signed link, the operator, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Actor:
    """The author of an act. Separation of duties compares `public_id`: persons, never roles."""

    kind: str
    public_id: str
    labels: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The actor as stored beside what they did."""
        return {"kind": self.kind, "id": self.public_id, "labels": self.labels}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Actor:
        """The actor that `as_dict` wrote."""
        return cls(data["kind"], data["id"], dict(data.get("labels") or {}))


OPERATOR = Actor("operator", "operator", {"en": "Operator of the machine", "fa": "متصدی سامانه"})
SYSTEM = Actor("system", "dabir", {"en": "Dabir", "fa": "دبیر"})
