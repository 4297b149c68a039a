"""The list of received texts, receiving, and how far a reading is."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dabir.core.words import number_said
from dabir.core.work import progress_of
from dabir.intake.forms.receiving import ReceiveForm
from dabir.intake.models import Receipt
from dabir.intake.queries.reviews import receipts_listed
from dabir.intake.services.receiving import MOST_BYTES, receive_text, refuse_large
from dabir.intake.states import STATE_MARKS, ReceiptState
from dabir.intake.tasks import begin_reading
from dabir.registry.acting import attempt, needs, stamp
from dabir.text.readers import REFUSALS

ROWS_PER_PAGE = 50


def refusal_said(receipt: Receipt) -> str:
    """Why a text was not read, in the reader's language."""
    refusal = receipt.refusal or {}
    sentence = REFUSALS.get(refusal.get("code", ""), "")
    params = {k: number_said(str(v)) for k, v in (refusal.get("params") or {}).items()}
    return plain(sentence) % params if sentence else ""


def crumbs(*more: dict[str, str]) -> list[dict[str, str]]:
    """The way from the list of received texts."""
    return [{"label": plain("Received texts"), "url": reverse("intake:receipts")}, *more]


@needs("intake.view_receipt")
def receipts(request: HttpRequest) -> HttpResponse:
    """Every received text with how far it is, newest first."""
    page = Paginator(receipts_listed(), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "receipt": receipt,
            "url": receipt.get_absolute_url(),
            "mark": STATE_MARKS[ReceiptState(receipt.state)],
            "why": refusal_said(receipt) if receipt.refusal else "",
            "is_open": receipt.state == ReceiptState.REVIEW,
        }
        for receipt in page
    ]
    may = request.user.has_perm("intake.receive_text")
    words = {"rows": rows, "page": page, "may_receive": may, "breadcrumbs": crumbs()}
    return render(request, "intake/receipts.html", words)


@needs("intake.receive_text")
def receive(request: HttpRequest) -> HttpResponse:
    """Drop files or paste a text; each is read by the worker, each has its own result."""
    initial = {"purpose": "new", "language": request.LANGUAGE_CODE[:2]}
    initial |= {name: request.GET[name] for name in ("purpose", "document") if name in request.GET}
    form = ReceiveForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_bound and form.is_valid():
        taken = attempt(form, lambda: _take_in(form, stamp(request)))
        if taken:
            refused = sum(one.state == ReceiptState.REFUSED for one in taken)
            _tell(request, len(taken), refused)
            if len(taken) == 1:
                return redirect(taken[0].get_absolute_url())
            return redirect("intake:receipts")
    words = {"form": form, "breadcrumbs": crumbs()}
    return render(request, "intake/receive.html", words, status=422 if form.is_bound else 200)


def _take_in(form: ReceiveForm, signed: dict[str, Any]) -> list[Receipt]:
    nature, taken = form.nature(), []
    for file in form.cleaned_data["files"] or []:
        if (file.size or 0) >= MOST_BYTES:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            said = {"name": file.name or "", "size": file.size, "sha256": digest.hexdigest()}
            taken.append(refuse_large(nature=nature, **said, **signed))
            continue
        taken.append(receive_text(data=file.read(), name=file.name, nature=nature, **signed))
    text = form.cleaned_data["text"]
    if text and text.strip():
        name = plain("Pasted text") + ".txt"
        taken.append(receive_text(data=text.encode(), name=name, nature=nature, **signed))
    for one in taken:
        if one.state == ReceiptState.WAITING:
            begin_reading(one, by=signed["by"], on=signed["on"])
    return taken


def _tell(request: HttpRequest, count: int, refused: int) -> None:
    said = ngettext("%(count)s text is received.", "%(count)s texts are received.", count)
    messages.success(request, said % {"count": number_said(count)})
    if refused:
        said = ngettext(
            "%(count)s of them cannot be read; the list says why.",
            "%(count)s of them cannot be read; the list says why.",
            refused,
        )
        messages.warning(request, said % {"count": number_said(refused)})


def waiting_page(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """How far the reading is; the page asks again by itself and can be left."""
    found = progress_of(receipt.work_id) if receipt.work_id else None
    language = request.LANGUAGE_CODE[:2]
    words = {
        "receipt": receipt,
        "found": found,
        "said": found.words.get(language, "") if found else "",
        "is_going_on": bool(found and found.state in ("waiting", "running")),
        "breadcrumbs": crumbs({"label": receipt.name}),
        "may_receive": request.user.has_perm("intake.receive_text"),
    }
    name = "intake/waiting_part.html" if request.htmx else "intake/waiting.html"
    return render(request, name, words)


@needs("intake.view_receipt")
def progress(request: HttpRequest, receipt: str) -> HttpResponse:
    """The part of the page that asks again; once the text was read it leads on."""
    found = get_object_or_404(Receipt, public_id=receipt)
    if found.state == ReceiptState.WAITING:
        return waiting_page(request, found)
    if request.htmx:
        answer = HttpResponse()
        answer["HX-Redirect"] = found.get_absolute_url()
        return answer
    return redirect(found.get_absolute_url())


@require_POST
@needs("intake.receive_text")
def read_again(request: HttpRequest, receipt: str) -> HttpResponse:
    """Hand a text to the worker again whose reading did not end."""
    found = get_object_or_404(Receipt, public_id=receipt, state=ReceiptState.WAITING)
    signed = stamp(request)
    begin_reading(found, by=signed["by"], on=signed["on"])
    messages.success(request, _("The text is read again."))
    return redirect(found.get_absolute_url())
