"""Signing a report off, freezing it, its editions, and sending them to the organ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.components.words import digits
from dabir.core.errors import Words
from dabir.core.reference import Reference
from dabir.core.work import progress_of
from dabir.decisions.forms.progress import (
    OthersForm,
    ReasonForm,
    ReceiptForm,
    RecipientForm,
    SignatureForm,
)
from dabir.decisions.models import Dispatch, Edition, ProgressReport
from dabir.decisions.queries.progress import dispatches_of, edition_with_code, why_reopened
from dabir.decisions.queries.recipients import recipients_of
from dabir.decisions.services import progress, sending
from dabir.decisions.services.publishing import is_published
from dabir.decisions.services.sending import Addressee
from dabir.decisions.states import REPORTS
from dabir.decisions.tasks import begin_freezing, freezing_of
from dabir.decisions.views.frozen import answer_file, sent_for
from dabir.decisions.views.progress import crumbs, report_url
from dabir.decisions.views.received import received_address
from dabir.registry.acting import attempt, needs, stamp


@dataclass(frozen=True)
class _Look:
    """The second look before a grave act."""

    title: Words
    consequence: Words
    verb: Words
    warning: Words = ""
    grave: bool = False


def _second_look(
    request: HttpRequest, report: ProgressReport, look: _Look, form: Any = None, status: int = 200
) -> HttpResponse:
    words = {
        "title": look.title,
        "consequence": look.consequence,
        "warning": look.warning,
        "verb": look.verb,
        "cancel_url": report_url(report),
        "form": form,
        "grave": look.grave,
    }
    return render(request, "core/confirm.html", words, status=status)


def _report(public_id: str) -> ProgressReport:
    reports = ProgressReport.objects.select_related("organ", "since")
    return get_object_or_404(reports, public_id=public_id)


def _edition(public_id: str, number: int) -> Edition:
    editions = Edition.objects.select_related("report__organ", "data")
    return get_object_or_404(editions, report__public_id=public_id, number=number)


def edition_url(edition: Edition) -> str:
    """The page of an edition."""
    return reverse("decisions:edition", args=[edition.report.public_id, edition.number])


@needs("decisions.sign_report")
def sign_off(request: HttpRequest, public_id: str) -> HttpResponse:
    """The Secretary General's signature, after a second look."""
    report = _report(public_id)
    form = SignatureForm(request.POST or None, initial={"version": report.version})
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        act = progress.sign_off_report
        if attempt(form, lambda: act(report=report, version=version, **stamp(request))):
            messages.success(request, _("The report is signed off."))
            return redirect(report_url(report))
    look = _Look(
        title=_("Sign this report off"),
        consequence=_(
            "Your name and today's date stand on it. Introduction and remarks can no longer be "
            "edited; then it can be frozen and sent."
        ),
        verb=_("Sign off"),
        warning=_("The signature can be taken back until the report is frozen, not afterwards."),
    )
    return _second_look(request, report, look, form, 422 if form.is_bound else 200)


@needs("decisions.sign_report")
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the signature back, with the reason."""
    look = _Look(
        title=_("Take the signature back"),
        consequence=_("The report is a draft again and can be edited."),
        verb=_("Take back"),
        warning=_("The trail keeps that it was signed, and why it was taken back."),
    )
    return _with_reason(request, _report(public_id), look, progress.take_back_signature)


@needs("decisions.sign_report")
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a frozen report for a new edition, saying what was wrong."""
    look = _Look(
        title=_("Make a new edition"),
        consequence=_(
            "The report is opened again as a draft. The edition before stays as it is, with its "
            "verification code and its files."
        ),
        verb=_("Open for a new edition"),
        warning=_("The reason is printed in the new edition's record and in the trail."),
    )
    return _with_reason(request, _report(public_id), look, progress.reopen_report)


def _with_reason(
    request: HttpRequest, report: ProgressReport, look: _Look, act: Any
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: act(report=report, reason=reason, **stamp(request))):
            messages.success(request, _("The report is a draft again."))
            return redirect(report_url(report))
    return _second_look(request, report, look, form, 422 if form.is_bound else 200)


