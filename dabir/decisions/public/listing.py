"""Public texts, their decisions and tasks as long lists for programs, read slice by slice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce

from dabir.core import keyset
from dabir.core.together import KEYS, Together, ValuesOf, given, in_parts, keyed, values_of
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
_SLICES = keyset.Slices()
_TODAY = given("today", DateField())


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
    found = keyset.slice_of(rows, order, part)
    return keyset.Slice([as_told(row) for row in found.rows], found.after, found.before)


# What narrows the decisions, each by the value of its name.
_DECISIONS_BY = {
    "text": Q(document__public_id=given("text")),
    "force": Q(force=given("force")),
    "organ": Q(organ__key=given("organ")),
    "since": Q(decided_on__gte=given("since", DateField())),
    "until": Q(decided_on__lte=given("until", DateField())),
}
# What narrows the tasks, but for the status and the words.
_TASKS_BY = {
    "text": Q(decision__document__public_id=given("text")),
    "decision": Q(decision__public_id=given("decision")),
    "due_from": Q(due__gte=given("due_from", DateField())),
    "due_until": Q(due__lte=given("due_until", DateField())),
}


_TASKS_OF = Together(
    tasks=lambda: values_of(
        register_on(_TODAY).filter(decision__pk__in=KEYS), "decision_id", "status", "late"
    )
)


def decisions_listed(
    asked: DecisionsAsked, part: keyset.Asked, today: date, *, newest_first: bool = True
) -> keyset.Slice[ListedDecision]:
    """The decisions of public texts by day; two statements for up to fifty of them."""
    values = {name: value for name, value in vars(asked).items() if value}

    def _rows() -> ValuesOf:
        narrowing = [_DECISIONS_BY[name] for name in values]
        return values_of(
            Decision.objects.filter(is_public_text("document__"), *narrowing),
            *("pk", "titles", "force", "precision", "organ__key", "organ__names"),
            *("document__public_id", "document__adopted_candidates", "node__node_id"),
        )

    order = keyset.by_day("decided_on", "public_id", descending=newest_first)
    found = _SLICES.read(_rows, f"decisions by {sorted(values)}", order, part, values)
    tasks = (
        task
        for keys in in_parts([row.pk for row in found.rows])
        for task in _TASKS_OF.read(today=today, **keyed(keys))["tasks"]
    )
    counted = counts_of_tasks(tasks)
    rows = [_decision(row, counted.get(row.pk, {})) for row in found.rows]
    return keyset.Slice(rows, found.after, found.before)


def counts_of_tasks(rows: Iterable[Any]) -> dict[int, dict[str, int]]:
    """How many tasks of each decision, by its key, stand how; a late one is counted as late."""
    found: dict[int, Counter[str]] = {}
    for row in rows:
        found.setdefault(row.decision_id, Counter())[DELAYED if row.late else row.status] += 1
    return {key: dict(sorted(counted.items())) for key, counted in found.items()}


def _decision(row: Any, tasks: dict[str, int]) -> ListedDecision:
    return ListedDecision(
        public_id=row.public_id,
        text=row.document__public_id,
        node=row.node__node_id or "",
        titles=as_words(row.titles),
        force=row.force,
        organ=row.organ__key,
        organ_names=as_words(row.organ__names),
        decided_on=row.decided_on,
        precision="candidates" if row.document__adopted_candidates else row.precision,
        tasks=tasks,
    )


def _standing(status: str) -> Q:
    """The condition that a task stands so today; one that is late is `delayed` and nothing else."""
    return Q(late=True) if status == DELAYED else Q(status=status, late=False)


def tasks_listed(
    asked: TasksAsked, part: keyset.Asked, today: date, *, newest_first: bool = True
) -> keyset.Slice[ListedTask]:
    """The tasks of public decisions by the day since which they stand as they do; one statement."""
    values = {name: value for name, value in vars(asked).items() if value and name in _TASKS_BY}
    words = {f"word{n}": word for n, word in enumerate(fold_tokens(asked.words))}

    def _rows() -> ValuesOf:
        narrowing = [_TASKS_BY[name] for name in values]
        narrowing += [Q(folded__contains=given(word)) for word in words]
        narrowing += [_standing(asked.status)] if asked.status else []
        return _tasks(*narrowing)

    order = keyset.by_day("status_since", "public_id", descending=newest_first)
    named = f"tasks by {sorted(values)} {asked.status} {len(words)}"
    found = _SLICES.read(_rows, named, order, part, values | words | {"today": today})
    return keyset.Slice([_task(row) for row in found.rows], found.after, found.before)


def _tasks(*narrowing: Q) -> ValuesOf:
    public = is_public_text("decision__document__")
    return values_of(
        register_on(_TODAY).filter(public, *narrowing),
        *("public_id", "decision__public_id", "decision__document__public_id", "titles"),
        *("lead_post__names", "lead_city__names", "lead_organ__names", "lead_words"),
        *("status", "status_since", "due", "late"),
    )


_ONE = Together(task=lambda: _tasks(Q(public_id=given("id"))))


def public_task(public_id: str, today: date) -> ListedTask | None:
    """One task of a public decision; None where there is none for everybody."""
    return next(map(_task, _ONE.read(id=public_id, today=today)["task"]), None)


def _task(row: Any) -> ListedTask:
    lead = row.lead_post__names or row.lead_city__names or row.lead_organ__names
    return ListedTask(
        public_id=row.public_id,
        decision=row.decision__public_id,
        text=row.decision__document__public_id,
        titles=as_words(row.titles),
        lead=as_words(lead or row.lead_words),
        status=row.status,
        since=row.status_since,
        due=row.due,
        is_late=row.late,
    )
