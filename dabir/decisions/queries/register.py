"""The register as a list: every commitment since the first declaration, as it stands on a day.

Delay and silence are computed in the database for the day asked; the engine-neutral SQL that this
needs stands here and nowhere else.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from dabir.core.together import KEYS, Given, Together, as_kept, by_keys, given, keyed, values_of
from dabir.decisions.models import ActivityReport, Commitment, CommitmentTerms, Decision
from dabir.decisions.states import BINDING_FORCES, OPEN_STATUSES, DeadlineType, Nature, Status
from dabir.documents.models import Node
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState

TODAY = given("today", DateField())
BINDING = [str(force) for force in BINDING_FORCES]
OPEN = [str(status) for status in OPEN_STATUSES]


def _next_session() -> Subquery:
    """The first day of the first session called after the decision, of the organ that the terms name."""
    organ = (
        CommitmentTerms.objects.filter(commitment=OuterRef(OuterRef("pk")))
        .order_by("-on", "-at", "-id")
        .values("deadline_organ")[:1]
    )
    return Subquery(
        Meeting.objects.filter(
            organ=Subquery(organ),
            starts_on__gt=OuterRef("decision__decided_on"),
            state__in=[MeetingState.CALLED, MeetingState.HELD],
        )
        .order_by("starts_on")
        .values("starts_on")[:1],
        output_field=DateField(),
    )


def due_day() -> Case:
    """The day that counts of a commitment: its own, or the first day of the next session."""
    return Case(
        When(deadline_type=DeadlineType.BEFORE_NEXT, then=_next_session()),
        default=F("due_on"),
        output_field=DateField(),
    )


def register_on(today: date | Given) -> QuerySet[Commitment]:
    """Every commitment with the day that counts, whether it is late, and since when nobody reported."""
    return _register_on(today).all()


@lru_cache(maxsize=8)
def _register_on(today: date | Given) -> QuerySet[Commitment]:
    """The register of a day, not asked yet: composed once, narrowed by whoever takes a copy."""
    return (
        Commitment.objects.annotate(
            due=due_day(),
            silent_since=Coalesce("last_report_on", "decision__decided_on"),
            binding=Case(
                When(decision__force__in=BINDING, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )
        .annotate(
            late=Case(
                When(binding=True, status__in=OPEN, due__lt=today, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
        .select_related(
            "decision__document", "decision__organ", "lead_post", "lead_city", "lead_organ"
        )
    )


SHOWN = (
    "pk", "public_id", "title", "status", "deadline_type", "due", "late", "silent_since", "binding",
    "deciding", "force", "themes", "declaration", "organ", "lead",
)  # fmt: skip


def shown_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with what a page shows of each, under the names of `SHOWN`."""
    told: QuerySet[Any] = rows.annotate(
        title=as_kept("titles"),
        deciding=F("decision__public_id"),
        force=F("decision__force"),
        themes=F("decision__themes"),
        declaration=as_kept("decision__document__titles"),
        organ=as_kept("decision__organ__names"),
        lead=Coalesce(
            *map(as_kept, ("lead_post__names", "lead_city__names", "lead_organ__names")),
            as_kept("lead_words"),
        ),
    )
    return told


def rows_shown(rows: QuerySet[Any]) -> list[SimpleNamespace]:
    """All of these rows as a page shows them, in their order."""
    return [SimpleNamespace(**row) for row in shown_of(rows).values(*SHOWN)]


_PAGE = Together(
    rows=lambda: values_of(shown_of(register_on(TODAY).filter(pk__in=KEYS)), *SHOWN),
)


def rows_of(keys: list[int], today: date) -> list[SimpleNamespace]:
    """The commitments with these keys as a page shows them, in their order.

    A page is cut by keys first: delays are then reckoned for its rows, not for ten thousand.
    """
    return by_keys(keys, lambda some: _PAGE.read(today=today, **keyed(some))["rows"])


def silent_for(rows: QuerySet[Any], days: int, today: date) -> QuerySet[Any]:
    """Those of binding decisions, still open, without news for at least so many days."""
    return rows.filter(
        binding=True, status__in=OPEN, silent_since__lte=today - timedelta(days=days)
    )


def due_within(rows: QuerySet[Any], days: int, today: date) -> QuerySet[Any]:
    """Those still open that are due between today and so many days later."""
    return rows.filter(status__in=OPEN, due__gte=today, due__lte=today + timedelta(days=days))


def silence_of(commitment: Any, today: date) -> int | None:
    """Days of silence of a row of the register; None where silence does not matter any more."""
    if not commitment.binding or commitment.status in (Status.DONE_ACCEPTED, Status.NOT_APPLICABLE):
        return None
    since: date = commitment.silent_since
    return (today - since).days


def reports_waiting() -> QuerySet[ActivityReport]:
    """Activity reports on which nobody has decided yet, oldest first."""
    return (
        ActivityReport.objects.filter(nature=Nature.ACTIVITY, verdicts=None)
        .filter(Q(claims_done=True) | Q(commitment__status__in=OPEN))
        .select_related("commitment__decision")
        .order_by("on", "at", "id")
    )


def clauses_unanswered() -> QuerySet[Node]:
    """Clauses of declarations with neither a decision nor a note that no action is needed."""
    return (
        Node.objects.exclude(document__kind="page")
        .filter(decisions=None, no_action=None)
        .select_related("document")
        .order_by(F("document__adopted_on").asc(nulls_last=True), "document_id", "position")
    )


def decisions_fulfilled() -> QuerySet[Decision]:
    """Binding decisions with commitments, all of them accepted or not applicable."""
    open_ones = Commitment.objects.filter(decision=OuterRef("pk")).exclude(
        status__in=[Status.DONE_ACCEPTED, Status.NOT_APPLICABLE]
    )
    accepted = Commitment.objects.filter(decision=OuterRef("pk"), status=Status.DONE_ACCEPTED)
    return Decision.objects.filter(
        Exists(accepted), ~Exists(open_ones), force__in=BINDING
    ).select_related("document")


def decisions_reopened() -> QuerySet[Decision]:
    """Decisions recorded as done of which something is open again."""
    open_ones = Commitment.objects.filter(decision=OuterRef("pk"), status__in=OPEN)
    return Decision.objects.filter(Exists(open_ones), force="exhausted").select_related("document")
