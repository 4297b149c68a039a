"""Why two records cannot be one, as the apps above the registry see it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words
from dabir.membership.models import Member
from dabir.organs.models import Seat
from dabir.registry.intervals import Days
from dabir.registry.models import City
from dabir.registry.services.merging import Record, kind_of, learn


def both_hold_a_seat(kept: Record, double: Record) -> Words | None:
    """Two cities that sit in one organ on the same days are two cities, or one entry is wrong."""
    if not isinstance(kept, City) or not isinstance(double, City):
        return None
    seats = list(Seat.objects.filter(city__in=[kept.pk, double.pk]).select_related("organ"))
    for one in seats:
        for other in seats:
            if (
                one.city_id == kept.pk
                and other.city_id == double.pk
                and one.organ_id == other.organ_id
                and Days(one.starts_on, one.ends_on).overlaps(Days(other.starts_on, other.ends_on))
            ):
                return _("Both hold a seat in “%(organ)s” on the same days.") % {"organ": one.organ}
    return None


def both_are_members(kept: Record, double: Record) -> Words | None:
    """Two memberships have each a history of their own: they are not poured together."""
    field = kind_of(kept)
    number = Member.objects.filter(**{f"{field}__in": [kept.pk, double.pk]}).count()
    return _("Both have a membership, each with its own history.") if number > 1 else None


def learn_guards() -> None:
    """Tell the registry."""
    learn(both_hold_a_seat)
    learn(both_are_members)
