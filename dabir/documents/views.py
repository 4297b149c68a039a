"""Bringing a table in: the subjects, the template, the trial without effect, the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dabir.core.errors import Words
from dabir.core.words import reader_language
from dabir.core.work import progress_of
from dabir.documents.downloads import table_answer
from dabir.documents.forms import ConfirmForm, TableForm
from dabir.documents.importing import (
    ACTS_AT_ONCE,
    SUBJECTS,
    Subject,
    confirm_import,
    drop_import,
    try_import,
)
from dabir.documents.models import ImportRun
from dabir.documents.tabular.table import Column, Table
from dabir.documents.tasks import begin_import, import_work_of
from dabir.registry.acting import attempt, needs, stamp
from dabir.registry.rights import require

ROWS_PER_PAGE = 100
ALWAYS: dict[str, Words] = {"nothing": _("Nothing changes"), "refused": _("Refused")}


def run_url(run: ImportRun) -> str:
    """The page of one import."""
    return reverse("documents:import_run", args=[run.public_id])


def _runs(keys: list[str]) -> Any:
    return ImportRun.objects.filter(subject__in=keys).select_related("file").order_by("-tried_at")


def _told_runs(keys: list[str]) -> list[dict[str, Any]]:
    return [{"run": run, "subject": SUBJECTS[run.subject].label} for run in _runs(keys)[:10]]


@needs("documents.bring_table")
def imports(request: HttpRequest) -> HttpResponse:
    """What can be brought in by this reader, and the last tables."""
    subjects = [s for s in SUBJECTS.values() if request.user.has_perm(s.right)]
    words = {"subjects": subjects, "runs": _told_runs([s.key for s in subjects])}
    return render(request, "documents/imports.html", words)


def _subject(request: HttpRequest, key: str) -> Subject:
    subject = SUBJECTS.get(key)
    if subject is None:
        raise Http404
    require(request.user, subject.right)
    return subject


@needs("documents.bring_table")
def import_table(request: HttpRequest, subject: str) -> HttpResponse:
    """Choose a file; it is read and tried, and nothing is entered."""
    if subject not in SUBJECTS and ImportRun.objects.filter(public_id=subject).exists():
        return redirect("documents:import_run", subject)  # an address noted before
    about = _subject(request, subject)
    form = TableForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        run = attempt(
            form,
            lambda: try_import(
                about,
                data=file.read(),
                name=file.name,
                media_type=file.content_type or "application/octet-stream",
                **stamp(request),
            ),
        )
        if run:
            return redirect(run_url(run))
    language = reader_language()
    words = {
        "form": form,
        "subject": about,
        "columns": [
            {"heading": column.headings, "help": column.help[language]} for column in about.columns
        ],
        "runs": _told_runs([about.key]),
        "breadcrumbs": [
            {"label": _("Import"), "url": reverse("documents:imports")},
            {"label": about.label},
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "documents/import.html", words, status=status)


@needs("documents.bring_table")
def import_template(request: HttpRequest, subject: str, fmt: str) -> HttpResponse:
    """An empty table with the headings in the reader's language and what each column takes."""
    about = _subject(request, subject)
    if fmt not in ("xlsx", "csv"):
        raise Http404
    language = reader_language()
    table = Table(
        title=str(about.label),
        columns=[Column(column.key, column.headings[language]) for column in about.columns],
        rows=[],
        notes=[f"{column.headings[language]}: {column.help[language]}" for column in about.columns],
    )
    return table_answer(table, fmt, language, f"{about.key}.{language}")


def _row(about: Subject, told: dict[str, Any]) -> dict[str, Any]:
    wrong = told["refused"]
    acts = [
        {
            "kind": act["kind"],
            "label": about.kinds[act["kind"]],
            "id": act["id"],
            "changes": [
                {
                    "name": plain(name),
                    "before": _said(about, change["before"]),
                    "after": _said(about, change["after"]),
                }
                for name, change in act["changes"].items()
            ],
        }
        for act in told["acts"]
    ]
    return {
        "number": told["row"],
        "titles": told["titles"],
        "acts": acts,
        "why": plain(wrong["text"]) % wrong["params"] if wrong else "",
    }


