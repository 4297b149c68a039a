"""What was done to one record, read from the trail, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dabir.core.models import AuditEntry
from dabir.core.slots import supplied

SHOWN = 60


def history_of(
    kind: str, public_id: str, *, beside: Callable[[AuditEntry], str] = lambda _entry: ""
) -> list[dict[str, Any]]:
    """The acts on a record, the newest first, as a timeline shows them; `beside` speaks without a reason."""
    entries = AuditEntry.objects.filter(target_kind=kind, target_id=public_id)
    return [
        {
            "on": entry.happened_on,
            "title": next(iter(supplied("core.act_said", entry.act)), entry.act),
            "by": entry.actor.get("labels") or {},
            "text": entry.reason or beside(entry),
            "recorded_at": entry.recorded_at,
        }
        for entry in entries.order_by("-sequence")[:SHOWN]
    ]
