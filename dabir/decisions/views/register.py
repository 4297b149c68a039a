"""The Secretary General's screen: every commitment, narrowed, sorted, grouped, assigned, exported."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import IntegerField, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dabir.core.acting import reason_field
from dabir.core.addresses import address
from dabir.core.composed import Composed
from dabir.core.kept import known
from dabir.core.offered import Offered
from dabir.core.together import given
from dabir.core.words import day_said, number_said, reader_language
from dabir.decisions.filters import Listed, RegisterFilter, choices_of_register, sorted_rows
from dabir.decisions.forms.acting import LeadField
from dabir.decisions.models import SavedView
from dabir.decisions.queries.register import register_on, rows_of
from dabir.decisions.queries.themes import Names
from dabir.decisions.services.terms import assign_commitments
from dabir.decisions.states import STATUSES
from dabir.decisions.tables import register_rows, register_table
from dabir.documents.downloads import table_answer
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.registry.acting import attempt, needs, stamp
from dabir.registry.queries import the_association

PER_PAGE = 50
KEPT = ("q", "declaration", "organ", "lead", "theme", "status", "force", "silence", "deadline")


SAVED = Composed(
    lambda: SavedView.objects.filter(user=given("user", IntegerField())).order_by("name")
)


class BulkForm(forms.Form):
    """The lead that several commitments get at once."""

    lead = LeadField()
    reason = reason_field(required=False)

    def __init__(self, *args: Any, parties: Offered | None = None) -> None:
        super().__init__(*args, auto_id="bulk_%s")  # the filter above has the same names
        if parties is not None:
            self.fields["lead"].choices = parties  # type: ignore[attr-defined]  # a choice field


@needs("decisions.view_register")
def register(request: HttpRequest) -> HttpResponse:
    """Every commitment since the first declaration."""
    today = timezone.localdate()
    choices = known(request, ("register", reader_language()), choices_of_register)
    asked = RegisterFilter(request.GET or None, choices=choices)
    sort, fmt = request.GET.get("sort", "id"), request.GET.get("export")
    if fmt in MEDIA_TYPES:
        ordered = sorted_rows(asked.apply(register_on(today), today), sort, asked.grouping())
        return export_register(ordered, fmt, today, _described(asked), asked.theme_names)
    listed = Listed(asked, today, sort)
    numbers = listed.numbers()
    page = Paginator(range(sum(numbers.values())), PER_PAGE).get_page(request.GET.get("page"))
    shown = page.object_list
    keys = listed.keys(shown[0], shown[-1] + 1) if shown else []
    may_assign = request.user.has_perm("decisions.assign_commitment")
    context: dict[str, Any] = {
        "filter": asked,
        "page": page,
        "rows": register_rows(
            rows_of(keys, today),
            today=today,
            names=asked.theme_names,
            group=asked.grouping(),
            choose=may_assign,
        ),
        "counts": _counts(numbers, request),
        "views": _saved(request),
        "bulk": BulkForm(parties=asked.parties) if may_assign else None,
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "decisions/register.html", context)


def _described(asked: RegisterFilter) -> list[str]:
    """What was asked, in words, so that an export says what it shows."""
    if not asked.is_valid():
        return []
    said = []
    for name in KEPT:
        value = asked.cleaned_data.get(name)
        if value not in (None, ""):
            field = asked.fields[name]
            choices = dict(_flat(getattr(field, "choices", ())))
            said.append(f"{field.label}: {choices.get(str(value), value)}")
    return said


def _flat(choices: Any) -> list[tuple[str, Any]]:
    found = []
    for key, label in choices:
        found += label if isinstance(label, list) else [(str(key), label)]
    return found


def _counts(numbers: Counter[tuple[str, bool]], request: HttpRequest) -> list[dict[str, Any]]:
    """How many there are of each status, and how many are late; each leads to those rows."""
    kept = {k: request.GET[k] for k in KEPT if request.GET.get(k) and k != "status"}
    cards = [
        {
            "status": status,
            "label": label,
            "number": numbers[status, True] + numbers[status, False],
            "url": "?" + urlencode(kept | {"status": status}),
            "current": request.GET.get("status") == status,
        }
        for status, label in STATUSES.items()
    ]
    late = sum(number for (_status, is_late), number in numbers.items() if is_late)
    kept.pop("deadline", None)
    cards.append(
        {
            "status": "delayed",
            "label": _("delayed"),
            "number": late,
            "url": "?" + urlencode(kept | {"deadline": "late"}),
            "current": request.GET.get("deadline") == "late",
        }
    )
    return cards


def export_register(
    rows: QuerySet[Any], fmt: str, today: date, notes: list[str], names: Names
) -> HttpResponse:
    """Exactly what is shown, as a file."""
    association = the_association()
    assert association is not None  # noqa: S101  no page is reached before the first day
    language = reader_language()
    shown = [_("As of %(day)s") % {"day": day_said(today)}, *notes]
    table = register_table(
        rows.iterator(chunk_size=2000),
        today=today,
        language=language,
        names=names,
        association=association,
        notes=shown,
    )
    return table_answer(table, fmt, language, f"register-{today}")


def _saved(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"view": view, "url": address("decisions:register") + "?" + view.query}
        for view in SAVED.read(user=request.user.pk)
    ]


@require_POST
@needs("decisions.view_register")
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the present arrangement under a name of one's own."""
    name = request.POST.get("name", "").strip()[:80]
    query = request.POST.get("query", "")[:1000]
    if name:
        SavedView.objects.update_or_create(user=request.user, name=name, defaults={"query": query})
        messages.success(request, _("The view is saved."))
    else:
        messages.error(request, _("Give the view a name."))
    return redirect(reverse("decisions:register") + "?" + query)


@require_POST
@needs("decisions.view_register")
def drop_view(request: HttpRequest, key: int) -> HttpResponse:
    """Forget a saved view."""
    get_object_or_404(SavedView, pk=key, user=request.user).delete()
    messages.success(request, _("The view is removed."))
    return redirect("decisions:register")


@require_POST
@needs("decisions.assign_commitment")
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the chosen commitments, or all that match, one lead: all of them or none."""
    today = timezone.localdate()
    query = request.POST.get("query", "")
    rows = register_on(today)
    if request.POST.get("all"):
        rows = RegisterFilter(QueryDict(query)).apply(rows, today)
    else:
        rows = rows.filter(pk__in=[k for k in request.POST.getlist("chosen") if k.isdigit()])
    form = BulkForm(request.POST)
    chosen = list(rows.select_related("decision"))
    if not chosen:
        messages.error(request, _("Choose at least one commitment."))
    elif form.is_valid():
        done = attempt(
            form,
            lambda: assign_commitments(
                commitments=chosen,
                lead=form.cleaned_data["lead"],
                reason=form.cleaned_data["reason"],
                **stamp(request),
            ),
        )
        if done is not None:
            text = ngettext(
                "%(n)s commitment has a new lead.", "%(n)s commitments have a new lead.", len(done)
            )
            messages.success(request, text % {"n": number_said(len(done))})
            return redirect(reverse("decisions:register") + "?" + query)
    for fault in [e for errors in form.errors.values() for e in errors]:
        messages.error(request, fault)
    return redirect(reverse("decisions:register") + "?" + query)
