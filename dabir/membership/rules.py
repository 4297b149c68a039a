"""Who may do what with members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import READERS, allow

HEADS = ("secretary_general", "executive_deputy")
KEEPERS = (*HEADS, "member_affairs")


allow("membership.view_members", _("See members, applications and standing"), *READERS)
allow(
    "membership.examine_application",
    _("Receive applications for membership and examine them"),
    *KEEPERS,
    "expert",
)
allow(
    "membership.record_membership",
    _("Record admission, refusal, suspension, leaving and return by decision"),
    *KEEPERS,
)
allow("membership.enter_dues", _("Enter dues from before the treasury"), "treasurer", *HEADS)
allow(
    "membership.grant_plan",
    _("Record a plan of payment"),
    "treasurer",
    "secretary_general",
)
allow(
    "membership.freeze_standing",
    _("Freeze the standing of members for a meeting"),
    *KEEPERS,
    "events",
)
allow(
    "membership.record_ruling",
    _("Record a ruling of the chair on a frozen list"),
    *HEADS,
    "president",
)
