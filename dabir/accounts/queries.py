"""Questions to the front door."""

from __future__ import annotations

import hmac
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db.models import QuerySet

from dabir.accounts.errors import AddressLinkRefused, InvitationRefused
from dabir.accounts.models import AddressChange, Invitation, User
from dabir.core.numbering import ALPHABET

INVITATION_SALT = "dabir.accounts.invitation"
ADDRESS_SALT = "dabir.accounts.address"


def second_factors() -> QuerySet[Any]:
    """Every second factor that is set up; recovery codes alone are none."""
    found: QuerySet[Any] = Authenticator.objects.filter(
        type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )
    return found


def factors_of(user: User) -> QuerySet[Any]:
    """The second factors set up for an account."""
    return second_factors().filter(user_id=user.pk)


def has_second_factor(user: User) -> bool:
    """Whether signing in to this account takes more than the password."""
    return factors_of(user).exists()


def invitation_behind(*, token: str, on: date) -> Invitation:
    """The invitation that a link opens; raises InvitationRefused when it opens nothing today."""
    try:
        public_id = signing.Signer(salt=INVITATION_SALT).unsign(token)
    except signing.BadSignature as fault:
        raise InvitationRefused from fault
    invitation = Invitation.objects.filter(public_id=public_id).first()
    if invitation is None or not is_open(invitation, on=on):
        raise InvitationRefused
    return invitation


def is_open(invitation: Invitation, *, on: date) -> bool:
    """Whether the invitation can still be accepted on that day."""
    return (
        invitation.accepted_at is None
        and invitation.withdrawn_at is None
        and on < invitation.expires_on
    )


def open_invitations(*, on: date) -> list[Invitation]:
    """Invitations that wait for an answer."""
    return list(
        Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_on__gt=on).order_by(
            "expires_on"
        )
    )


def invitation_token(invitation: Invitation) -> str:
    """The signed token that the link of an invitation carries."""
    return signing.Signer(salt=INVITATION_SALT).sign(invitation.public_id)


def address_token(change: AddressChange) -> str:
    """The signed token by which a new address is proved."""
    return signing.Signer(salt=ADDRESS_SALT).sign(change.public_id)


def address_change_behind(*, token: str, on: date) -> AddressChange:
    """The change that a link proves; raises AddressLinkRefused when it proves nothing today."""
    try:
        public_id = signing.Signer(salt=ADDRESS_SALT).unsign(token)
    except signing.BadSignature as fault:
        raise AddressLinkRefused from fault
    change = AddressChange.objects.select_related("user").filter(public_id=public_id).first()
    if change is None or not change.is_open(on):
        raise AddressLinkRefused
    return change


def address_change_of(user: User, *, on: date) -> AddressChange | None:
    """The change of address that waits for its proof, if any."""
    waiting = AddressChange.objects.filter(user_id=user.pk, proved_at=None, withdrawn_at=None)
    return waiting.filter(expires_on__gt=on).last()


def first_run_code() -> str:
    """The code without which nobody founds the association here; shown to the operator only.

    It follows from the installation's own secret, so that every start prints the same one; the
    page that asks for it closes with the founding.
    """
    proof = hmac.new(settings.SECRET_KEY.encode(), b"dabir.first-run", "sha256").digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in proof[:12])
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def is_first_run_code(given: str) -> bool:
    """Whether this is the set-up code; case, spaces and dashes do not matter."""
    plain = "".join(letter for letter in given.lower() if letter.isalnum() and letter.isascii())
    return hmac.compare_digest(plain.encode(), first_run_code().replace("-", "").encode())


def demonstration_roles() -> list[str]:
    """The roles for which a demonstration account exists."""
    users = User.objects.filter(is_demonstration=True).order_by("id")
    return [user.email.partition("@")[0].replace("-", "_") for user in users]
