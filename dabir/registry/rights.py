"""Rights follow from posts held on the day. One table says which powers may do which act.

Every app declares its acts in its `rules.py` by `allow(...)`; doors, buttons and the page of rights
all read the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from time import time
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import DateField, IntegerField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.accounts.models import User
from dabir.accounts.queries import second_factors
from dabir.core.actors import Actor
from dabir.core.errors import NotAllowed, Words
from dabir.core.together import Together, given, in_order, link
from dabir.registry.models import Association, City, Mandate, Person, Post

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
_NONE: frozenset[str] = frozenset()


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
    _given_by.cache_clear()
    holders = frozenset(powers)

    def _may(user: Any, record: Any = None) -> bool:
        if holders.isdisjoint(powers_of(user)):
            return False
        return condition is None or record is None or condition(user, record)

    predicate = rules.predicate(_may, name=name)
    if rules.perm_exists(name):
        rules.set_perm(name, predicate)
    else:
        rules.add_perm(name, predicate)


def rights_given(user: Any) -> frozenset[str]:
    """The names of all rights that the posts held today give at all, whatever narrows them."""
    return _given_by(powers_of(user))


@lru_cache(maxsize=256)
def _given_by(powers: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name, right in RIGHTS.items() if not powers.isdisjoint(right.powers))


def mandates_in_force(*, person: Person, on: date) -> list[Mandate]:
    """The mandates that the person holds on that day."""
    return list(
        Mandate.objects.filter(in_force(on), person=person).select_related("post", "post__city")
    )


def in_force(on: Any) -> Q:
    """The condition that a mandate is held on a day."""
    begun = Q(starts_on=None) | Q(starts_on__lte=on)
    return begun & (Q(ends_on=None) | Q(ends_on__gt=on))


_USER, _TODAY = given("user", IntegerField()), given("today", DateField())
_HELD = Together(
    person=lambda: Person.objects.filter(user=_USER),
    mandates=lambda: Mandate.objects.filter(in_force(_TODAY), person__user=_USER),
    posts=lambda: Post.objects.filter(
        pk__in=Mandate.objects.filter(person__user=_USER).values("post")
    ),
    cities=lambda: City.objects.filter(
        pk__in=Mandate.objects.filter(person__user=_USER).values("post__city")
    ),
    factors=lambda: second_factors().filter(user=_USER).only("id"),
    association=lambda: Association.objects.order_by("pk")[:1],
)


@dataclass(frozen=True)
class Standing:
    """Who stands behind an account today: the person, the posts held, whether a second factor is set."""

    on: date
    begins: float
    ends: float
    """The instants at which that day begins and ends where the association is."""
    person: Person | None = None
    mandates: list[Mandate] = field(default_factory=list)
    has_factor: bool = False
    association: Association | None = None
    powers: frozenset[str] = frozenset()


def standing_of(user: User) -> Standing:
    """How the account stands today: one statement, once in the life of a request's user."""
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None or not kept.begins <= time() < kept.ends:
        today = timezone.localdate()
        begins, ends = (
            timezone.make_aware(datetime.combine(day, datetime.min.time())).timestamp()
            for day in (today, today + timedelta(days=1))
        )
        found = _HELD.read(user=user.pk, today=today)
        link(found["posts"], "city", found["cities"])
        link(found["mandates"], "post", found["posts"])
        link(found["mandates"], "person", found["person"])
        kept = Standing(
            today,
            begins,
            ends,
            next(iter(found["person"]), None),
            in_order(found["mandates"], "pk"),
            bool(found["factors"]),
            next(iter(found["association"]), None),
            frozenset(power for m in found["mandates"] for power in m.post.powers),
        )
        user._standing = kept  # type: ignore[attr-defined]  # lives as long as the request's user
    return kept


def person_of(user: Any) -> Person | None:
    """The human being behind an account."""
    if isinstance(user, AnonymousUser) or not getattr(user, "is_authenticated", False):
        return None
    return standing_of(user).person or Person.objects.filter(user_id=user.pk).first()


def held_mandates(user: Any) -> list[Mandate]:
    """The mandates of the signed-in person today, read once per request."""
    if not isinstance(user, User) or not user.is_active:
        return []
    return standing_of(user).mandates


def powers_of(user: Any) -> frozenset[str]:
    """The powers of the posts the person holds today."""
    if not isinstance(user, User) or not user.is_active:
        return _NONE
    return standing_of(user).powers


def needs_second_factor(user: User) -> bool:
    """Whether a post held today has powers that a password alone must not open."""
    return bool(GUARDED & powers_of(user))


def lacks_second_factor(user: User) -> bool:
    """Whether a post held today asks for a second factor that the account has not set up."""
    return needs_second_factor(user) and not standing_of(user).has_factor


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
