"""What was done to one record, read from the trail, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words
from dabir.core.models import AuditEntry

SHOWN = 60
ACTS: dict[str, Words] = {
    "registry.add_city": _("Entered"),
    "registry.add_person": _("Entered"),
    "registry.add_organisation": _("Entered"),
    "registry.change_city": _("Name or country changed"),
    "registry.change_person": _("Name or language changed"),
    "registry.change_organisation": _("Name changed"),
    "registry.tell_fact": _("Value entered"),
    "registry.make_official": _("Value made official"),
    "registry.withdraw_fact": _("Value withdrawn"),
    "registry.add_contact": _("Address added"),
    "registry.confirm_contact": _("Address confirmed"),
    "registry.end_contact": _("Address no longer used"),
    "registry.link_account": _("Account opened"),
    "registry.create_post": _("Post created"),
    "registry.give_mandate": _("Mandate given"),
    "registry.end_mandate": _("Mandate ended"),
    "registry.erase_person": _("Forgotten"),
}


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
            "title": str(ACTS.get(entry.act, entry.act)),
            "by": entry.actor.get("labels") or {},
            "text": entry.reason or _value(entry.after),
            "recorded_at": entry.recorded_at,
        }
        for entry in entries.order_by("-sequence")[:SHOWN]
    ]
