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

__all__ = [
    "answer_enquiry",
    "close_enquiry",
    "erase_enquiries",
    "erase_enquiry",
    "hand_over_enquiry",
    "put_back_enquiry",
    "receive_enquiry",
    "reopen_enquiry",
    "take_enquiry",
]
