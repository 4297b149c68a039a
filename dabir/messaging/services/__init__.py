"""The acts on letters that leave, on letters that arrive, and on signed links."""

from dabir.messaging.services.incoming import (
    answer_letter,
    correct_letter,
    file_letter,
    forward_letter,
    register_letter,
    reopen_letter,
)
from dabir.messaging.services.outbox import (
    LINK_SALT,
    LinkRefused,
    issue_link,
    open_link,
    record_letter_printed,
    record_receipt,
    revoke_link,
    send_letter,
    use_link,
    withdraw_letter,
    write_letter,
)

__all__ = [
    "LINK_SALT",
    "LinkRefused",
    "answer_letter",
    "correct_letter",
    "file_letter",
    "forward_letter",
    "issue_link",
    "open_link",
    "record_letter_printed",
    "record_receipt",
    "register_letter",
    "reopen_letter",
    "revoke_link",
    "send_letter",
    "use_link",
    "withdraw_letter",
    "write_letter",
]
