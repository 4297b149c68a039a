"""Who may do what with messaging."""

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import STAFF, allow

allow("messaging.view_outbox", _("See the outbox"), *STAFF)
allow("messaging.send_letter", _("Send or print a letter"), *STAFF)
