"""Groups of recipients that the apps below know of: the members of each organ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from dabir.core.reference import Reference
from dabir.core.words import say
from dabir.messaging.queries.recipients import Group
from dabir.organs.models import Organ, Seat


def members_of_organs() -> list[Group]:
    """The cities that hold seats in each organ that has any."""
    with_seats = Organ.objects.filter(seats__city__isnull=False).distinct().order_by("position")
    return [
        Group(
            f"organ-{organ.key}",
            _("Cities with a seat in: %(organ)s") % {"organ": say(organ.names)},
            _reader(organ),
        )
        for organ in with_seats
    ]


def _reader(organ: Organ) -> Callable[[date], Sequence[Reference]]:
    def read(on: date) -> Sequence[Reference]:
        held = (
            Seat.objects.filter(organ=organ, city__isnull=False)
            .filter(Q(starts_on=None) | Q(starts_on__lte=on))
            .filter(Q(ends_on=None) | Q(ends_on__gt=on))
            .select_related("city")
            .order_by("id")
        )
        return [seat.city.reference() for seat in held if seat.city]

    return read
