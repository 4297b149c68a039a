"""What the register holds of one session or one organ."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q

from dabir.decisions.models import Commitment, Decision, ProgressReport
from dabir.decisions.queries.register import BINDING, OPEN, register_on
from dabir.decisions.states import FORCES
from dabir.documents.models import Document
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState
from dabir.messaging.models import SignedLink
from dabir.organs.models import Organ
from dabir.registry.models import City

REPORT_PURPOSE = "report"


def documents_of_meeting(meeting: Meeting) -> list[Document]:
    """The texts that a session adopted."""
    return list(Document.objects.filter(session__id=meeting.public_id).order_by("adopted_on", "id"))


def decisions_of_meeting(meeting: Meeting) -> list[Decision]:
    """The decisions of a session: named by it, or through the text that it adopted."""
    rows = Decision.objects.filter(
        Q(meeting=meeting) | Q(meeting=None, document__session__id=meeting.public_id)
    )
    return list(rows.order_by("document_id", "node__position", "id"))


def forces_of_organ(organ: Organ) -> dict[str, int]:
    """How many decisions of the organ have each force; those without any are left out."""
    rows = Decision.objects.filter(organ=organ).order_by().values_list("force")
    numbers = dict(rows.annotate(n=Count("pk")))
    return {force: numbers[force] for force in FORCES if numbers.get(force)}


def open_for_organ(organ: Organ) -> int:
    """How many commitments from binding decisions of the organ are open."""
    return Commitment.objects.filter(
        decision__organ=organ, decision__force__in=BINDING, status__in=OPEN
    ).count()


def reports_for_organ(organ: Organ) -> list[ProgressReport]:
    """The progress reports to the organ, newest first."""
    return list(ProgressReport.objects.filter(organ=organ).order_by("-as_of", "-id")[:20])


def open_of_city(city: City, today: date) -> list[Commitment]:
    """The open commitments from binding decisions that a city leads, the first due first."""
    rows = register_on(today).filter(lead_city=city, decision__force__in=BINDING, status__in=OPEN)
    return list(rows.order_by(F("due").asc(nulls_last=True), "pk")[:50])


def links_asked_of(city: City, today: date) -> list[SignedLink]:
    """The reports that a city was asked for and has not given."""
    links = SignedLink.objects.filter(
        purpose=REPORT_PURPOSE, used_at=None, revoked_at=None, expires_on__gte=today
    )
    return list(links.filter(recipient__id=city.public_id).order_by("expires_on", "pk"))


def next_session(organ: Organ) -> Meeting | None:
    """The next session of the organ: the first that is called, else one that is foreseen."""
    to_come = Meeting.objects.filter(
        organ=organ, state__in=(MeetingState.CALLED, MeetingState.FORESEEN)
    )
    return to_come.order_by("state", "starts_on", "id").first()
