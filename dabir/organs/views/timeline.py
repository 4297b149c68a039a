"""The timeline of the institution, as a drawing and as a table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dabir.core.components.words import direction
from dabir.core.words import number_said, reader_language, say
from dabir.organs.drawing import Drawing
from dabir.organs.queries.timeline import kind_said, life_of_institution
from dabir.organs.views.organs import SEEN, crumbs
from dabir.registry.acting import needs


@needs(SEEN)
def timeline(request: HttpRequest) -> HttpResponse:
    """Sessions, presidencies, organs and statutes since the first known day."""
    life = life_of_institution(today=timezone.localdate())
    rtl = direction(reader_language()) == "rtl"
    drawing = Drawing(life.first, life.last, rtl=rtl, say=say)
    svg = drawing.draw(life.lanes, label=_("Timeline of the institution"), digits=number_said)
    context = {
        "life": life,
        "drawing": mark_safe(svg),  # noqa: S308  drawn by us, every word in it escaped
        "rows": [
            {"event": event, "kind": kind_said(event.kind)} for event in reversed(life.events)
        ],
        "breadcrumbs": [*crumbs(), {"label": _("Timeline"), "url": request.path}],
    }
    return render(request, "organs/timeline.html", context)
