"""What lists repeat of a membership must equal its newest step; a frozen list must be as it was frozen."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.checks import register
from dabir.core.errors import Words
from dabir.membership.models import Member, Snapshot, Step
from dabir.membership.services.standing import digest_of


def find_stale_members() -> Iterable[Words]:
    """Members whose state, category or day is not that of their newest step."""
    newest = {}
    rows = Step.objects.order_by("on", "at", "id").values_list(
        "member_id", "state", "category", "on"
    )
    for key, *told in rows.iterator(2000):
        newest[key] = tuple(told)
    kept = Member.objects.values_list("pk", "public_id", "state", "category", "state_since")
    for key, public_id, *fields in kept.iterator(2000):
        if newest.get(key) != tuple(fields):
            yield _("%(record)s: its list does not say what its last step says.") % {
                "record": public_id
            }


def find_changed_lists() -> Iterable[Words]:
    """Frozen lists whose lines or reasons are no longer those that were sealed."""
    for snapshot in Snapshot.objects.order_by("pk"):
        lines = snapshot.lines.order_by("pk")
        if digest_of(lines, snapshot.answers) != snapshot.digest:
            yield _("The frozen list %(record)s was changed.") % {"record": snapshot.public_id}


register(
    "membership.steps",
    gettext_lazy("Lists repeat the last step of a membership"),
    find_stale_members,
)
register("membership.lists", gettext_lazy("Frozen lists are as they were"), find_changed_lists)
