"""The acts on what readers write and are sent."""

from dabir.readers.services.enquiries import (
    answer_enquiry,
    close_enquiry,
    erase_enquiries,
    erase_enquiry,
    hand_over_enquiry,
    put_back_enquiry,
    receive_enquiry,
    reopen_enquiry,
    take_enquiry,
)
from dabir.readers.services.newsletter import (
    approve_issue,
    begin_issue,
    drop_issue,
    edit_issue,
    return_issue,
    submit_issue,
)
from dabir.readers.services.sending import deliver_issue
from dabir.readers.services.subscribing import (
    ask_for_newsletter,
    confirm_newsletter,
    end_newsletter,
    end_newsletter_of,
    forget_unconfirmed,
    newsletter_link,
    subscriber_to_stop,
)

__all__ = [
    "answer_enquiry",
    "approve_issue",
    "ask_for_newsletter",
    "begin_issue",
    "close_enquiry",
    "confirm_newsletter",
    "deliver_issue",
    "drop_issue",
    "edit_issue",
    "end_newsletter",
    "end_newsletter_of",
    "erase_enquiries",
    "erase_enquiry",
    "forget_unconfirmed",
    "hand_over_enquiry",
    "newsletter_link",
    "put_back_enquiry",
    "receive_enquiry",
    "reopen_enquiry",
    "return_issue",
    "submit_issue",
    "subscriber_to_stop",
    "take_enquiry",
]
