"""What the register knows of a session and of an organ, shown on their own pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from dabir.core.slots import Panel
from dabir.decisions.places import act_url, commitment_url, decision_url, document_url
from dabir.decisions.queries.panels import (
    decisions_of_meeting,
    documents_of_meeting,
    forces_of_organ,
    links_asked_of,
    next_session,
    open_for_organ,
    open_of_city,
    reports_for_organ,
)
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState
from dabir.organs.models import Organ
from dabir.registry.models import City
from dabir.statutes.queries import articles_in_force

READ = "decisions.view_register"


def decisions_of_session(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """The texts and decisions of a session, and what was in force after it."""
    if not request.user.has_perm(READ):
        return None
    is_held = meeting.state == MeetingState.HELD
    facts: dict[str, Any] = {
        "documents": [(d, document_url(d)) for d in documents_of_meeting(meeting)],
        "decisions": [(d, decision_url(d.public_id)) for d in decisions_of_meeting(meeting)],
        "in_force_url": reverse("decisions:in_force", args=[meeting.public_id]) if is_held else "",
    }
    return Panel("decisions/session_panel.html", facts)


def register_of_organ(request: HttpRequest, organ: Organ) -> Panel | None:
    """How many decisions of an organ have which force, and what is open of them."""
    if not request.user.has_perm(READ):
        return None
    register = reverse("decisions:register")
    counts = [
        {
            "status": force,
            "number": number,
            "url": f"{register}?{urlencode({'organ': organ.key, 'force': force})}",
        }
        for force, number in forces_of_organ(organ).items()
    ]
    facts = {
        "counts": counts,
        "open": open_for_organ(organ),
        "url": f"{register}?{urlencode({'organ': organ.key})}",
        "open_url": f"{register}?{urlencode({'organ': organ.key, 'status': 'open'})}",
    }
    return Panel("decisions/organ_panel.html", facts)


def reports_to_organ(request: HttpRequest, organ: Organ) -> Panel | None:
    """The progress reports made to an organ, and the next that is due where the statute wants one."""
    if not request.user.has_perm(READ):
        return None
    reports = [
        (report, reverse("decisions:progress_report", args=[report.public_id]))
        for report in reports_for_organ(organ)
    ]
    article = articles_in_force(timezone.localdate()).get("follow_up.report_to")
    is_due = article is not None and organ.key in (article.value or ())
    if not reports and not is_due:
        return None
    facts = {
        "reports": reports,
        "is_due": is_due,
        "article": article.article if article else None,
        "session": next_session(organ) if is_due else None,
    }
    return Panel("decisions/reports_panel.html", facts)


def tasks_of_city(request: HttpRequest, city: City) -> Panel | None:
    """The open commitments that a city leads and the reports it is asked for, for its own space."""
    today = timezone.localdate()
    led = open_of_city(city, today)
    asked = [
        (link, act_url("commitment_act", link.target["id"], "report"))
        for link in links_asked_of(city, today)
    ]
    facts = {"led": [(row, commitment_url(row)) for row in led], "asked": asked}
    return Panel("decisions/city_panel.html", facts)
