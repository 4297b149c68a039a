"""What the checker of the organs finds, with the article and what cures it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dabir.organs.checking.facts import Found
from dabir.organs.models import KnownFinding, Organ
from dabir.organs.queries.facts import findings_on
from dabir.organs.saying import cure, said
from dabir.organs.states import Severity
from dabir.organs.views.organs import SEEN, crumbs
from dabir.registry.acting import needs


@needs(SEEN)
def findings(request: HttpRequest) -> HttpResponse:
    """Every finding of today: faults, what sources tell as it was, and what is unknown."""
    organs = {organ.key: organ for organ in Organ.objects.all()}
    may = request.user.has_perm("organs.mark_known")
    groups: dict[str, list[dict[str, Any]]] = {s.value: [] for s in Severity}
    for found, known in findings_on(timezone.localdate()):
        severity = Severity.KNOWN if known else found.severity
        groups[severity].append(_shown(found, known, organs[found.organ], may=may))
    context = {
        "faults": groups[Severity.FAULT],
        "known": groups[Severity.KNOWN],
        "notes": groups[Severity.NOTE],
        "breadcrumbs": [*crumbs(), {"label": _("Findings"), "url": request.path}],
    }
    return render(request, "organs/findings.html", context)


def _shown(found: Found, known: KnownFinding | None, organ: Organ, *, may: bool) -> dict[str, Any]:
    address = ""
    if may and known is None and found.severity == Severity.FAULT:
        address = reverse("organs:known", args=[organ.key, found.code])
        address += "?" + urlencode({"about": found.subject})
    return {
        "organ": organ,
        "url": organ.get_absolute_url(),
        "words": said(found),
        "cure": cure(found),
        "article": dict(found.article),
        "known": known,
        "known_url": address,
    }
