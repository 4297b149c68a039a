"""Acts of the front door: invite, open, recover, close accounts; their factors and choices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from allauth.account import app_settings as account_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dabir.accounts.errors import InvitationRefused
from dabir.accounts.mailing import deliver, forget
from dabir.accounts.models import AddressChange, Invitation, User
from dabir.accounts.queries import (
    invitation_behind,
    invitation_token,
    is_open,
)
from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import Personal, record_act

INVITATION_DAYS = 14
# Letters that open nothing are notices, whatever their words.
NOTES = {"address_note": "notice"}
Door = Callable[[str], str]


def account_reference(user: User) -> Reference:
    """The account as named in the trail: never by its address."""
    return Reference("account", user.public_id)


def checked_address(email: str) -> str:
    """An address that is one, and that no account has."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise InvalidInput(fields={"email": [_("This is not an e-mail address.")]}) from fault
    if User.objects.filter(email=address).exists():
        raise InvalidInput(
            fields={"email": [_("Somebody already has an account with this address.")]}
        )
    return address


@transaction.atomic
def open_account(
    *,
    email: str,
    password: str,
    language: str,
    by: Actor,
    on: date,
    at: datetime,
    is_demonstration: bool = False,
) -> User:
    """Open an account; it may do nothing until its person holds a post."""
    user = User(email=checked_address(email), language=language, is_demonstration=is_demonstration)
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise InvalidInput(fields={"password": list(fault.messages)}) from fault
    user.set_password(password)
    user.full_clean()
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record_act(
        "accounts.open_account",
        target=account_reference(user),
        by=by,
        on=on,
        at=at,
        after={"email": Personal(user.email, user.public_id), "demonstration": is_demonstration},
    )
    return user


@transaction.atomic
def invite(
    *,
    email: str,
    subject_id: str,
    language: str,
    sender: str,
    door: Door,
    by: Actor,
    on: date,
    at: datetime,
) -> tuple[Invitation, str]:
    """Invite a person to open an account, in their language; an earlier invitation ends.

    `sender` is the association's name, `door` turns the token into the address of the page.
    Returns the invitation and its link, which also lies in the outbox.
    """
    address = checked_address(email)
    for earlier in Invitation.objects.filter(subject_id=subject_id, accepted_at=None):
        if earlier.withdrawn_at is None:
            withdraw_invitation(invitation=earlier, by=by, on=on, at=at)
    invitation = Invitation(
        email=address,
        subject_id=subject_id,
        language=language,
        invited_on=on,
        expires_on=on + timedelta(days=INVITATION_DAYS),
    )
    invitation.full_clean()
    invitation.save()
    link = door(invitation_token(invitation))
    record_act(
        "accounts.invite",
        target=Reference("invitation", invitation.public_id),
        by=by,
        on=on,
        at=at,
        after={"person": subject_id, "email": Personal(address, subject_id)},
    )
    words = {"sender": sender, "link": link, "expires_on": invitation.expires_on}
    write_to(address, "invitation", language, words)
    return invitation, link


def write_to(
    email: str, kind: str, language: str, words: dict[str, object], *, account: str = ""
) -> None:
    """Hand one letter of the front door to the outbox, in the language of its reader.

    `account` names whose letter it is, where two people are reached at one address.
    """
    with translation.override(language):
        text = render_to_string(f"accounts/letters/{kind}.txt", words).strip()
        subject, _rule, body = text.partition("\n")
        deliver(
            email=email,
            subject=subject.strip(),
            body=body.strip() + "\n",
            kind=NOTES.get(kind, kind),
            account=account,
        )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor, on: date, at: datetime) -> Invitation:
    """Take an invitation back before it is accepted; its link opens nothing any more."""
    fresh = lock_record(invitation)
    if fresh.accepted_at or fresh.withdrawn_at:
        raise InvitationRefused(_("This invitation was already answered or withdrawn."))
    fresh.withdrawn_at = at
    fresh.save(update_fields=["withdrawn_at"])
    record_act(
        "accounts.withdraw_invitation",
        target=Reference("invitation", fresh.public_id),
        by=by,
        on=on,
        at=at,
        after={"person": fresh.subject_id},
    )
    return fresh


@transaction.atomic
def accept_invitation(*, token: str, password: str, on: date, at: datetime) -> Invitation:
    """Open the account that an invitation offers, as its `user`; the link works once."""
    invitation = lock_record(invitation_behind(token=token, on=on))
    if not is_open(invitation, on=on):
        raise InvitationRefused
    invited = Actor("person", invitation.subject_id)
    invitation.user = open_account(
        email=invitation.email,
        password=password,
        language=invitation.language,
        by=invited,
        on=on,
        at=at,
    )
    invitation.accepted_at = at
    invitation.save(update_fields=["user", "accepted_at"])
    record_act(
        "accounts.accept_invitation",
        target=Reference("invitation", invitation.public_id),
        by=invited,
        on=on,
        at=at,
        after={"account": invitation.user.public_id},
    )
    return invitation


