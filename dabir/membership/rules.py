"""Who may do what with members."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.registry.models import City
from dabir.registry.rights import READERS, allow, cities_of, powers_of

HEADS = ("secretary_general", "executive_deputy")
KEEPERS = (*HEADS, "member_affairs")


def is_of_the_city(user: Any, city: Any) -> bool:
    """Readers see every city; an officer of a city sees their own."""
    if set(READERS) & powers_of(user):
        return True
    return serves_the_city(user, city)


def serves_the_city(user: Any, city: Any) -> bool:
    """Whether the person holds a post of this city today."""
    return isinstance(city, City) and city.pk in {own.pk for own in cities_of(user)}


allow("membership.view_members", _("See members, applications and standing"), *READERS)
allow(
    "membership.examine_application",
    _("Receive applications for membership and examine them"),
    *KEEPERS,
    "expert",
)
allow(
    "membership.record_membership",
    _("Record admission, refusal, suspension, leaving and return by decision"),
    *KEEPERS,
)
allow("membership.enter_dues", _("Enter dues from before the treasury"), "treasurer", *HEADS)
allow(
    "membership.grant_plan",
    _("Record a plan of payment"),
    "treasurer",
    "secretary_general",
)
allow(
    "membership.freeze_standing",
    _("Freeze the standing of members for a meeting"),
    *KEEPERS,
    "events",
)
allow(
    "membership.record_ruling",
    _("Record a ruling of the chair on a frozen list"),
    *HEADS,
    "president",
)
allow("membership.import_members", _("Bring in a list of members"), *KEEPERS)


OWN_CITY = _("an officer of a city: only their own city")
allow(
    "membership.view_city",
    _("See the own space of a member city"),
    *READERS,
    "city_officer",
    condition=is_of_the_city,
    condition_label=OWN_CITY,
)
allow(
    "membership.confirm_profile",
    _("Confirm the addresses of a city"),
    "city_officer",
    condition=serves_the_city,
    condition_label=OWN_CITY,
)
