"""Cities and countries: the list, a city with all that is known of it, and the acts on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.history import history_of
from dabir.core.models import AuditEntry
from dabir.core.slots import panels
from dabir.core.words import as_words, reader_language, say
from dabir.documents.downloads import table_answer
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.documents.tabular.table import Column, Table
from dabir.registry.acting import act_page, needs
from dabir.registry.forms.cities import (
    AcceptProposalForm,
    ChangeCityForm,
    ChangeCountryForm,
    CityFilter,
    MakeOfficialForm,
    TellFactForm,
    WithdrawFactForm,
)
from dabir.registry.models import City, CityFact, Country
from dabir.registry.proposals import proposal, proposals_for
from dabir.registry.queries import contacts_of, posts_of_city, the_association
from dabir.registry.queries.facts import (
    cities_matching,
    coordinates_of_cities,
    countries_listed,
    figures_of,
    population_of_cities,
)
from dabir.registry.states import CONFIDENCES, INCOME_GROUPS, SCOPES
from dabir.text.folding import sort_key

PER_PAGE = 50


def city_url(city: City) -> str:
    """The page of a city."""
    return reverse("office:city", args=[city.public_id])


def _in_order(cities: Any) -> list[int]:
    """The keys in the order of the reader's alphabet."""
    named = [(sort_key(say(names, reader_language())), key) for key, names in cities]
    return [key for _name, key in sorted(named)]


@needs("registry.view_places")
def cities(request: HttpRequest) -> HttpResponse:
    """Every city of the registry, narrowed by name and country."""
    countries = list(Country.objects.order_by("code"))
    asked = CityFilter(request.GET or None, countries=countries)
    given = asked.cleaned_data if asked.is_valid() else {}
    found = cities_matching(words=given.get("q", ""), country=given.get("country", ""))
    keys = _in_order(found.values_list("pk", "names"))
    fmt = request.GET.get("export", "")
    if fmt in MEDIA_TYPES:
        return _exported(_read(found, keys), fmt)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    shown = _read(found, page.object_list)
    words = {
        "filter": asked,
        "page": page,
        "rows": _rows(shown),
        "may_add": request.user.has_perm("registry.add_place"),
    }
    return render(request, "office/cities.html", words)


def _read(found: Any, keys: Iterable[int]) -> list[City]:
    by_key = found.in_bulk(list(keys))
    return [by_key[key] for key in keys]


def _rows(shown: list[City]) -> list[dict[str, Any]]:
    places, people = coordinates_of_cities(shown), population_of_cities(shown)
    return [
        {
            "city": city,
            "url": city_url(city),
            "has_place": city.pk in places,
            "population": people.get(city.pk),
        }
        for city in shown
    ]


def _exported(shown: list[City], fmt: str) -> HttpResponse:
    language = reader_language()
    places, people = coordinates_of_cities(shown), population_of_cities(shown)
    rows: list[dict[str, Any]] = []
    for city in shown:
        names, (inhabitants, year) = as_words(city.names), people.get(city.pk, (None, None))
        place = places.get(city.pk)
        rows.append(
            {
                "id": city.public_id,
                "fa": names.get("fa", ""),
                "en": names.get("en", ""),
                "country": city.country.code if city.country else "",
                "place": f"{place[0]:.5f} {place[1]:.5f}" if place else "",
                "population": inhabitants,
                "year": year,
            }
        )
    association = the_association()
    table = Table(
        title=_("Cities"),
        columns=[
            Column("id", _("Number"), "identifier"),
            Column("fa", _("Name in Persian")),
            Column("en", _("Name in English")),
            Column("country", _("Country"), "identifier"),
            Column("place", _("Coordinates"), "identifier"),
            Column("population", _("Population"), "number"),
            Column("year", _("Year"), "identifier"),
        ],
        rows=rows,
        practice=bool(association and association.is_practice),
        source=say(association.names, language) if association else "",
    )
    return table_answer(table, fmt, language, f"cities.{language}")


@needs("registry.view_places")
def countries(request: HttpRequest) -> HttpResponse:
    """Every country that a city was entered with."""
    words = {
        "rows": countries_listed(),
        "may_add": request.user.has_perm("registry.add_place"),
        "breadcrumbs": [
            {"label": _("Cities"), "url": reverse("office:cities")},
            {"label": _("Countries")},
        ],
    }
    return render(request, "office/countries.html", words)


