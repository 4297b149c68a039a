"""The outbox: letters that wait, go, are printed, withdrawn or received."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dabir.core.errors import DomainError, InvalidInput
from dabir.core.fileanswer import file_answer
from dabir.core.words import number_said
from dabir.documents.downloads import stored_answer
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.messaging.forms.outbox import OutboxFilter, ReceiptForm
from dabir.messaging.models import Letter
from dabir.messaging.printing import print_letter, print_together
from dabir.messaging.queries import counts_by_state, letters_listed, readings_of
from dabir.messaging.services import (
    record_letter_printed,
    record_receipt,
    send_letter,
    withdraw_letter,
)
from dabir.messaging.services.reading import carries_link, record_reading
from dabir.messaging.states import LETTERS
from dabir.registry.acting import attempt, needs, stamp
from dabir.registry.rights import require

LETTERS_PER_PAGE = 50
MOST_TOGETHER = 200


@needs("messaging.view_outbox")
def outbox(request: HttpRequest) -> HttpResponse:
    """Letters by state, the newest first."""
    form = OutboxFilter(request.GET or None)
    page = Paginator(form.narrowed(letters_listed()), LETTERS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = [
        {
            "status": state,
            "number": number,
            "url": f"?state={state}",
            "current": request.GET.get("state") == state,
        }
        for state, number in counts_by_state().items()
    ]
    words = {
        "form": form,
        "page": page,
        "counts": counts,
        "rows": [(letter, LETTERS.allows("print", letter.state)) for letter in page],
        "may_write": request.user.has_perm("messaging.write_letter"),
        "may_remind": request.user.has_perm("decisions.ask_for_report"),
    }
    return render(request, "messaging/outbox.html", words)


def _letter(request: HttpRequest, public_id: str) -> Letter:
    """The letter, for a reader who may read it."""
    letter = get_object_or_404(Letter.objects.select_related("contact"), public_id=public_id)
    require(request.user, "messaging.send_letter", letter)
    return letter


def letter_url(letter: Letter) -> str:
    """The page of a letter."""
    return reverse("messaging:letter", args=[letter.public_id])


def _why_not_sent(letter: Letter) -> object:
    if not settings.EMAIL_HOST:
        return _("No mail server is set up: print or copy the letter.")
    if not letter.mail_address():
        return _("No e-mail address is known: print the letter.")
    return ""


@needs("messaging.view_outbox")
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """One letter as it will go, and what can be done with it."""
    shown = _letter(request, public_id)
    record_reading(letter=shown, how="screen", **stamp(request))
    words = {
        "letter": shown,
        "carries_link": carries_link(shown),
        "readings": readings_of(shown),
        "attachments": list(shown.attachments.all()),
        "why_not_sent": _why_not_sent(shown),
        "may_go": LETTERS.allows("print", shown.state),
        "waits_for_signature": shown.state == "drafted",
        "may_sign": request.user.has_perm("messaging.sign_letter", shown),
        "has_left": shown.state in ("sent", "printed"),
        "breadcrumbs": [
            {"label": _("Outbox"), "url": reverse("messaging:outbox")},
            {"label": shown.number},
        ],
    }
    return render(request, "messaging/letter.html", words)


@needs("messaging.view_outbox")
def letter_file(request: HttpRequest, public_id: str, fmt: str) -> HttpResponse:
    """The letter on letterhead."""
    if fmt not in ("pdf", "docx"):
        raise Http404
    shown = _letter(request, public_id)
    record_reading(letter=shown, how=fmt, **stamp(request))
    name = f"{shown.number.replace('/', '-')}.{fmt}"
    return file_answer(print_letter(shown, fmt), MEDIA_TYPES[fmt], name, inline=fmt == "pdf")


@needs("messaging.view_outbox")
def attachment(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """A file that goes with the letter."""
    shown = _letter(request, public_id)
    file = get_object_or_404(shown.attachments, sha256=sha256)
    return stored_answer(file)


@require_POST
@needs("messaging.view_outbox")
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send by the mail server; a failure is kept with the letter."""
    sent = send_letter(letter=_letter(request, public_id), **stamp(request))
    if sent.state == "failed":
        messages.error(request, _("The mail server did not take the letter."))
    else:
        messages.success(request, _("The letter is sent."))
    return redirect(letter_url(sent))


@require_POST
@needs("messaging.view_outbox")
def mark_printed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record that the letter was printed, copied or handed over."""
    done = record_letter_printed(letter=_letter(request, public_id), **stamp(request))
    messages.success(request, _("The letter is marked as printed or handed over."))
    return redirect(letter_url(done))


@needs("messaging.view_outbox")
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a letter back that has not left, after a second look."""
    shown = _letter(request, public_id)
    if request.method == "POST":
        withdraw_letter(letter=shown, **stamp(request))
        messages.success(request, _("The letter is withdrawn."))
        return redirect(letter_url(shown))
    words = {
        "title": _("Withdraw this letter"),
        "consequence": _("It does not go out, and is not written again by itself."),
        "warning": _("A withdrawn letter cannot be put back into the outbox."),
        "verb": _("Withdraw"),
        "cancel_url": letter_url(shown),
        "grave": True,
    }
    return render(request, "core/confirm.html", words)


@needs("messaging.view_outbox")
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record who received the letter and when."""
    shown = _letter(request, public_id)
    form = ReceiptForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: record_receipt(letter=shown, **given, **stamp(request))):
            messages.success(request, _("The receipt is noted."))
            return redirect(letter_url(shown))
    words = {"letter": shown, "form": form}
    return render(request, "messaging/receipt.html", words, status=422 if form.is_bound else 200)


def _chosen(request: HttpRequest) -> list[Letter]:
    ids = request.POST.getlist("letter")
    if not ids or len(ids) > MOST_TOGETHER:
        raise InvalidInput(
            _("Choose between one and %(most)s letters.") % {"most": number_said(MOST_TOGETHER)},
            cure=_("Tick them in the list and try again."),
        )
    letters = Letter.objects.filter(public_id__in=ids).select_related("contact")
    found = list(letters.prefetch_related("attachments").order_by("number"))
    for one in found:
        require(request.user, "messaging.send_letter", one)
    return found


@require_POST
@needs("messaging.view_outbox")
def together(request: HttpRequest) -> HttpResponse:
    """The chosen letters as one PDF, or marked as printed: all of them or none."""
    letters = _chosen(request)
    if request.POST.get("act") == "print":
        for one in letters:
            record_reading(letter=one, how="pdf", **stamp(request))
        return file_answer(print_together(letters), "application/pdf", "letters.pdf", inline=True)
    if request.POST.get("act") != "printed":
        raise DomainError
    signed = stamp(request)
    with transaction.atomic():
        for one in letters:
            record_letter_printed(letter=one, **signed)
    text = _("%(count)s letters are marked as printed or handed over.") % {
        "count": number_said(len(letters))
    }
    messages.success(request, text)
    return redirect("messaging:outbox")
