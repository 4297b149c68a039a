"""Members as rows to show and to export: the same rows, the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dabir.core.components.words import ident, knownday, localized
from dabir.core.errors import Words
from dabir.core.words import say
from dabir.documents.tabular.table import Column, Status, Table
from dabir.membership.models import Member
from dabir.membership.places import member_url
from dabir.membership.public import PublicMember
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


def directory_rows(members: Iterable[tuple[PublicMember, str]]) -> SafeString:
    """The members of the directory, each with the address of its page, as rows of a table."""
    country, category, since = (escape(w) for w in (_("Country"), _("Category"), _("Member since")))
    return mark_safe(  # noqa: S308 # each piece is escaped
        "\n".join(
            f'<tr><th scope="row"><a href="{escape(url)}">{localized(m.names, quiet=True)}</a></th>'
            f'<td data-label="{country}">{_country(m)}</td>'
            f'<td data-label="{category}">{_category(m)}</td>'
            f'<td data-label="{since}">{knownday(m.member_since, m.precision)}</td></tr>'
            for m, url in members
        )
    )


def _country(member: PublicMember) -> str:
    return localized(member.country["names"], quiet=True) if member.country else "—"


def _category(member: PublicMember) -> str:
    decided = member.by_decision
    beside = f" <small>{ident(decided['number'])}</small>" if decided else ""
    return f"{localized(member.category_names, quiet=True)}{beside}"
