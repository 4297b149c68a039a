"""Public texts, their decisions and tasks as long lists for programs, read slice by slice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import DateField, Value
from django.db.models.functions import Coalesce

from dabir.core import keyset
from dabir.core.words import as_words
from dabir.decisions.models import Decision
from dabir.decisions.public.texts import Text, Words, as_told, texts_counted
from dabir.decisions.queries.register import register_on
from dabir.decisions.states import FORCES, STATUSES
from dabir.documents.public import is_public_text
from dabir.text.folding import fold_tokens

DELAYED = "delayed"
STATUS_CODES = (*STATUSES, DELAYED)
FORCE_CODES = tuple(FORCES)


@dataclass(frozen=True)
class TextsAsked:
    """What texts are asked for; what is empty narrows nothing."""

    kind: str = ""
    session: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class DecisionsAsked:
    """What decisions are asked for; what is empty narrows nothing."""

    text: str = ""
    force: str = ""
    organ: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class ListedDecision:
    """A decision in a list; its day is open where several days are possible."""

    public_id: str
    text: str
    node: str
    titles: Words
    force: str
    organ: str
    organ_names: Words
    decided_on: date
    precision: str
    tasks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TasksAsked:
    """What tasks are asked for; what is empty narrows nothing. A late task is `delayed` only."""

    text: str = ""
    decision: str = ""
    status: str = ""
    due_from: date | None = None
    due_until: date | None = None
    words: str = ""


@dataclass(frozen=True)
class ListedTask:
    """A task in a list: what, of which decision, who leads it, how it stands, until when."""

    public_id: str
    decision: str
    text: str
    titles: Words
    lead: Words
    status: str
    since: date
    due: date | None
    is_late: bool


def texts_listed(
    asked: TextsAsked, part: keyset.Asked, *, newest_first: bool = True
) -> keyset.Slice[Text]:
    """The public texts by their day of adoption, those without one last whichever way it goes."""
    undated = date.min if newest_first else date.max
    rows = texts_counted().annotate(day=Coalesce("adopted_on", Value(undated, DateField())))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.session:
        rows = rows.filter(session__id=asked.session)
    if asked.since:
        rows = rows.filter(adopted_on__gte=asked.since)
    if asked.until:
        rows = rows.filter(adopted_on__lte=asked.until)
    order = keyset.by_day("day", "public_id", descending=newest_first)
    found = keyset.slice_of(rows, order, part, lambda row: (row.day, row.public_id))
    return keyset.Slice([as_told(row) for row in found.rows], found.after, found.before)


def decisions_listed(
    asked: DecisionsAsked, part: keyset.Asked, today: date, *, newest_first: bool = True
) -> keyset.Slice[ListedDecision]:
    """The decisions of public texts by day; two statements for any number of them."""
    rows = Decision.objects.filter(is_public_text("document__"))
    if asked.text:
        rows = rows.filter(document__public_id=asked.text)
    if asked.force:
        rows = rows.filter(force=asked.force)
    if asked.organ:
        rows = rows.filter(organ__key=asked.organ)
    if asked.since:
        rows = rows.filter(decided_on__gte=asked.since)
    if asked.until:
        rows = rows.filter(decided_on__lte=asked.until)
    order = keyset.by_day("decided_on", "public_id", descending=newest_first)
    shown = rows.select_related("organ", "document", "node").only(
        "public_id", "titles", "force", "decided_on", "precision", "organ__key", "organ__names",
        "document__public_id", "document__adopted_candidates", "node__node_id",
    )  # fmt: skip
    found = keyset.slice_of(shown, order, part, lambda row: (row.decided_on, row.public_id))
    counts = _statuses([row.pk for row in found.rows], today)
    rows_told = [_decision(row, counts.get(row.pk, {})) for row in found.rows]
    return keyset.Slice(rows_told, found.after, found.before)


def _decision(row: Decision, tasks: dict[str, int]) -> ListedDecision:
    document = row.document
    open_day = bool(document and document.adopted_candidates)
    return ListedDecision(
        public_id=row.public_id,
        text=document.public_id if document else "",
        node=row.node.node_id if row.node else "",
        titles=as_words(row.titles),
        force=row.force,
        organ=row.organ.key,
        organ_names=as_words(row.organ.names),
        decided_on=row.decided_on,
        precision="candidates" if open_day else row.precision,
        tasks=tasks,
    )


def _statuses(decisions: Iterable[int], today: date) -> dict[int, dict[str, int]]:
    """How many tasks of each decision stand how; a late one is counted as late."""
    rows: Any = register_on(today).filter(decision__in=list(decisions)).select_related(None)
    found: dict[int, Counter[str]] = {}
    for decision, status, late in rows.order_by().values_list("decision_id", "status", "late"):
        found.setdefault(decision, Counter())[DELAYED if late else status] += 1
    return {key: dict(sorted(counted.items())) for key, counted in found.items()}


def tasks_listed(
    asked: TasksAsked, part: keyset.Asked, today: date, *, newest_first: bool = True
) -> keyset.Slice[ListedTask]:
    """The tasks of public decisions by the day since which they stand as they do; one statement."""
    rows: Any = register_on(today).filter(is_public_text("decision__document__"))
    if asked.text:
        rows = rows.filter(decision__document__public_id=asked.text)
    if asked.decision:
        rows = rows.filter(decision__public_id=asked.decision)
    if asked.status == DELAYED:
        rows = rows.filter(late=True)
    elif asked.status:
        rows = rows.filter(status=asked.status, late=False)
    if asked.due_from:
        rows = rows.filter(due__gte=asked.due_from)
    if asked.due_until:
        rows = rows.filter(due__lte=asked.due_until)
    for word in fold_tokens(asked.words):
        rows = rows.filter(folded__contains=word)
    order = keyset.by_day("status_since", "public_id", descending=newest_first)
    found = keyset.slice_of(
        _shown(rows), order, part, lambda row: (row.status_since, row.public_id)
    )
    return keyset.Slice([_task(row) for row in found.rows], found.after, found.before)


def public_task(public_id: str, today: date) -> ListedTask | None:
    """One task of a public decision; None where there is none for everybody."""
    rows = register_on(today).filter(is_public_text("decision__document__"), public_id=public_id)
    row = _shown(rows).first()
    return _task(row) if row else None


def _shown(rows: Any) -> Any:
    return rows.select_related(None).select_related(
        "decision__document", "lead_post", "lead_city", "lead_organ"
    ).only(
        "public_id", "titles", "status", "status_since", "lead_words", "decision__public_id",
        "decision__document__public_id", "lead_post__names", "lead_city__names",
        "lead_organ__names",
    )  # fmt: skip


def _task(row: Any) -> ListedTask:
    return ListedTask(
        public_id=row.public_id,
        decision=row.decision.public_id,
        text=row.decision.document.public_id,
        titles=as_words(row.titles),
        lead=row.lead_names,
        status=row.status,
        since=row.status_since,
        due=row.due,
        is_late=row.late,
    )
