"""Public texts, clauses, decisions and progress reports as everybody finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Q

from dabir.core.publicsearch import Entry
from dabir.core.together import Together, given, in_order
from dabir.core.words import as_words
from dabir.decisions.models import Decision, ProgressReport
from dabir.decisions.public.editions import published_editions
from dabir.decisions.public.texts import Words
from dabir.documents.models import Document, Node, NodeText
from dabir.documents.public import is_public_text

Ids = Collection[str] | None
CHUNK = 1000


def searchable_texts(ids: Ids) -> Iterator[Entry]:
    """Declarations and pages by their titles, with session and organ."""
    rows = Document.objects.filter(is_public_text())
    if ids is not None:
        rows = rows.filter(public_id__in=ids)
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        fields = (
            ("session", as_words((row.session or {}).get("labels"))),
            ("organ", as_words((row.organ or {}).get("labels"))),
        )
        yield Entry(
            row.public_id,
            as_words(row.titles),
            code=row.public_id,
            fields=fields,
            day=row.adopted_on,
        )


def searchable_clauses(ids: Ids) -> Iterator[Entry]:
    """Every clause, and every decision, of a public text: one entry for each address."""
    if ids is not None and len(ids) == 1:
        yield from _at_address(*ids)
        return
    documents = {
        row.pk: row
        for row in Document.objects.filter(is_public_text()).only(
            "public_id", "titles", "adopted_on"
        )
    }
    yield from _clauses(ids, documents)
    yield from _without_clause(ids, documents)


_ONLY = ("public_id", "titles", "text", "decided_on", "document_id")
_HERE = {"document__public_id": given("document"), "node_id": given("node")}
_ADDRESS = Together(
    decisions=lambda: Decision.objects.filter(public_id=given("address")).only(*_ONLY),
    nodes=lambda: Node.objects.filter(**_HERE).only("document", "position", "labels"),
    texts=lambda: NodeText.objects.filter(node__in=Node.objects.filter(**_HERE).values("pk")),
    documents=lambda: Document.objects.filter(
        Q(public_id=given("document"))
        | Q(pk__in=Decision.objects.filter(public_id=given("address")).values("document")),
        is_public_text(),
    ).only("public_id", "titles", "adopted_on"),
)


def _at_address(address: str) -> Iterator[Entry]:
    """What stands at one address: an act renews it with a single statement, composed once."""
    document, _slash, node = address.partition("/")
    found = _ADDRESS.read(address=address, document=document, node=node)
    documents = {row.pk: row for row in found["documents"]}
    decision = next(iter(found["decisions"]), None)
    for row in found["nodes"]:
        if row.document_id in documents:
            texts = in_order(found["texts"], "language", "revision")
            its = decision if decision and decision.document_id == row.document_id else None
            text = documents[row.document_id]
            words = {t.language: t.text for t in texts}
            yield _clause(address, text, row.labels, row.position, words, its)
    if decision and decision.document_id in documents and not found["nodes"]:
        yield _decision(decision, documents[decision.document_id])


def _clause(
    address: str, text: Document, labels: Any, position: int, words: Words, decision: Decision | None
) -> Entry:  # fmt: skip
    return Entry(
        address,
        as_words(decision.titles) if decision else {},
        code=address,
        beside=as_words(text.titles),
        fields=(("label", as_words(labels)), ("text", words)),
        day=decision.decided_on if decision else text.adopted_on,
        position=position,
    )


def _decision(row: Decision, text: Document) -> Entry:
    return Entry(
        row.public_id,
        as_words(row.titles),
        code=row.public_id,
        beside=as_words(text.titles),
        fields=(("text", as_words(row.text)),),
        day=row.decided_on,
    )


def _clauses(ids: Ids, documents: dict[int, Document]) -> Iterator[Entry]:
    rows = Node.objects.filter(document__in=documents)
    if ids is not None:
        rows = rows.filter(_at(ids))
    read: Any = (
        rows.order_by("pk")
        .values_list("pk", "document_id", "node_id", "position", "labels")
        .iterator(chunk_size=CHUNK)
    )
    while some := list(islice(read, CHUNK)):
        addresses = [f"{documents[document].public_id}/{node}" for _pk, document, node, *_ in some]
        texts = _texts([row[0] for row in some])
        decisions = {
            (d.public_id, d.document_id): d
            for d in Decision.objects.filter(public_id__in=addresses).only(*_ONLY)
        }
        for (pk, document, _node, position, labels), address in zip(some, addresses, strict=True):
            text, decision = documents[document], decisions.get((address, document))
            yield _clause(address, text, labels, position, texts.get(pk, {}), decision)


def _without_clause(ids: Ids, documents: dict[int, Document]) -> Iterator[Entry]:
    """Decisions of public texts that stand at an address where no clause does."""
    rows = Decision.objects.filter(document__in=documents)
    if ids is not None:
        rows = rows.filter(public_id__in=ids)
    read = rows.order_by("pk").only(*_ONLY).iterator(chunk_size=CHUNK)
    while some := list(islice(read, CHUNK)):
        nodes = Node.objects.filter(_at([row.public_id for row in some]))
        taken = {f"{d}/{n}" for d, n in nodes.values_list("document__public_id", "node_id")}
        for row in some:
            if row.public_id not in taken and row.document_id is not None:
                yield _decision(row, documents[row.document_id])


def _at(ids: Iterable[str]) -> Q:
    """The clauses at these addresses."""
    nodes: dict[str, list[str]] = defaultdict(list)
    for address in ids:
        document, _slash, node = address.partition("/")
        nodes[document].append(node)
    found = Q(pk__in=[])
    for document, wanted in nodes.items():
        found |= Q(document__public_id=document, node_id__in=wanted)
    return found


def _texts(keys: list[int]) -> dict[int, Words]:
    """The text of each clause in every language as it was last corrected."""
    found: dict[int, Words] = defaultdict(dict)
    rows = NodeText.objects.filter(node__in=keys).order_by("language", "revision")
    for node, language, text in rows.values_list("node_id", "language", "text"):
        found[node][language] = text
    return found


def clauses_of_texts(ids: set[str]) -> Iterator[str]:
    """The addresses in these documents: what is done to a text is done to them."""
    nodes = Node.objects.filter(document__public_id__in=ids)
    for document, node in nodes.values_list("document__public_id", "node_id"):
        yield f"{document}/{node}"
    yield from Decision.objects.filter(document__public_id__in=ids).values_list(
        "public_id", flat=True
    )


def reports_of_organs(ids: set[str]) -> Iterable[str]:
    """The reports to these organs: they are found by the organ's name, too."""
    return ProgressReport.objects.filter(organ__key__in=ids).values_list("public_id", flat=True)


def searchable_reports(ids: Ids) -> Iterator[Entry]:
    """The editions of progress reports that are shown to everybody."""
    for edition in published_editions(ids):
        yield Entry(
            edition.report,
            edition.titles,
            code=edition.code,
            beside=edition.organ,
            day=edition.as_of,
        )
