"""Questions to the registry."""

from __future__ import annotations

from dabir.registry.models import Association


def the_association() -> Association | None:
    """The association of this installation, None before its first day."""
    return Association.objects.first()
