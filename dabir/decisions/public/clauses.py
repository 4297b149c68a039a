"""One clause or decision at its permanent address: the text, what came of it, its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q, Subquery
from django.utils.translation import gettext as _

from dabir.core.together import Together, ValuesOf, given, in_order, values_of
from dabir.core.words import as_words
from dabir.decisions.models import ActivityReport, Commitment, Decision
from dabir.decisions.public.texts import (
    Clause,
    Text,
    Words,
    clause_of,
    statuses_of,
    text_of,
)
from dabir.decisions.queries.chain import clause_views
from dabir.decisions.queries.pages import Page, decision_page
from dabir.decisions.report.standing import CommitmentStanding
from dabir.decisions.states import RELATIONS, Verdict
from dabir.documents.models import Document, LanguageVersion, Node
from dabir.documents.public import is_public_text


@dataclass(frozen=True)
class Task:
    """What the decision asks of somebody, and how it stands."""

    titles: Words
    lead: Words
    status: str
    since: date
    due: date | None
    possible_days: tuple[str, ...]
    deadline: str
    is_late: bool


@dataclass(frozen=True)
class Related:
    """An earlier or later decision and how they bear on each other."""

    public_id: str
    titles: Words
    relation: str


@dataclass(frozen=True)
class Proof:
    """Evidence that anyone can open: a public address behind an accepted report."""

    label: str
    url: str
    seen_on: date | None


@dataclass(frozen=True)
class Beside:
    """The clause before or after."""

    public_id: str
    labels: Words


@dataclass(frozen=True)
class ClausePage:
    """Everything that anyone may see of a clause or decision."""

    public_id: str
    text: Text
    clause: Clause | None
    titles: Words = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    force: str = ""
    decided_by: Words = field(default_factory=dict)
    organ: str = ""
    decided_on: date | None = None
    precision: str = "day"
    tasks: tuple[Task, ...] = ()
    effects: tuple[tuple[str, Words], ...] = ()
    before: tuple[Related, ...] = ()
    after: tuple[Related, ...] = ()
    evidence: tuple[Proof, ...] = ()
    history: tuple[dict[str, Any], ...] = ()
    previous: Beside | None = None
    following: Beside | None = None

    @property
    def has_decision(self) -> bool:
        """Whether a decision was recorded from the clause."""
        return bool(self.force)


def is_public_clause(document: str) -> bool:
    """Whether the clauses of a document have public pages."""
    return Document.objects.filter(is_public_text(), public_id=document).exists()


_TEXT = Together(
    text=lambda: Document.objects.filter(is_public_text(), public_id=given("id")),
    versions=lambda: LanguageVersion.objects.filter(document__public_id=given("id")),
    previous=lambda: _neighbour("lt", "-position"),
    following=lambda: _neighbour("gt", "position"),
)


def _neighbour(side: str, order: str) -> ValuesOf:
    """The clause of the text that stands next to the one asked for, on one side."""
    clauses = Node.objects.filter(document__public_id=given("id"))
    place = clauses.filter(node_id=given("node")).values("position")
    beside = clauses.filter(**{f"position__{side}": Subquery(place)}).order_by(order)[:1]
    return values_of(beside, "node_id", "labels")


def clause_page(document: str, node: str, today: date) -> ClausePage | None:
    """The clause or decision at an address; None where there is none for everybody."""
    found = _TEXT.read(id=document, node=node)
    text = next(iter(found["text"]), None)
    if text is None:
        return None
    page = decision_page(document, node, today, in_office=False)
    if page.decision is not None and page.decision.document_id != text.pk:
        page.decision = None  # it stands at this address, but not in this text
    decision = page.decision
    if page.clause is None and decision is None:
        return None
    shown = ClausePage(
        public_id=f"{document}/{node}",
        text=text_of(text, in_order(found["versions"], "pk")),
        clause=_clause(page, today),
        previous=_beside(document, found["previous"]),
        following=_beside(document, found["following"]),
    )
    return shown if decision is None else _with_decision(shown, page, decision)


def _clause(page: Page, today: date) -> Clause | None:
    if page.clause is None:
        return None
    view = clause_views([page.clause])[0]
    others = [d for d in view.decisions if page.decision is None or d.pk != page.decision.pk]
    statuses = statuses_of(Q(decision__in=[d.pk for d in others]), today) if others else {}
    shown = clause_of(view, {}, statuses)
    own = page.decision.public_id if page.decision else ""
    return replace(shown, outcomes=tuple(o for o in shown.outcomes if o.public_id != own))


def _beside(document: str, rows: list[Any]) -> Beside | None:
    return next((Beside(f"{document}/{row.node_id}", as_words(row.labels)) for row in rows), None)


def _with_decision(shown: ClausePage, page: Page, decision: Decision) -> ClausePage:
    commitments = page.commitments
    public = _public_among(decision)
    before, after = _relatives(decision, public)
    return replace(
        shown,
        titles=as_words(decision.titles),
        words=as_words(decision.text),
        force=decision.force,
        decided_by=as_words(decision.organ.names),
        organ=decision.organ.key,
        decided_on=decision.decided_on,
        precision=decision.precision,
        tasks=tuple(
            _task(c, page.standings[c.public_id])
            for c in commitments
            if c.public_id in page.standings
        ),
        effects=tuple(
            (str(e.get_kind_display()), as_words((e.target or {}).get("labels")))
            for e in decision.effects.all()
        ),
        before=before,
        after=after,
        evidence=tuple(_evidence(commitments)),
        history=tuple(_history(decision, commitments, shown.text, public)),
    )


def _task(commitment: Commitment, standing: CommitmentStanding) -> Task:
    terms = standing.terms
    lead = (terms.get("lead") or {}).get("labels")
    return Task(
        titles=as_words(commitment.titles),
        lead=as_words(lead),
        status=standing.status,
        since=standing.status_since,
        due=standing.due,
        possible_days=tuple(str(day) for day in terms.get("deadline_candidates") or ()),
        deadline=terms["deadline_type"],
        is_late=standing.delayed,
    )


def _public_among(decision: Decision) -> set[int]:
    """Of the texts behind all decisions that bear on this one, those that everybody may read."""
    beside = [
        *(r.earlier for r in decision.relations_to_earlier.all()),
        *(r.later for r in decision.relations_to_later.all()),
        *(row.by_decision for row in decision.force_entries.all() if row.by_decision),
    ]
    wanted = {d.document_id for d in beside if d.document_id}
    if not wanted:
        return set()
    rows = Document.objects.filter(is_public_text(), pk__in=wanted)
    return set(rows.values_list("pk", flat=True))


def _relatives(
    decision: Decision, public: set[int]
) -> tuple[tuple[Related, ...], tuple[Related, ...]]:
    """What bore on the decision and on what it bore; only those of public texts."""
    before = [(r, r.earlier) for r in decision.relations_to_earlier.all()]
    after = [(r, r.later) for r in decision.relations_to_later.all()]

    def _shown(pairs: list[tuple[Any, Decision]]) -> tuple[Related, ...]:
        return tuple(
            Related(d.public_id, as_words(d.titles), str(RELATIONS[r.kind]))
            for r, d in pairs
            if d.document_id in public
        )

    return _shown(before), _shown(after)


def _accepted(report: ActivityReport) -> bool:
    verdicts = list(report.verdicts.all())
    return bool(verdicts) and verdicts[-1].verdict == Verdict.ACCEPTED


def _evidence(commitments: Iterable[Commitment]) -> Iterable[Proof]:
    for commitment in commitments:
        for report in commitment.reports.all():
            if not _accepted(report):
                continue
            for item in report.evidence.all():
                if item.url and getattr(item, "withdrawal", None) is None:
                    yield Proof(item.label, item.url, item.seen_on)


def _entry(row: Any, title: str, text: Any = "", status: str = "") -> dict[str, Any]:
    """One line of the history: what and when, never by whom of the secretariat nor why."""
    precision = getattr(row, "precision", "day")
    return {"on": row.on, "at": row.at, "precision": precision, "title": title, "text": text,
            "status": status}  # fmt: skip


def _history(
    decision: Decision, commitments: Iterable[Commitment], text: Text, public: set[int]
) -> list[dict[str, Any]]:
    """What happened to a decision and its tasks, newest first; a day that is open stays open."""
    found = [
        _entry(row, _("Force"), _title_of(row.by_decision, public), row.force)
        for row in decision.force_entries.all()
    ]
    found += [_entry(row, _("Wording corrected")) for row in list(decision.wordings.all())[1:]]
    for commitment in commitments:
        found += _of_commitment(commitment)
    found.sort(key=lambda e: (e["on"], e["at"]), reverse=True)
    exact = "candidates" if text.possible_days else decision.precision
    for entry in found:
        if entry["on"] == decision.decided_on and entry["precision"] == "day":
            entry["precision"] = exact
    return found


def _title_of(decision: Decision | None, public: set[int]) -> Words | str:
    """What a later decision is called; nothing where its text is not public."""
    return as_words(decision.titles) if decision and decision.document_id in public else ""


def _of_commitment(commitment: Commitment) -> Iterable[dict[str, Any]]:
    last = None
    titles = as_words(commitment.titles)
    for row in commitment.terms.all():
        lead = as_words((row.lead or {}).get("labels"))
        if last is None:
            yield _entry(row, _("Task set"), titles)
        elif row.lead != last.lead:
            yield _entry(row, _("Lead assigned"), lead or titles)
        elif (row.deadline_type, row.deadline_on) != (last.deadline_type, last.deadline_on):
            yield _entry(row, _("Deadline changed"), titles)
        last = row
    for step in list(commitment.status_entries.all())[1:]:
        yield _entry(step, _("New status"), titles, step.status)
    for report in commitment.reports.all():
        if _accepted(report):
            yield _entry(report, _("Activity reported and accepted"), titles)
