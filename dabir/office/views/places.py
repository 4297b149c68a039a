"""The association itself, and the cities it knows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.office.views.asking import Question, ask, form_data, stamp
from dabir.registry import services
from dabir.registry.forms import ChangeAssociationForm, CityForm, words_from
from dabir.registry.queries import the_association
from dabir.registry.rights import require


def association(request: HttpRequest) -> HttpResponse:
    """Change what the association says about itself."""
    require(request.user, "registry.change_association")
    ours = the_association()
    if ours is None:
        raise Http404
    form = ChangeAssociationForm(
        **form_data(request), initial=ChangeAssociationForm.what_stands(ours)
    )

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        changes = {
            "names": words_from(given, "names"),
            "abbreviation": given["abbreviation"],
            "seat": words_from(given, "seat"),
            "languages": form.languages_in_order(),
            "calendars": given["calendars"],
        }
        emblem = form.emblem_bytes()
        services.change_association(
            association=ours,
            changes=changes,
            emblem=emblem if emblem or given["remove_emblem"] else None,
            version=given["version"],
            **stamp(request),
        )
        return _("The change is saved."), reverse("office:association")

    question = Question(
        title=_("The association"),
        verb=_("Save"),
        cancel_url=reverse("office:desk"),
        intro=_("Name, seat and emblem stand on every page and paper made from now on."),
    )
    return ask(request, form, question, act)


def add_city(request: HttpRequest) -> HttpResponse:
    """Enter a city; its country too, when it is the first from there."""
    require(request.user, "registry.add_place")
    form = CityForm(**form_data(request))

    @transaction.atomic
    def act(given: dict[str, Any]) -> tuple[Any, str]:
        signed = stamp(request)
        country = form.country
        if country is None and given["country_code"]:
            country = services.add_country(
                code=given["country_code"], names=words_from(given, "country"), **signed
            )
        entered = services.add_city(names=words_from(given, "names"), country=country, **signed)
        return _("The city is entered."), reverse("office:city", args=[entered.public_id])

    question = Question(
        title=_("Enter a city"),
        verb=_("Enter"),
        cancel_url=reverse("office:cities"),
        intro=_("A city can then hold seats and lead commitments, and its people hold its posts."),
    )
    return ask(request, form, question, act)