def _city(public_id: str) -> City:
    return get_object_or_404(
        City.objects.select_related("country", "merged_into"), public_id=public_id
    )


def _crumbs(city: City, here: Any = "") -> list[dict[str, Any]]:
    crumbs: list[dict[str, Any]] = [
        {"label": _("Cities"), "url": reverse("office:cities")},
        {"label": say(city.names), "url": city_url(city)},
    ]
    return [*crumbs, {"label": here}] if here else crumbs


@needs("registry.view_places")
def city(request: HttpRequest, public_id: str) -> HttpResponse:
    """One city: names, values with their sources, its people, what is related, its history."""
    shown = _city(public_id)
    if shown.merged_into:
        return redirect(city_url(shown.merged_into))
    today = timezone.localdate()
    words = {
        "city": shown,
        "figures": figures_of(shown),
        "doubles": shown.doubles.order_by("pk"),
        "former": shown.former_names.order_by("-on", "-id"),
        "income_groups": INCOME_GROUPS,
        "scopes": SCOPES,
        "confidences": CONFIDENCES,
        "posts": posts_of_city(city=shown, on=today),
        "contacts": contacts_of(shown),
        "panels": panels("registry.city", request, shown),
        "history": history_of("city", shown.public_id, beside=_fact_entered),
        "breadcrumbs": _crumbs(shown),
    }
    return render(request, "office/city.html", words)


def change_city(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what a city is called or where it lies."""
    shown = _city(public_id)
    return act_page(
        request,
        form_class=ChangeCityForm,
        record=shown,
        back=city_url(shown),
        breadcrumbs=_crumbs(shown, ChangeCityForm.title),
        facts=[{"label": _("Name"), "value": as_words(shown.names)}],
    )


def tell_fact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter a value that a source gives."""
    shown = _city(public_id)
    return act_page(
        request,
        form_class=TellFactForm,
        record=shown,
        back=f"{city_url(shown)}#facts",
        breadcrumbs=_crumbs(shown, TellFactForm.title),
    )


def _judge(request: HttpRequest, public_id: str, key: int, form_class: Any) -> HttpResponse:
    shown = _city(public_id)
    fact = get_object_or_404(CityFact.objects.select_related("city"), pk=key, city=shown)
    return act_page(
        request,
        form_class=form_class,
        record=shown,
        back=f"{city_url(shown)}#facts",
        breadcrumbs=_crumbs(shown, form_class.title),
        fact=fact,
    )


def make_official(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Say which of several values is the association's."""
    return _judge(request, public_id, key, MakeOfficialForm)


def withdraw_fact(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Say that a value no longer counts."""
    return _judge(request, public_id, key, WithdrawFactForm)


@needs("registry.add_place")
def proposals(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a table of the world's cities proposes for this one."""
    shown = _city(public_id)
    code = shown.country.code if shown.country else ""
    found = proposals_for(as_words(shown.names).values(), code)
    words = {
        "city": shown,
        "rows": [(p, bool(code) and p.country != code) for p in found],
        "breadcrumbs": _crumbs(shown, _("Proposals")),
    }
    return render(request, "office/city_proposals.html", words)


def accept_proposal(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Accept single values of a proposal."""
    shown = _city(public_id)
    found = proposal(number)
    if found is None:
        raise Http404
    return act_page(
        request,
        form_class=AcceptProposalForm,
        record=shown,
        back=f"{city_url(shown)}#facts",
        breadcrumbs=_crumbs(shown, AcceptProposalForm.title),
        proposal=found,
    )


def change_country(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a country is called here."""
    shown = get_object_or_404(Country, code=code)
    back = reverse("office:countries")
    return act_page(
        request,
        form_class=ChangeCountryForm,
        record=shown,
        back=back,
        breadcrumbs=[{"label": _("Countries"), "url": back}, {"label": str(shown)}],
    )


def _fact_entered(entry: AuditEntry) -> str:
    """A value of a city as it was entered: its year, the value, its source."""
    told = entry.after or {}
    parts = [told.get(key) for key in ("year", "value", "source")]
    return " · ".join(str(part) for part in parts if part) if told.get("fact") else ""
