"""Everything that the page of one decision or commitment shows, read in one statement.

The records come linked to each other: whoever follows a relation that the page shows asks the
database no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from dabir.core.models import AuditEntry
from dabir.core.together import (
    Found,
    Together,
    as_kept,
    gather,
    given,
    in_order,
    keep,
    link,
    values_of,
)
from dabir.core.words import as_words
from dabir.decisions.models import (
    Action,
    ActionOutcome,
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
    Programme,
    Relation,
    ReportVerdict,
    StatusEntry,
    Theme,
)
from dabir.decisions.queries.cut import Cut, Known, Row
from dabir.decisions.queries.themes import Names
from dabir.decisions.report.standing import CommitmentStanding, decision_standings
from dabir.documents.models import Document, LanguageVersion, Node, NodeText, StoredFile
from dabir.meetings.models import Call, Meeting
from dabir.meetings.queries import sessions_of
from dabir.organs.models import Organ
from dabir.registry.models import City, Post

TRAIL_SHOWN = 50
_ID, _DOCUMENT, _NODE = given("id"), given("document"), given("node")


def _trail(kind: str) -> QuerySet[AuditEntry]:
    """The newest entries of the sealed trail about the record."""
    entries = AuditEntry.objects.filter(target_kind=kind, target_id=_ID)
    shown = entries.only("id", "sequence", "act", "actor", "happened_on", "recorded_at")
    return shown.order_by("-sequence")[:TRAIL_SHOWN]


def _follow_up(of: str) -> Together:
    """What happened to commitments; `of` leads from a commitment to the public id asked for."""
    mine = {f"commitment__{of}": _ID}
    of_report = {f"report__commitment__{of}": _ID}
    terms, actions = CommitmentTerms.objects.filter(**mine), Action.objects.filter(**mine)
    evidence = Evidence.objects.filter(**of_report)
    organs = Q(pk__in=terms.values("lead_organ")) | Q(pk__in=terms.values("deadline_organ"))
    return Together(
        commitments=lambda: Commitment.objects.filter(**{of: _ID}),
        terms=lambda: terms,
        statuses=lambda: StatusEntry.objects.filter(**mine),
        reports=lambda: ActivityReport.objects.filter(**mine),
        verdicts=lambda: ReportVerdict.objects.filter(**of_report),
        evidence=lambda: evidence,
        withdrawals=lambda: EvidenceWithdrawal.objects.filter(
            **{f"evidence__report__commitment__{of}": _ID}
        ),
        files=lambda: StoredFile.objects.filter(pk__in=evidence.values("file")),
        actions=lambda: actions,
        outcomes=lambda: ActionOutcome.objects.filter(**{f"action__commitment__{of}": _ID}),
        posts=lambda: Post.objects.filter(
            Q(pk__in=terms.values("lead_post")) | Q(pk__in=actions.values("post"))
        ),
        cities=lambda: City.objects.filter(pk__in=terms.values("lead_city")),
        lead_organs=lambda: Organ.objects.filter(organs),
        calls=lambda: Call.objects.filter(meeting__organ__in=terms.values("deadline_organ")),
        sessions=lambda: Meeting.objects.filter(organ__in=terms.values("deadline_organ")),
    )


def _of_decision(of: str) -> Together:
    """A decision with what made it; `of` leads from a decision to the public id asked for."""
    mine = {f"decision__{of}": _ID}
    decision = Decision.objects.filter(**{of: _ID})
    return Together(
        decision=lambda: decision,
        documents=lambda: Document.objects.filter(pk__in=decision.values("document")),
        organs=lambda: Organ.objects.filter(pk__in=decision.values("organ")),
        forces=lambda: ForceEntry.objects.filter(**mine),
        wordings=lambda: DecisionWording.objects.filter(**mine),
    )


def _relatives() -> Together:
    """What led to a decision, what later ones did with it, what it did at once."""
    later = Relation.objects.filter(earlier__public_id=_ID)
    earlier = Relation.objects.filter(later__public_id=_ID)
    forces = ForceEntry.objects.filter(decision__public_id=_ID)
    named = Q(pk__in=later.values("later")) | Q(pk__in=earlier.values("earlier"))
    return Together(
        later=lambda: later,
        earlier=lambda: earlier,
        relatives=lambda: Decision.objects.filter(named | Q(pk__in=forces.values("by_decision"))),
        effects=lambda: Effect.objects.filter(decision__public_id=_ID),
        programmes=lambda: Programme.objects.filter(decisions__public_id=_ID),
        meetings=lambda: Meeting.objects.filter(decisions__public_id=_ID),
        themes=lambda: values_of(Theme.objects.annotate(kept=as_kept("names")), "key", "kept"),
        trail=lambda: _trail("decision"),
    )


def _clause() -> Together:
    """The clause at an address, with its texts and what was said of it."""
    mine = {"node__document__public_id": _DOCUMENT, "node__node_id": _NODE}
    return Together(
        nodes=lambda: Node.objects.filter(document__public_id=_DOCUMENT, node_id=_NODE),
        clause_documents=lambda: Document.objects.filter(public_id=_DOCUMENT),
        clause_versions=lambda: LanguageVersion.objects.filter(document__public_id=_DOCUMENT),
        texts=lambda: NodeText.objects.filter(**mine),
        no_action=lambda: NoActionNeeded.objects.filter(**mine),
        clause_decisions=lambda: Decision.objects.filter(**mine),
        clause_trail=lambda: _trail("clause"),
    )


def _document() -> Together:
    """A document with its versions, and every clause with texts, decisions and notes."""
    mine = {"node__document__public_id": _ID}
    return Together(
        document=lambda: Document.objects.filter(public_id=_ID),
        versions=lambda: LanguageVersion.objects.filter(document__public_id=_ID),
        nodes=lambda: Node.objects.filter(document__public_id=_ID),
        texts=lambda: NodeText.objects.filter(**mine),
        no_action=lambda: NoActionNeeded.objects.filter(**mine),
        clause_decisions=lambda: Decision.objects.filter(**mine),
    )


DOCUMENT_PAGE = _document()
DECISION_PAGE = (
    _of_decision("public_id") | _relatives() | _clause() | _follow_up("decision__public_id")
)
IN_OFFICE = ("trail", "clause_trail", "clause_versions", "themes", "programmes")
PUBLIC_PARTS = {name: rows for name, rows in DECISION_PAGE.parts.items() if name not in IN_OFFICE}
COMMITMENT_PAGE = (
    _of_decision("commitments__public_id")
    | _follow_up("public_id")
    | Together(trail=lambda: _trail("commitment"))
)


@dataclass
class Page:
    """One decision as its page shows it; without a decision, the clause alone."""

    decision: Decision | None
    commitments: list[Commitment] = field(default_factory=list)
    standings: dict[str, CommitmentStanding] = field(default_factory=dict)
    trail: list[AuditEntry] = field(default_factory=list)
    themes: Names = field(default_factory=dict)
    clause: Node | None = None
    clause_trail: list[AuditEntry] = field(default_factory=list)


def _join_follow_up(found: Found) -> list[Commitment]:
    """The commitments in their order, with terms, reports, evidence and steps laid beside them."""
    commitments = in_order(found["commitments"], "position", "pk")
    for holder, targets in (
        ("lead_post", "posts"),
        ("lead_city", "cities"),
        ("lead_organ", "lead_organs"),
    ):
        link([*commitments, *found["terms"]], holder, found[targets])
    link(found["terms"], "deadline_organ", found["lead_organs"])
    link(found["actions"], "post", found["posts"])
    link(found["evidence"], "file", found["files"])
    gather(found["evidence"], "withdrawal", found["withdrawals"])
    gather(found["actions"], "outcome", found["outcomes"])
    reports = in_order(found["reports"], "-on", "at", "pk")
    gather(reports, "verdicts", in_order(found["verdicts"], "at", "pk"))
    gather(reports, "evidence", in_order(found["evidence"], "on", "at", "pk"))
    gather(commitments, "terms", in_order(found["terms"], "on", "at", "pk"))
    gather(commitments, "status_entries", in_order(found["statuses"], "on", "at", "pk"))
    gather(commitments, "reports", reports)
    gather(commitments, "actions", sorted(found["actions"], key=_step_order))
    return commitments


def _step_order(action: Action) -> tuple[bool, date, Any, int]:
    """Steps by the day they are due; those without a day come last."""
    return (action.due_on is None, action.due_on or date.max, action.at, action.pk)


def _join_decision(found: Found) -> Decision | None:
    decision: Decision | None = next(iter(found["decision"]), None)
    if decision is None:
        return None
    link([decision], "document", found["documents"])
    link([decision], "organ", found["organs"])
    gather([decision], "force_entries", in_order(found["forces"], "on", "at", "pk"))
    gather([decision], "wordings", in_order(found["wordings"], "on", "at", "pk"))
    return decision


def _standings(
    decision: Decision, commitments: list[Commitment], found: Found, on: date
) -> dict[str, CommitmentStanding]:
    """How each commitment stands on a day, as known now, by its public id."""
    if decision.decided_on > on:
        return {}
    known = Known(Cut(on, timezone.now()), [decision.pk], decisions=[vars(decision)])
    known.forces = {decision.pk: _until(decision.force_entries.all(), on)}
    known.wordings = {decision.pk: _until(decision.wordings.all(), on)[-1]}
    for commitment in commitments:
        key = commitment.pk
        if terms := _until(commitment.terms.all(), on):
            known.commitments.setdefault(decision.pk, []).append(vars(commitment))
            known.terms[key] = terms
            known.statuses[key] = _until(commitment.status_entries.all(), on)
            known.reports[key] = _until(reversed(commitment.reports.all()), on)
    link(found["calls"], "meeting", found["sessions"])
    known.sessions = sessions_of(
        in_order((c for c in found["calls"] if c.on <= on), "on", "at", "pk")
    )
    return {c.row["public_id"]: c for d in decision_standings(known) for c in d.commitments}


def _until(rows: Iterable[Any], on: date) -> list[Row]:
    """The facts dated on or before a day, as plain values."""
    return [vars(row) for row in rows if row.on <= on]


def _clauses_of(found: Found, documents: list[Document]) -> list[Node]:
    """The clauses in their order, with texts and decisions laid beside them."""
    nodes = in_order(found["nodes"], "position")
    link(nodes, "document", documents)
    gather(nodes, "texts", in_order(found["texts"], "language", "revision"))
    gather(nodes, "no_action", found["no_action"])
    gather(nodes, "decisions", in_order(found["clause_decisions"], "decided_on", "pk"))
    return nodes


def document_page(public_id: str) -> tuple[Document | None, list[Node]]:
    """The document with its language versions, and its clauses as their page shows them."""
    found = DOCUMENT_PAGE.read(id=public_id)
    gather(found["document"], "versions", in_order(found["versions"], "pk"))
    return next(iter(found["document"]), None), _clauses_of(found, found["document"])


def decision_page(document: str, node: str, on: date, *, in_office: bool = True) -> Page:
    """The decision or clause at an address, with all that its page shows on a day.

    The trail, the themes and the programmes are shown in the office alone.
    """
    parts = None if in_office else PUBLIC_PARTS
    read = DECISION_PAGE.read(parts, id=f"{document}/{node}", document=document, node=node)
    found: Found = {name: [] for name in IN_OFFICE} | read
    decision = _join_decision(found)
    gather(found["clause_documents"], "versions", in_order(found["clause_versions"], "pk"))
    clause = next(iter(_clauses_of(found, found["clause_documents"])), None)
    page = Page(decision, clause=clause, clause_trail=_newest(found["clause_trail"]))
    if decision is None:
        return page
    commitments = _join_follow_up(found)
    gather([decision], "commitments", commitments)
    gather([decision], "effects", in_order(found["effects"], "pk"))
    keep(decision, "programmes", in_order(found["programmes"], "pk"))
    gather([decision], "relations_to_earlier", in_order(found["earlier"], "pk"))
    gather([decision], "relations_to_later", in_order(found["later"], "pk"))
    link(found["earlier"], "earlier", found["relatives"])
    link(found["later"], "later", found["relatives"])
    link(found["forces"], "by_decision", found["relatives"])
    link([decision], "meeting", found["meetings"])
    page.commitments = commitments
    page.standings = _standings(decision, commitments, found, on)
    page.themes = {
        theme.key: as_words(LazyI18nString(theme.kept))
        for theme in found["themes"] if theme.key in decision.themes
    }  # fmt: skip
    page.trail = _newest(found["trail"])
    return page


def commitment_page(public_id: str, on: date) -> Page:
    """The commitment with its decision and all that its page shows on a day."""
    found = COMMITMENT_PAGE.read(id=public_id)
    decision = _join_decision(found)
    if decision is None:
        return Page(None)
    commitments = _join_follow_up(found)
    link(commitments, "decision", [decision])
    standings = _standings(decision, commitments, found, on)
    return Page(decision, commitments, standings, _newest(found["trail"]))


def _newest(entries: list[AuditEntry]) -> list[AuditEntry]:
    return in_order(entries, "-sequence")
