"""The follow-up of public decisions as anyone may see it: tasks, who leads them, how they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When

from dabir.core.composed import Composed
from dabir.core.together import given
from dabir.core.words import as_words
from dabir.decisions.models import Commitment, Decision
from dabir.decisions.public.tasks import DELAYED, Shape, TasksAsked, shape_of, tasks_of
from dabir.decisions.public.texts import Words
from dabir.decisions.queries.register import OPEN, TODAY
from dabir.decisions.states import DeadlineType
from dabir.documents.models import Document
from dabir.documents.public import is_public_text

ORDER = (
    "under_way",
    "not_started",
    DELAYED,
    "blocked",
    "done_claimed",
    "done_accepted",
    "not_applicable",
)
PER_PAGE = 25
Steps = list[tuple[date, str, int]]
"""How many tasks of the decisions of each day stand how, the newest day first."""
ReadSteps = Callable[[], Steps]
_EVERY = Shape(status="", by=(), words=0)


@dataclass(frozen=True)
class FollowUpLine:
    """One task of a public decision."""

    decision: str
    titles: Words
    text: Words
    lead: Words
    status: str
    due: date | None
    is_late: bool


_SHOWN = Case(When(late=True, then=Value(DELAYED)), default=F("status"), output_field=CharField())


@lru_cache(maxsize=64)
def _steps(shape: Shape) -> Composed:
    day = F("decision__decided_on")
    return Composed(
        lambda: (
            tasks_of(shape)
            .annotate(day=day, shown=_SHOWN)
            .values("day", "shown")
            .annotate(number=Count("pk"))
            .order_by("-day")
            .values_list("day", "shown", "number")
        )
    )


def tasks_by_day(today: date, asked: TasksAsked) -> Steps:
    """How many of the tasks asked for, whatever their status, stand how; a late one is counted as late.

    One statement through all of them; a page then knows of which days its rows are, and reads no others.
    """
    shape, told = shape_of(replace(asked, status=""))
    found: Steps = _steps(shape).read(today=today, **told)
    return found


def counts_of(steps: Steps) -> dict[str, int]:
    """How many tasks stand how, in the order of the statuses."""
    found = dict.fromkeys(ORDER, 0)
    for _day, shown, number in steps:
        found[shown] += number
    return found


def counts_by_status(today: date, asked: TasksAsked | None = None) -> dict[str, int]:
    """How many tasks stand how; a task that is late is counted as late, each once."""
    every = TasksAsked()
    if asked and replace(asked, status="") != every:
        return counts_of(tasks_by_day(today, asked))
    found = dict.fromkeys(ORDER, 0)
    for part, status, number in _TOTALS.read(today=today):
        found[status] += number if part == ALL else -number
        found[DELAYED] += number if part == LATE else 0
    return found


ALL, HIDDEN, LATE = range(3)


def _totals() -> QuerySet[Any, Any]:
    """All tasks by their status, those of texts that are not public, and those that are late.

    The first is read from an index alone, the others are few: no task is looked at that needs not be.
    """
    kept_back = Q(document__in=Document.objects.exclude(is_public_text()).values("pk"))
    hidden = Decision.objects.filter(Q(document__isnull=True) | kept_back).values("pk")
    late, open_ = tasks_of(replace(_EVERY, status=DELAYED)), Q(status__in=OPEN)
    waiting = Q(deadline_type=DeadlineType.BEFORE_NEXT)
    parts = (
        (ALL, Commitment.objects.all()),
        (HIDDEN, Commitment.objects.filter(decision__in=hidden)),
        (LATE, late.filter(~waiting, open_, due_on__lt=TODAY)),
        (LATE, late.filter(waiting, open_)),
    )
    first, *others = (
        rows.order_by()
        .values("status")
        .annotate(part=Value(part), number=Count("pk"))
        .values_list("part", "status", "number")
        for part, rows in parts
    )
    return first.union(*others, all=True)


_TOTALS = Composed(_totals)


@lru_cache(maxsize=64)
def _rows(shape: Shape) -> Composed:
    """The tasks asked for of the decisions of some days, the newest decisions first."""
    newest = ("-decision__decided_on", "-decision_id", "position")
    days = (given("oldest", DateField()), given("newest", DateField()))

    def _shown() -> QuerySet[Any]:
        rows = tasks_of(shape).filter(decision__decided_on__range=days).order_by(*newest)
        return rows.values_list(
            *("decision__public_id", "titles", "decision__document__titles", "lead_post__names"),
            *("lead_city__names", "lead_organ__names", "lead_words", "status", "due", "late"),
            named=True,
        )

    return Composed(_shown)


class _Tasks(Sequence[Any]):
    """The tasks asked for, of which a page reads its own: those of the days in which it lies.

    The first page of all of them needs no days: it reads from the newest on until it is full.
    """

    def __init__(self, today: date, asked: TasksAsked, number: int, steps: ReadSteps) -> None:
        self.shape, told = shape_of(asked)
        self.told = {**told, "today": today}
        self.status, self.number, self.steps = asked.status, number, steps

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, asked: Any) -> Any:
        if asked.start == 0 and self.shape == _EVERY:
            return self._part(0, asked.stop, date.min, date.max)
        newest, oldest, before, passed = None, None, 0, 0
        for day, shown, number in self.steps():
            if self.status and shown != self.status:
                continue
            if passed >= asked.stop:
                break
            if day != oldest and passed <= asked.start:
                newest, before = day, passed
            oldest = day
            passed += number
        if newest is None or oldest is None:
            return []
        return self._part(asked.start - before, asked.stop - before, oldest, newest)

    def _part(self, first: int, end: int, oldest: date, newest: date) -> list[FollowUpLine]:
        rows = _rows(self.shape).part(first, end, oldest=oldest, newest=newest, **self.told)
        return [_line(row) for row in rows]


def follow_up_lines(
    today: date, asked: TasksAsked, numbers: dict[str, int], steps: ReadSteps, page: str | int
) -> tuple[list[FollowUpLine], Any]:
    """One page of the tasks asked for, the newest decisions first; and the page itself.

    `numbers` and `steps` are those of all that `asked` leaves whatever its status; the steps are read
    where they are needed, and any page that needs them costs what every other does.
    """
    number = numbers.get(asked.status, 0) if asked.status else sum(numbers.values())
    shown = Paginator(_Tasks(today, asked, number, steps), PER_PAGE).page(page)
    return list(shown.object_list), shown


def _line(row: Any) -> FollowUpLine:
    lead = row.lead_post__names or row.lead_city__names or row.lead_organ__names
    return FollowUpLine(
        decision=row.decision__public_id,
        titles=as_words(row.titles),
        text=as_words(row.decision__document__titles),
        lead=as_words(lead or row.lead_words),
        status=row.status,
        due=row.due,
        is_late=row.late,
    )
