"""What waits among the letters of readers: to take on, and what one took on."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.office.asked import USER, Asked, Desk, Thing
from dabir.readers.models import Enquiry, Issue
from dabir.readers.queries.enquiries import open_enquiries
from dabir.readers.queries.newsletter import issues_to_check
from dabir.readers.states import MARKS, EnquiryState


def enquiries(desk: Desk) -> Asked | None:
    """What nobody looks at yet, and what oneself does."""
    if not desk.may("readers.answer_enquiry"):
        return None

    def rows() -> QuerySet[Enquiry]:
        return open_enquiries().filter(Q(state=EnquiryState.RECEIVED) | Q(holder__user=USER))

    def thing(row: Enquiry) -> Thing:
        url = reverse("readers:enquiry", args=[row.public_id])
        note = str(row.get_kind_display())
        names = {row.language: row.text[:80]}
        return Thing(names, url, (MARKS[row.state],), row.number, row.received_on, note)

    title, url = _("From readers of the website"), reverse("readers:enquiries")
    why = _("Take each on, answer it, or close it with a reason.")
    return Asked("enquiries", title, rows, thing, url, "attention", why)


def newsletters(desk: Desk) -> Asked | None:
    """What waits for a second look."""
    if not desk.may("readers.send_newsletter"):
        return None

    def thing(row: Issue) -> Thing:
        url = reverse("readers:issue", args=[row.public_id])
        return Thing(row.titles, url, ("waiting",), row.number, row.until)

    title, url = _("Newsletters to look at"), reverse("readers:newsletter")
    why = _("Somebody else than who wrote it reads it before it is sent.")
    return Asked("newsletters", title, issues_to_check, thing, url, "attention", why)
