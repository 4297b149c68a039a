"""Who may do what with organs."""

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import READERS, allow

allow("organs.view_organ", _("See organs and seats"), *READERS)
