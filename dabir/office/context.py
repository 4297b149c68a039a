"""What every page of the office shows: the association and the areas open to the reader."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dabir.core.addresses import address, where
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
RIGHTS = frozenset(right for _label, _view, right in NEW)


class Link(NamedTuple):
    """An entry of a menu."""

    label: str
    url: str


@lru_cache(maxsize=256)
def _new_items(given: frozenset[str], _here: tuple[str | None, str, str]) -> tuple[Link, ...]:
    """What whoever has these rights may begin, from the menu of every page."""
    asked = ((label, address_of(view)) for label, view, right in NEW if right in given)
    return tuple(Link(str(label), url) for label, url in asked if url)


@lru_cache(maxsize=16)
def _user_links(_here: tuple[str | None, str, str]) -> tuple[Link, ...]:
    return (
        Link(gettext("My account"), address("accounts:account")),
        Link(gettext("What is kept on me"), address("office:kept_on_me")),
    )


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
        here = where()
        context["navigation"] = navigation_for(request)
        context["new_items"] = _new_items(rights_given(user) & RIGHTS, here)
        context["user_links"] = _user_links(here)
        if not getattr(request, "is_editors_admin", False):  # its pages mean their own by this name
            context["search_url"] = address_of("office:search")
    context["brand"] = SimpleLazyObject(lambda: _brand(association))
    return context
