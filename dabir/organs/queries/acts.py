"""The acts on an organ, as rows and as the plain values from which everything else follows."""

from __future__ import annotations

from dabir.organs.folding import Did
from dabir.organs.models import Organ, OrganAct


def did(row: OrganAct) -> Did:
    """An act as plain values."""
    return Did(
        number=row.number,
        kind=row.kind,
        on=row.on,
        seat=row.seat.number if row.seat else None,
        effective_on=row.effective_on,
        precision=row.precision,
        changes=row.changes,
        basis=row.basis,
        annuls=row.annuls.number if row.annuls else None,
    )


def acts_of(organ: Organ) -> list[Did]:
    """Every act on an organ, in the order of recording."""
    rows = OrganAct.objects.filter(organ=organ).select_related("seat", "annuls")
    return [did(row) for row in rows.order_by("number")]
