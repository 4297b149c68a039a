"""Pages of the website that wait: for approval, and for the writer to whom they were returned."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.editorial.queries import pages_returned, pages_waiting
from dabir.office.asked import USER, Asked, Desk, Thing


def _page(row: Any) -> Thing:
    """The page in its editor, where it is read, approved, returned and mended."""
    url = reverse("wagtailadmin_pages:edit", args=[row.object_id])
    day = timezone.localdate(row.changed_at)
    return Thing({row.language: row.title}, url, ("waiting",), "", day, row.remark or "")


def to_approve(desk: Desk) -> Asked | None:
    """Pages that were submitted and neither approved nor returned."""
    if not desk.may("editorial.publish_page"):
        return None
    title, url = _("Pages of the website to approve"), reverse("wagtailadmin_home")
    why = _("Read each, and approve it or return it to its writer with words.")
    return Asked("pages", title, pages_waiting, _page, url, "attention", why)


def returned(desk: Desk) -> Asked | None:
    """Pages that oneself submitted and that came back."""
    if not desk.may("editorial.write_page"):
        return None

    def rows() -> QuerySet[Any]:
        own: QuerySet[Any] = pages_returned().filter(requested_by=USER)
        return own

    title, url = _("Pages of the website that came back"), reverse("wagtailadmin_home")
    why = _("Mend what was said, and submit the page again.")
    return Asked("returned_pages", title, rows, _page, url, "attention", why)
