"""What every page of the office shows: the association and the areas open to the reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from dabir.core.addresses import address
from dabir.office.navigation import address_of, navigation_for
from dabir.registry.queries import the_association
from dabir.registry.rights import rights_given, standing_of

NEW = (
    (_("Decision"), "decisions:record_decision", "decisions.record_decision"),
    (_("Progress report"), "decisions:draft_report", "decisions.draft_report"),
    (_("Received text"), "intake:receive", "intake.receive_text"),
    (_("Letter"), "messaging:compose", "messaging.write_letter"),
    (_("Letter that arrived"), "messaging:register_incoming", "messaging.register_letter"),
    (_("Import of a table"), "documents:imports", "documents.bring_table"),
)


def _new_items(request: HttpRequest) -> list[dict[str, Any]]:
    """What the reader may begin, from the menu of every page."""
    given = rights_given(request.user)
    asked = ((label, address_of(view)) for label, view, right in NEW if right in given)
    return [{"label": label, "url": url} for label, url in asked if url]


def _brand(association: Any) -> dict[str, Any]:
    """What the masthead says of the association."""
    if not association:
        return {}
    return {
        "names": association.names,
        "abbreviation": association.abbreviation,
        "emblem": bool(association.emblem),
    }


def office_context(request: HttpRequest) -> dict[str, Any]:
    """The association for the masthead; rail and menus for the signed-in."""
    association = SimpleLazyObject(the_association)
    context: dict[str, Any] = {"association": association}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        association = SimpleLazyObject(lambda: standing_of(user).association)
        context["association"] = association
        context["navigation"] = SimpleLazyObject(lambda: navigation_for(request))
        context["new_items"] = SimpleLazyObject(lambda: _new_items(request))
        context["user_links"] = [
            {"label": _("My account"), "url": address("accounts:account")},
            {"label": _("What is kept on me"), "url": address("office:kept_on_me")},
        ]
        if not getattr(request, "is_editors_admin", False):  # its pages mean their own by this name
            context["search_url"] = address_of("office:search")
    context["brand"] = SimpleLazyObject(lambda: _brand(association))
    return context
