"""Sessions of the organs: those to come, those held, and the acts on them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.slots import Panel, panels
from dabir.core.words import as_words, day_said, say
from dabir.meetings.forms import CALL, MEETING_ACTS, ForeseeForm
from dabir.meetings.models import Meeting
from dabir.meetings.queries import meeting_with_all, meetings_listed
from dabir.meetings.states import MEETING_STATES, MEETINGS, MeetingState
from dabir.organs.models import Organ
from dabir.registry.acting import act_page, needs
from dabir.registry.models import City

TO_COME = (MeetingState.FORESEEN, MeetingState.CALLED)
# The design system's mark for each state of a meeting.
MARK = {"foreseen": "planned", "called": "convened", "held": "held", "cancelled": "cancelled"}


def meeting_url(meeting: Meeting) -> str:
    """The page of a session."""
    return reverse("meetings:meeting", args=[meeting.public_id])


def meeting_row(meeting: Meeting) -> dict[str, Any]:
    """What lists show of a session."""
    return {
        "meeting": meeting,
        "url": meeting_url(meeting),
        "mark": MARK[meeting.state],
        "state": MEETING_STATES[meeting.state],
    }


@needs("meetings.view_meeting")
def meetings(request: HttpRequest) -> HttpResponse:
    """Every session: what is planned and what was held are kept apart."""
    rows = [meeting_row(meeting) for meeting in meetings_listed()]
    organs = {row["meeting"].organ.key: row["meeting"].organ for row in rows}
    chosen = request.GET.get("organ", "")
    shown = [row for row in rows if chosen in ("", row["meeting"].organ.key)]
    tabs = [{"label": _("All organs"), "url": "?", "current": not chosen}] + [
        {"label": say(organ.names), "url": f"?organ={key}", "current": key == chosen}
        for key, organ in sorted(organs.items(), key=lambda item: item[1].position)
    ]
    context = {
        "to_come": [r for r in shown if r["meeting"].state in TO_COME][::-1],
        "held": [r for r in shown if r["meeting"].state == MeetingState.HELD],
        "cancelled": [r for r in shown if r["meeting"].state == MeetingState.CANCELLED],
        "tabs": tabs,
        "may_call": request.user.has_perm(CALL),
    }
    return render(request, "meetings/meetings.html", context)


@needs("meetings.view_meeting")
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """One session: the plan, the fact, what the sources say against each other, who was there."""
    found = meeting_with_all(public_id)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "meeting": found,
        "mark": MARK[found.state],
        "state": MEETING_STATES[found.state],
        "is_held": found.state == MeetingState.HELD,
        "calls": [_call_entry(call) for call in found.calls.all()],
        "present": list(found.attendances.all()),
        "conflicts": [_conflict(conflict) for conflict in found.conflicts],
        "acts": meeting_acts(request, found),
        "panels": panels("meetings.meeting", request, found),
        "breadcrumbs": _crumbs(found),
    }
    return render(request, "meetings/meeting.html", context)


def _call_entry(call: Any) -> dict[str, Any]:
    titles = {
        MeetingState.CALLED: _("Called for the day below"),
        MeetingState.HELD: _("Recorded as held"),
        MeetingState.CANCELLED: _("Cancelled"),
    }
    return {
        "on": call.on,
        "recorded_at": call.at,
        "title": titles.get(call.state, str(MEETING_STATES[call.state])),
        "by": as_words(call.by.get("labels")),
        "text": call.reason or (day_said(call.starts_on) if call.starts_on else ""),
        "status": "",
        "url": "",
        "precision": "day",
    }


def _conflict(conflict: dict[str, Any]) -> dict[str, Any]:
    """What another source says of one field, in words."""
    fields = {
        "held": _("days held"),
        "city": _("city"),
        "ordinal": _("number"),
        "theme": _("theme"),
    }
    said = conflict.get("candidates") or [conflict.get("value", "")]
    source = conflict.get("source", "")
    return {
        "field": fields.get(conflict.get("field", ""), conflict.get("field", "")),
        "values": [str(value) for value in said],
        "said_by": conflict.get("said_by") or {},
        "source": ", ".join(source) if isinstance(source, list) else source,
    }


def meeting_acts(request: HttpRequest, meeting: Meeting) -> list[dict[str, Any]]:
    """The acts that the reader may take on a session in its present state."""
    found = []
    for name, form in MEETING_ACTS.items():
        if name == "attendance":
            possible = meeting.state == MeetingState.HELD
        elif name == "freeze":
            possible = meeting.state in (MeetingState.CALLED, MeetingState.HELD)
        else:
            possible = MEETINGS.allows(name, meeting.state)
        if possible and request.user.has_perm(form.right):
            url = reverse("meetings:act", args=[meeting.public_id, name])
            found.append({"label": form.title, "url": url, "primary": name == "call"})
    return found


def _crumbs(meeting: Meeting | None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Meetings"), "url": reverse("meetings:meetings")}]
    if meeting is not None:
        crumbs.append({"label": say(meeting.names), "url": meeting_url(meeting)})
    return crumbs


def foresee(request: HttpRequest) -> HttpResponse:
    """Enter a session that is foreseen."""
    return act_page(
        request,
        form_class=ForeseeForm,
        record=None,
        back=reverse("meetings:meetings"),
        breadcrumbs=_crumbs(None),
    )


def act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Take one act on a session."""
    form_class = MEETING_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = get_object_or_404(Meeting.objects.select_related("organ", "city"), public_id=public_id)
    facts: list[dict[str, Any]] = [
        {"label": _("State"), "value": MEETING_STATES[found.state]},
    ]
    if found.starts_on:
        facts.append({"label": _("First day"), "value": found.starts_on, "kind": "day"})
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=meeting_url(found),
        breadcrumbs=_crumbs(found),
        facts=facts,
    )


def sessions_of(request: HttpRequest, organ: Organ) -> Panel | None:
    """The sessions of an organ, for the organ's own page."""
    if not request.user.has_perm("meetings.view_meeting"):
        return None
    rows = [meeting_row(m) for m in meetings_listed().filter(organ=organ)]
    return Panel("meetings/sessions_panel.html", {"rows": rows})


def invitations_of_city(request: HttpRequest, city: City) -> Panel | None:
    """The sessions that are called, for a member city's own space."""
    read = request.user.has_perm("meetings.view_meeting")
    rows = [
        {"meeting": m, "url": meeting_url(m) if read else ""}
        for m in meetings_listed().filter(
            state=MeetingState.CALLED, organ__kind="assembly", ends_on__gte=timezone.localdate()
        )
    ]
    return Panel("meetings/invitations_panel.html", {"rows": rows, "city": city})
