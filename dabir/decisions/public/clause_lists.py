"""The clauses of public texts for programs: a slice of them, or one by its address."""

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
from dabir.decisions.public.texts import Clause, Outcome
from dabir.decisions.queries.register import TODAY, register_on
from dabir.documents.models import Document, Node, NodeText
from dabir.documents.public import is_public_text

_SLICES = keyset.Slices()
_ORDER = keyset.by("position", keyset.number)


def _clauses(*narrowing: Q) -> ValuesOf:
    return values_of(
        Node.objects.filter(is_public_text("document__"), *narrowing),
        *("pk", "document__public_id", "node_id", "parent__node_id", "labels", "found"),
    )


def _beside(nodes: QuerySet[Node]) -> Together:
    """The texts of clauses, what was said of them and came of them, and how the tasks stand."""
    mine = {"node__in": nodes.order_by().values("pk")}
    decisions = Decision.objects.filter(document=F("node__document"), **mine)  # none of other texts
    tasks = register_on(TODAY).filter(decision__in=decisions.values("pk"))
    return Together(
        texts=lambda: values_of(
            NodeText.objects.filter(**mine), "node__pk", "language", "revision", "text"
        ),
        unasked=lambda: values_of(NoActionNeeded.objects.filter(**mine), "node__pk"),
        decisions=lambda: values_of(
            decisions, "pk", "public_id", "titles", "force", "decided_on", "node__pk"
        ),
        tasks=lambda: values_of(tasks, "decision_id", "status", "late"),
    )


_BY_KEYS = _beside(Node.objects.filter(pk__in=KEYS))
_ONE = Q(document__public_id=given("text"), node_id=given("node"))
_BY_ADDRESS = _beside(Node.objects.filter(_ONE)) | Together(clauses=lambda: _clauses(_ONE))
_PUBLIC = Together(
    texts=lambda: values_of(
        Document.objects.filter(is_public_text(), public_id=given("text")), "public_id"
    )
)


def clauses_listed(text: str, part: keyset.Asked, today: date) -> keyset.Slice[Clause] | None:
    """The clauses of a text in its order; None where there is no such text for everybody.

    Two statements for up to fifty of them.
    """
    mine = Q(document__public_id=given("text"))
    found = _SLICES.read(lambda: _clauses(mine), "clauses", _ORDER, part, {"text": text})
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


def _told(rows: Iterable[Any], found: Found) -> Iterable[Clause]:
    """Clauses with what was found beside them."""
    texts = _by_clause(in_order(found["texts"], "language", "revision"))
    decisions = _by_clause(in_order(found["decisions"], "decided_on", "pk"))
    unasked = {row.node__pk for row in found["unasked"]}
    counted = counts_of_tasks((task.decision_id, task.status, task.late) for task in found["tasks"])
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
                Outcome(
                    d.public_id,
                    as_words(d.titles),
                    d.force,
                    dict(sorted(counted.get(d.pk, {}).items())),
                )
                for d in decisions[row.pk]
            ),
        )


def _by_clause(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.node__pk].append(row)
    return found
