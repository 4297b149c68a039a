"""What the register holds of one session or one organ."""

from __future__ import annotations

from django.db.models import Count, Q

from dabir.decisions.models import Commitment, Decision, ProgressReport
from dabir.decisions.queries.register import BINDING, OPEN
from dabir.decisions.states import FORCES
from dabir.documents.models import Document
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ


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
