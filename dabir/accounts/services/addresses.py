"""The address of an account: a new one counts when a link sent there has been opened."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.accounts.errors import AddressLinkRefused
from dabir.accounts.models import AddressChange, User
from dabir.accounts.queries import address_change_behind, address_token
from dabir.accounts.services.doors import (
    Door,
    account_reference,
    checked_address,
    write_to,
)
from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.trail import Personal, record_act

ADDRESS_DAYS = 7


@transaction.atomic
def ask_new_address(
    *,
    user: User,
    email: str,
    sender: str,
    door: Door,
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
) -> AddressChange:
    """Begin the change of a sign-in address: a link goes to the new one, a note to the old one.

    Until the link is opened the old address signs in. An earlier change that waits ends. Raises
    InvalidInput for an address in use or the same one, IllegalStep for a closed account.
    """
    fresh = lock_record(user)
    if not fresh.is_active:
        raise IllegalStep(_("This account is closed."), cure=_("Open it again first."))
    if fresh.is_demonstration:
        raise IllegalStep(
            _("A demonstration account keeps its address: its role is found by it."),
            code="demonstration",
        )
    if email.strip().lower() == fresh.email:
        raise InvalidInput(fields={"email": [_("This is the address already in use.")]})
    address = checked_address(email)
    for earlier in AddressChange.objects.filter(user=fresh, proved_at=None, withdrawn_at=None):
        take_back_new_address(change=earlier, by=by, on=on, at=at)
    change = AddressChange(
        user=fresh, email=address, asked_on=on, expires_on=on + timedelta(days=ADDRESS_DAYS)
    )
    change.full_clean()
    change.save()
    record_act(
        "accounts.ask_new_address",
        target=account_reference(fresh),
        by=by,
        on=on,
        at=at,
        after={"change": change.public_id, "email": Personal(address, fresh.public_id)},
        reason=reason,
    )
    words = {
        "sender": sender,
        "link": door(address_token(change)),
        "expires_on": change.expires_on,
        "by_secretariat": bool(reason),
    }
    write_to(address, "address", fresh.language, words, account=fresh.public_id)
    del words["link"]
    write_to(fresh.email, "address_note", fresh.language, words, account=fresh.public_id)
    return change


@transaction.atomic
def take_back_new_address(*, change: AddressChange, by: Actor, on: date, at: datetime) -> None:
    """End a change that was not proved; its link opens nothing any more."""
    fresh = lock_record(change)
    if fresh.proved_at or fresh.withdrawn_at:
        raise AddressLinkRefused(_("This change was already proved or taken back."))
    fresh.withdrawn_at = at
    fresh.save(update_fields=["withdrawn_at"])
    record_act(
        "accounts.take_back_new_address",
        target=account_reference(fresh.user),
        by=by,
        on=on,
        at=at,
        after={"change": fresh.public_id},
    )


@transaction.atomic
def prove_new_address(*, token: str, by: Actor, on: date, at: datetime) -> User:
    """Let the new address sign in from now on, the old one no more; the link works once."""
    change = lock_record(address_change_behind(token=token, on=on))
    if not change.is_open(on):
        raise AddressLinkRefused
    user = lock_record(change.user)
    if not user.is_active:
        raise AddressLinkRefused
    former, address = user.email, checked_address(change.email)
    user.email = address
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user_id=user.pk).delete()
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    change.proved_at = at
    change.save(update_fields=["proved_at"])
    record_act(
        "accounts.change_address",
        target=account_reference(user),
        by=by,
        on=on,
        at=at,
        before={"email": Personal(former, user.public_id)},
        after={"email": Personal(address, user.public_id), "change": change.public_id},
    )
    return user
