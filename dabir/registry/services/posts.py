"""Create posts, hand them over, close them; nothing stays with a post that is no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.words import number_said
from dabir.registry.checking import Words, checked_names, enter
from dabir.registry.incompatible import excluding, exclusions_on
from dabir.registry.models import City, Mandate, Person, Post
from dabir.registry.open_items import SHELVES, Holder, Move, open_items_of
from dabir.registry.rights import POWERS
from dabir.registry.services.mandates import (
    close_mandate,
    give_mandate,
    last_administrator,
    leaves_nobody_at_the_keys,
)


def _checked_powers(powers: Sequence[str], *, on: date) -> list[str]:
    unknown = sorted(set(powers) - set(POWERS))
    if unknown:
        raise InvalidInput(
            fields={"powers": [_("Unknown powers: %(names)s.") % {"names": ", ".join(unknown)}]}
        )
    found = excluding(powers, powers, exclusions_on(on))
    if found:
        words = _("These powers exclude each other: %(why)s.") % {"why": found.why}
        raise InvalidInput(words, fields={"powers": [words]}, code="incompatible_posts")
    return list(powers)


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
    post = Post(
        public_id=public_id or new_public_id("post"),
        names=checked_names(names),
        powers=_checked_powers(powers, on=on),
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
    moves_items: bool = False,
) -> Mandate:
    """Let another person take a post over: one mandate ends on the day the next one starts.

    What the post owns stays with the post. `moves_items`: what lies open with the leaving person
    goes to the successor too.
    """
    if to.pk == mandate.person_id:
        raise InvalidInput(fields={"to": [_("This person holds the post already.")]})
    close_mandate(
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
        until_organ=mandate.until_organ,
        basis=basis,
        by=by,
        on=on,
        at=at,
    )
    if leaves_nobody_at_the_keys(mandate, ends_on=hands_over_on):
        raise last_administrator()
    if moves_items:
        move_open_items(of=mandate.person, to=to, reason=reason, by=by, on=on, at=at)
    return successor


@transaction.atomic
def move_open_items(
    *, of: Holder, to: Holder, reason: str, by: Actor, on: date, at: datetime
) -> int:
    """Give all that lies open with one post or person to another, each thing with its history."""
    if type(of) is not type(to) or of.pk == to.pk:
        raise InvalidInput(
            fields={"to": [_("Choose another holder of the same kind: post to post.")]}
        )
    move = Move(of, to, by, on, at, reason)
    moved = {shelf.key: shelf.move(move) for shelf in SHELVES.values()}
    moved = {key: number for key, number in moved.items() if number}
    if moved:
        record_act(
            "registry.move_open_items",
            target=Reference(of.reference().kind, of.public_id),
            by=by,
            on=on,
            at=at,
            after={"to": to.public_id, "moved": moved},
            reason=reason,
        )
    return sum(moved.values())


@transaction.atomic
def close_post(
    *,
    post: Post,
    ended_on: date,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
) -> Post:
    """Close a post for good; refused while somebody holds it or anything lies open with it."""
    fresh = lock_record(post)
    if fresh.ended_on:
        raise IllegalStep(_("This post is closed already."), code="post_closed")
    for mandate in Mandate.objects.filter(post=fresh).select_related("person"):
        if mandate.ends_on is None or mandate.ends_on > ended_on:
            raise IllegalStep(
                _("%(person)s holds this post on that day.") % {"person": mandate.person},
                cure=_("End the mandate first."),
                code="post_held",
            )
    found = sum(len(items) for _shelf, items in open_items_of(fresh))
    if found:
        raise IllegalStep(
            _("%(number)s things lie open with this post.") % {"number": number_said(found)},
            cure=_("Move them to another post first."),
            code="open_items",
        )
    fresh.ended_on = ended_on
    fresh.save(update_fields=["ended_on"])
    record_act(
        "registry.close_post",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={"ended_on": ended_on},
        basis=basis,
        reason=reason,
    )
    return fresh
