"""Questions about sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Prefetch, QuerySet

from dabir.meetings.models import Attendance, Call, Meeting
from dabir.meetings.states import MeetingState


@dataclass(frozen=True)
class KnownSession:
    """A session as it was known at an instant: its organ and the day it was called for or held."""

    meeting_id: int
    organ_id: int
    starts_on: date


def sessions_known(*, as_of: date, known_at: datetime) -> dict[int, list[KnownSession]]:
    """Sessions called or held, by organ, from calls dated up to `as_of` and recorded by `known_at`."""
    calls = Call.objects.filter(on__lte=as_of, at__lte=known_at).order_by("on", "at", "id")
    return sessions_of(calls.select_related("meeting"))


def sessions_of(calls: Iterable[Call]) -> dict[int, list[KnownSession]]:
    """Sessions called or held, by organ, as the last of these calls, oldest first, has each."""
    newest = {call.meeting_id: call for call in calls}
    found: dict[int, list[KnownSession]] = defaultdict(list)
    for call in newest.values():
        if call.starts_on and call.state in (MeetingState.CALLED, MeetingState.HELD):
            organ = call.meeting.organ_id
            found[organ].append(KnownSession(call.meeting_id, organ, call.starts_on))
    for sessions in found.values():
        sessions.sort(key=lambda s: s.starts_on)
    return dict(found)


def next_session_after(sessions: list[KnownSession], day: date) -> KnownSession | None:
    """The first session that starts after `day`."""
    return next((s for s in sessions if s.starts_on > day), None)


def meetings_listed() -> QuerySet[Meeting]:
    """Every session with organ, city and the number of cities present, the latest first."""
    return (
        Meeting.objects.select_related("organ", "city")
        .annotate(present=Count("attendances"))
        .order_by(F("starts_on").desc(nulls_first=True), "-id")
    )


def meeting_with_all(public_id: str) -> Meeting | None:
    """The session with its calls and who was present."""
    return (
        Meeting.objects.filter(public_id=public_id)
        .select_related("organ", "city", "city__country")
        .prefetch_related(
            Prefetch("calls", Call.objects.order_by("-on", "-at", "-id")),
            Prefetch("attendances", Attendance.objects.select_related("city").order_by("id")),
        )
        .first()
    )
