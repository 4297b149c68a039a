"""The desk: what waits for me."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.errors import NotAllowed
from dabir.office.first_steps import first_steps
from dabir.office.forms import DeskMailForm
from dabir.office.waiting import what_waits
from dabir.registry.acting import attempt, stamp
from dabir.registry.rights import person_of


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the signed-in person."""
    today = timezone.localdate()
    waiting = what_waits(request.user, today, whole=request.GET.get("all", ""))
    context: dict[str, Any] = {
        "first_steps": first_steps(request),
        "waiting": waiting,
        "counts": [
            {"label": part.title, "number": part.number, "url": f"#{part.key}"} for part in waiting
        ],
        "today": today,
    }
    return render(request, "office/desk.html", context)


def desk_mail(request: HttpRequest) -> HttpResponse:
    """Have one's own desk by mail every week, or no longer: everybody for themselves."""
    person = person_of(request.user)
    if person is None:
        raise NotAllowed
    form = DeskMailForm(request.POST or None, person=person)
    if form.is_bound and form.is_valid() and attempt(form, lambda: form.wish(**stamp(request))):
        messages.success(request, _("Your choice is kept."))
        return redirect("office:desk")
    status = 422 if form.is_bound else 200
    return render(request, "office/desk_mail.html", {"form": form}, status=status)
