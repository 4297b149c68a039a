"""One decision, commitment or document with all that led to it and came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from dabir.core.together import in_order
from dabir.core.words import as_words
from dabir.decisions.models import (
    Action,
    ActivityReport,
    Commitment,
    CommitmentTerms,
    Decision,
    NoActionNeeded,
    StatusEntry,
)
from dabir.decisions.queries.cut import cut_today, read_cut
from dabir.decisions.report.standing import CommitmentStanding, decision_standings
from dabir.decisions.states import DEADLINE_TYPES, VERDICTS
from dabir.documents.models import Document, Node, NodeText


@dataclass(frozen=True)
class Happening:
    """One line of a timeline."""

    on: date
    at: datetime
    title: str
    by: dict[str, str]
    text: Any = ""
    status: str = ""
    url: str = ""
    precision: str = "day"

    def as_entry(self) -> dict[str, Any]:
        """As the timeline component reads it."""
        return {
            "on": self.on,
            "precision": self.precision,
            "title": self.title,
            "by": self.by,
            "text": self.text,
            "status": self.status,
            "url": self.url,
            "recorded_at": self.at,
        }


@dataclass
class ClauseView:
    """A clause with its texts, earlier texts, decisions or the note that none is needed."""

    node: Node
    texts: dict[str, str] = field(default_factory=dict)
    errata: list[NodeText] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    no_action: NoActionNeeded | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say what the clause asks for."""
        return not self.decisions and self.no_action is None

    @property
    def is_fact_only(self) -> bool:
        """Whether we hold only a fact about the clause, not its words."""
        return bool(self.node.found.get("fact_only"))


def worth_of(document: Document) -> dict[str, str]:
    """What the version of a document in each of its languages is worth."""
    return {version.language: version.state for version in document.versions.all()}


def clause_views(nodes: Iterable[Node]) -> list[ClauseView]:
    """Clauses with everything a page shows of them; they come with all of it."""
    views = []
    for node in nodes:
        view = ClauseView(node, decisions=list(node.decisions.all()))
        view.no_action = getattr(node, "no_action", None)
        for text in node.texts.all():
            view.texts[text.language] = text.text
            if text.revision > 1:
                view.errata.append(text)
        views.append(view)
    return views


def documents_listed() -> list[Document]:
    """Every document with its language versions, oldest first, the undated last."""
    return list(
        Document.objects.order_by(F("adopted_on").asc(nulls_last=True), "id").prefetch_related(
            "versions", "nodes", "decisions"
        )
    )


def earlier_texts(view: ClauseView) -> list[NodeText]:
    """The texts that a correction replaced, newest first."""
    last = {text.language: text.revision for text in view.node.texts.all()}
    return [t for t in view.node.texts.all() if t.revision < last[t.language]][::-1]


def standings_of(decision: Decision, on: date) -> dict[str, CommitmentStanding]:
    """How each commitment of the decision stands on a day, by its public id."""
    known = read_cut(cut_today(on), decision_ids=[decision.pk])
    return {c.row["public_id"]: c for d in decision_standings(known) for c in d.commitments}


def commitment_with_all(public_id: str) -> Commitment | None:
    """The commitment with its decision and lead."""
    return (
        Commitment.objects.filter(public_id=public_id)
        .select_related(
            "decision",
            "decision__document",
            "decision__organ",
            "lead_post",
            "lead_city",
            "lead_organ",
        )
        .first()
    )


def _terms_words(row: CommitmentTerms, before: CommitmentTerms | None) -> str:
    if before is None:
        return _("Commitment made")
    if row.lead != before.lead:
        return _("Handed to another lead") if before.lead else _("Lead assigned")
    if (row.deadline_type, row.deadline_on) != (before.deadline_type, before.deadline_on):
        kind = DEADLINE_TYPES[row.deadline_type]
        return _("Deadline changed: %(kind)s") % {"kind": kind}
    return _("Terms changed")


def _of_terms(rows: Iterable[CommitmentTerms]) -> Iterable[Happening]:
    last: dict[int, CommitmentTerms] = {}
    for row in rows:
        before = last.get(row.commitment_id)
        lead = as_words((row.lead or {}).get("labels"))
        text = row.reason or (lead if before is None or row.lead != before.lead else "")
        yield Happening(row.on, row.at, _terms_words(row, before), row.by["labels"], text)
        last[row.commitment_id] = row


def _of_statuses(entries: Iterable[StatusEntry]) -> Iterable[Happening]:
    for row in entries:
        title = _("New status")
        yield Happening(row.on, row.at, title, row.by["labels"], row.reason, row.status)


def _of_report(report: ActivityReport) -> Iterable[Happening]:
    words = {report.language: report.text, **report.translations}
    yield Happening(
        report.on,
        report.at,
        _("Activity report"),
        (report.on_behalf_of or report.by)["labels"] or report.by["labels"],
        words,
        precision=report.precision,
    )
    for verdict in report.verdicts.all():
        title = str(VERDICTS[verdict.verdict])
        yield Happening(verdict.on, verdict.at, title, verdict.by["labels"], verdict.reason)
    for item in report.evidence.all():
        withdrawal = getattr(item, "withdrawal", None)
        if withdrawal:
            yield Happening(
                withdrawal.on,
                withdrawal.at,
                _("Evidence withdrawn: %(label)s") % {"label": item.label},
                withdrawal.by["labels"],
                withdrawal.reason,
            )


def _of_actions(actions: Iterable[Action]) -> Iterable[Happening]:
    for action in actions:
        text = as_words(action.titles)
        yield Happening(action.on, action.at, _("Step planned"), action.by["labels"], text)
        outcome = getattr(action, "outcome", None)
        if outcome:
            title = _("Step done") if outcome.is_done else _("Step dropped")
            yield Happening(outcome.on, outcome.at, title, outcome.by["labels"], text)


def _of_commitments(commitments: Iterable[Commitment]) -> list[Happening]:
    """What happened to all of these commitments, read with everything that their page shows."""

    def beside(relation: str) -> list[Any]:
        rows = [row for c in commitments for row in getattr(c, relation).all()]
        return in_order(rows, "on", "at", "pk")

    found = [*_of_terms(beside("terms")), *_of_statuses(beside("status_entries"))]
    for report in reversed(beside("reports")):
        found += _of_report(report)
    found += _of_actions(beside("actions"))
    return found


def _newest_first(found: list[Happening]) -> list[dict[str, Any]]:
    return [h.as_entry() for h in sorted(found, key=lambda h: (h.on, h.at), reverse=True)]


def timeline_of_commitment(commitment: Commitment) -> list[dict[str, Any]]:
    """Everything that happened to a commitment, newest first."""
    return _newest_first(_of_commitments([commitment]))


def timeline_of_decision(decision: Decision) -> list[dict[str, Any]]:
    """Everything that happened to a decision and its commitments, newest first."""
    found = []
    for row in decision.force_entries.all():
        text = as_words(row.by_decision.titles) if row.by_decision else row.reason
        found.append(Happening(row.on, row.at, _("Force"), row.by["labels"], text, row.force))
    for wording in list(decision.wordings.all())[1:]:
        text = wording.reason or as_words(wording.titles)
        found.append(
            Happening(wording.on, wording.at, _("Wording corrected"), wording.by["labels"], text)
        )
    return _newest_first(found + _of_commitments(list(decision.commitments.all())))
