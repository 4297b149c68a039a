"""What readers of the website write to the association, and what it sends to its readers."""

from dabir.readers.models.enquiries import Enquiry, _enquiry_id
from dabir.readers.models.newsletter import (
    SUBSCRIBER,
    Delivery,
    Issue,
    Subscriber,
    _issue_id,
    _subscriber_id,
)

# The migrations name the last ones.
__all__ = [
    "SUBSCRIBER",
    "Delivery",
    "Enquiry",
    "Issue",
    "Subscriber",
    "_enquiry_id",
    "_issue_id",
    "_subscriber_id",
]
