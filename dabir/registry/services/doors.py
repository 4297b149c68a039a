"""Accounts of people: the first administrator, invitations, recovery, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.accounts import services as accounts
from dabir.accounts.models import Invitation, User
from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep
from dabir.core.trail import record_act
from dabir.core.words import say
from dabir.registry.checking import Words, checked_names
from dabir.registry.models import ContactPoint, Person
from dabir.registry.queries import the_association
from dabir.registry.services.contacts import add_contact
from dabir.registry.services.mandates import give_mandate
from dabir.registry.services.people import add_person, person_in_trail
from dabir.registry.services.posts import create_post

Door = Callable[[str], str]
ADMINISTRATOR = {"fa": "مدیر سامانه", "en": "Administrator of the installation"}


def sender_in(language: str) -> str:
    """The association's name as a letter in that language says it."""
    association = the_association()
    return say(association.names, language) if association else "Dabir"


@transaction.atomic
def link_account(*, person: Person, user: User, by: Actor, on: date, at: datetime) -> Person:
    """Say whose account it is; from then on the person's posts open doors to it."""
    fresh = lock_record(person)
    if fresh.user is not None and fresh.user != user:
        raise IllegalStep(_("This person already has an account."), code="has_account")
    if Person.objects.filter(user=user).exclude(pk=fresh.pk).exists():
        raise IllegalStep(_("This account belongs to somebody else."), code="has_person")
    fresh.user = user
    fresh.version += 1
    fresh.save(update_fields=["user", "version"])
    record_act(
        "registry.link_account",
        target=person_in_trail(fresh),
        by=by,
        on=on,
        at=at,
        after={"account": user.public_id},
    )
    _note_address(fresh, user.email, user.language, confirmed_on=on, by=by, on=on, at=at)
    return fresh


def _note_address(
    person: Person,
    email: str,
    language: str,
    *,
    by: Actor,
    on: date,
    at: datetime,
    confirmed_on: date | None = None,
) -> None:
    """An account's address is one where the person is reached; who signs in with it confirms it."""
    known = ContactPoint.objects.filter(person=person, kind="email", value=email, ended_on=None)
    if not known.exists() and not person.is_demonstration:
        add_contact(
            of=person,
            kind="email",
            value=email,
            language=language,
            confirmed_on=confirmed_on,
            by=by,
            on=on,
            at=at,
        )


@transaction.atomic
def appoint_administrator(
    *, names: Words, email: str, password: str, language: str, by: Actor, on: date, at: datetime
) -> User:
    """The first administrator, who lets everybody else in; later ones are invited."""
    if User.objects.filter(is_demonstration=False).exists():
        raise IllegalStep(
            _("There is an administrator already."), cure=_("Ask them for an invitation.")
        )
    user = accounts.open_account(
        email=email, password=password, language=language, by=by, on=on, at=at
    )
    person = add_person(names=checked_names(names), language=language, by=by, on=on, at=at)
    link_account(person=person, user=user, by=by, on=on, at=at)
    post = create_post(names=ADMINISTRATOR, powers=["administrator"], by=by, on=on, at=at)
    give_mandate(person=person, post=post, starts_on=on, by=by, on=on, at=at)
    return user


@transaction.atomic
def invite_person(
    *, person: Person, email: str, door: Door, by: Actor, on: date, at: datetime
) -> tuple[Invitation, str]:
    """Invite a person to open an account, in the language in which they are written to."""
    person = lock_record(person)
    if person.user is not None:
        raise IllegalStep(
            _("This person already has an account."),
            cure=_("Send a recovery link instead."),
            code="has_account",
        )
    _note_address(person, email.strip().lower(), person.language, by=by, on=on, at=at)
    return accounts.invite(
        email=email,
        subject_id=person.public_id,
        language=person.language,
        sender=sender_in(person.language),
        door=door,
        by=by,
        on=on,
        at=at,
    )


@transaction.atomic
def admit_invited(*, token: str, password: str, on: date, at: datetime) -> User:
    """Open the account that an invitation offers and link it to the person invited."""
    invitation = accounts.accept_invitation(token=token, password=password, on=on, at=at)
    person = Person.objects.get(public_id=invitation.subject_id)
    user = invitation.user
    if user is None:
        raise IllegalStep(_("This invitation has opened no account."))
    link_account(person=person, user=user, by=person.as_actor(), on=on, at=at)
    return user


@transaction.atomic
def recover_account(*, person: Person, door: Door, by: Actor, on: date, at: datetime) -> str:
    """A link by which the person sets a new password once; also in the outbox."""
    user = _account_of(person)
    return accounts.issue_recovery_link(
        user=user, sender=sender_in(user.language), door=door, by=by, on=on, at=at
    )


@transaction.atomic
def close_account(*, person: Person, by: Actor, on: date, at: datetime, reason: str = "") -> User:
    """Let a person no longer sign in; their mandates and what they did stay."""
    if by.public_id == person.public_id:
        raise IllegalStep(_("Nobody closes their own account."), code="own_account")
    return accounts.deactivate(user=_account_of(person), by=by, on=on, at=at, reason=reason)


def _account_of(person: Person) -> User:
    user = lock_record(person).user
    if user is None:
        raise IllegalStep(_("This person has no account."), cure=_("Invite them first."))
    return user


@transaction.atomic
def open_demonstration_account(
    *,
    role: str,
    person: Person,
    password: str,
    by: Actor,
    on: date,
    at: datetime,
    language: str = "en",
) -> User:
    """A demonstration clerk's account, second factor set up; called again it gives the same one."""
    user = accounts.create_demonstration_account(
        role=role, password=password, language=language, by=by, on=on, at=at
    )
    if lock_record(person).user != user:
        link_account(person=person, user=user, by=by, on=on, at=at)
    return user
