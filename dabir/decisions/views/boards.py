"""What is not carried out, what is in force after a session, and programmes."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.words import as_words
from dabir.decisions.models import Programme
from dabir.decisions.places import decision_url
from dabir.decisions.queries.cut import cut_today, read_cut
from dabir.decisions.queries.register import BINDING, OPEN, register_on, rows_shown
from dabir.decisions.queries.themes import theme_names
from dabir.decisions.report.standing import decision_standings
from dabir.decisions.states import FORCES, LISTS, STATUSES
from dabir.decisions.tables import register_rows
from dabir.decisions.views.register import export_register
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState
from dabir.registry.acting import needs


@needs("decisions.view_register")
def board(request: HttpRequest) -> HttpResponse:
    """The Board's screen: what the Assembly decided and is not carried out, longest silence first."""
    today = timezone.localdate()
    rows = (
        register_on(today)
        .filter(decision__organ__kind="assembly", decision__force__in=BINDING, status__in=OPEN)
        .order_by("decision__document__adopted_on", "decision__document", "silent_since", "pk")
    )
    fmt = request.GET.get("export")
    if fmt in MEDIA_TYPES:
        return export_register(
            rows, fmt, today, [_("Decisions of the Assembly not carried out")], theme_names()
        )
    shown = register_rows(rows_shown(rows), today=today, names=theme_names(), group="declaration")
    groups = [
        {"title": title, "rows": list(of), "id": f"rows-{n}", "panel_id": f"text-{n}"}
        for n, (title, of) in enumerate(groupby(shown, key=lambda row: row["group"]), start=1)
    ]
    totals = [
        {
            "status": status,
            "label": STATUSES[status],
            "number": sum(r["commitment"].status == status for r in shown),
        }
        for status in OPEN
    ]
    late = sum(row["commitment"].late for row in shown)
    totals.append({"status": "delayed", "label": _("delayed"), "number": late})
    context = {"groups": groups, "totals": totals, "today": today}
    return render(request, "decisions/board.html", context)


@needs("decisions.view_register")
def in_force(request: HttpRequest, meeting: str) -> HttpResponse:
    """What was in force after a session, as known now; every decision in exactly one list."""
    session = get_object_or_404(
        Meeting.objects.select_related("organ", "city"), public_id=meeting, state=MeetingState.HELD
    )
    day = session.ends_on or session.starts_on or timezone.localdate()
    standings = decision_standings(read_cut(cut_today(day)))
    lists = [
        {
            "force": force,
            "name": name,
            "label": FORCES[force],
            "rows": [
                {"standing": s, "url": decision_url(s.public_id), "titles": as_words(s.titles)}
                for s in standings
                if s.force == force
            ],
        }
        for force, name in LISTS.items()
    ]
    others = Meeting.objects.filter(organ=session.organ, state=MeetingState.HELD).order_by(
        "starts_on"
    )
    context: dict[str, Any] = {"meeting": session, "day": day, "lists": lists, "others": others}
    return render(request, "decisions/in_force.html", context)


@needs("decisions.view_register")
def programmes(request: HttpRequest) -> HttpResponse:
    """Decisions carried out together over a period."""
    counts = {
        f"n_{status}": Count(
            "decisions__commitments", filter=Q(decisions__commitments__status=status)
        )
        for status in STATUSES
    }
    rows = [
        {
            "programme": p,
            "counts": {s: getattr(p, f"n_{s}") for s in STATUSES},
        }
        for p in Programme.objects.annotate(**counts).order_by("starts_on", "id")
    ]
    return render(request, "decisions/programmes.html", {"rows": rows})


@needs("decisions.view_register")
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    """One programme: its decisions, what is done of them, and when it ends."""
    found = get_object_or_404(Programme, public_id=public_id)
    today = timezone.localdate()
    rows = (
        register_on(today)
        .filter(decision__programmes=found)
        .order_by("decision__decided_on", "decision_id", "position")
    )
    shown = register_rows(rows_shown(rows), today=today, names=theme_names())
    counts = dict.fromkeys(STATUSES, 0)
    for row in shown:
        counts[row["commitment"].status] += 1
    context = {"programme": found, "rows": shown, "counts": counts, "today": today}
    return render(request, "decisions/programme.html", context)
