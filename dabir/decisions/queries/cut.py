"""The register as of a day and as known at an instant.

`as_of` takes facts dated on or before that day, `known_at` those recorded by that instant; the same
pair gives the same answer for ever, because every fact is a row that is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from dabir.core.trail import last_recorded_at
from dabir.decisions.models import (
    ActivityReport,
    Commitment,
    CommitmentTerms,
    Decision,
    DecisionWording,
    Effect,
    Evidence,
    EvidenceWithdrawal,
    ForceEntry,
    NoActionNeeded,
    Relation,
    ReportVerdict,
    StatusEntry,
)
from dabir.documents.models import Document, Node, NodeText
from dabir.meetings.queries import KnownSession, sessions_known

Row = dict[str, Any]


@dataclass(frozen=True)
class Cut:
    """A day and an instant: what had happened, and what was known of it."""

    as_of: date
    known_at: datetime

    def holds(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Only the recorded facts inside the cut, oldest first."""
        return rows.filter(on__lte=self.as_of, at__lte=self.known_at).order_by("on", "at", "id")


def cut_today(as_of: date, known_at: datetime | None = None) -> Cut:
    """The cut as known now: now is the instant of the last recorded act, so it repeats exactly."""
    return Cut(as_of, known_at or last_recorded_at() or timezone.now())


@dataclass
class Known:
    """Everything the register knew inside a cut, ready to be asked without the database."""

    cut: Cut
    documents: dict[int, Row] = field(default_factory=dict)
    nodes: dict[int, Row] = field(default_factory=dict)
    texts: dict[int, dict[str, str]] = field(default_factory=dict)
    decisions: list[Row] = field(default_factory=list)
    wordings: dict[int, Row] = field(default_factory=dict)
    forces: dict[int, list[Row]] = field(default_factory=dict)
    relations: list[Row] = field(default_factory=list)
    effects: dict[int, list[Row]] = field(default_factory=dict)
    commitments: dict[int, list[Row]] = field(default_factory=dict)
    terms: dict[int, list[Row]] = field(default_factory=dict)
    statuses: dict[int, list[Row]] = field(default_factory=dict)
    reports: dict[int, list[Row]] = field(default_factory=dict)
    verdicts: dict[int, list[Row]] = field(default_factory=dict)
    evidence: dict[int, list[Row]] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    no_action: list[Row] = field(default_factory=list)
    sessions: dict[int, list[KnownSession]] = field(default_factory=dict)


def _rows(model: type[Model], cut: Cut, *fields: str) -> Iterable[Row]:
    return cut.holds(model._default_manager.all()).values(*fields).iterator(chunk_size=5000)


def _grouped(rows: Iterable[Row], key: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return dict(found)


TERMS = (
    "commitment_id",
    "titles",
    "kind",
    "lead",
    "addressees",
    "deadline_type",
    "deadline_on",
    "deadline_candidates",
    "deadline_organ_id",
    "deadline_words",
    "recurrence",
    "recurrence_from",
    "budget",
    "budget_line",
    "on",
    "at",
)
REPORT = (
    "id",
    "public_id",
    "commitment_id",
    "on",
    "at",
    "by",
    "precision",
    "language",
    "text",
    "translations",
    "nature",
    "claims_done",
    "on_behalf_of",
)
EVIDENCE = ("id", "public_id", "report_id", "label", "file__sha256", "url", "seen_on", "on", "at")


def _read_follow_up(known: Known) -> None:
    cut = known.cut
    known.terms = _grouped(_rows(CommitmentTerms, cut, *TERMS), "commitment_id")
    commitments = (
        Commitment.objects.order_by("position", "id")
        .values("id", "public_id", "decision_id", "position", "created_on")
        .iterator(chunk_size=5000)
    )
    known.commitments = _grouped((c for c in commitments if c["id"] in known.terms), "decision_id")
    statuses = _rows(StatusEntry, cut, "commitment_id", "status", "on", "at", "reason")
    known.statuses = _grouped(statuses, "commitment_id")
    known.reports = _grouped(_rows(ActivityReport, cut, *REPORT), "commitment_id")
    verdicts = _rows(ReportVerdict, cut, "report_id", "verdict", "on", "at", "by")
    known.verdicts = _grouped(verdicts, "report_id")
    known.evidence = _grouped(_rows(Evidence, cut, *EVIDENCE), "report_id")
    known.withdrawn = {r["evidence_id"] for r in _rows(EvidenceWithdrawal, cut, "evidence_id")}


def _read_texts(known: Known) -> None:
    known.documents = {
        row["id"]: row
        for row in Document.objects.order_by("adopted_on", "id").values(
            "id",
            "public_id",
            "kind",
            "titles",
            "organ",
            "adopted_on",
            "adopted_precision",
            "adopted_candidates",
            "text_held",
            "note",
        )
    }
    known.nodes = {
        row["id"]: row
        for row in Node.objects.values(
            "id", "document_id", "node_id", "position", "labels", "kinds"
        )
    }
    for text in _rows(NodeText, known.cut, "node_id", "language", "text"):
        known.texts.setdefault(text["node_id"], {})[text["language"]] = text["text"]
    known.no_action = list(_rows(NoActionNeeded, known.cut, "node_id", "reason"))


def _read_register(known: Known) -> None:
    cut = known.cut
    known.decisions = list(
        Decision.objects.filter(decided_on__lte=cut.as_of, recorded_at__lte=cut.known_at)
        .order_by("decided_on", "document_id", "node__position", "id")
        .values(
            "id",
            "public_id",
            "document_id",
            "node_id",
            "organ__key",
            "organ__names",
            "text",
            "decided_on",
            "precision",
        )
    )
    wordings = _rows(DecisionWording, cut, "decision_id", "titles", "themes")
    known.wordings = {row["decision_id"]: row for row in wordings}
    forces = _rows(ForceEntry, cut, "decision_id", "force", "on", "at", "by_decision__public_id")
    known.forces = _grouped(forces, "decision_id")
    relations = _rows(
        Relation, cut, "later_id", "earlier_id", "kind", "later__public_id", "earlier__public_id"
    )
    known.relations = list(relations)
    known.effects = _grouped(
        _rows(Effect, cut, "decision_id", "kind", "target", "words"), "decision_id"
    )


def read_cut(cut: Cut) -> Known:
    """Read everything inside the cut, in a fixed number of statements."""
    known = Known(cut)
    _read_texts(known)
    _read_register(known)
    _read_follow_up(known)
    known.sessions = sessions_known(as_of=cut.as_of, known_at=cut.known_at)
    return known
