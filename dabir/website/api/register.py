"""What the API answers of texts, clauses, decisions, tasks and published reports."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from dabir.core import keyset
from dabir.core.words import day_as_known
from dabir.decisions.public import (
    ClausePage,
    DecisionsAsked,
    TasksAsked,
    TextsAsked,
    clause_page,
    clauses_listed,
    counts_by_status,
    decisions_listed,
    public_clause,
    public_facts,
    public_task,
    published_editions,
    tasks_listed,
    texts_listed,
)
from dabir.meetings.public import sessions_with_page
from dabir.website.api import shapes
from dabir.website.api.answering import (
    Addresses,
    Data,
    exact,
    listed,
    marked,
    told_clause,
    told_decision,
    told_report,
    told_task,
    told_text,
)
from dabir.website.api.asking import (
    DecisionsPart,
    NodeId,
    Part,
    Spoken,
    TaskNumber,
    TasksPart,
    TextId,
    TextsPart,
)
from dabir.website.api.problems import NotThere
from dabir.website.api.telling import listing, reading

router = Router()
TEXTS, DECISIONS, FOLLOW_UP = _("Texts and clauses"), _("Decisions"), _("Follow-up")


@router.get("texts", **listing(
    "Texts", shapes.Text, TEXTS, _("Public texts"),
    _("Adopted declarations, resolutions and minutes that were made public, and the association's "
      "own pages."),
))  # fmt: skip
def texts(request: HttpRequest, asked: Annotated[TextsPart, Query()]) -> Data:
    """The public texts by their day of adoption; those without one come last."""
    wanted = TextsAsked(
        kind=asked.kind or "",
        session=asked.session or "",
        since=asked.adopted_from,
        until=asked.adopted_until,
    )
    found = texts_listed(wanted, asked.asked(), newest_first=asked.sort == "-adopted_on")
    to, sessions = Addresses(request), sessions_with_page(text.session_id for text in found.rows)
    return listed(request, found, lambda text: told_text(text, to, sessions))


@router.get("texts/{text}", **reading(
    "Text", shapes.Text, TEXTS, _("One text"), _("The facts of one public text."),
))  # fmt: skip
def text(request: HttpRequest, text: TextId, asked: Annotated[Spoken, Query()]) -> Data:
    """One text by its facts."""
    found = public_facts(text)
    if found is None:
        raise NotThere(text)
    return told_text(found, Addresses(request), sessions_with_page([found.session_id]))


@router.get("texts/{text}/clauses", **listing(
    "Clauses", shapes.Clause, TEXTS, _("Clauses of a text"),
    _("Every recital, clause and item of a text in its order, with the wording in each language."),
))  # fmt: skip
def clauses(request: HttpRequest, text: TextId, asked: Annotated[Part, Query()]) -> Data:
    """The clauses of a text, in its order."""
    found = clauses_listed(text, asked.asked(), timezone.localdate())
    if found is None:
        raise NotThere(text)
    to = Addresses(request)
    return listed(request, found, lambda clause: told_clause(clause, to))


def _page(text: str, node: str) -> ClausePage:
    found = clause_page(text, node, timezone.localdate())
    if found is None:
        raise NotThere(node)
    return found


@router.get("clauses/{text}/{node}", **reading(
    "Clause", shapes.Clause, TEXTS, _("One clause"),
    _("A clause by the id by which it is cited, such as `haikou-2014/4.b`."),
))  # fmt: skip
def clause(
    request: HttpRequest,
    text: TextId,
    node: NodeId,
    asked: Annotated[Spoken, Query()],
) -> Data:
    """One clause in every language."""
    found = public_clause(text, node, timezone.localdate())
    if found is None:
        raise NotThere(node)
    return told_clause(found, Addresses(request))


@router.get("decisions", **listing(
    "Decisions", shapes.Decision, DECISIONS, _("Decisions"),
    _("Decisions recorded from public texts, with their force and how far their tasks are."),
))  # fmt: skip
def decisions(request: HttpRequest, asked: Annotated[DecisionsPart, Query()]) -> Data:
    """The decisions of public texts, by day."""
    wanted = DecisionsAsked(
        text=asked.text or "",
        force=asked.force or "",
        organ=asked.organ or "",
        since=asked.decided_from,
        until=asked.decided_until,
    )
    newest_first, to = asked.sort == "-decided_on", Addresses(request)
    found = decisions_listed(wanted, asked.asked(), timezone.localdate(), newest_first=newest_first)
    return listed(request, found, lambda row: told_decision(row, to))


@router.get("decisions/{text}/{node}", **reading(
    "Decision", shapes.DecisionWhole, DECISIONS, _("One decision"),
    _("A decision with its tasks, evidence, history and the decisions that bear on it."),
))  # fmt: skip
def decision(
    request: HttpRequest,
    text: TextId,
    node: NodeId,
    asked: Annotated[Spoken, Query()],
) -> Data:
    """One decision, whole."""
    to, today = Addresses(request), timezone.localdate()
    page = _page(text, node)
    if not page.has_decision:
        raise NotThere(node)
    tasks = tasks_listed(TasksAsked(decision=page.public_id), keyset.Asked(1000), today).rows
    return _whole(page, to) | {"tasks": [told_task(row, to) for row in tasks]}


def _whole(page: ClausePage, to: Addresses) -> Data:
    counted: dict[str, int] = {}
    for task in page.tasks:
        status = "delayed" if task.is_late else task.status
        counted[status] = counted.get(status, 0) + 1
    precision = "candidates" if page.text.possible_days else page.precision
    return {
        "id": page.public_id,
        "titles": page.titles,
        "text": page.text.public_id,
        "clause": page.clause.public_id if page.clause else None,
        "organ": page.organ,
        "organ_names": page.decided_by,
        "decided_on": day_as_known(page.decided_on, precision),
        "force": marked(page.force),
        "tasks_by_status": dict(sorted(counted.items())),
        "self": to.api(f"decisions/{page.public_id}"),
        "url": to.page(f"decisions/{page.public_id}/"),
        "words": page.words,
        "effects": [{"kind": kind, "names": names} for kind, names in page.effects],
        "earlier": [_related(row, to) for row in page.before],
        "later": [_related(row, to) for row in page.after],
        "evidence": [
            {"label": p.label, "address": p.url, "seen_on": exact(p.seen_on)} for p in page.evidence
        ],
        "history": [_event(row) for row in page.history],
    }


def _related(row: Any, to: Addresses) -> Data:
    return {
        "id": row.public_id,
        "titles": row.titles,
        "relation": row.relation,
        "self": to.api(f"decisions/{row.public_id}"),
    }


def _event(row: Data) -> Data:
    about = row["text"] if isinstance(row["text"], dict) else {}
    return {
        "on": day_as_known(row["on"], row["precision"]),
        "what": str(row["title"]),
        "about": about,
        "status": marked(row["status"]) if row["status"] else None,
    }


@router.get("follow-up", **listing(
    "Tasks", shapes.Task, FOLLOW_UP, _("Tasks"),
    _("What public decisions ask of somebody, who leads it, and how it stands today."),
))  # fmt: skip
def tasks(request: HttpRequest, asked: Annotated[TasksPart, Query()]) -> Data:
    """The tasks of public decisions, those that changed last first."""
    wanted = TasksAsked(
        text=asked.text or "",
        status=asked.status or "",
        due_from=asked.due_from,
        due_until=asked.due_until,
        words=asked.words or "",
    )
    to = Addresses(request)
    found = tasks_listed(
        wanted, asked.asked(), timezone.localdate(), newest_first=asked.sort == "-since"
    )
    return listed(request, found, lambda row: told_task(row, to))


@router.get("follow-up/counts", **reading(
    "Counts", shapes.Counts, FOLLOW_UP, _("How many tasks stand how"),
    _("The number of tasks of public decisions by status, as of today."),
))  # fmt: skip
def counts(request: HttpRequest, asked: Annotated[Spoken, Query()]) -> Data:
    """How many tasks stand how today."""
    today = timezone.localdate()
    numbers = counts_by_status(today, TasksAsked())
    return {"as_of": today.isoformat(), "tasks": sum(numbers.values()), "by_status": numbers}


@router.get("follow-up/{text}/{node}/{number}", **reading(
    "Task", shapes.Task, FOLLOW_UP, _("One task"), _("A task by its id, as it stands today."),
))  # fmt: skip
def task(
    request: HttpRequest,
    text: TextId,
    node: NodeId,
    number: TaskNumber,
    asked: Annotated[Spoken, Query()],
) -> Data:
    """One task as it stands today."""
    found = public_task(f"{text}/{node}/{number}", timezone.localdate())
    if found is None:
        raise NotThere(number)
    return told_task(found, Addresses(request))


@router.get("reports", **listing(
    "Reports", shapes.Report, FOLLOW_UP, _("Published reports"),
    _("Frozen editions of progress reports that were shown to everybody, with their files."),
))  # fmt: skip
def reports(request: HttpRequest, asked: Annotated[Part, Query()]) -> Data:
    """The published editions, the newest first."""
    to = Addresses(request)
    part = keyset.slice_of_list(
        published_editions(), asked.asked(), lambda row: f"{row.report}/{row.number}"
    )
    return listed(request, part, lambda edition: told_report(edition, to))
