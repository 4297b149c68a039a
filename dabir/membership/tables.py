"""Members as rows to show and to export: the same rows, the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dabir.core.errors import Words
from dabir.core.words import say
from dabir.documents.tabular.table import Column, Status, Table
from dabir.membership.models import Member
from dabir.membership.places import member_url
from dabir.membership.states import MARKS, MEMBER_STATES
from dabir.registry.models import Association


def member_row(member: Member, labels: Mapping[str, Words]) -> dict[str, Any]:
    """What lists show of a member."""
    return {
        "member": member,
        "url": member_url(member),
        "category": labels.get(member.category, member.category),
        "mark": MARKS[member.state],
        "state": MEMBER_STATES[member.state],
        "country": member.city.country if member.city else None,
    }


def members_table(
    members: Iterable[Member],
    *,
    labels: Mapping[str, Words],
    language: str,
    association: Association,
    notes: list[str],
) -> Table:
    """What is exported of each member: what the page shows."""
    columns = [
        Column("id", pgettext("record", "Key"), "identifier"),
        Column("number", _("Membership number"), "number"),
        Column("name", _("Name"), "text", 1.6),
        Column("country", _("Country"), "text"),
        Column("category", _("Category"), "text"),
        Column("state", _("State"), "status"),
        Column("since", _("Since"), "date"),
        Column("joined", _("Member since"), "date"),
        Column("ended", _("Member until"), "date"),
    ]
    rows = []
    for member in members:
        country = member.city.country if member.city else None
        rows.append(
            {
                "id": member.public_id,
                "number": member.number,
                "name": say(member.names, language),
                "country": say(country.names, language) if country else "",
                "category": str(labels.get(member.category, member.category)),
                "state": Status(MARKS[member.state], str(MEMBER_STATES[member.state])),
                "since": member.state_since,
                "joined": member.joined_on,
                "ended": member.ended_on,
            }
        )
    return Table(
        title=_("Members"),
        columns=columns,
        rows=rows,
        notes=notes,
        practice=association.is_practice,
        source=say(association.names, language),
    )
