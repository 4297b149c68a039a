"""People, posts and accounts for tests, made by the services that a person uses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dabir.accounts.models import User
from dabir.accounts.services import open_account
from dabir.core.actors import Actor
from dabir.registry.models import Association, Mandate, Person, Post
from dabir.registry.services import (
    add_person,
    create_post,
    found_association,
    give_mandate,
    link_account,
)

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CLERK = Actor("person", "person-clerk", {"en": "Clerk"})
SIGNED: dict[str, Any] = {"by": CLERK, "on": ON, "at": AT}
PASSWORD = "saffron-inkwell-1405"


def an_association(**changes: Any) -> Association:
    """An invented union, founded."""
    given: dict[str, Any] = {
        "names": {"fa": "اتحادیهٔ آزمون", "en": "Test Union"},
        "abbreviation": "TU",
        "languages": ["fa", "en"],
        "calendars": ["solar_hijri", "gregorian"],
    }
    return found_association(**(given | changes), **SIGNED)


def a_person(name: str = "Shirin Test", **changes: Any) -> Person:
    """A human being."""
    return add_person(names={"en": name}, **(SIGNED | changes))


def a_post(*powers: str, name: str = "A post", **changes: Any) -> Post:
    """A post with powers."""
    return create_post(names={"en": name}, powers=powers, **(SIGNED | changes))


def a_mandate(person: Person, post: Post, **changes: Any) -> Mandate:
    """A post held since the beginning of 2026."""
    return give_mandate(
        person=person, post=post, **({"starts_on": date(2026, 1, 1)} | changes), **SIGNED
    )


def an_account(person: Person, email: str = "shirin@example.org", **changes: Any) -> User:
    """An account of a person; give `factor=True` for a second factor."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    factor = changes.pop("factor", False)
    given = {"email": email, "password": PASSWORD, "language": "en"} | changes
    user = open_account(**given, **SIGNED)
    link_account(person=person, user=user, **SIGNED)
    if factor:
        TOTP.activate(user, generate_totp_secret())
    return user


def a_holder(*powers: str, email: str = "holder@example.org", factor: bool = True) -> User:
    """The account of somebody who holds a post with these powers."""
    person = a_person(f"Holder {'-'.join(powers)}")
    if powers:
        a_mandate(person, a_post(*powers))
    return an_account(person, email, factor=factor)
