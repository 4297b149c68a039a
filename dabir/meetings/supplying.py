"""What the organs ask of their sessions, which lie above them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.words import as_words, number_said
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState
from dabir.organs.checking.facts import SessionFact
from dabir.organs.models import Organ


def sessions_told() -> Iterator[SessionFact]:
    """Every session called or held, as plain values."""
    states = (MeetingState.CALLED, MeetingState.HELD)
    rows = Meeting.objects.filter(state__in=states, starts_on__isnull=False)
    for meeting in rows.select_related("organ", "city").order_by("starts_on", "id"):
        yield SessionFact(
            organ=meeting.organ.key,
            key=meeting.public_id,
            names=as_words(meeting.names),
            city=meeting.city.public_id if meeting.city else "",
            starts_on=meeting.starts_on,
            ends_on=meeting.ends_on,
            precision=meeting.precision,
            is_held=meeting.state == MeetingState.HELD,
            city_names=as_words(meeting.city.names) if meeting.city else {},
            url=reverse("meetings:meeting", args=[meeting.public_id]),
        )


def sessions_resting_on(organ: Organ) -> Iterator[str]:
    """That an organ met, for whoever would annul its foundation."""
    number = Meeting.objects.filter(organ=organ).exclude(state=MeetingState.CANCELLED).count()
    if number:
        yield _("its sessions (%(number)s)") % {"number": number_said(number)}
