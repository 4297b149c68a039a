"""The association: its organs, who holds its offices, its history, its rules."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.kept import known, open_to_all
from dabir.core.words import reader_language, say
from dabir.meetings.public import public_meetings
from dabir.organs.public import PublicOrgan, organ_names, people_in_office, public_organs
from dabir.registry.public import public_association
from dabir.statutes.public import public_rules
from dabir.website.pages import show

Crumbs = list[tuple[str, str]]


def _organs(request: HttpRequest) -> list[PublicOrgan]:
    """The organs of today as pages in the language of the reader show them."""
    today = timezone.localdate()
    return known(request, ("organs", reader_language()), lambda: public_organs(today))


def _crumbs(*more: tuple[str, str]) -> Crumbs:
    return [(_("The association"), reverse("website:forum")), *more]


@open_to_all
def forum(request: HttpRequest) -> HttpResponse:
    """What the association is, and where to read on."""
    context = {"about": known(request, "about", public_association), "organs": _organs(request)}
    return show(request, "website/forum.html", "forum", context, crumbs=_crumbs())


@open_to_all
def organs(request: HttpRequest) -> HttpResponse:
    """Every organ with its seats and powers."""
    context = {"organs": _organs(request)}
    crumbs = _crumbs((_("Organs"), ""))
    return show(request, "website/organs.html", "forum", context, crumbs=crumbs)


@open_to_all
def organ(request: HttpRequest, key: str) -> HttpResponse:
    """One organ: composition and powers."""
    found = next((organ for organ in _organs(request) if organ.key == key), None)
    if found is None:
        raise Http404
    crumbs = _crumbs((_("Organs"), reverse("website:organs")), (say(found.names), ""))
    return show(request, "website/organ.html", "forum", {"organ": found}, crumbs=crumbs)


@open_to_all
def people(request: HttpRequest) -> HttpResponse:
    """Who holds the offices of the statute, organ by organ."""
    today = timezone.localdate()
    offices, others = people_in_office(today)
    context: dict[str, Any] = {"offices": offices, "others": others}
    crumbs = _crumbs((_("People in office"), ""))
    return show(request, "website/people.html", "forum", context, crumbs=crumbs)


@open_to_all
def history(request: HttpRequest) -> HttpResponse:
    """The sessions, as planned and as held."""
    context = {"meetings": public_meetings(), "today": timezone.localdate()}
    crumbs = _crumbs((_("History"), ""))
    return show(request, "website/history.html", "forum", context, crumbs=crumbs)


@open_to_all
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force in plain words; what nobody has set is said to be unset."""
    today = timezone.localdate()
    names = {key: say(words) for key, words in organ_names(today).items()}
    context = {"rules": public_rules(today, names)}
    crumbs = _crumbs((_("Rules in force"), ""))
    return show(request, "website/rules.html", "forum", context, crumbs=crumbs)
