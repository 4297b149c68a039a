"""The clauses of public texts as values: of a whole text, a slice of them, or one by its address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from dabir.core import keyset
from dabir.core.together import (
    KEYS,
    Found,
    Together,
    ValuesOf,
    given,
    in_order,
    in_parts,
    keyed,
    values_of,
)
from dabir.core.words import as_words
from dabir.decisions.models import Decision, NoActionNeeded
from dabir.decisions.public.tasks import counts_of_tasks
from dabir.decisions.public.texts import Clause, Outcome, Text, text_of
from dabir.decisions.queries.register import TODAY, register_on
from dabir.documents.models import Document, LanguageVersion, Node, NodeText
from dabir.documents.public import is_public_text

_SLICES = keyset.Slices()
_ORDER = keyset.by("position", keyset.number)


def _clauses(*narrowing: Q) -> ValuesOf:
    return values_of(
        Node.objects.filter(is_public_text("document__"), *narrowing),
        *("pk", "document__public_id", "node_id", "parent__node_id", "labels", "found", "position"),
    )


def _beside(mine: dict[str, Any], decisions: QuerySet[Decision], tasks: Q) -> Together:
    """The texts of clauses, what was said of them and came of them, and how the tasks stand."""
    return Together(
        texts=lambda: values_of(
            NodeText.objects.filter(**mine), "node__pk", "language", "revision", "text"
        ),
        unasked=lambda: values_of(NoActionNeeded.objects.filter(**mine), "node__pk"),
        decisions=lambda: values_of(
            decisions, "pk", "public_id", "titles", "force", "decided_on", "node__pk"
        ),
        tasks=lambda: values_of(
            register_on(TODAY).filter(tasks), "decision_id", "status", "late", "position"
        ),
    )


def _beside_these(nodes: QuerySet[Node]) -> Together:
    mine = {"node__in": nodes.order_by().values("pk")}
    decisions = Decision.objects.filter(document=F("node__document"), **mine)  # none of other texts
    return _beside(mine, decisions, Q(decision__in=decisions.values("pk")))


_BY_KEYS = _beside_these(Node.objects.filter(pk__in=KEYS))
_ONE = Q(document__public_id=given("text"), node_id=given("node"))
_BY_ADDRESS = _beside_these(Node.objects.filter(_ONE)) | Together(clauses=lambda: _clauses(_ONE))
_OF_TEXT = Q(document__public_id=given("text"))
_WHOLE = _beside(
    {"node__document__public_id": given("text")},
    Decision.objects.filter(_OF_TEXT),
    Q(decision__document__public_id=given("text")),
) | Together(
    document=lambda: Document.objects.filter(is_public_text(), public_id=given("text")),
    versions=lambda: LanguageVersion.objects.filter(document__public_id=given("text")),
    clauses=lambda: _clauses(_OF_TEXT),
)
_PUBLIC = Together(
    texts=lambda: values_of(
        Document.objects.filter(is_public_text(), public_id=given("text")), "public_id"
    )
)


def public_text(public_id: str, today: date) -> tuple[Text, list[Clause]] | None:
    """A text with all its clauses as they stand today; None where there is none for everybody.

    One statement, whatever its length.
    """
    found = _WHOLE.read(today=today, text=public_id)
    if not found["document"]:
        return None
    versions = in_order(found["versions"], "pk")
    found["tasks"] = in_order(found["tasks"], "position")
    clauses = list(_told(in_order(found["clauses"], "position"), found, by_name=False))
    numbers = {"clauses": len(clauses), "decisions": len(found["decisions"])}
    return text_of(found["document"][0], versions, **numbers), clauses


def clauses_listed(text: str, part: keyset.Asked, today: date) -> keyset.Slice[Clause] | None:
    """The clauses of a text in its order; None where there is no such text for everybody.

    Two statements for up to fifty of them.
    """
    found = _SLICES.read(lambda: _clauses(_OF_TEXT), "clauses", _ORDER, part, {"text": text})
    if not found.rows and not _PUBLIC.read(text=text)["texts"]:
        return None
    shown = [
        clause
        for rows in in_parts(found.rows)
        for clause in _told(rows, _BY_KEYS.read(today=today, **keyed([row.pk for row in rows])))
    ]
    return keyset.Slice(shown, found.after, found.before)


def public_clause(text: str, node: str, today: date) -> Clause | None:
    """One clause; None where there is none for everybody. One statement."""
    found = _BY_ADDRESS.read(today=today, text=text, node=node)
    return next(iter(_told(found["clauses"], found)), None)


def _told(rows: Iterable[Any], found: Found, *, by_name: bool = True) -> Iterable[Clause]:
    """Clauses with what was found beside them; the statuses by their names, else as the tasks come."""
    texts = _by_clause(in_order(found["texts"], "language", "revision"))
    decisions = _by_clause(in_order(found["decisions"], "decided_on", "pk"))
    unasked = {row.node__pk for row in found["unasked"]}
    counted = counts_of_tasks((task.decision_id, task.status, task.late) for task in found["tasks"])
    if by_name:
        counted = {key: dict(sorted(numbers.items())) for key, numbers in counted.items()}
    for row in rows:
        own = texts[row.pk]
        yield Clause(
            document=row.document__public_id,
            node=row.node_id,
            parent=row.parent__node_id or "",
            labels=as_words(row.labels),
            texts={text.language: text.text for text in own},
            is_fact_only=bool(row.found.get("fact_only")),
            is_corrected=any(text.revision > 1 for text in own),
            asks_nothing=row.pk in unasked,
            outcomes=tuple(
                Outcome(d.public_id, as_words(d.titles), d.force, counted.get(d.pk, {}))
                for d in decisions[row.pk]
            ),
        )


def _by_clause(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.node__pk].append(row)
    return found
