"""Commitments follow a city that is joined to another: by new terms, the earlier ones stay."""

from __future__ import annotations

from typing import Any

from dabir.decisions.models import Commitment
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.terms import assign_commitments
from dabir.registry.models import City
from dabir.registry.services.merging import Follower, learn_follower


def _follow(kept: Any, double: Any, stamp: dict[str, Any]) -> list[str]:
    if not isinstance(kept, City):
        return []
    rows = list(Commitment.objects.filter(lead_city=double).order_by("pk"))
    if rows:
        assign_commitments(commitments=rows, lead=Lead(city=kept), **stamp)
    return [row.public_id for row in rows]


def _back(kept: Any, double: Any, names: list[str], stamp: dict[str, Any]) -> list[str]:
    rows = list(Commitment.objects.filter(public_id__in=names, lead_city=kept).order_by("pk"))
    if rows:
        assign_commitments(commitments=rows, lead=Lead(city=double), **stamp)
    back = {row.public_id for row in rows}
    return [name for name in names if name not in back]


def learn_followers() -> None:
    """Tell the registry."""
    learn_follower(Follower("decisions.Commitment", _follow, _back))
