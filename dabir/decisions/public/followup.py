"""The follow-up of public decisions as anyone may see it: tasks, who leads them, how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, DateField, F, Value, When

from dabir.core.composed import Composed
from dabir.core.together import given
from dabir.core.words import as_words
from dabir.decisions.models import Commitment
from dabir.decisions.public.texts import Words
from dabir.decisions.queries.register import register_on, rows_of
from dabir.decisions.states import STATUSES
from dabir.documents.public import is_public_text
from dabir.text.folding import fold_tokens

ORDER = (
    "under_way",
    "not_started",
    "delayed",
    "blocked",
    "done_claimed",
    "done_accepted",
    "not_applicable",
)
PUBLIC = is_public_text("decision__document__")
PER_PAGE = 25
TODAY = given("today", DateField())


@dataclass(frozen=True)
class Narrowed:
    """What a reader asks for."""

    status: str = ""
    text: str = ""
    words: str = ""


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


@dataclass(frozen=True)
class _Shape:
    """Which conditions a list has, whatever they ask for."""

    status: str
    text: bool
    words: int


def _shape(asked: Narrowed) -> tuple[_Shape, dict[str, str]]:
    """The shape of what is asked for, and what is put in."""
    words = fold_tokens(asked.words)
    status = "delayed" if asked.status == "delayed" else "one" if asked.status in STATUSES else ""
    told = {f"word{n}": word for n, word in enumerate(words)}
    return _Shape(status, bool(asked.text), len(words)), told | {
        "status": asked.status,
        "text": asked.text,
    }


def _rows(shape: _Shape) -> Any:
    rows: Any = register_on(TODAY).filter(PUBLIC).select_related(None)
    if shape.status == "delayed":
        rows = rows.filter(late=True)
    elif shape.status:
        rows = rows.filter(status=given("status"), late=False)
    if shape.text:
        rows = rows.filter(decision__document__public_id=given("text"))
    for n in range(shape.words):
        rows = rows.filter(folded__contains=given(f"word{n}"))
    return rows


@lru_cache(maxsize=64)
def _counts(shape: _Shape) -> Composed:
    shown = Case(
        When(late=True, then=Value("delayed")), default=F("status"), output_field=CharField()
    )
    return Composed(
        lambda: (
            _rows(shape)
            .order_by()
            .annotate(shown=shown)
            .values("shown")
            .annotate(number=Count("pk"))
            .values_list("shown", "number")
        )
    )


@lru_cache(maxsize=64)
def _keys(shape: _Shape) -> Composed:
    """The keys of what is asked for, the newest decisions first."""
    newest = ("-decision__decided_on", "-decision_id", "position")
    return Composed(lambda: _rows(shape).order_by(*newest).values_list("pk", flat=True))


def counts_by_status(today: date, asked: Narrowed | None = None) -> dict[str, int]:
    """How many tasks stand how; a task that is late is counted as late, each once."""
    shape, told = _shape(asked or Narrowed())
    found = dict.fromkeys(ORDER, 0)
    return found | dict(_counts(shape).read(today=today, **told))


class _Tasks(Sequence[Any]):
    """The tasks asked for, of which a page reads its own."""

    def __init__(self, today: date, asked: Narrowed, number: int) -> None:
        self.today, self.number = today, number
        self.shape, self.told = _shape(asked)

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, asked: Any) -> Any:
        keys = _keys(self.shape).part(asked.start, asked.stop, today=self.today, **self.told)
        return [_line(row) for row in rows_of(keys, self.today)]


def follow_up_lines(
    today: date, asked: Narrowed, numbers: dict[str, int], page: str | int
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
