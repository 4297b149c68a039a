"""The follow-up of public decisions as anyone may see it: tasks, who leads them, how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, F, Value, When

from dabir.core.composed import Composed
from dabir.core.words import as_words
from dabir.decisions.models import Commitment
from dabir.decisions.public.tasks import DELAYED, Shape, TasksAsked, shape_of, tasks_of
from dabir.decisions.public.texts import Words
from dabir.decisions.queries.register import rows_of

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


@lru_cache(maxsize=64)
def _counts(shape: Shape) -> Composed:
    shown = Case(
        When(late=True, then=Value(DELAYED)), default=F("status"), output_field=CharField()
    )
    return Composed(
        lambda: (
            tasks_of(shape)
            .order_by()
            .annotate(shown=shown)
            .values("shown")
            .annotate(number=Count("pk"))
            .values_list("shown", "number")
        )
    )


@lru_cache(maxsize=64)
def _keys(shape: Shape) -> Composed:
    """The keys of what is asked for, the newest decisions first."""
    newest = ("-decision__decided_on", "-decision_id", "position")
    return Composed(lambda: tasks_of(shape).order_by(*newest).values_list("pk", flat=True))


def counts_by_status(today: date, asked: TasksAsked | None = None) -> dict[str, int]:
    """How many tasks stand how; a task that is late is counted as late, each once."""
    shape, told = shape_of(asked or TasksAsked())
    found = dict.fromkeys(ORDER, 0)
    return found | dict(_counts(shape).read(today=today, **told))


class _Tasks(Sequence[Any]):
    """The tasks asked for, of which a page reads its own."""

    def __init__(self, today: date, asked: TasksAsked, number: int) -> None:
        self.today, self.number = today, number
        self.shape, self.told = shape_of(asked)

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, asked: Any) -> Any:
        keys = _keys(self.shape).part(asked.start, asked.stop, today=self.today, **self.told)
        return [_line(row) for row in rows_of(keys, self.today)]


def follow_up_lines(
    today: date, asked: TasksAsked, numbers: dict[str, int], page: str | int
) -> tuple[list[FollowUpLine], Any]:
    """One page of the tasks asked for, the newest decisions first; and the page itself.

    `numbers` are the counts of all that `asked` leaves whatever its status: among them is how many there are.
    """
    number = numbers.get(asked.status) if asked.status else None
    tasks = _Tasks(today, asked, sum(numbers.values()) if number is None else number)
    shown = Paginator(tasks, PER_PAGE).page(page)
    return list(shown.object_list), shown


def _line(row: Commitment) -> FollowUpLine:
    document = row.decision.document
    return FollowUpLine(
        decision=row.decision.public_id,
        titles=as_words(row.titles),
        text=as_words(document.titles) if document else {},
        lead=row.lead_names,
        status=row.status,
        due=row.due,  # type: ignore[attr-defined]  # reckoned by the query
        is_late=row.late,  # type: ignore[attr-defined]  # likewise
    )
