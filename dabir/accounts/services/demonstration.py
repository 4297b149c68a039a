"""Demonstration accounts, each for one role, with a second factor whose code can be told."""

from __future__ import annotations

import time
from datetime import date, datetime

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.accounts.models import User
from dabir.accounts.queries import demonstration_roles
from dabir.accounts.services.doors import open_account
from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput

DEMONSTRATION_HOST = "dabir.example"


def demonstration_address(role: str) -> str:
    """The address by which the demonstration account of a role signs in."""
    return f"{role.replace('_', '-')}@{DEMONSTRATION_HOST}"


@transaction.atomic
def create_demonstration_account(
    *, role: str, password: str, by: Actor, on: date, at: datetime, language: str = "en"
) -> User:
    """A demonstration account with its second factor set up; `demonstration_code` tells its codes.

    Called again, it gives the account that is there.
    """
    known = User.objects.filter(email=demonstration_address(role), is_demonstration=True).first()
    if known:
        return known
    user = open_account(
        email=demonstration_address(role),
        password=password,
        language=language,
        by=by,
        on=on,
        at=at,
        is_demonstration=True,
    )
    totp.TOTP.activate(user, totp.generate_totp_secret())
    return user


def demonstration_code(role: str, *, at: datetime | None = None) -> str:
    """The present second-factor code of a demonstration account; each code opens once."""
    address = demonstration_address(role)
    factor = Authenticator.objects.filter(
        user__email=address, user__is_demonstration=True, type=Authenticator.Type.TOTP
    ).first()
    if factor is None:
        raise InvalidInput(
            _("There is no demonstration account for “%(role)s”.") % {"role": role},
            cure=_("Choose one of: %(roles)s.") % {"roles": ", ".join(demonstration_roles())},
        )
    seconds = int(at.timestamp() if at else time.time())
    counter = seconds // mfa_settings.TOTP_PERIOD
    secret = decrypt(factor.data["secret"])
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
