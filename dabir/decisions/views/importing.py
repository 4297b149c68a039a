"""Bringing a table in: the template, the trial without effect, the confirmation, the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dabir.core.work import progress_of
from dabir.decisions.forms.importing import ConfirmForm, TableForm
from dabir.decisions.importing.columns import COLUMNS
from dabir.decisions.models import ImportRun
from dabir.decisions.places import commitment_url, decision_url
from dabir.decisions.services.importing import (
    ACTS_AT_ONCE,
    confirm_import,
    drop_import,
    try_import,
)
from dabir.decisions.states import DEADLINE_TYPES
from dabir.decisions.tasks import begin_import, import_work_of
from dabir.documents.tabular.export import MEDIA_TYPES, export_table
from dabir.documents.tabular.table import Column, Table
from dabir.registry.acting import attempt, needs, stamp

ROWS_PER_PAGE = 100
KIND_WORDS = {
    "decision": _("New decision"),
    "commitment": _("New commitment"),
    "terms": _("Changed terms"),
    "report": _("Past report"),
    "nothing": _("Nothing changes"),
    "refused": _("Refused"),
}


def _language() -> str:
    return (get_language() or "en")[:2]


def run_url(run: ImportRun) -> str:
    """The page of one import."""
    return reverse("decisions:import_run", args=[run.public_id])


@needs("decisions.import_register")
def import_table(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is read and tried, and nothing is entered."""
    form = TableForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        run = attempt(
            form,
            lambda: try_import(
                data=file.read(),
                name=file.name,
                media_type=file.content_type or "application/octet-stream",
                **stamp(request),
            ),
        )
        if run:
            return redirect(run_url(run))
    language = _language()
    words = {
        "form": form,
        "columns": [
            {"heading": column.headings, "help": column.help[language]} for column in COLUMNS
        ],
        "runs": ImportRun.objects.select_related("file").order_by("-tried_at")[:10],
    }
    status = 422 if form.is_bound else 200
    return render(request, "decisions/import.html", words, status=status)


@needs("decisions.import_register")
def import_template(request: HttpRequest, fmt: str) -> HttpResponse:
    """An empty table with the headings in the reader's language and what each column takes."""
    if fmt not in ("xlsx", "csv"):
        raise Http404
    language = _language()
    table = Table(
        title=plain("Decisions"),
        columns=[Column(column.key, column.headings[language]) for column in COLUMNS],
        rows=[],
        notes=[f"{column.headings[language]}: {column.help[language]}" for column in COLUMNS],
    )
    answer = HttpResponse(export_table(table, fmt, language), content_type=MEDIA_TYPES[fmt])
    answer["Content-Disposition"] = f'attachment; filename="decisions.{language}.{fmt}"'
    return answer


def _row(told: dict[str, Any]) -> dict[str, Any]:
    wrong = told["refused"]
    acts = [
        {
            "kind": act["kind"],
            "label": KIND_WORDS[act["kind"]],
            "id": act["commitment"] or act["decision"],
            "changes": [
                {"name": plain(name), "before": _said(c["before"]), "after": _said(c["after"])}
                for name, c in act["changes"].items()
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


def _said(value: Any) -> str:
    """A term as one line: what is empty is left out."""
    if isinstance(value, dict):
        if "type" in value:
            value = value | {"type": str(DEADLINE_TYPES[value["type"]])}
        return " · ".join(_said(v) for v in value.values() if v)
    if isinstance(value, list):
        return " | ".join(str(v) for v in value if v)
    return str(value or "–")


def _shown(plan: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    if kind == "refused":
        return [row for row in plan["rows"] if row["refused"]]
    if kind == "nothing":
        return [row for row in plan["rows"] if not row["refused"] and not row["acts"]]
    if kind in KIND_WORDS:
        return [row for row in plan["rows"] if any(a["kind"] == kind for a in row["acts"])]
    return list(plan["rows"])


def _links(plan: dict[str, Any]) -> list[dict[str, str]]:
    found = {}
    for row in plan["rows"]:
        for act in row["acts"]:
            number = act["commitment"] or act["decision"]
            url = commitment_url(number) if act["commitment"] else decision_url(number)
            found[number] = url
    return [{"id": number, "url": url} for number, url in found.items()]


def _page(
    request: HttpRequest, run: ImportRun, form: ConfirmForm | None = None, status: int = 200
) -> HttpResponse:
    plan = run.plan
    kind = request.GET.get("show", "")
    counts = [
        {
            "label": label,
            "number": plan["counts"][key],
            "url": f"?show={key}",
            "current": key == kind,
        }
        for key, label in KIND_WORDS.items()
    ]
    page = Paginator(_shown(plan, kind), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    changing = sum(plan["counts"][k] for k in ("decision", "commitment", "terms", "report"))
    work = import_work_of(run)
    words = {
        "run": run,
        "counts": counts,
        "page": page,
        "rows": [_row(told) for told in page],
        "warnings": [plain(w["text"]) % w["params"] for w in plan["warnings"]],
        "changing": changing,
        "refused": plan["counts"]["refused"],
        "form": form or ConfirmForm(initial={"version": run.version}),
        "is_open": run.state == "tried",
        "is_done": run.state == "confirmed",
        "links": _links(plan)[:200] if run.state == "confirmed" else [],
        "work": progress_of(work) if work else None,
        "breadcrumbs": [
            {"label": _("Import"), "url": reverse("decisions:import")},
            {"label": run.file.name},
        ],
    }
    return render(request, "decisions/import_run.html", words, status=status)


def _run(public_id: str) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("file"), public_id=public_id)


@needs("decisions.import_register")
def import_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the table would change, row by row; after the confirmation what it changed."""
    return _page(request, _run(public_id))


@require_POST
@needs("decisions.import_register")
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter all that was shown, at once or, when it is much, by the worker."""
    run = _run(public_id)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        counts = run.plan["counts"]
        acts = sum(counts[k] for k in ("decision", "commitment", "terms", "report"))
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
@needs("decisions.import_register")
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leave the table; nothing of it was entered."""
    drop_import(run=_run(public_id), **stamp(request))
    messages.success(request, _("The table is dropped. Nothing of it was entered."))
    return redirect("decisions:import")
