"""A member city's own space: what the association keeps of it, what it asks, and where it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dabir.core.slots import Panel, panels
from dabir.membership.models import Member
from dabir.membership.places import member_url
from dabir.membership.queries.cities import contacts_to_confirm, posts_shown
from dabir.membership.queries.dues import balances, year_accounts
from dabir.membership.queries.standing import standing_of_city
from dabir.membership.queries.statute import category_labels
from dabir.membership.states import MARKS, MEMBER_STATES
from dabir.membership.views.standing import standing_shown
from dabir.registry.acting import stamp
from dabir.registry.figures import Figure
from dabir.registry.models import City
from dabir.registry.queries.facts import figures_of
from dabir.registry.rights import cities_of, require
from dabir.registry.services import confirm_contact
from dabir.registry.states import FACT_KINDS, INCOME_GROUPS, FactKind
from dabir.statutes.queries import rules_on

VIEW = "membership.view_city"


def space_url(city: City) -> str:
    """The own space of a city."""
    return reverse("membership:city_space", args=[city.public_id])


def my_city(request: HttpRequest) -> HttpResponse:
    """Lead an officer to the space of their city; who serves several cities chooses."""
    require(request.user, VIEW)
    own = {city.pk: city for city in cities_of(request.user)}
    if len(own) == 1:
        return redirect(space_url(next(iter(own.values()))))
    rows = [{"city": city, "url": space_url(city)} for city in own.values()]
    return render(request, "membership/my_cities.html", {"rows": rows})


def city_space(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything of one city on one page: asked once, kept with its day, used everywhere."""
    city = get_object_or_404(City.objects.select_related("country"), public_id=public_id)
    require(request.user, VIEW, city)
    today = timezone.localdate()
    member = Member.objects.filter(city=city).first()
    entries = list(member.dues.all()) if member else []
    context: dict[str, Any] = {
        "city": city,
        "member": member,
        "category": category_labels(rules_on(today)).get(member.category) if member else "",
        "mark": MARKS[member.state] if member else "",
        "state": MEMBER_STATES[member.state] if member else "",
        "answers": standing_shown(standing_of_city(city, today)),
        "posts": posts_shown(city, today),
        "contacts": contacts_to_confirm(city),
        "figures": [_figure(figure) for figure in figures_of(city) if figure.standing],
        "may_confirm": request.user.has_perm("membership.confirm_profile", city),
        "dues": year_accounts(entries),
        "balances": balances(entries),
        "sources": sorted({entry.source for entry in entries}),
        "plans": list(member.plans.all()) if member else [],
        "panels": panels("membership.city", request, city),
        "member_url": member_url(member)
        if member and request.user.has_perm("membership.view_members")
        else "",
        "today": today,
        "breadcrumbs": [{"label": _("Own space of a city")}],
    }
    return render(request, "membership/city_space.html", context)


def _figure(figure: Figure) -> dict[str, Any]:
    """A fact of the city as a reader is told it."""
    assert figure.standing is not None  # noqa: S101  only what stands is shown
    value: Any = figure.standing.value
    if figure.kind == FactKind.INCOME_GROUP:
        value = INCOME_GROUPS.get(value, value)
    return {
        "label": FACT_KINDS[figure.kind],
        "value": int(value) if figure.kind == FactKind.POPULATION else value,
        "is_number": figure.kind == FactKind.POPULATION,
        "is_place": figure.kind == FactKind.COORDINATES,
        "year": figure.year,
        "source": figure.standing.source,
    }


@require_POST
@transaction.atomic
def confirm_profile(request: HttpRequest, public_id: str) -> HttpResponse:
    """The city says that the addresses shown are right: once, for every use."""
    city = get_object_or_404(City, public_id=public_id)
    require(request.user, "membership.confirm_profile", city)
    signed = stamp(request)
    for contact in contacts_to_confirm(city):
        if contact.confirmed_on != signed["on"]:
            confirm_contact(contact=contact, **signed)
    messages.success(request, _("The addresses are confirmed."))
    return redirect(space_url(city))


def membership_of_city(request: HttpRequest, city: City) -> Panel | None:
    """The membership of a city, for its page among the cities."""
    if not request.user.has_perm("membership.view_members"):
        return None
    member = Member.objects.filter(city=city).first()
    facts = {
        "member": member,
        "mark": MARKS[member.state] if member else "",
        "state": MEMBER_STATES[member.state] if member else "",
        "url": member_url(member) if member else "",
        "space_url": space_url(city),
    }
    return Panel("membership/city_panel.html", facts)
