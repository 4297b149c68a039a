"""Who may see the trail and run the checks."""

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import allow

allow(
    "office.view_trail", _("Read the audit trail"), "administrator", "auditor", "secretary_general"
)
allow("office.run_check", _("Run the checks"), "administrator", "auditor", "secretary_general")
