"""Signed links: to whom one was given, what it opens until when; and revoking one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import reason_field
from dabir.core.errors import Words
from dabir.messaging.models import SignedLink
from dabir.messaging.services import revoke_link
from dabir.registry.acting import attempt, needs, stamp

LINKS_PER_PAGE = 50
PURPOSES: dict[str, Words] = {
    "report": _("report on a commitment"),
    "edition": _("receive a progress report"),
}


class RevokeForm(forms.Form):
    """Why a link is revoked."""

    reason = reason_field(required=False)


def _state(link: SignedLink) -> Words:
    if link.revoked_at:
        return _("revoked")
    if link.used_at:
        return _("used")
    return _("open") if link.is_open(timezone.localdate()) else _("past its day")


def _row(link: SignedLink) -> dict[str, object]:
    return {
        "link": link,
        "purpose": PURPOSES.get(link.purpose, link.purpose),
        "state": _state(link),
        "may_be_revoked": link.is_open(timezone.localdate()),
    }


@needs("messaging.view_outbox")
def links(request: HttpRequest) -> HttpResponse:
    """Every link that was given, the newest first."""
    given = SignedLink.objects.order_by("-id")
    page = Paginator(given, LINKS_PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "page": page,
        "rows": [_row(link) for link in page],
        "may_revoke": request.user.has_perm("messaging.revoke_link"),
        "breadcrumbs": [
            {"label": _("Outbox"), "url": reverse("messaging:outbox")},
            {"label": _("Signed links")},
        ],
    }
    return render(request, "messaging/links.html", words)


@needs("messaging.revoke_link")
def revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a link invalid before its day, after a second look."""
    link = get_object_or_404(SignedLink, public_id=public_id)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: revoke_link(link=link, reason=reason, **stamp(request))):
            messages.success(request, _("The link is revoked."))
            return redirect("messaging:links")
    words = {
        "title": _("Revoke this link"),
        "consequence": _("Whoever has the link can open nothing by it any more, from now on."),
        "warning": _("A revoked link cannot be opened again; what was sent by it before stays."),
        "verb": _("Revoke"),
        "cancel_url": reverse("messaging:links"),
        "form": form,
        "grave": True,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "core/confirm.html", words, status=status)
