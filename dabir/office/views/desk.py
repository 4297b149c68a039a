"""The desk: what waits for me."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dabir.office.first_steps import first_steps
from dabir.office.waiting import what_waits


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
