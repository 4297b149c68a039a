"""The acts on organs, seats, appointments and findings."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from dabir.core.acting import ActForm
from dabir.core.words import as_words
from dabir.organs.forms import ORGAN_ACTS
from dabir.organs.forms.appointing import APPOINTMENT_ACTS, KnownForm
from dabir.organs.forms.founding import AnnulForm, FoundForm
from dabir.organs.forms.seating import SEAT_ACTS
from dabir.organs.models import Appointment, Organ, OrganAct, Seat
from dabir.organs.saying import SAYINGS
from dabir.organs.views.organs import crumbs
from dabir.registry.acting import act_page


def found(request: HttpRequest) -> HttpResponse:
    """Found an organ."""
    back = reverse("organs:organs")
    return act_page(request, form_class=FoundForm, record=None, back=back, breadcrumbs=crumbs())


def act(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Take one act on an organ."""
    form_class = ORGAN_ACTS.get(act)
    if form_class is None:
        raise Http404
    return _page(request, get_object_or_404(Organ, key=key), form_class)


def seat_act(request: HttpRequest, key: str, number: int, act: str) -> HttpResponse:
    """Take one act on a seat."""
    form_class = SEAT_ACTS.get(act)
    if form_class is None:
        raise Http404
    rows = Seat.objects.select_related("organ", "city", "post")
    seat = get_object_or_404(rows, organ__key=key, number=number)
    return _page(request, seat.organ, form_class, seat=seat)


def annul(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Annul one act."""
    rows = OrganAct.objects.select_related("organ", "seat")
    row = get_object_or_404(rows, organ__key=key, number=number)
    return _page(request, row.organ, AnnulForm, act=row)


def appointment_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Record a step of an appointment, or give it up."""
    form_class = APPOINTMENT_ACTS.get(act)
    if form_class is None:
        raise Http404
    rows = Appointment.objects.select_related("organ", "post", "person")
    appointment = get_object_or_404(rows, public_id=public_id)
    back = f"{appointment.organ.get_absolute_url()}#appointments"
    return act_page(
        request,
        form_class=form_class,
        record=appointment,
        back=back,
        breadcrumbs=crumbs(appointment.organ),
    )


def known(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Say of a finding that a source tells it."""
    if code not in SAYINGS:
        raise Http404
    return act_page(
        request,
        form_class=KnownForm,
        record=get_object_or_404(Organ, key=key),
        back=reverse("organs:findings"),
        breadcrumbs=crumbs(),
        code=code,
        subject=request.GET.get("about", ""),
    )


def _page(
    request: HttpRequest, organ: Organ, form_class: type[ActForm], **options: Any
) -> HttpResponse:
    facts = [{"label": form_class.title, "value": as_words(organ.names)}]
    return act_page(
        request,
        form_class=form_class,
        record=organ,
        back=organ.get_absolute_url(),
        breadcrumbs=crumbs(organ),
        facts=facts,
        **options,
    )
