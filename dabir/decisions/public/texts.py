"""Declarations and pages that anyone may read, clause by clause, with what came of each clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import (
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from dabir.core.together import KEYS, Found, Together, in_order, in_parts, keyed, values_of
from dabir.core.words import as_words, reader_language
from dabir.decisions.models import Decision
from dabir.decisions.public.tasks import counts_of_tasks
from dabir.decisions.queries.chain import ClauseView
from dabir.decisions.queries.register import register_on
from dabir.documents.models import Document, LanguageVersion, Node
from dabir.documents.public import is_public_text
from dabir.documents.states import DOCUMENT_KINDS, VERSION_STATES, DocumentKind

Words = dict[str, str]
NEWEST = 4


@dataclass(frozen=True)
class Version:
    """A text in one language, and what it is worth."""

    language: str
    state: str
    label: str


@dataclass(frozen=True)
class Outcome:
    """A decision made from a clause, and how many of its tasks stand how."""

    public_id: str
    titles: Words
    force: str
    statuses: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Clause:
    """One clause as adopted, and what came of it."""

    document: str
    node: str
    parent: str
    labels: Words
    texts: Words
    is_fact_only: bool
    is_corrected: bool
    asks_nothing: bool
    outcomes: tuple[Outcome, ...] = ()

    @property
    def public_id(self) -> str:
        """The citation of the clause, such as `haikou-2014/4.b`."""
        return f"{self.document}/{self.node}"

    @property
    def is_recital(self) -> bool:
        """Whether it stands before the first numbered clause."""
        return self.node.startswith("P")


@dataclass(frozen=True)
class Text:
    """A declaration, resolution, set of minutes or page by its facts."""

    public_id: str
    kind: str
    kind_label: str
    titles: Words
    organ: Words
    session: Words
    session_id: str
    adopted_on: date | None
    precision: str
    possible_days: tuple[str, ...]
    is_held: bool
    source: str
    versions: tuple[Version, ...]
    number_of_clauses: int = 0
    number_of_decisions: int = 0

    @property
    def standing(self) -> dict[str, str]:
        """What the version in each language is worth."""
        return {version.language: version.state for version in self.versions}

    @property
    def is_page(self) -> bool:
        """Whether it was written about the association, rather than adopted by an organ."""
        return self.kind == DocumentKind.PAGE

    @property
    def is_declaration(self) -> bool:
        """Whether it is a declaration of an Assembly."""
        return self.kind == DocumentKind.DECLARATION


@lru_cache(maxsize=8)
def _labels(_language: str) -> tuple[dict[str, str], dict[str, str]]:
    """What kinds of texts and states of versions are called in the language that is being read."""
    return (
        {kind: str(label) for kind, label in DOCUMENT_KINDS.items()},
        {state: str(label) for state, label in VERSION_STATES.items()},
    )


def text_of(
    document: Any, versions: Iterable[Any], *, clauses: int = 0, decisions: int = 0
) -> Text:
    """The public facts of a document, a record or its values, with its versions in their order."""
    kinds, states = _labels(reader_language())
    return Text(
        public_id=document.public_id,
        kind=document.kind,
        kind_label=kinds[document.kind],
        titles=as_words(document.titles),
        organ=as_words((document.organ or {}).get("labels")),
        session=as_words((document.session or {}).get("labels")),
        session_id=str((document.session or {}).get("id") or ""),
        adopted_on=document.adopted_on,
        precision=document.adopted_precision,
        possible_days=tuple(str(day) for day in document.adopted_candidates),
        is_held=document.text_held,
        source=document.source,
        versions=tuple(Version(v.language, v.state, states[v.state]) for v in versions),
        number_of_clauses=clauses,
        number_of_decisions=decisions,
    )


def _number_of(model: type[Model]) -> Subquery:
    """How many records of a kind belong to a text."""
    return _counted(model._default_manager.filter(document=OuterRef("pk")))


def _counted(rows: QuerySet[Any]) -> Subquery:
    """How many rows there are, as a value beside others."""
    counted = rows.order_by().annotate(number=Func(F("pk"), function="COUNT")).values("number")
    return Subquery(counted, output_field=IntegerField())


_FACTS = (
    *("pk", "public_id", "kind", "titles", "organ", "session", "adopted_on", "adopted_precision"),
    *("adopted_candidates", "text_held", "source", "clauses", "decided"),
)
_VERSION = ("pk", "document_id", "language", "state")
_TEXTS = Together(
    texts=lambda: values_of(texts_counted().prefetch_related(None), *_FACTS),
    versions=lambda: values_of(
        LanguageVersion.objects.filter(is_public_text("document__")), *_VERSION
    ),
)


_DECLARED = Document.objects.filter(kind=DocumentKind.DECLARATION, adopted_on__isnull=False)
_NEWEST = Together(
    texts=lambda: values_of(
        texts_counted()
        .filter(pk__in=_DECLARED.order_by("-adopted_on", "-pk").values("pk")[:NEWEST])
        .annotate(every=_counted(_DECLARED)),
        *(*_FACTS, "every"),
    )
)
_NAMES = Together(
    texts=lambda: values_of(
        Document.objects.filter(is_public_text()), "pk", "public_id", "titles", "adopted_on"
    )
)
_ORDER = Together(
    texts=lambda: values_of(Document.objects.filter(is_public_text()), "pk", "kind", "adopted_on")
)
_BY_KEYS = Together(
    texts=lambda: values_of(texts_counted().filter(pk__in=KEYS), *_FACTS),
    versions=lambda: values_of(LanguageVersion.objects.filter(document__pk__in=KEYS), *_VERSION),
)


def _newest_first(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.adopted_on or date.min, row.pk), reverse=True)


def newest_declarations() -> tuple[list[Text], int]:
    """The newest declarations by their facts, without their versions; and how many there are."""
    rows = _newest_first(_NEWEST.read()["texts"])
    shown = [text_of(row, (), clauses=row.clauses, decisions=row.decided) for row in rows]
    return shown, rows[0].every if rows else 0


def texts_named() -> list[tuple[str, Words]]:
    """Every public text by its id and its names, in the order of all lists."""
    return [(row.public_id, as_words(row.titles)) for row in _newest_first(_NAMES.read()["texts"])]


def texts_in_order() -> tuple[list[int], list[int]]:
    """The keys of the public declarations and of all other public texts, in the order of all lists."""
    rows = _newest_first(_ORDER.read()["texts"])
    declared = DocumentKind.DECLARATION
    return (
        [row.pk for row in rows if row.kind == declared],
        [row.pk for row in rows if row.kind != declared],
    )


def texts_of(keys: Sequence[int]) -> list[Text]:
    """The public texts of these keys by their facts, in the order of all lists."""
    return [
        text for some in in_parts(keys) for text in _with_versions(_BY_KEYS.read(**keyed(some)))
    ]


def public_texts() -> list[Text]:
    """Every public text, the newest first, the undated last."""
    return _with_versions(_TEXTS.read())


def _with_versions(found: Found) -> list[Text]:
    versions: dict[int, list[Any]] = defaultdict(list)
    for version in in_order(found["versions"], "pk"):
        versions[version.document_id].append(version)
    return [
        text_of(row, versions[row.pk], clauses=row.clauses, decisions=row.decided)
        for row in _newest_first(found["texts"])
    ]


def texts_counted() -> QuerySet[Document]:
    """The public texts, each with how many clauses it has and how many decisions name it."""
    rows = Document.objects.filter(is_public_text()).prefetch_related("versions")
    return rows.annotate(clauses=_number_of(Node), decided=_number_of(Decision))


def as_told(row: Any) -> Text:
    """A counted text by its facts."""
    return text_of(row, row.versions.all(), clauses=row.clauses, decisions=row.decided)


def public_facts(public_id: str) -> Text | None:
    """One public text by its facts alone; None where there is none for everybody."""
    row = texts_counted().filter(public_id=public_id).first()
    return as_told(row) if row else None


def texts_by_session(sessions: Iterable[str]) -> dict[str, list[str]]:
    """For each of these sessions the ids of the public texts that it adopted, the newest first."""
    found: dict[str, list[str]] = {}
    rows = Document.objects.filter(is_public_text(), session__id__in=list(sessions))
    newest_first = rows.order_by(F("adopted_on").desc(nulls_last=True), "-id")
    for public_id, session in newest_first.values_list("public_id", "session"):
        found.setdefault(session["id"], []).append(public_id)
    return found


def statuses_of(where: Q, today: date) -> dict[str, dict[str, int]]:
    """For each decision's public id how many of its tasks stand how; late ones beside."""
    rows: QuerySet[Any] = register_on(today).filter(where).select_related(None)
    return counts_of_tasks(rows.values_list("decision__public_id", "status", "late"))