@transaction.atomic
def issue_recovery_link(
    *, user: User, sender: str, door: Door, by: Actor, on: date, at: datetime
) -> str:
    """A link by which the person sets a new password once; it lies in the outbox too.

    The second factor stays: whoever reads the letter on its way cannot sign in with it.
    """
    if not user.is_active:
        raise InvalidInput(_("This account is closed."), cure=_("Open it again first."))
    token = account_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    link = door(f"{user_pk_to_url_str(user)}-{token}")
    record_act("accounts.issue_recovery_link", target=account_reference(user), by=by, on=on, at=at)
    write_to(user.email, "recovery", user.language, {"sender": sender, "link": link})
    return link


@transaction.atomic
def reset_second_factor(*, user: User, by: Actor, on: date, at: datetime, reason: str = "") -> User:
    """Forget the factors of a person who lost them; a post that needs one leads to a new set-up."""
    fresh = lock_record(user)
    factors = Authenticator.objects.filter(user_id=fresh.pk)
    before = sorted(factors.values_list("type", flat=True))
    factors.delete()
    record_act(
        "accounts.reset_second_factor",
        target=account_reference(fresh),
        by=by,
        on=on,
        at=at,
        before={"factors": before},
        after={"factors": []},
        reason=reason,
    )
    return fresh


def _open_or_close(
    user: User, *, is_active: bool, by: Actor, on: date, at: datetime, reason: str
) -> User:
    fresh = lock_record(user)
    if fresh.is_active == is_active:
        already = _("This account is already open.") if is_active else _("This account is closed.")
        raise InvalidInput(already)
    fresh.is_active = is_active
    fresh.save(update_fields=["is_active"])
    record_act(
        "accounts.reactivate" if is_active else "accounts.deactivate",
        target=account_reference(fresh),
        by=by,
        on=on,
        at=at,
        before={"may_sign_in": not is_active},
        after={"may_sign_in": is_active},
        reason=reason,
    )
    return fresh


@transaction.atomic
def deactivate(*, user: User, by: Actor, on: date, at: datetime, reason: str = "") -> User:
    """Close an account at once, open sessions too; what it did stays."""
    return _open_or_close(user, is_active=False, by=by, on=on, at=at, reason=reason)


@transaction.atomic
def reactivate(*, user: User, by: Actor, on: date, at: datetime, reason: str = "") -> User:
    """Let the holder of a closed account sign in again."""
    return _open_or_close(user, is_active=True, by=by, on=on, at=at, reason=reason)


@transaction.atomic
def change_preferences(
    *, user: User, language: str, calendar: str, by: Actor, on: date, at: datetime
) -> User:
    """Choose the language and the calendar in which one reads."""
    fresh = lock_record(user)
    before = {"language": fresh.language, "calendar": fresh.calendar}
    fresh.language, fresh.calendar = language, calendar
    fresh.full_clean()
    fresh.save(update_fields=["language", "calendar"])
    record_act(
        "accounts.change_preferences",
        target=account_reference(fresh),
        by=by,
        on=on,
        at=at,
        before=before,
        after={"language": language, "calendar": calendar},
    )
    return fresh


@transaction.atomic
def erase_account(*, user: User, by: Actor, on: date, at: datetime) -> User:
    """Close an account for good and forget its address, password and factors; its number stays."""
    fresh = lock_record(user)
    Authenticator.objects.filter(user_id=fresh.pk).delete()
    _forget_addresses(fresh, by=by, on=on, at=at)
    EmailAddress.objects.filter(user_id=fresh.pk).delete()
    fresh.email = f"{fresh.public_id}@erased.invalid"
    fresh.is_active = False
    fresh.set_unusable_password()
    fresh.save(update_fields=["email", "is_active", "password"])
    record_act("accounts.erase_account", target=account_reference(fresh), by=by, on=on, at=at)
    return fresh


def _forget_addresses(user: User, *, by: Actor, on: date, at: datetime) -> None:
    """Forget the addresses an account was to have, also in the letters that went there."""
    changes = AddressChange.objects.filter(user=user)
    for change in changes:
        forget(email=change.email, by=by, on=on, at=at)
    changes.filter(proved_at=None, withdrawn_at=None).update(withdrawn_at=at)
    changes.update(email="erased@erased.invalid")


@transaction.atomic
def erase_invitations(*, subject_id: str, at: datetime) -> int:
    """Forget the address in every invitation of a person; open ones end."""
    invitations = Invitation.objects.filter(subject_id=subject_id)
    invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    return invitations.update(email="erased@erased.invalid")
