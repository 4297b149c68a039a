"""Writing to the association: a question, or something that is wrong on a page."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.acting import attempt
from dabir.core.words import reader_language
from dabir.readers.public import Written, path_of, received, write_to_us
from dabir.website.forms import CorrectionForm, QuestionForm, page_of
from dabir.website.pages import show
from dabir.website.writing import VisitorForm, open_to_write

RECEIPT = "dabir.website.receipt"
RECEIPT_SECONDS = 3600


@open_to_write
def contact(request: HttpRequest) -> HttpResponse:
    """Write a question or message; the secretariat answers by mail."""
    return _writing(request, QuestionForm, "website/contact.html", _("Write to us"), {})


@open_to_write
def correction(request: HttpRequest) -> HttpResponse:
    """Tell that something is wrong on a page."""
    page = page_of(request.GET.get("page"), request.get_host())
    title = _("Something is wrong on a page")
    initial = {"page": path_of(page)}
    return _writing(request, CorrectionForm, "website/correction.html", title, initial)


def _writing(
    request: HttpRequest,
    form_class: type[VisitorForm],
    template: str,
    title: str,
    initial: dict[str, Any],
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = form_class(sent, request=request, initial=initial)
    if sent is not None and form.is_valid() and (public_id := _received(form)):
        token = signing.TimestampSigner(salt=RECEIPT).sign(public_id)
        return redirect("website:contact_received", token=token)
    context = {"form": form, "is_writing": True}
    status = form.status if sent is not None else 200
    return show(request, template, "", context, crumbs=[(title, "")], status=status)


def _received(form: VisitorForm) -> str:
    """Take it in; a refusal stands at its field, and nothing typed is lost."""
    given = form.cleaned_data
    written = Written(
        kind=form.purpose,
        text=given["text"],
        name=given["name"],
        address=given["address"],
        page=given.get("page", ""),
    )
    now = timezone.now()
    on, language = timezone.localdate(now), reader_language()
    return attempt(form, lambda: write_to_us(written, language=language, on=on, at=now)) or ""


@open_to_write
def contact_received(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: under which number it came. It can be seen for an hour."""
    try:
        public_id = signing.TimestampSigner(salt=RECEIPT).unsign(token, max_age=RECEIPT_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    found = received(public_id)
    if found is None:
        raise Http404
    crumbs = [(_("Write to us"), reverse("website:contact")), (_("It has arrived"), "")]
    return show(
        request, "website/received.html", "", {"receipt": found, "is_writing": True}, crumbs=crumbs
    )
