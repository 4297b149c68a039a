"""The end of the trail: one row, which whoever records an act holds until the act is done."""

from __future__ import annotations

from dabir.core.composed import Composed
from dabir.core.models import AuditHead

HEAD = "trail"
_HELD = Composed(lambda: AuditHead.objects.select_for_update().filter(name=HEAD))


def held_end() -> AuditHead | None:
    """The row, held until the transaction ends: nobody else records meanwhile. None before the first act."""
    found: list[AuditHead] = _HELD.read()
    return found[0] if found else None
