"""The desk: what waits for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dabir.office.first_steps import first_steps


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the signed-in person."""
    return render(request, "office/desk.html", {"first_steps": first_steps(request)})
