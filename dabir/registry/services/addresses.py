"""The address by which a person signs in, and what follows from a new one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.accounts import services as accounts
from dabir.accounts.knowledge import actor_of
from dabir.accounts.models import AddressChange, User
from dabir.accounts.queries import address_change_behind
from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.registry.models import ContactPoint, Person
from dabir.registry.services.contacts import add_contact, confirm_contact, end_contact
from dabir.registry.services.doors import Door, sender_in


@transaction.atomic
def ask_own_address(
    *, user: User, email: str, door: Door, by: Actor, on: date, at: datetime
) -> AddressChange:
    """Somebody wishes to sign in with another address; the letter that proves it goes there."""
    sender = sender_in(user.language)
    return accounts.ask_new_address(
        user=user, email=email, sender=sender, door=door, by=by, on=on, at=at
    )


@transaction.atomic
def ask_address_for(
    *, person: Person, email: str, reason: str, door: Door, by: Actor, on: date, at: datetime
) -> AddressChange:
    """Help somebody who lost the mailbox to a new address; the person still proves it.

    Refused for oneself, whose own page asks for the second factor of its owner.
    """
    user = lock_record(person).user
    if user is None:
        raise IllegalStep(_("This person has no account."), cure=_("Invite them first."))
    if by.public_id == person.public_id:
        raise IllegalStep(
            _("Your own address is changed on the page of your account."), code="own_account"
        )
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why, and how you know that it is they.")]})
    return accounts.ask_new_address(
        user=user,
        email=email,
        sender=sender_in(user.language),
        door=door,
        by=by,
        on=on,
        at=at,
        reason=reason.strip(),
    )


@transaction.atomic
def prove_address(*, token: str, on: date, at: datetime) -> User:
    """Change the sign-in address, and with it the address at which the person is written to."""
    change = address_change_behind(token=token, on=on)
    by, former = actor_of(change.user), change.user.email
    user = accounts.prove_new_address(token=token, by=by, on=on, at=at)
    person = Person.objects.filter(user=user).first()
    if person is not None:
        _follow(person, former, user, by=by, on=on, at=at)
    return user


def _follow(person: Person, former: str, user: User, *, by: Actor, on: date, at: datetime) -> None:
    mails = ContactPoint.objects.filter(person=person, kind="email", ended_on=None)
    for contact in mails.filter(value__iexact=former):
        end_contact(contact=contact, by=by, on=on, at=at)
    known = mails.filter(value__iexact=user.email).first()
    if known is not None:
        confirm_contact(contact=known, by=by, on=on, at=at)
    else:
        add_contact(
            of=person,
            kind="email",
            value=user.email,
            language=user.language,
            confirmed_on=on,
            by=by,
            on=on,
            at=at,
        )
