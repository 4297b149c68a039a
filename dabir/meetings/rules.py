"""Who may do what with meetings."""

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import READERS, allow

allow("meetings.view_meeting", _("See meetings"), *READERS)
allow("meetings.call_meeting", _("Call, move or cancel a meeting"), "secretary_general", "events")
