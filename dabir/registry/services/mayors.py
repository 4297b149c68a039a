"""A city has a new mayor: recorded once, and everything that follows follows on the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.registry.checking import Words
from dabir.registry.models import Mandate, Person
from dabir.registry.services.contacts import add_contact
from dabir.registry.services.mandates import close_mandate, give_mandate
from dabir.registry.services.people import add_person
from dabir.registry.services.posts import hand_over_post


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is not in the registry yet."""

    names: Words
    language: str = "en"
    email: str = ""


@dataclass(frozen=True)
class ChangeOfMayor:
    """The mandate of the new mayor, and what the new one holds as acting until an organ meets."""

    mandate: Mandate
    acting: list[Mandate] = field(default_factory=list)


@transaction.atomic
def change_mayor(
    *,
    mandate: Mandate,
    to: Person | Newcomer,
    changes_on: date,
    by: Actor,
    on: date,
    at: datetime,
    carries: Sequence[Mandate] = (),
    until_organ: str = "",
    basis: Reference | None = None,
    reason: str = "",
    version: int | None = None,
) -> ChangeOfMayor:
    """Record that a city has another mayor from a day on.

    The old mandate ends and the new one starts that day. Seats and commitments are the city's and
    stay with it; rights, invitations and letters follow the post. What the old mayor held because
    of the office (`carries`: President, Board member) goes on as an acting arrangement with the new
    one until the next session of `until_organ`.
    """
    city = mandate.post.city
    if city is None:
        raise InvalidInput(
            _("“%(post)s” is no post of a city.") % {"post": mandate.post},
            cure=_("Hand the post over on the page of people and posts."),
        )
    stamp: dict[str, Any] = {"by": by, "on": on, "at": at}
    person = _entered(to, stamp) if isinstance(to, Newcomer) else to
    given = hand_over_post(
        mandate=mandate,
        to=person,
        hands_over_on=changes_on,
        basis=basis,
        reason=reason,
        version=version,
        moves_items=True,
        **stamp,
    )
    acting = [
        _carry_on(held, person, changes_on, until_organ, basis, reason, stamp) for held in carries
    ]
    record_act(
        "registry.change_mayor",
        target=city.reference(),
        after={
            "post": mandate.post.public_id,
            "from": mandate.person.public_id,
            "to": person.public_id,
            "on": changes_on,
            "acting": [held.post.public_id for held in acting],
        },
        basis=basis,
        reason=reason,
        **stamp,
    )
    return ChangeOfMayor(given, acting)


def _entered(newcomer: Newcomer, stamp: dict[str, Any]) -> Person:
    person = add_person(names=newcomer.names, language=newcomer.language, **stamp)
    if newcomer.email:
        add_contact(
            of=person, kind="email", value=newcomer.email, language=newcomer.language, **stamp
        )
    return person


def _carry_on(
    held: Mandate,
    to: Person,
    day: date,
    until_organ: str,
    basis: Reference | None,
    reason: str,
    stamp: dict[str, Any],
) -> Mandate:
    close_mandate(held, ends_on=day, version=None, basis=basis, reason=reason, **stamp)
    return give_mandate(
        person=to,
        post=held.post,
        starts_on=day,
        is_acting=True,
        until_organ=until_organ,
        basis=basis,
        **stamp,
    )
