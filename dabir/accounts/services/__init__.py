"""Acts of the front door: invite, open, recover, close accounts; their addresses, factors, choices."""

from dabir.accounts.services.addresses import (
    ask_new_address,
    prove_new_address,
    take_back_new_address,
)
from dabir.accounts.services.demonstration import (
    create_demonstration_account,
    demonstration_address,
    demonstration_code,
)
from dabir.accounts.services.doors import (
    accept_invitation,
    account_reference,
    change_preferences,
    deactivate,
    erase_account,
    erase_invitations,
    invite,
    issue_recovery_link,
    open_account,
    reactivate,
    reset_second_factor,
    withdraw_invitation,
)

__all__ = [
    "accept_invitation",
    "account_reference",
    "ask_new_address",
    "change_preferences",
    "create_demonstration_account",
    "deactivate",
    "demonstration_address",
    "demonstration_code",
    "erase_account",
    "erase_invitations",
    "invite",
    "issue_recovery_link",
    "open_account",
    "prove_new_address",
    "reactivate",
    "reset_second_factor",
    "take_back_new_address",
    "withdraw_invitation",
]
