"""Who may do what with organs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import READERS, allow

HEADS = ("secretary_general", "executive_deputy")

allow("organs.view_organ", _("See organs and seats"), *READERS)
allow("organs.found_organ", _("Found, change and abolish organs by decision"), *HEADS)
allow(
    "organs.fill_seat",
    _("Give, end and replace seats and functions by decision; record elections"),
    *HEADS,
    "member_affairs",
)
allow("organs.annul_act", _("Annul an act on an organ by decision"), "secretary_general")
allow("organs.appoint", _("Open appointments to an office and record their steps"), *HEADS)
allow("organs.mark_known", _("Say of a finding about organs that a source tells it"), *HEADS)
