"""Rights follow from posts held on the day. One table says which powers may do which act.

Every app declares its acts in its `rules.py` by `allow(...)`; doors, buttons and the page of rights
all read the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.accounts.models import User
from dabir.core.actors import Actor
from dabir.core.errors import NotAllowed, Words
from dabir.registry.models import City, Mandate, Person

POWERS: dict[str, Words] = {
    "administrator": _("Administrator of the installation"),
    "secretary_general": _("Secretary General"),
    "executive_deputy": _("Executive deputy"),
    "member_affairs": _("Director of city diplomacy and member affairs"),
    "events": _("Director of events"),
    "expert": _("Expert"),
    "treasurer": _("Treasurer"),
    "auditor": _("External auditor"),
    "president": _("President"),
    "board_member": _("Executive Board member"),
    "city_officer": _("Officer of a member city"),
}
STAFF = ("secretary_general", "executive_deputy", "member_affairs", "events", "expert")
READERS = (*STAFF, "administrator", "treasurer", "auditor", "president", "board_member")
# Powers that a password alone must not open.
GUARDED = {
    "secretary_general",
    "treasurer",
    "board_member",
    "president",
    "auditor",
    "administrator",
}
Condition = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Right:
    """An act, in words, and the powers that may do it; `condition` narrows it to some records."""

    name: str
    label: Words
    powers: tuple[str, ...]
    condition: Condition | None = None
    condition_label: Words = ""


RIGHTS: dict[str, Right] = {}


def allow(
    name: str,
    label: Words,
    *powers: str,
    condition: Condition | None = None,
    condition_label: Words = "",
) -> None:
    """Declare the act `name` ("app.verb_noun"); holders of any of `powers` may do it."""
    unknown = set(powers) - set(POWERS)
    if unknown:
        raise ValueError(f"{name}: unknown powers {sorted(unknown)}")
    RIGHTS[name] = Right(name, label, powers, condition, condition_label)

    def _may(user: Any, record: Any = None) -> bool:
        if not set(powers) & powers_of(user):
            return False
        return condition is None or record is None or condition(user, record)

    predicate = rules.predicate(_may, name=name)
    if rules.perm_exists(name):
        rules.set_perm(name, predicate)
    else:
        rules.add_perm(name, predicate)


def mandates_in_force(*, person: Person, on: date) -> list[Mandate]:
    """The mandates that the person holds on that day."""
    return list(
        Mandate.objects.filter(person=person)
        .filter(Q(starts_on=None) | Q(starts_on__lte=on))
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .select_related("post", "post__city")
    )


def person_of(user: Any) -> Person | None:
    """The human being behind an account."""
    if isinstance(user, AnonymousUser) or not getattr(user, "is_authenticated", False):
        return None
    return Person.objects.filter(user_id=user.pk).first()


def held_mandates(user: Any) -> list[Mandate]:
    """The mandates of the signed-in person today, read once per request."""
    if not isinstance(user, User) or not user.is_active:
        return []
    today = timezone.localdate()
    kept = getattr(user, "_held_mandates", None)
    if kept is None or kept[0] != today:
        person = person_of(user)
        kept = (today, mandates_in_force(person=person, on=today) if person else [])
        user._held_mandates = kept  # type: ignore[attr-defined]  # lives as long as the request's user
    return kept[1]


def powers_of(user: Any) -> set[str]:
    """The powers of the posts the person holds today."""
    return {power for mandate in held_mandates(user) for power in mandate.post.powers}


def needs_second_factor(user: User) -> bool:
    """Whether a post held today has powers that a password alone must not open."""
    return bool(GUARDED & powers_of(user))


def actor_behind(user: User) -> Actor:
    """The author of what is done from an account: its person, else the account itself."""
    person = person_of(user)
    return person.as_actor() if person else Actor("account", user.public_id)


def cities_of(user: Any) -> list[City]:
    """The cities for which the person holds a post today."""
    return [m.post.city for m in held_mandates(user) if m.post.city]


def require(user: Any, name: str, record: Any = None) -> None:
    """Go on only with the right `name`; raises NotAllowed, naming the powers that have it."""
    if user.has_perm(name, record):
        return
    right = RIGHTS[name]
    holders = "، ".join(str(POWERS[p]) for p in right.powers)
    raise NotAllowed(
        _("Your posts do not give you the right: %(act)s.") % {"act": right.label},
        cure=_("This right belongs to: %(holders)s.") % {"holders": holders},
    )
