"""The acts on letters that leave, on letters that arrive, and on signed links."""

from dabir.messaging.services.composing import (
    check_words,
    compose_letters,
    retire_template,
    reword_template,
    sign_letter,
    worded,
    write_template,
)
from dabir.messaging.services.digest import wish_desk_mail
from dabir.messaging.services.forgetting import forget_recipient
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
    readdress_letter,
    readdress_link,
    record_letter_failed,
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
    "check_words",
    "compose_letters",
    "correct_letter",
    "file_letter",
    "forget_recipient",
    "forward_letter",
    "issue_link",
    "open_link",
    "readdress_letter",
    "readdress_link",
    "record_letter_failed",
    "record_letter_printed",
    "record_receipt",
    "register_letter",
    "reopen_letter",
    "retire_template",
    "revoke_link",
    "reword_template",
    "send_letter",
    "sign_letter",
    "use_link",
    "wish_desk_mail",
    "withdraw_letter",
    "worded",
    "write_letter",
    "write_template",
]
