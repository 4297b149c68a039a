"""Decisions as the ground of acts below: found by their number, the newest ones offered."""

from __future__ import annotations

from dabir.core.reference import Reference
from dabir.decisions.models import Decision

OFFERED = 60


def decision_numbered(number: str) -> Reference | None:
    """The decision with this number, None when the register has none."""
    found = Decision.objects.filter(public_id=number).first()
    return found.reference() if found else None


def newest_decisions() -> list[Reference]:
    """The decisions that a form offers, the newest first."""
    rows = Decision.objects.order_by("-decided_on", "-pk")[:OFFERED]
    return [decision.reference() for decision in rows]
