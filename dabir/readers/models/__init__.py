"""What readers of the website write to the association, and what it sends to its readers."""

from dabir.readers.models.enquiries import Enquiry, _enquiry_id

# The first migration names the last one.
__all__ = ["Enquiry", "_enquiry_id"]