@needs("decisions.sign_report")
def freeze(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand the freezing to the worker and go to the page that shows how far it is."""
    report = _report(public_id)
    if request.method == "POST":
        REPORTS.target("freeze", report.state)
        signed = stamp(request)
        begin_freezing(report, by=signed["by"], on=signed["on"], reason=why_reopened(report))
        return redirect("decisions:freezing", report.public_id)
    look = _Look(
        title=_("Freeze this report"),
        consequence=_(
            "Its data and its eight files (Persian and English; web page, PDF, Word, data) are "
            "kept for ever with their hashes and a verification code."
        ),
        verb=_("Freeze"),
        warning=_("A frozen edition is never changed. A mistake found later makes a new edition."),
    )
    return _second_look(request, report, look)


@needs("decisions.view_register")
def freezing(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the freezing is; the page asks again by itself and can be left."""
    report = _report(public_id)
    work_id = freezing_of(report)
    if work_id is None:
        return redirect(report_url(report))
    found = progress_of(work_id)
    if found.state == "done":
        messages.success(request, _("The report is frozen."))
        address = report_url(report)
        if request.htmx:
            answer = HttpResponse()
            answer["HX-Redirect"] = address
            return answer
        return redirect(address)
    language = request.LANGUAGE_CODE[:2]
    words = {"report": report, "found": found, "said": found.words.get(language, "")}
    name = (
        "decisions/progress_freezing_part.html"
        if request.htmx
        else "decisions/progress_freezing.html"
    )
    return render(request, name, words)


@needs("decisions.view_register")
def edition(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One frozen edition: its code, its files with their hashes, who received it."""
    shown = _edition(public_id, number)
    dispatches = dispatches_of(shown)
    words = {
        "breadcrumbs": crumbs(shown.report, {"label": _("Edition %(n)s") % {"n": digits(number)}}),
        "edition": shown,
        "report": shown.report,
        "files": shown.files.select_related("file").order_by("language", "format"),
        "dispatches": [(d, list(d.receipts.all())) for d in dispatches],
        "verify_url": request.build_absolute_uri(
            reverse("decisions:verify", args=[shown.verification_code])
        ),
        "may_send": request.user.has_perm("decisions.send_report"),
        "is_published": is_published(shown),
        "may_publish": request.user.has_perm("decisions.publish_edition"),
    }
    return render(request, "decisions/edition.html", words)


@needs("decisions.view_register")
def edition_file(
    request: HttpRequest, public_id: str, number: int, language: str, fmt: str
) -> HttpResponse:
    """The frozen bytes of one file, checked against their hash before they are given out."""
    shown = _edition(public_id, number)
    row = shown.files.select_related("file").filter(language=language, format=fmt).first()
    if row is None:
        raise Http404
    content = progress.edition_bytes(shown, language=language, fmt=fmt)
    return answer_file(content, fmt, row.file.name, download=sent_for(request))


def _recipient_rows(request: HttpRequest, shown: Edition, on: Any) -> list[dict[str, Any]]:
    data = request.POST or None
    return [
        {
            "recipient": found,
            "form": RecipientForm(
                data,
                prefix=f"to-{place}",
                initial={"included": True, "language": found.language},
            ),
        }
        for place, found in enumerate(recipients_of(organ=shown.report.organ, on=on))
    ]


def _addressees(rows: list[dict[str, Any]], others: OthersForm) -> list[Addressee]:
    chosen = [
        Addressee(
            row["recipient"].reference,
            row["form"].cleaned_data["language"],
            row["recipient"].contact,
        )
        for row in rows
        if row["form"].cleaned_data["included"]
    ]
    language = others.cleaned_data["others_language"]
    chosen += [
        Addressee(Reference("address", name[:120], {language: name}), language)
        for name in others.names()
    ]
    return chosen


@needs("decisions.send_report")
def send(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The list of recipients from the seats of the organ; letters go into the outbox."""
    shown = _edition(public_id, number)
    signed = stamp(request)
    rows = _recipient_rows(request, shown, signed["on"])
    others = OthersForm(request.POST or None, initial={"others_language": request.LANGUAGE_CODE})
    if request.method == "POST":
        forms_ = [row["form"] for row in rows]
        if all(form.is_valid() for form in [*forms_, others]):
            addressees = _addressees(rows, others)
            if not addressees:
                others.add_error(None, str(_("Choose at least one recipient.")))
            else:
                sent = attempt(
                    others,
                    lambda: sending.send_edition(
                        edition=shown,
                        addressees=addressees,
                        address_of=partial(received_address, request),
                        **signed,
                    ),
                )
                if sent is not None:
                    text = _("%(count)s letters stand in the outbox.") % {
                        "count": digits(len(sent))
                    }
                    messages.success(request, text)
                    return redirect(edition_url(shown))
    words = {"edition": shown, "report": shown.report, "rows": rows, "others": others}
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/edition_send.html", words, status=status)


@needs("decisions.send_report")
def receipt(request: HttpRequest, public_id: str, number: int, key: int) -> HttpResponse:
    """Note who received an edition and when."""
    shown = _edition(public_id, number)
    dispatch = get_object_or_404(Dispatch.objects.select_related("letter"), pk=key, edition=shown)
    form = ReceiptForm(request.POST or None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        noted = attempt(
            form, lambda: sending.note_receipt(dispatch=dispatch, **given, **stamp(request))
        )
        if noted:
            messages.success(request, _("The receipt is noted."))
            return redirect(edition_url(shown))
    words = {"edition": shown, "dispatch": dispatch, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "decisions/edition_receipt.html", words, status=status)


@login_not_required
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a printed code belongs to an edition; open to everybody, and says no more."""
    asked = request.GET.get("code", "") or code
    shown = edition_with_code(asked) if asked else None
    files = shown.files.select_related("file").order_by("language", "format") if shown else []
    words = {"asked": asked, "edition": shown, "files": files}
    return render(
        request, "decisions/verify.html", words, status=404 if asked and not shown else 200
    )
