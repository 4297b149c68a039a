"""The follow-up of public decisions as anyone may see it: tasks, who leads them, how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, DateField, F, QuerySet, Value, When

from dabir.core.composed import Composed
from dabir.core.together import given
from dabir.core.words import as_words
from dabir.decisions.public.tasks import DELAYED, Shape, TasksAsked, shape_of, tasks_of
from dabir.decisions.public.texts import Words

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
    return counts_of(tasks_by_day(today, asked or TasksAsked()))


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
    """The tasks asked for, of which a page reads its own: those of the days in which it lies."""

    def __init__(self, today: date, asked: TasksAsked, steps: Steps) -> None:
        self.shape, told = shape_of(asked)
        self.told = {**told, "today": today}
        self.steps = [step for step in steps if not asked.status or step[1] == asked.status]

    def __len__(self) -> int:
        return sum(number for _day, _shown, number in self.steps)

    def __getitem__(self, asked: Any) -> Any:
        newest, oldest, before, passed = None, None, 0, 0
        for day, _shown, number in self.steps:
            if passed >= asked.stop:
                break
            if day != oldest and passed <= asked.start:
                newest, before = day, passed
            oldest = day
            passed += number
        if newest is None:
            return []
        rows = _rows(self.shape).part(
            asked.start - before, asked.stop - before, oldest=oldest, newest=newest, **self.told
        )
        return [_line(row) for row in rows]


def follow_up_lines(
    today: date, asked: TasksAsked, steps: Steps, page: str | int
) -> tuple[list[FollowUpLine], Any]:
    """One page of the tasks asked for, the newest decisions first; and the page itself.

    `steps` are those of all that `asked` leaves whatever its status: any page costs what the first does.
    """
    shown = Paginator(_Tasks(today, asked, steps), PER_PAGE).page(page)
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
