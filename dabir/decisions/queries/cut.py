"""The register as of a day and as known at an instant.

`as_of` takes facts dated on or before that day, `known_at` those recorded by that instant; the same
pair gives the same answer for ever, because every fact is a row that is never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    only: Sequence[int] | None = None
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


def _rows(model: type[Model], known: Known, path: str, *fields: str) -> Iterable[Row]:
    """The recorded facts of a model; `path` leads from it to the decision, where only some are asked."""
    rows = model._default_manager.all()
    if known.only is not None:
        rows = rows.filter(**{f"{path}__in": known.only})
    return known.cut.holds(rows).values(*fields).iterator(chunk_size=5000)


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
DECISION = (
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
    of, of_report = "commitment__decision", "report__commitment__decision"
    known.terms = _grouped(_rows(CommitmentTerms, known, of, *TERMS), "commitment_id")
    rows = Commitment.objects.order_by("position", "id")
    if known.only is not None:
        rows = rows.filter(decision__in=known.only)
    commitments = rows.values("id", "public_id", "decision_id", "position", "created_on")
    known.commitments = _grouped(
        (dict(c) for c in commitments.iterator(chunk_size=5000) if c["id"] in known.terms),
        "decision_id",
    )
    status = ("commitment_id", "status", "on", "at", "reason")
    known.statuses = _grouped(_rows(StatusEntry, known, of, *status), "commitment_id")
    known.reports = _grouped(_rows(ActivityReport, known, of, *REPORT), "commitment_id")
    verdict = ("report_id", "verdict", "on", "at", "by")
    known.verdicts = _grouped(_rows(ReportVerdict, known, of_report, *verdict), "report_id")
    known.evidence = _grouped(_rows(Evidence, known, of_report, *EVIDENCE), "report_id")
    withdrawn = _rows(EvidenceWithdrawal, known, f"evidence__{of_report}", "evidence_id")
    known.withdrawn = {row["evidence_id"] for row in withdrawn}


def _read_texts(known: Known) -> None:
    known.documents = {
        row["id"]: dict(row)
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
        row["id"]: dict(row)
        for row in Node.objects.values(
            "id", "document_id", "node_id", "position", "labels", "kinds"
        )
    }
    for text in _rows(NodeText, known, "node__decisions", "node_id", "language", "text"):
        known.texts.setdefault(text["node_id"], {})[text["language"]] = text["text"]
    known.no_action = list(_rows(NoActionNeeded, known, "node__decisions", "node_id", "reason"))


def _read_register(known: Known) -> None:
    cut = known.cut
    rows = Decision.objects.filter(decided_on__lte=cut.as_of, recorded_at__lte=cut.known_at)
    if known.only is not None:
        rows = rows.filter(pk__in=known.only)
    known.decisions = list(
        rows.order_by("decided_on", "document_id", "node__position", "id").values(*DECISION)
    )
    wordings = _rows(DecisionWording, known, "decision", "decision_id", "titles", "themes")
    known.wordings = {row["decision_id"]: row for row in wordings}
    force = ("decision_id", "force", "on", "at", "by_decision__public_id")
    known.forces = _grouped(_rows(ForceEntry, known, "decision", *force), "decision_id")
    relation = ("later_id", "earlier_id", "kind", "later__public_id", "earlier__public_id")
    known.relations = list(_rows(Relation, known, "later", *relation))
    effect = ("decision_id", "kind", "target", "words")
    known.effects = _grouped(_rows(Effect, known, "decision", *effect), "decision_id")


def read_cut(cut: Cut, *, decision_ids: Sequence[int] | None = None) -> Known:
    """Read everything inside the cut, or what concerns some decisions, in a fixed number of statements."""
    known = Known(cut, decision_ids)
    _read_texts(known)
    _read_register(known)
    _read_follow_up(known)
    known.sessions = sessions_known(as_of=cut.as_of, known_at=cut.known_at)
    return known
