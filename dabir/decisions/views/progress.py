"""Progress reports: the list, the draft with what it lacks, introduction, remarks and previews."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dabir.core.errors import InvalidInput, StaleRecord
from dabir.core.trail import last_recorded_at
from dabir.core.words import as_words, reader_language
from dabir.decisions.forms.progress import DraftForm, IntroductionForm, RemarkForm, filled, words_of
from dabir.decisions.models import Decision, ProgressReport, Remark
from dabir.decisions.places import commitment_url, decision_url
from dabir.decisions.queries.progress import frozen_data, last_edition, reports_listed
from dabir.decisions.report.building import build_report
from dabir.decisions.report.gaps import gaps_of
from dabir.decisions.report.rendering import FORMATS, charts
from dabir.decisions.report.rendering import render as render_report
from dabir.decisions.services import progress
from dabir.decisions.states import REPORTS, ReportState
from dabir.decisions.views.frozen import answer_file
from dabir.registry.acting import attempt, needs, stamp

REMARKS_PER_PAGE = 20


def report_url(report: ProgressReport) -> str:
    """The page of a progress report."""
    return reverse("decisions:progress_report", args=[report.public_id])


def crumbs(report: ProgressReport, *further: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from the list to the report and on."""
    return [
        {"label": _("Progress reports"), "url": reverse("decisions:progress_reports")},
        {"label": report.public_id, "url": report_url(report)},
        *further,
    ]


@needs("decisions.view_register")
def progress_reports(request: HttpRequest) -> HttpResponse:
    """Every progress report, the newest day first."""
    page = Paginator(reports_listed(), 30).get_page(request.GET.get("page"))
    words = {"page": page, "may_draft": request.user.has_perm("decisions.draft_report")}
    return render(request, "decisions/progress_reports.html", words)


