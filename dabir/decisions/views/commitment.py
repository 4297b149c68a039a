"""The page of one commitment, its acts, its reports and their evidence."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.words import as_words
from dabir.decisions.forms.activity import REPORT_ACTS, FileReportForm, WithdrawForm
from dabir.decisions.forms.commitment import COMMITMENT_ACTS, STATE_VERBS, EndStepForm
from dabir.decisions.models import Action, ActivityReport, Commitment, Evidence
from dabir.decisions.places import (
    act_url,
    commitment_url,
    crumbs_to_commitment,
    crumbs_to_decision,
    decision_url,
    report_act_url,
)
from dabir.decisions.queries.chain import commitment_with_all, timeline_of_commitment
from dabir.decisions.queries.pages import commitment_page
from dabir.decisions.services import activity
from dabir.decisions.services.agreed import terms_in_force, terms_of
from dabir.decisions.states import COMMITMENTS, Status, Verdict
from dabir.decisions.tables import trail_lines
from dabir.documents.downloads import stored_answer
from dabir.registry.acting import act_page
from dabir.registry.rights import actor_behind, require


def _found(document: str, node: str, number: str) -> Commitment:
    found = commitment_with_all(f"{document}/{node}/{number}")
    if found is None:
        raise Http404
    return found


def may_read(request: HttpRequest, commitment: Commitment) -> None:
    """Readers of the register, and whoever leads the commitment."""
    if not request.user.has_perm("decisions.file_report", commitment):
        require(request.user, "decisions.view_register")


def commitment(request: HttpRequest, document: str, node: str, number: str) -> HttpResponse:
    """A commitment: who, what, until when, what was reported and what may be done now."""
    page = commitment_page(f"{document}/{node}/{number}", timezone.localdate())
    if not page.commitments:
        raise Http404
    found = page.commitments[0]
    may_read(request, found)
    context: dict[str, Any] = {
        "commitment": found,
        "decision": found.decision,
        "decision_url": decision_url(found.decision.public_id),
        "terms": terms_of(list(found.terms.all())[-1]),
        "standing": page.standings.get(found.public_id),
        "reports": [_report_row(request, report) for report in found.reports.all()],
        "actions": list(found.actions.all()),
        "timeline": timeline_of_commitment(found),
        "trail": trail_lines(page.trail),
        "acts": commitment_acts(request, found),
        "may_ask": request.user.has_perm("decisions.ask_for_report"),
        "may_end_step": request.user.has_perm(EndStepForm.right),
        "breadcrumbs": crumbs_to_decision(found.decision),
    }
    return render(request, "decisions/commitment.html", context)


def _report_row(request: HttpRequest, report: ActivityReport) -> dict[str, Any]:
    verdicts = list(report.verdicts.all())
    last = verdicts[-1] if verdicts else None
    state = last.verdict if last and last.verdict != Verdict.REVERSED else "filed"
    open_acts = {"filed": ("accept", "return"), "accepted": ("reverse",), "returned": ()}[state]
    acts = []
    for name in open_acts:
        form = REPORT_ACTS[name]
        holds = request.user.has_perm(form.right)
        own = holds and not request.user.has_perm(form.right, report)
        if holds and not (own and name != "accept"):
            acts.append({"label": form.title, "url": report_act_url(report, name), "own": own})
    return {
        "report": report,
        "words": {report.language: report.text, **report.translations},
        "state": state,
        "verdict": last,
        "evidence": [(item, getattr(item, "withdrawal", None)) for item in report.evidence.all()],
        "acts": acts,
        "may_withdraw": request.user.has_perm(WithdrawForm.right),
    }


def commitment_acts(request: HttpRequest, commitment: Commitment) -> list[dict[str, Any]]:
    """The acts that the reader may take on a commitment in its present status."""
    found = []
    closed = commitment.status in (Status.DONE_ACCEPTED, Status.NOT_APPLICABLE)
    if not closed and request.user.has_perm(FileReportForm.right, commitment):
        url = act_url("commitment_act", commitment.public_id, "report")
        found.append({"label": FileReportForm.title, "url": url, "primary": True})
    for name, form in COMMITMENT_ACTS.items():
        step = STATE_VERBS.get(name)
        possible = step is None or COMMITMENTS.allows(step, commitment.status)
        if possible and request.user.has_perm(form.right):
            url = act_url("commitment_act", commitment.public_id, name)
            found.append({"label": form.title, "url": url, "primary": False})
    return found


def commitment_act(
    request: HttpRequest, document: str, node: str, number: str, act: str
) -> HttpResponse:
    """Take one act on a commitment."""
    form_class = FileReportForm if act == "report" else COMMITMENT_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = _found(document, node, number)
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=commitment_url(found),
        breadcrumbs=crumbs_to_commitment(found),
        facts=_facts(found),
    )


def _facts(commitment: Commitment) -> list[dict[str, Any]]:
    """What stands now, for whoever comes second."""
    terms = terms_in_force(commitment)
    lead = terms.lead.reference()
    facts = [
        {"label": _("What is to be done"), "value": as_words(commitment.titles)},
        {"label": _("Status"), "value": commitment.status, "kind": "status"},
        {"label": _("Lead"), "value": lead.labels if lead else _("nobody yet")},
    ]
    if terms.deadline.on:
        facts.append({"label": _("Due on"), "value": terms.deadline.on, "kind": "day"})
    return facts


def report_act(request: HttpRequest, report: str, act: str) -> HttpResponse:
    """Accept or return a report, or reverse an acceptance."""
    form_class = REPORT_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = get_object_or_404(
        ActivityReport.objects.select_related("commitment__decision__document"), public_id=report
    )
    if request.user.has_perm(form_class.right):
        activity.refuse_own(found, actor_behind(request.user).public_id)
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=commitment_url(found.commitment),
        breadcrumbs=crumbs_to_commitment(found.commitment),
    )


def withdraw_evidence(request: HttpRequest, evidence: str) -> HttpResponse:
    """Withdraw a piece of evidence."""
    found = get_object_or_404(
        Evidence.objects.select_related("report__commitment__decision__document"),
        public_id=evidence,
    )
    return act_page(
        request,
        form_class=WithdrawForm,
        record=found,
        back=commitment_url(found.report.commitment),
        breadcrumbs=crumbs_to_commitment(found.report.commitment),
    )


def end_step(request: HttpRequest, action: str) -> HttpResponse:
    """End a planned step."""
    found = get_object_or_404(
        Action.objects.select_related("commitment__decision__document"), public_id=action
    )
    return act_page(
        request,
        form_class=EndStepForm,
        record=found,
        back=commitment_url(found.commitment),
        breadcrumbs=crumbs_to_commitment(found.commitment),
    )


def evidence_file(request: HttpRequest, evidence: str) -> HttpResponse:
    """Hand out the file of a piece of evidence, always as a download."""
    found = get_object_or_404(
        Evidence.objects.select_related("file", "report__commitment"), public_id=evidence
    )
    may_read(request, found.report.commitment)
    if found.file is None:
        raise Http404
    return stored_answer(found.file)
