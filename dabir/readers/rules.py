"""Who may do what with the letters of readers."""

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import STAFF, allow

allow("readers.view_enquiries", _("Read what readers of the website write"), *STAFF)
allow("readers.answer_enquiry", _("Take, answer or close what a reader wrote"), *STAFF)
allow("readers.write_newsletter", _("Write a newsletter and end a subscription"), *STAFF)
allow(
    "readers.send_newsletter",
    _("Look at a newsletter a second time and send it"),
    "secretary_general",
    "executive_deputy",
)
