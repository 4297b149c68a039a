"""Questions about organs."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from dabir.organs.models import Organ, Seat


def seats_in_force(*, organ: Organ, on: date) -> list[Seat]:
    """The seats held in the organ on that day."""
    return list(
        organ.seats.filter(Q(starts_on=None) | Q(starts_on__lte=on))
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .select_related("city", "post")
        .order_by("id")
    )


def organ_with_key(key: str) -> Organ:
    """The organ with this key; raises Organ.DoesNotExist."""
    return Organ.objects.get(key=key)
