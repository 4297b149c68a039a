"""The rail of the office: the areas in which the reader has rights, in one fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _

from dabir.core.addresses import address, where
from dabir.core.components.lists import Told, as_told
from dabir.core.errors import Words
from dabir.registry.rights import rights_given


@dataclass(frozen=True)
class Area:
    """One entry of the rail; an area without an address is a heading."""

    label: Words
    view: str = ""
    icon: str = ""
    right: str = ""
    key: str = ""


AREAS = (
    Area(_("Desk"), "office:desk", "desk", key="d"),
    Area(_("Decisions")),
    Area(_("Register"), "decisions:register", "register", "decisions.view_register", "r"),
    Area(_("Not carried out"), "decisions:board", "board", "decisions.view_register", "b"),
    Area(
        _("Declarations and texts"),
        "decisions:documents",
        "document",
        "documents.view_document",
        "t",
    ),
    Area(_("Received texts"), "intake:receipts", "upload", "intake.view_receipt", "v"),
    Area(_("Programmes"), "decisions:programmes", "programme", "decisions.view_register"),
    Area(
        _("Progress reports"),
        "decisions:progress_reports",
        "report",
        "decisions.view_register",
        "p",
    ),
    Area(_("Import"), "documents:imports", "upload", "documents.bring_table"),
    Area(_("Institution")),
    Area(_("My city"), "membership:my_city", "city", "membership.confirm_profile"),
    Area(_("Members"), "membership:members", "city", "membership.view_members", "e"),
    Area(_("Meetings"), "meetings:meetings", "meeting", "meetings.view_meeting", "m"),
    Area(_("Organs"), "organs:organs", "organ", "organs.view_organ", "o"),
    Area(_("People and posts"), "office:people", "people", "registry.view_people", "l"),
    Area(_("Cities"), "office:cities", "city", "registry.view_places", "c"),
    Area(_("Rules in force"), "office:rules_in_force", "rules", "statutes.view_rules"),
    Area(_("Secretariat")),
    Area(_("Letters received"), "messaging:incoming", "letter", "messaging.view_letter_book", "e"),
    Area(_("Website"), "wagtailadmin_home", "document", "editorial.write_page", "w"),
    Area(_("Outbox"), "messaging:outbox", "outbox", "messaging.view_outbox", "u"),
    Area(_("From readers"), "readers:enquiries", "letter", "readers.view_enquiries"),
    Area(_("Newsletter"), "readers:newsletter", "letter", "readers.write_newsletter"),
    Area(_("The association"), "office:association", "settings", "registry.change_association"),
    Area(_("Rights"), "office:rights", "rights", "registry.view_rights"),
    Area(_("Trail and checks"), "office:trail", "trail", "office.view_trail"),
)


def address_of(view: str) -> str | None:
    """The address of a page, None where it is not built."""
    try:
        return address(view)
    except NoReverseMatch:
        return None


def navigation_for(request: HttpRequest) -> Told:
    """The entries that the reader's rights open; a heading only above something."""
    return _opened(rights_given(request.user) & _RIGHTS, request.path, *where())


_RIGHTS = frozenset(area.right for area in AREAS if area.right)


@lru_cache(maxsize=1024)
def _opened(
    rights: frozenset[str], path: str, language: str | None, urlconf: str, prefix: str
) -> Told:
    """The rail as it is on one page for everybody with these rights."""
    entries: list[dict[str, Any]] = []
    for area in AREAS:
        if not area.view:
            entries.append({"label": area.label})
            continue
        url = address_of(area.view)
        if url and (not area.right or area.right in rights):
            is_desk = url == address_of("office:desk")
            current = path == url or (not is_desk and path.startswith(url))
            entries.append(
                {
                    "label": area.label,
                    "url": url,
                    "icon": area.icon,
                    "key": area.key,
                    "current": current,
                }
            )
    return as_told(
        entry
        for entry, following in zip(entries, [*entries[1:], {"label": ""}], strict=True)
        if "url" in entry or "url" in following
    )
