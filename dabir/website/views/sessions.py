"""A session of an organ at an address of its own: as planned, as held, and what it adopted."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.kept import open_to_all
from dabir.core.words import say
from dabir.meetings.public import PublicMeeting, public_meeting
from dabir.website.pages import show
from dabir.website.structured import of_session
from dabir.website.views.declarations import texts_known
from dabir.website.views.machine import calendar_of


def _asked(key: str) -> PublicMeeting:
    found = public_meeting(key)
    if found is None:
        raise Http404
    return found


@open_to_all
def session(request: HttpRequest, key: str) -> HttpResponse:
    """One session: what was planned, what was held, and the texts it adopted."""
    meeting = _asked(key)
    context: dict[str, Any] = {
        "meeting": meeting,
        "texts": [text for text in texts_known(request) if text.session_id == key],
        "structured": of_session(meeting, request.build_absolute_uri(request.path)),
    }
    crumbs = [
        (_("The association"), reverse("website:forum")),
        (_("History"), reverse("website:history")),
        (say(meeting.names), ""),
    ]
    return show(request, "website/session.html", "forum", context, crumbs=crumbs)


@open_to_all
def session_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """One session for the reader's own calendar; none where its day is not known."""
    meeting = _asked(key)
    if not meeting.has_day:
        raise Http404
    return calendar_of(request, [meeting], say(meeting.names))
