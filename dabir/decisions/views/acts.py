"""One page for every act: what will happen, the questions, and afterwards the record again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dabir.core.errors import StaleRecord
from dabir.decisions.forms.acting import ActForm
from dabir.registry.acting import attempt, stamp
from dabir.registry.rights import require

Crumbs = list[dict[str, str]]


def act_page(
    request: HttpRequest,
    *,
    form_class: type[ActForm],
    record: Any,
    back: str,
    breadcrumbs: Crumbs,
    facts: dict[str, Any] | None = None,
    **options: Any,
) -> HttpResponse:
    """Ask what an act needs, take it, and go back; a refusal keeps everything typed.

    When somebody else changed the record, what stands now is shown beside what was typed, and the
    next try goes on from there.
    """
    require(request.user, form_class.right, record)
    form = form_class(request.POST or None, request.FILES or None, record=record, **options)
    stale = False
    if request.method == "POST" and form.is_valid():
        result = attempt(form, lambda: form.perform(stamp(request)))
        if result is not None:
            messages.success(request, form.done)
            return redirect(_after(result, back))
        stale = str(StaleRecord.message) in " ".join(form.non_field_errors())
        if stale:
            record.refresh_from_db()
            form.data = form.data.copy()
            form.data["version"] = record.version
    context = {
        "form": form,
        "record": record,
        "cancel_url": back,
        "breadcrumbs": breadcrumbs,
        "stale": stale,
        "facts": facts or {},
    }
    status = 409 if stale else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "decisions/act.html", context, status=status)


def _after(result: Any, back: str) -> str:
    """Where the record lives that the act made; else where one came from."""
    address = getattr(result, "get_absolute_url", None)
    return address() if address else back
