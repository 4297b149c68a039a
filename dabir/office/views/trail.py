"""The audit trail and the checks: every act, its chain of hashes, and what must hold."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.checks import run_checks
from dabir.core.models import AuditEntry, PersonalValue
from dabir.core.trail import trail_faults, trail_head
from dabir.core.trailexport import csv_lines, json_lines
from dabir.office.acts import act_said
from dabir.office.forms import TrailFilter
from dabir.registry.acting import needs

ENTRIES_PER_PAGE = 50
EXPORTS = {
    "jsonl": ("application/x-ndjson", json_lines),
    "csv": ("text/csv; charset=utf-8", csv_lines),
}


def _entries(request: HttpRequest) -> tuple[TrailFilter, QuerySet[AuditEntry]]:
    asked = any(request.GET.get(name) for name in TrailFilter.base_fields)
    form = TrailFilter(request.GET if asked else None)
    return form, form.narrowed(AuditEntry.objects.order_by("-sequence"))


def _answer(faults: list[str] | None) -> dict[str, Any]:
    count, head = trail_head()
    return {"faults": faults, "count": count, "head": head}


@needs("office.view_trail")
def trail(request: HttpRequest) -> HttpResponse:
    """Every act, the newest first; posting walks the whole chain and names each fault."""
    form, entries = _entries(request)
    page = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    faults = list(trail_faults()) if request.method == "POST" else None
    query = request.GET.copy()
    query.pop("page", None)
    rows = [(entry, act_said(entry.act)) for entry in page]
    words = {
        "form": form,
        "page": page,
        "rows": rows,
        "query": query.urlencode(),
        **_answer(faults),
    }
    return render(request, "office/trail.html", words)


@needs("office.view_trail")
def trail_export(request: HttpRequest, fmt: str) -> StreamingHttpResponse:
    """The acts that are shown, in their order, as JSON lines or for a spreadsheet."""
    if fmt not in EXPORTS:
        raise Http404
    _form, entries = _entries(request)
    media_type, lines = EXPORTS[fmt]
    rows = entries.order_by("sequence").iterator(chunk_size=2000)
    answer = StreamingHttpResponse(lines(rows), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="trail.{fmt}"'
    return answer


def _side_by_side(entry: AuditEntry) -> list[dict[str, str]]:
    """Before and after, field by field, what is equal left out."""
    before, after = entry.before or {}, entry.after or {}
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return [{"name": "", "before": _said(before), "after": _said(after)}]
    names = list(dict.fromkeys([*before, *after]))
    return [
        {"name": name, "before": _said(before.get(name)), "after": _said(after.get(name))}
        for name in names
        if before.get(name) != after.get(name)
    ]


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)


@needs("office.view_trail")
def trail_entry(request: HttpRequest, sequence: int) -> HttpResponse:
    """One act: who, when it happened and was recorded, before and after, its place in the chain."""
    entry = get_object_or_404(AuditEntry, sequence=sequence)
    words = {
        "entry": entry,
        "act_said": act_said(entry.act),
        "changes": _side_by_side(entry),
        "personal": PersonalValue.objects.filter(entry=entry).order_by("path"),
        "breadcrumbs": [
            {"label": _("Trail and checks"), "url": reverse("office:trail")},
            {"label": str(sequence)},
        ],
    }
    return render(request, "office/trail_entry.html", words)


@needs("office.run_check")
def checks(request: HttpRequest) -> HttpResponse:
    """Everything that must hold in this installation, asked when the button is pressed."""
    findings = run_checks() if request.method == "POST" else None
    words = {
        "findings": findings,
        "faults": sum(len(found.faults) for found in findings or []),
        "breadcrumbs": [
            {"label": _("Trail and checks"), "url": reverse("office:trail")},
            {"label": _("Checks")},
        ],
    }
    return render(request, "office/checks.html", words)
