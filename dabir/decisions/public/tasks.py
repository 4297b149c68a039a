"""The tasks of public decisions, narrowed as somebody asks: one query for pages and for programs.

A query is composed with `given` where a value comes in, so it depends on its shape alone: which
conditions it has, not what they ask for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import DateField, Q, QuerySet

from dabir.core.together import given
from dabir.decisions.models import Commitment
from dabir.decisions.queries.register import TODAY, register_on
from dabir.decisions.states import STATUSES
from dabir.documents.public import is_public_text
from dabir.text.folding import fold_tokens

DELAYED = "delayed"
Key = TypeVar("Key", bound=Hashable)
# What narrows the tasks beside their status and words, each by the value of its name.
_BY = {
    "text": Q(decision__document__public_id=given("text")),
    "decision": Q(decision__public_id=given("decision")),
    "due_from": Q(due__gte=given("due_from", DateField())),
    "due_until": Q(due__lte=given("due_until", DateField())),
}


@dataclass(frozen=True)
class TasksAsked:
    """What tasks are asked for; what is empty narrows nothing. A late task is `delayed` only."""

    status: str = ""
    text: str = ""
    words: str = ""
    decision: str = ""
    due_from: date | None = None
    due_until: date | None = None


@dataclass(frozen=True)
class Shape:
    """Which conditions a list of tasks has, whatever they ask for."""

    status: str
    by: tuple[str, ...]
    words: int


def shape_of(asked: TasksAsked) -> tuple[Shape, dict[str, Any]]:
    """The shape of what is asked for, and what is put in beside the day of today."""
    values = {name: getattr(asked, name) for name in _BY if getattr(asked, name)}
    words = {f"word{n}": word for n, word in enumerate(fold_tokens(asked.words))}
    status = asked.status if asked.status == DELAYED else "one" if asked.status in STATUSES else ""
    return Shape(status, tuple(values), len(words)), values | words | {"status": asked.status}


def tasks_of(shape: Shape) -> QuerySet[Commitment]:
    """The tasks of public decisions with these conditions, and how they stand today."""
    narrowing = [_BY[name] for name in shape.by]
    narrowing += [Q(folded__contains=given(f"word{n}")) for n in range(shape.words)]
    if shape.status:
        late = Q(late=True)
        narrowing.append(late if shape.status == DELAYED else Q(status=given("status"), late=False))
    public = is_public_text("decision__document__")
    return register_on(TODAY).select_related(None).filter(public, *narrowing)


def counts_of_tasks(rows: Iterable[tuple[Key, str, bool]]) -> dict[Key, dict[str, int]]:
    """How many tasks of each decision stand how; a late one is counted as late."""
    found: dict[Key, Counter[str]] = {}
    for decision, status, late in rows:
        found.setdefault(decision, Counter())[DELAYED if late else status] += 1
    return {key: dict(counted) for key, counted in found.items()}