def clause_of(
    view: ClauseView, parents: dict[int, str], statuses: dict[str, dict[str, int]]
) -> Clause:
    """The public part of a clause."""
    node: Node = view.node
    return Clause(
        document=node.document.public_id,
        node=node.node_id,
        parent=parents.get(node.parent_id or 0, ""),
        labels=as_words(node.labels),
        texts=dict(view.texts),
        is_fact_only=view.is_fact_only,
        is_corrected=bool(view.errata),
        asks_nothing=view.no_action is not None,
        outcomes=tuple(
            outcomes_of((d for d in view.decisions if d.document_id == node.document_id), statuses)
        ),
    )


def outcomes_of(
    decisions: Iterable[Decision], statuses: dict[str, dict[str, int]]
) -> Iterable[Outcome]:
    """The public part of decisions."""
    for row in decisions:
        counted = statuses.get(row.public_id, {})
        yield Outcome(row.public_id, as_words(row.titles), row.force, counted)


@dataclass(frozen=True)
class Decided:
    """A decision in a list: what, by whom, when, in which text."""

    public_id: str
    titles: Words
    force: str
    decided_on: date
    precision: str
    organ: Words
    text: Words
    recorded_at: Any


def newest_decisions(limit: int) -> list[Decided]:
    """The decisions of public texts, the newest first."""
    rows = (
        Decision.objects.filter(is_public_text("document__"))
        .select_related("organ", "document")
        .order_by("-decided_on", "-document_id", "node__position", "id")[:limit]
    )
    return [
        Decided(
            row.public_id,
            as_words(row.titles),
            row.force,
            row.decided_on,
            row.precision,
            as_words(row.organ.names),
            as_words(row.document.titles) if row.document else {},
            row.recorded_at,
        )
        for row in rows
    ]


def public_addresses() -> tuple[list[str], list[str]]:
    """The public ids of every public text, and of every clause and decision in one."""
    texts = Document.objects.filter(is_public_text()).order_by("id")
    nodes = Node.objects.filter(is_public_text("document__")).order_by("document_id", "position")
    ids = [f"{d}/{n}" for d, n in nodes.values_list("document__public_id", "node_id")]
    decisions = Decision.objects.filter(is_public_text("document__")).order_by("id")
    ids += decisions.values_list("public_id", flat=True)
    return list(texts.values_list("public_id", flat=True)), list(dict.fromkeys(ids))
