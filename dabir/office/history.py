"""What was done to one record, read from the trail, in words."""

from __future__ import annotations

from typing import Any

from dabir.core.models import AuditEntry
from dabir.office.acts import act_said

SHOWN = 60


def _value(after: dict[str, Any] | None) -> str:
    """A value of a city as entered: its year, the value, its source."""
    parts = [(after or {}).get(key) for key in ("year", "value", "source")]
    return " · ".join(str(p) for p in parts if p) if (after or {}).get("fact") else ""


def history_of(kind: str, public_id: str) -> list[dict[str, Any]]:
    """The acts on a record, the newest first, as a timeline shows them."""
    entries = AuditEntry.objects.filter(target_kind=kind, target_id=public_id)
    return [
        {
            "on": entry.happened_on,
            "title": str(act_said(entry.act) or entry.act),
            "by": entry.actor.get("labels") or {},
            "text": entry.reason or _value(entry.after),
            "recorded_at": entry.recorded_at,
        }
        for entry in entries.order_by("-sequence")[:SHOWN]
    ]
