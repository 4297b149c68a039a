"""Who may write pages of the website, and who may let the public see them."""

from __future__ import annotations

import rules
from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import STAFF, allow

allow("editorial.write_page", _("Write pages of the website and submit them"), *STAFF)
allow(
    "editorial.publish_page",
    _("Approve, publish and take down pages of the website"),
    "secretary_general",
    "executive_deputy",
)

# The two doors that Wagtail itself asks for by name; everything else of its own is closed.
for name in ("wagtailadmin.access_admin", "simple_translation.submit_translation"):
    if not rules.perm_exists(name):
        rules.add_perm(
            name, rules.predicate(lambda user, _r=None: user.has_perm("editorial.write_page"))
        )
