"""What allauth does at the front door, entered in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.utils import timezone

from dabir.accounts.knowledge import actor_of
from dabir.accounts.models import User
from dabir.accounts.services import account_reference
from dabir.core.trail import record_act

ACTS = (
    (account_signals.user_logged_in, "accounts.sign_in"),
    (account_signals.password_changed, "accounts.change_password"),
    (account_signals.password_set, "accounts.set_password"),
    (account_signals.password_reset, "accounts.reset_password"),
    (mfa_signals.authenticator_added, "accounts.add_factor"),
    (mfa_signals.authenticator_removed, "accounts.remove_factor"),
    (mfa_signals.authenticator_reset, "accounts.renew_recovery_codes"),
)


def _receiver(act: str) -> Any:
    def enter(sender: Any, user: User, **details: Any) -> None:
        factor = details.get("authenticator")
        record_act(
            act,
            target=account_reference(user),
            by=actor_of(user),
            on=timezone.localdate(),
            at=timezone.now(),
            after={"factor": str(factor.type)} if factor is not None else None,
        )

    return enter


def listen() -> None:
    """Enter each of these acts from now on."""
    for signal, act in ACTS:
        signal.connect(_receiver(act), weak=False, dispatch_uid=act)
