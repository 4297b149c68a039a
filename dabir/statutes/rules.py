"""Who may do what with statutes."""

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import READERS, allow

allow("statutes.view_rules", _("See the rules in force"), *READERS)
allow("statutes.adopt_rules", _("Enter a rule set"), "secretary_general", "executive_deputy")
