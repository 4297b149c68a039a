"""Give, end and hand over mandates: one holder at a time, none before its decision, none excluded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.words import day_said, say
from dabir.registry.checking import enter
from dabir.registry.incompatible import excluding, exclusions_on
from dabir.registry.intervals import Days
from dabir.registry.models import Mandate, Person, Post
from dabir.registry.queries import has_one_holder
from dabir.registry.states import Precision


def _told(mandate: Mandate) -> dict[str, Any]:
    return {
        "person": mandate.person.public_id,
        "from": mandate.starts_on,
        "until": mandate.ends_on,
        "precision": mandate.precision,
        "acting": mandate.is_acting,
        "source": mandate.source,
    } | ({"until_session_of": mandate.until_organ} if mandate.until_organ else {})


def _surely(mandate: Mandate, *, on: date) -> Days:
    """The days that a mandate covers without doubt.

    An unknown start is no reason to refuse another mandate long ago: only the last day before the
    end, or the day of recording, is sure.
    """
    if mandate.starts_on is not None:
        return mandate.days()
    start = mandate.ends_on - timedelta(days=1) if mandate.ends_on else on
    return Days(start, mandate.ends_on)


def _refuse_second_holder(mandate: Mandate, *, on: date) -> None:
    """One post, one holder at a time; an acting holder may stand beside the one who is absent."""
    days = _surely(mandate, on=on)
    others = Mandate.objects.filter(post=mandate.post).select_related("person")
    for other in others.exclude(pk=mandate.pk).filter(is_acting=mandate.is_acting):
        # Nobody holds the same post twice over, even one that has many holders.
        is_shared = not has_one_holder(mandate.post) and mandate.person_id != other.person_id
        if not is_shared and days.overlaps(_surely(other, on=on)):
            raise IllegalStep(
                _("“%(post)s” is held by %(holder)s in these days.")
                % {"post": mandate.post, "holder": other.person},
                cure=_("End that mandate first, or give this one as acting."),
                code="overlapping_mandate",
            )


def _refuse_incompatible(mandate: Mandate, *, on: date) -> None:
    """Posts that exclude each other are never in one hand on one day."""
    days = _surely(mandate, on=on)
    exclusions = exclusions_on(max(days.start or on, on))
    others = Mandate.objects.filter(person=mandate.person).select_related("post")
    for other in others.exclude(pk=mandate.pk):
        found = excluding(mandate.post.powers, other.post.powers, exclusions)
        if found and days.overlaps(_surely(other, on=on)):
            raise IllegalStep(
                _("%(person)s holds “%(other)s” in these days, which excludes “%(post)s”: %(why)s.")
                % {
                    "person": mandate.person,
                    "other": other.post,
                    "post": mandate.post,
                    "why": f"{found.why}{f' ({found.article})' if found.article else ''}",
                },
                cure=_("End one of the two first, or choose another person."),
                code="incompatible_posts",
            )


def _refuse_before_decision(basis: Reference | None, day: date | None, field: str) -> None:
    """Nothing takes effect before the day of the decision on which it rests."""
    if basis and basis.on and day and day < basis.on:
        words = _("The decision “%(title)s” is of %(day)s; nothing takes effect before it.") % {
            "title": say(basis.labels) or basis.public_id,
            "day": day_said(basis.on),
        }
        raise InvalidInput(
            words, fields={field: [words]}, cure=_("Choose that day or a later one."),
            code="before_decision",
        )  # fmt: skip


def _refuse_closed(post: Post, days: Days) -> None:
    if post.ended_on and (days.end is None or days.end > post.ended_on):
        raise IllegalStep(
            _("The post “%(post)s” is closed from %(day)s on.")
            % {"post": post, "day": day_said(post.ended_on)},
            cure=_("Give another post, or end the mandate by that day."),
            code="post_closed",
        )


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
    until_organ: str = "",
    basis: Reference | None = None,
    source: str = "",
) -> Mandate:
    """Let a person hold a post from `starts_on` until the day before `ends_on`.

    Without a `basis` the page says "by which decision: unknown". An acting holder may wait for the
    next session of the organ `until_organ`. Raises IllegalStep when a post of one holder is held,
    or when the person holds a post that excludes this one.
    """
    locked = lock_record(post)
    mandate = Mandate(
        person=person,
        post=locked,
        starts_on=starts_on,
        ends_on=ends_on,
        precision=precision if starts_on or ends_on else Precision.UNKNOWN,
        is_acting=is_acting,
        until_organ=until_organ,
        basis=basis.as_dict() if basis else None,
        source=source,
    )
    if starts_on and ends_on and ends_on <= starts_on:
        words = _("A mandate ends after the day it starts.")
        raise InvalidInput(words, fields={"ends_on": [words]}, cure=_("Choose a later day."))
    _refuse_before_decision(basis, starts_on, "starts_on")
    _refuse_closed(locked, mandate.days())
    _refuse_second_holder(mandate, on=on)
    _refuse_incompatible(mandate, on=on)
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
    if leaves_nobody_at_the_keys(mandate, ends_on=ends_on):
        raise last_administrator()
    return close_mandate(
        mandate,
        ends_on=ends_on,
        by=by,
        on=on,
        at=at,
        version=version,
        basis=basis,
        reason=reason,
    )


def close_mandate(
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
    """End a mandate, whatever follows it."""
    fresh = lock_record(mandate, version=version)
    if fresh.ends_on is not None and fresh.ends_on <= ends_on:
        raise IllegalStep(_("This mandate has already ended, or ends before that day."))
    if fresh.starts_on is not None and ends_on <= fresh.starts_on:
        raise InvalidInput(
            fields={"ends_on": [_("A mandate ends after the day it starts.")]},
            cure=_("Choose a later day."),
        )
    _refuse_before_decision(basis, ends_on, "ends_on")
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


def last_administrator() -> IllegalStep:
    """The refusal to let the installation go without anybody at its keys."""
    return IllegalStep(
        _("After that nobody could administer the installation."),
        cure=_("Give somebody else the post of administrator first; they need an account."),
        code="last_administrator",
    )


def leaves_nobody_at_the_keys(mandate: Mandate, *, ends_on: date) -> bool:
    """Whether this is the last mandate of an administrator with an account."""
    if "administrator" not in mandate.post.powers:
        return False
    others = Mandate.objects.exclude(pk=mandate.pk).filter(person__user__is_active=True)
    return not any(
        "administrator" in other.post.powers and other.is_in_force(ends_on)
        for other in others.select_related("post")
    )
