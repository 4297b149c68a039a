"""The follow-up of public decisions as anyone may see it: tasks, who leads them, how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, CharField, Count, F, Value, When

from dabir.core.words import as_words
from dabir.decisions.models import Commitment
from dabir.decisions.public.texts import Words
from dabir.decisions.queries.register import page_of, register_on
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


def _asked(today: date, asked: Narrowed) -> Any:
    rows: Any = register_on(today).filter(PUBLIC)
    if asked.status == "delayed":
        rows = rows.filter(late=True)
    elif asked.status in STATUSES:
        rows = rows.filter(status=asked.status, late=False)
    if asked.text:
        rows = rows.filter(decision__document__public_id=asked.text)
    for word in fold_tokens(asked.words):
        rows = rows.filter(folded__contains=word)
    return rows


def counts_by_status(today: date, asked: Narrowed | None = None) -> dict[str, int]:
    """How many tasks stand how; a task that is late is counted as late, each once."""
    found = dict.fromkeys(ORDER, 0)
    rows = (
        _asked(today, asked or Narrowed())
        .select_related(None)
        .order_by()
        .annotate(
            shown=Case(
                When(late=True, then=Value("delayed")),
                default=F("status"),
                output_field=CharField(),
            )
        )
        .values("shown")
        .annotate(number=Count("pk"))
    )
    for row in rows:
        found[row["shown"]] = row["number"]
    return found


def follow_up_lines(
    today: date, asked: Narrowed, page: str | int
) -> tuple[list[FollowUpLine], Any]:
    """One page of the tasks asked for, the newest decisions first; and the page itself."""
    rows = (
        _asked(today, asked)
        .select_related(None)
        .order_by("-decision__decided_on", "-decision_id", "position")
    )
    shown = Paginator(rows, PER_PAGE).page(page)
    listed: Any = shown.object_list
    lines = [_line(row) for row in page_of(listed, today)]
    return lines, shown


def _line(row: Commitment) -> FollowUpLine:
    lead = row.lead_post or row.lead_city or row.lead_organ
    document = row.decision.document
    return FollowUpLine(
        decision=row.decision.public_id,
        titles=as_words(row.titles),
        text=as_words(document.titles) if document else {},
        lead=as_words(lead.names) if lead else as_words(row.lead_words),
        status=row.status,
        due=row.due,  # type: ignore[attr-defined]  # reckoned by the query
        is_late=row.late,  # type: ignore[attr-defined]  # likewise
    )