@needs("decisions.draft_report")
def draft_report(request: HttpRequest) -> HttpResponse:
    """Begin a report to an organ as of a day."""
    form = DraftForm(request.POST or None, initial={"as_of": timezone.localdate()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        made = attempt(form, lambda: progress.draft_report(**given, **stamp(request)))
        if made:
            messages.success(request, _("The draft is begun. Write the introduction and remarks."))
            return redirect(report_url(made))
    status = 422 if form.is_bound else 200
    return render(request, "decisions/progress_draft.html", {"form": form}, status=status)


def _report(public_id: str) -> ProgressReport:
    reports = ProgressReport.objects.select_related("organ", "since")
    return get_object_or_404(reports, public_id=public_id)


def _data(report: ProgressReport) -> dict[str, Any]:
    """What the report says: of a frozen one its frozen data, of a draft what is known now."""
    edition = last_edition(report) if report.state == ReportState.FROZEN else None
    if edition is not None:
        return frozen_data(edition)
    known_at = last_recorded_at() or timezone.now()
    return build_report(progress.report_request(report, known_at=known_at))


def _charts(data: dict[str, Any]) -> list[charts.Chart]:
    language = reader_language()
    totals: dict[str, dict[str, int]] = {}
    for declaration in data["declarations"]:
        for point in declaration["series"]:
            day = totals.setdefault(point["on"], dict.fromkeys(charts.STATUSES, 0))
            for status in charts.STATUSES:
                day[status] += point[status]
    days = sorted(day for day in totals if day <= data["as_of"])
    silent = [c["silence_days"] for c in data["clauses"] if c["silence_days"] is not None]
    left = [deadline["days"] for deadline in data["deadlines"]]
    found = [charts.status_over_time([{"on": d, **totals[d]} for d in days], language)]
    found += [charts.silence(silent, language)] if silent else []
    found += [charts.deadlines_ahead(left, language)] if left else []
    return [chart for chart in found if chart]


def _counts(data: dict[str, Any]) -> list[dict[str, Any]]:
    binding = data["counts"]["commitments_binding"]
    items = [{"status": status, "number": number} for status, number in binding.items()]
    items.append({"status": "delayed", "number": data["counts"]["delayed"]})
    items.append({"status": "no_information", "number": data["counts"]["no_information"]})
    return items


def _address(public_id: str) -> str:
    """Where a decision, a clause or a commitment (`decision/c1`) is read."""
    parts = public_id.split("/")
    return commitment_url(public_id) if len(parts) > 2 else decision_url(public_id)


def _gaps(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = gaps_of(data)
    named = {clause["id"]: clause["titles"] for clause in data["clauses"]}
    for clause in data["clauses"]:
        named.update({c["id"]: c["titles"] for c in clause["commitments"]})

    def lines(ids: list[str]) -> list[dict[str, Any]]:
        return [{"id": i, "titles": named.get(i), "url": _address(i)} for i in ids]

    return [
        {"label": _("Decisions without a commitment"), "lines": lines(found.without_commitment)},
        {"label": _("Clauses without a decision"), "lines": lines(found.without_decision)},
        {"label": _("Commitments without a lead"), "lines": lines(found.without_lead)},
        {
            "label": _("Decisions without news and without a remark"),
            "lines": lines(found.silent_without_remark),
        },
    ]


KINDS = {
    "silent": _("without news"),
    "changed": _("changed"),
    "remarked": _("with a remark"),
    "all": _("all"),
}


def _clauses_of_kind(data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    changed = {change["id"] for change in data["changes"]}
    tests = {
        "silent": lambda c: c["no_information_since"],
        "changed": lambda c: c["id"] in changed or {x["id"] for x in c["commitments"]} & changed,
        "remarked": lambda c: c["remark"],
        "all": lambda c: True,
    }
    return [clause for clause in data["clauses"] if tests[kind](clause)]


def _remarks(request: HttpRequest, report: ProgressReport, data: dict[str, Any]) -> dict[str, Any]:
    """One page of decisions with the form of their remark."""
    kind = request.GET.get("remarks", "silent")
    kind = kind if kind in KINDS else "silent"
    tabs = [
        {
            "label": label,
            "url": f"?remarks={key}#remarks",
            "current": key == kind,
            "count": len(_clauses_of_kind(data, key)),
        }
        for key, label in KINDS.items()
    ]
    page = Paginator(_clauses_of_kind(data, kind), REMARKS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    ids = [clause["id"] for clause in page]
    keys = dict(Decision.objects.filter(public_id__in=ids).values_list("public_id", "pk"))
    standing = {r.decision_id: r for r in report.remarks.filter(decision_id__in=keys.values())}
    rows = []
    for clause in page:
        key = keys[clause["id"]]
        rows.append(remark_row(report, key, clause, RemarkForm.of(key, standing.get(key))))
    return {"kinds": tabs, "page": page, "rows": rows}


def remark_row(
    report: ProgressReport, key: int, clause: dict[str, Any], form: RemarkForm
) -> dict[str, Any]:
    """What the template of one remark needs."""
    return {
        "key": key,
        "clause": clause,
        "form": form,
        "url": reverse("decisions:remark", args=[report.public_id, key]),
        "decision_url": decision_url(clause["id"]),
    }


def _acts(request: HttpRequest, report: ProgressReport) -> dict[str, Any]:
    user = request.user
    may_sign = user.has_perm("decisions.sign_report")
    return {
        "may_edit": user.has_perm("decisions.draft_report")
        and REPORTS.allows("edit", report.state),
        "may_sign": may_sign,
        "may_send": user.has_perm("decisions.send_report"),
        "may_reopen": may_sign and REPORTS.allows("reopen", report.state),
    }


def _page(
    request: HttpRequest,
    report: ProgressReport,
    *,
    introduction: IntroductionForm | None = None,
    stands: ProgressReport | None = None,
    status: int = 200,
) -> HttpResponse:
    data = _data(report)
    edition = last_edition(report)
    form = introduction or IntroductionForm(
        initial={
            "version": report.version,
            **filled(report.titles, "title"),
            **filled(report.introduction, "introduction"),
        }
    )
    words = {
        "breadcrumbs": crumbs(report),
        "report": report,
        "data": data,
        "known_at": datetime.fromisoformat(data["known_at"]),
        "edition": edition,
        "editions": report.editions.order_by("-number"),
        "counts": _counts(data),
        "bar": data["counts"]["commitments_binding"],
        "charts": _charts(data),
        "gaps": _gaps(data) if report.state != ReportState.FROZEN else [],
        "missing": gaps_of(data).total,
        "form": form,
        "stands": stands,
        "formats": FORMATS,
        "is_draft": report.state == ReportState.DRAFT,
        "is_signed": report.state == ReportState.SIGNED_OFF,
        "is_frozen": report.state == ReportState.FROZEN,
        **_acts(request, report),
    }
    if words["may_edit"]:
        words["remarks"] = _remarks(request, report, data)
    return render(request, "decisions/progress_report.html", words, status=status)


@needs("decisions.view_register")
def progress_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """One report: the draft with what it lacks, or what was signed and frozen."""
    return _page(request, _report(public_id))


@require_POST
@needs("decisions.draft_report")
def edit_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Save title and introduction; who was overtaken sees both texts."""
    report = _report(public_id)
    form = IntroductionForm(request.POST)
    stands = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            progress.edit_report(
                report=report,
                titles=words_of(given, "title"),
                introduction=words_of(given, "introduction"),
                version=given["version"],
                **stamp(request),
            )
        except StaleRecord as refusal:
            form.add_error(None, f"{refusal.message} {refusal.cure}")
            stands = report
            form.data = form.data.copy()
            form.data["version"] = str(report.version)
        except InvalidInput as refusal:
            form.add_error(None, f"{refusal.message} {refusal.cure}".strip())
        else:
            messages.success(request, _("The introduction is saved."))
            return redirect(report_url(report))
    return _page(request, report, introduction=form, stands=stands, status=422)


@require_POST
@needs("decisions.draft_report")
def remark(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Save the remark on one decision, and nothing else of the draft."""
    report = _report(public_id)
    decision = get_object_or_404(Decision, pk=key)
    form = RemarkForm(request.POST, prefix=f"remark-{key}")
    saved, stands = None, None
    if form.is_valid():
        given = form.cleaned_data
        saved = attempt(
            form,
            lambda: progress.remark_on_decision(
                report=report,
                decision=decision,
                text=words_of(given, "text"),
                version=given["version"] or 0,
                **stamp(request),
            ),
        )
        if saved is None:
            stands = Remark.objects.filter(report=report, decision=decision).first()
    if saved and not request.htmx:
        messages.success(request, _("The remark is saved."))
        return redirect(f"{report_url(report)}#remarks")
    if stands:
        form.data = form.data.copy()
        form.data[f"remark-{key}-version"] = str(stands.version)
    clause = {"id": decision.public_id, "titles": as_words(decision.titles)}
    row = remark_row(report, key, clause, RemarkForm.of(key, saved) if saved else form)
    words = {"row": row, "report": report, "saved": bool(saved), "remark_stands": stands}
    name = "decisions/progress_remark.html" if request.htmx else "decisions/progress_remarking.html"
    return render(request, name, words, status=200 if saved else 422)


@needs("decisions.view_register")
def preview(request: HttpRequest, public_id: str, language: str, fmt: str) -> HttpResponse:
    """The report as it would be printed now, in one language and format."""
    report = _report(public_id)
    if language not in dict(settings.LANGUAGES) or fmt not in FORMATS:
        raise Http404
    data = _data(report)
    name = f"{report.public_id}.{language}.{fmt}"
    return answer_file(render_report(data, language, fmt), fmt, name)