def _said(about: Subject, value: Any) -> str:
    """A value as one line: what is empty is left out."""
    value = about.said(value)
    if isinstance(value, dict):
        return " · ".join(_said(about, v) for v in value.values() if v)
    if isinstance(value, list):
        return " | ".join(str(v) for v in value if v)
    return str(value or "–")


def _shown(about: Subject, plan: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    if kind == "refused":
        return [row for row in plan["rows"] if row["refused"]]
    if kind == "nothing":
        return [row for row in plan["rows"] if not row["refused"] and not row["acts"]]
    if kind in about.kinds:
        return [row for row in plan["rows"] if any(a["kind"] == kind for a in row["acts"])]
    return list(plan["rows"])


def _links(about: Subject, plan: dict[str, Any]) -> list[dict[str, str]]:
    acts = (act for row in plan["rows"] if not row["refused"] for act in row["acts"])
    found = {act["id"]: about.address(act) for act in acts}
    return [{"id": number, "url": url} for number, url in found.items() if url]


def _changing(about: Subject, plan: dict[str, Any]) -> int:
    return sum(plan["counts"][kind] for kind in about.kinds)


def _page(
    request: HttpRequest, run: ImportRun, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    plan, about = run.plan, SUBJECTS[run.subject]
    kind = request.GET.get("show", "")
    counts = [
        {
            "label": label,
            "number": plan["counts"][key],
            "url": f"?show={key}",
            "current": key == kind,
        }
        for key, label in {**about.kinds, **ALWAYS}.items()
    ]
    page = Paginator(_shown(about, plan, kind), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    work = import_work_of(run)
    words = {
        "run": run,
        "subject": about,
        "counts": counts,
        "page": page,
        "rows": [_row(about, told) for told in page],
        "warnings": [plain(w["text"]) % w["params"] for w in plan["warnings"]],
        "changing": _changing(about, plan),
        "refused": plan["counts"]["refused"],
        "form": form or ConfirmForm(initial={"version": run.version}),
        "is_open": run.state == "tried",
        "is_done": run.state == "confirmed",
        "links": _links(about, plan)[:200] if run.state == "confirmed" else [],
        "work": progress_of(work) if work else None,
        "breadcrumbs": [
            {"label": _("Import"), "url": reverse("documents:imports")},
            {"label": about.label, "url": reverse("documents:import", args=[about.key])},
            {"label": run.file.name},
        ],
    }
    return render(request, "documents/import_run.html", words, status=status)


def _run(request: HttpRequest, public_id: str) -> ImportRun:
    run = get_object_or_404(ImportRun.objects.select_related("file"), public_id=public_id)
    _subject(request, run.subject)
    return run


@needs("documents.bring_table")
def import_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the table would change, row by row; after the confirmation what it changed."""
    return _page(request, _run(request, public_id))


@require_POST
@needs("documents.bring_table")
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter all that was shown, at once or, when it is much, by the worker."""
    run = _run(request, public_id)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        counts = run.plan["counts"]
        acts = _changing(SUBJECTS[run.subject], run.plan)
        if acts > ACTS_AT_ONCE and (given["leave_out_refused"] or not counts["refused"]):
            signed = stamp(request)
            begin_import(run, by=signed["by"], on=signed["on"], **given)
            return redirect(run_url(run))
        done = attempt(form, lambda: confirm_import(run=run, **given, **stamp(request)))
        if done:
            messages.success(request, _("The table is entered."))
            return redirect(run_url(run))
    return _page(request, run, form, 422)


@require_POST
@needs("documents.bring_table")
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leave the table; nothing of it was entered."""
    run = drop_import(run=_run(request, public_id), **stamp(request))
    messages.success(request, _("The table is dropped. Nothing of it was entered."))
    return redirect("documents:import", run.subject)
