"""Public texts, their decisions and tasks as long lists for programs, read slice by slice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce

from dabir.core import keyset
from dabir.core.together import KEYS, Together, ValuesOf, given, in_parts, keyed, values_of
from dabir.core.words import as_words
from dabir.decisions.models import Decision
from dabir.decisions.public.tasks import (
    DELAYED,
    Shape,
    TasksAsked,
    counts_of_tasks,
    shape_of,
    tasks_of,
)
from dabir.decisions.public.texts import Text, Words, as_told, texts_counted
from dabir.decisions.queries.register import TODAY, register_on
from dabir.decisions.states import FORCES, STATUSES
from dabir.documents.public import is_public_text

STATUS_CODES = (*STATUSES, DELAYED)
FORCE_CODES = tuple(FORCES)
_SLICES = keyset.Slices()


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
_TASKS_OF = Together(
    tasks=lambda: values_of(
        register_on(TODAY).filter(decision__pk__in=KEYS), "decision_id", "status", "late"
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
        (task.decision_id, task.status, task.late)
        for keys in in_parts([row.pk for row in found.rows])
        for task in _TASKS_OF.read(today=today, **keyed(keys))["tasks"]
    )
    counted = counts_of_tasks(tasks)
    rows = [_decision(row, counted.get(row.pk, {})) for row in found.rows]
    return keyset.Slice(rows, found.after, found.before)


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
        tasks=dict(sorted(tasks.items())),
    )


def tasks_listed(
    asked: TasksAsked, part: keyset.Asked, today: date, *, newest_first: bool = True
) -> keyset.Slice[ListedTask]:
    """The tasks of public decisions by the day since which they stand as they do; one statement."""
    shape, values = shape_of(asked)
    order = keyset.by_day("status_since", "public_id", descending=newest_first)
    values["today"] = today
    found = _SLICES.read(lambda: _told(shape), f"tasks {shape}", order, part, values)
    return keyset.Slice([_task(row) for row in found.rows], found.after, found.before)


def _told(shape: Shape, *narrowing: Q) -> ValuesOf:
    return values_of(
        tasks_of(shape).filter(*narrowing),
        *("public_id", "decision__public_id", "decision__document__public_id", "titles"),
        *("lead_post__names", "lead_city__names", "lead_organ__names", "lead_words"),
        *("status", "status_since", "due", "late"),
    )


_ONE = Together(task=lambda: _told(shape_of(TasksAsked())[0], Q(public_id=given("id"))))


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
