"""Create posts and give, end and hand over mandates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.registry.checking import Words, checked_names, enter
from dabir.registry.models import City, Mandate, Person, Post
from dabir.registry.queries import has_one_holder
from dabir.registry.rights import POWERS
from dabir.registry.states import Precision


@transaction.atomic
def create_post(
    *,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    powers: Sequence[str] = (),
    city: City | None = None,
    organ_key: str = "",
    public_id: str = "",
    is_demonstration: bool = False,
    source: str = "",
    basis: Reference | None = None,
) -> Post:
    """Create a post; whoever holds it may do what its powers say."""
    unknown = sorted(set(powers) - set(POWERS))
    if unknown:
        raise InvalidInput(
            fields={"powers": [_("Unknown powers: %(names)s.") % {"names": ", ".join(unknown)}]}
        )
    post = Post(
        public_id=public_id or new_public_id("post"),
        names=checked_names(names),
        powers=list(powers),
        city=city,
        organ_key=organ_key,
        is_demonstration=is_demonstration,
        source=source,
    )
    enter(post)
    record_act(
        "registry.create_post",
        target=post.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "powers": list(powers),
            "city": city.public_id if city else None,
            "organ": organ_key,
            "source": source,
        },
        basis=basis,
    )
    return post


def _told(mandate: Mandate) -> dict[str, Any]:
    return {
        "person": mandate.person.public_id,
        "from": mandate.starts_on,
        "until": mandate.ends_on,
        "precision": mandate.precision,
        "acting": mandate.is_acting,
        "source": mandate.source,
    }


def _surely_covers(mandate: Mandate, *, on: date) -> tuple[date, date]:
    """The days that a mandate covers without doubt, half-open.

    An unknown start is no reason to refuse another mandate long ago: only the last day before the
    end, or the day of recording, is sure.
    """
    end = mandate.ends_on or date.max
    if mandate.starts_on is not None:
        return mandate.starts_on, end
    return (mandate.ends_on - timedelta(days=1) if mandate.ends_on else on), end


def _refuse_second_holder(mandate: Mandate, *, on: date) -> None:
    """One post, one holder at a time; an acting holder may stand beside the one who is absent."""
    start, end = _surely_covers(mandate, on=on)
    others = Mandate.objects.filter(post=mandate.post).select_related("person")
    for other in others.exclude(pk=mandate.pk).filter(is_acting=mandate.is_acting):
        other_start, other_end = _surely_covers(other, on=on)
        if start < other_end and other_start < end and _must_not_share(mandate, other):
            raise IllegalStep(
                _("“%(post)s” is held by %(holder)s in these days.")
                % {"post": mandate.post, "holder": other.person},
                cure=_("End that mandate first, or give this one as acting."),
                code="overlapping_mandate",
            )


def _must_not_share(mandate: Mandate, other: Mandate) -> bool:
    # Nobody holds the same post twice over, even one that has many holders.
    return has_one_holder(mandate.post) or mandate.person_id == other.person_id


@transaction.atomic
def give_mandate(
    *,
    person: Person,
    post: Post,
    by: Actor,
    on: date,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    precision: str = Precision.DAY,
    is_acting: bool = False,
    basis: Reference | None = None,
    source: str = "",
) -> Mandate:
    """Let a person hold a post from `starts_on` until the day before `ends_on`.

    Without a `basis` the page says "by which decision: unknown". Raises IllegalStep when a post of
    one holder is already held.
    """
    locked = lock_record(post)
    mandate = Mandate(
        person=person,
        post=locked,
        starts_on=starts_on,
        ends_on=ends_on,
        precision=precision if starts_on or ends_on else Precision.UNKNOWN,
        is_acting=is_acting,
        basis=basis.as_dict() if basis else None,
        source=source,
    )
    _refuse_second_holder(mandate, on=on)
    enter(mandate)
    record_act(
        "registry.give_mandate",
        target=locked.reference(),
        by=by,
        on=on,
        at=at,
        after=_told(mandate),
        basis=basis,
    )
    return mandate


@transaction.atomic
def end_mandate(
    *,
    mandate: Mandate,
    ends_on: date,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    basis: Reference | None = None,
    reason: str = "",
) -> Mandate:
    """End a mandate: `ends_on` is the first day on which the person no longer holds the post."""
    if _leaves_nobody_at_the_keys(mandate, ends_on=ends_on):
        raise _last_administrator()
    return _close(
        mandate,
        ends_on=ends_on,
        by=by,
        on=on,
        at=at,
        version=version,
        basis=basis,
        reason=reason,
    )


def _close(
    mandate: Mandate,
    *,
    ends_on: date,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None,
    basis: Reference | None,
    reason: str,
) -> Mandate:
    fresh = lock_record(mandate, version=version)
    if fresh.ends_on is not None and fresh.ends_on <= ends_on:
        raise IllegalStep(_("This mandate has already ended, or ends before that day."))
    if fresh.starts_on is not None and ends_on <= fresh.starts_on:
        raise InvalidInput(
            fields={"ends_on": [_("A mandate ends after the day it starts.")]},
            cure=_("Choose a later day."),
        )
    before = _told(fresh)
    fresh.ends_on = ends_on
    fresh.version += 1
    fresh.save(update_fields=["ends_on", "version"])
    record_act(
        "registry.end_mandate",
        target=fresh.post.reference(),
        by=by,
        on=on,
        at=at,
        before=before,
        after=_told(fresh),
        basis=basis,
        reason=reason,
    )
    return fresh


def _last_administrator() -> IllegalStep:
    return IllegalStep(
        _("After that nobody could administer the installation."),
        cure=_("Give somebody else the post of administrator first; they need an account."),
        code="last_administrator",
    )


def _leaves_nobody_at_the_keys(mandate: Mandate, *, ends_on: date) -> bool:
    """Whether this is the last mandate of an administrator with an account."""
    if "administrator" not in mandate.post.powers:
        return False
    others = Mandate.objects.exclude(pk=mandate.pk).filter(person__user__is_active=True)
    return not any(
        "administrator" in other.post.powers and other.is_in_force(ends_on)
        for other in others.select_related("post")
    )


@transaction.atomic
def hand_over_post(
    *,
    mandate: Mandate,
    to: Person,
    hands_over_on: date,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    basis: Reference | None = None,
    reason: str = "",
) -> Mandate:
    """Let another person take a post over: one mandate ends on the day the next one starts.

    What the post owns stays with the post, so nothing else has to be moved.
    """
    if to.pk == mandate.person_id:
        raise InvalidInput(fields={"to": [_("This person holds the post already.")]})
    _close(
        mandate,
        ends_on=hands_over_on,
        by=by,
        on=on,
        at=at,
        version=version,
        basis=basis,
        reason=reason,
    )
    successor = give_mandate(
        person=to,
        post=mandate.post,
        starts_on=hands_over_on,
        is_acting=mandate.is_acting,
        basis=basis,
        by=by,
        on=on,
        at=at,
    )
    if _leaves_nobody_at_the_keys(mandate, ends_on=hands_over_on):
        raise _last_administrator()
    return successor
