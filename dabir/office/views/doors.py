"""The doors into the installation: the entrance, its health, and the first day."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Whether the installation answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
def entrance(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the desk in the reader's language."""
    return redirect(reverse("office:desk"))


@login_not_required
def first_run(request: HttpRequest) -> HttpResponse:
    """The first day: name the association and its first administrator."""
    return render(request, "office/first_run.html")
