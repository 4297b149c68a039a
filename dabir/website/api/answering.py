"""How public values become answers: with their addresses, and lists with the way to the next slice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest

from dabir.core.components.marks import mark_of
from dabir.core.keyset import Slice
from dabir.core.words import day_as_known, reader_language
from dabir.decisions.public import Clause, ListedDecision, ListedTask, Outcome, PublicEdition, Text

ROOT = "/api/v1/"
Data = dict[str, Any]


class Addresses:
    """The addresses of one answer: in the API, and of pages in the language of the answer.

    Composed here, because a list names dozens; a test asks each of them.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.site = request.build_absolute_uri("/")[:-1]
        self._pages = f"{self.site}/{reader_language()}/"

    def api(self, path: str) -> str:
        """An address of the API."""
        return self.site + ROOT + quote(path)

    def page(self, path: str) -> str:
        """A page for readers."""
        return self._pages + quote(path)


def exact(day: date | None) -> str | None:
    """A day that is known."""
    return day.isoformat() if day else None


def marked(code: str) -> Data:
    """A state with the word by which the pages call it."""
    return {"code": code, "label": str(mark_of(code).label)}


def listed(request: HttpRequest, found: Slice[Any], tell: Callable[[Any], Data]) -> Data:
    """A slice of a list, with the addresses of the next one and the one before."""
    return {
        "items": [tell(row) for row in found.rows],
        "next": _turned(request, "after", found.after),
        "previous": _turned(request, "before", found.before),
    }


def _turned(request: HttpRequest, way: str, cursor: str) -> str | None:
    """The address of this request with another cursor."""
    if not cursor:
        return None
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query[way] = cursor
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def told_text(text: Text, to: Addresses, sessions: frozenset[str]) -> Data:
    """A text by its facts."""
    return {
        "id": text.public_id,
        "kind": {"code": text.kind, "label": text.kind_label},
        "titles": text.titles,
        "organ": text.organ,
        "session": text.session,
        "session_id": text.session_id if text.session_id in sessions else None,
        "adopted_on": None if text.possible_days else day_as_known(text.adopted_on, text.precision),
        "possible_days": list(text.possible_days),
        "is_held": text.is_held,
        "source": text.source,
        "versions": [
            {"language": v.language, "state": {"code": v.state, "label": v.label}}
            for v in text.versions
        ],
        "clauses": text.number_of_clauses,
        "decisions": text.number_of_decisions,
        "self": to.api(f"texts/{text.public_id}"),
        "url": to.page(f"decisions/{text.public_id}/"),
    }


def _told_outcome(outcome: Outcome, to: Addresses) -> Data:
    return {
        "id": outcome.public_id,
        "titles": outcome.titles,
        "force": marked(outcome.force),
        "tasks_by_status": outcome.statuses,
        "self": to.api(f"decisions/{outcome.public_id}"),
    }


def told_clause(clause: Clause, to: Addresses) -> Data:
    """A clause in every language, with the decisions made from it."""
    return {
        "id": clause.public_id,
        "text": clause.document,
        "parent": f"{clause.document}/{clause.parent}" if clause.parent else None,
        "is_recital": clause.is_recital,
        "labels": clause.labels,
        "texts": clause.texts,
        "is_held": not clause.is_fact_only,
        "is_corrected": clause.is_corrected,
        "asks_nothing": clause.asks_nothing,
        "decisions": [_told_outcome(outcome, to) for outcome in clause.outcomes],
        "self": to.api(f"clauses/{clause.public_id}"),
        "url": to.page(f"decisions/{clause.public_id}/"),
    }


def told_decision(row: ListedDecision, to: Addresses) -> Data:
    """A decision as a list shows it."""
    return {
        "id": row.public_id,
        "titles": row.titles,
        "text": row.text,
        "clause": f"{row.text}/{row.node}" if row.node else None,
        "organ": row.organ,
        "organ_names": row.organ_names,
        "decided_on": day_as_known(row.decided_on, row.precision),
        "force": marked(row.force),
        "tasks_by_status": row.tasks,
        "self": to.api(f"decisions/{row.public_id}"),
        "url": to.page(f"decisions/{row.public_id}/"),
    }


def told_task(row: ListedTask, to: Addresses) -> Data:
    """A task as it stands today."""
    return {
        "id": row.public_id,
        "decision": row.decision,
        "text": row.text,
        "titles": row.titles,
        "lead": row.lead,
        "status": marked("delayed" if row.is_late else row.status),
        "since": row.since.isoformat(),
        "due": exact(row.due),
        "is_late": row.is_late,
        "self": to.api(f"follow-up/{row.public_id}"),
        "url": to.page(f"decisions/{row.decision}/"),
    }


def told_report(edition: PublicEdition, to: Addresses) -> Data:
    """A published edition with its files."""
    place = f"reports/{edition.report}/{edition.number}"
    return {
        "id": edition.report,
        "edition": edition.number,
        "titles": edition.titles,
        "organ": edition.organ,
        "as_of": edition.as_of.isoformat(),
        "code": edition.code,
        "published_at": edition.published_at.isoformat(),
        "files": [
            {
                "language": f.language,
                "format": f.format,
                "size": f.size,
                "sha256": f.sha256,
                "url": to.page(f"{place}/{f.language}.{f.format}"),
            }
            for f in edition.files
        ],
    }
