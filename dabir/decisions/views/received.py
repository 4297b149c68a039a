"""A frozen report for one to whom it was sent, by the link of the letter, without an account."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from dabir.decisions.services.progress import edition_bytes
from dabir.decisions.services.sending import EDITION_PURPOSE, dispatch_behind, open_edition
from dabir.decisions.views.answer import slow_down
from dabir.decisions.views.frozen import answer_file, sent_for
from dabir.messaging.services import LinkRefused, open_link
from dabir.registry.acting import attempt


class ReceivedForm(forms.Form):
    """Who has received the report."""

    received_by = forms.CharField(label=_("Your name and post"), max_length=200)


def received_address(request: HttpRequest, token: str, language: str) -> str:
    """The full address of the page, in the language of its reader."""
    with translation.override(language):
        return request.build_absolute_uri(reverse("decisions:received", args=[token]))


@login_not_required
@never_cache
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The report behind a link: who received it is asked once, then its files are given.

    Looking at the page records nothing: programs that try the links of a letter receive no report.
    """
    if slow_down(request):
        return render(request, "429.html", status=429)
    try:
        link = open_link(
            token=token, purpose=EDITION_PURPOSE, on=timezone.localdate(), reader=request.user
        )
        dispatch = dispatch_behind(link)
    except LinkRefused as refusal:
        return render(
            request, "decisions/answer_refused.html", {"refusal": refusal}, status=refusal.status
        )
    form = ReceivedForm(request.POST or None)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        name = form.cleaned_data["received_by"]
        day = timezone.localdate(now)
        if attempt(form, lambda: open_edition(link=link, received_by=name, on=day, at=now)):
            return redirect("decisions:received", token)
    receipts = dispatch.receipts.filter(how="opened").order_by("id")
    edition = dispatch.edition
    words = {
        "form": form,
        "link": link,
        "token": token,
        "edition": edition,
        "report": edition.report,
        "receipts": receipts,
        "files": edition.files.select_related("file").order_by("language", "format"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "decisions/received.html", words, status=status)


@login_not_required
@never_cache
def received_file(request: HttpRequest, token: str, language: str, fmt: str) -> HttpResponse:
    """One file of the report, for whoever has said that it arrived."""
    try:
        link = open_link(
            token=token, purpose=EDITION_PURPOSE, on=timezone.localdate(), reader=request.user
        )
        dispatch = dispatch_behind(link)
    except LinkRefused as refusal:
        return render(
            request, "decisions/answer_refused.html", {"refusal": refusal}, status=refusal.status
        )
    if not dispatch.receipts.filter(how="opened").exists():
        return redirect("decisions:received", token)
    files = dispatch.edition.files.select_related("file")
    row = files.filter(language=language, format=fmt).first()
    if row is None:
        raise Http404
    content = edition_bytes(dispatch.edition, language=language, fmt=fmt)
    return answer_file(content, fmt, row.file.name, download=sent_for(request))
