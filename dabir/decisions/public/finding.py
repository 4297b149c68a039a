"""Clauses and decisions of public texts that contain words, however they are spelt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from dabir.core.models import SearchEntry
from dabir.core.words import as_words, in_language
from dabir.decisions.models import Decision
from dabir.decisions.public.texts import Words, is_public_text
from dabir.documents.models import Document, Node
from dabir.text.folding import fold

AROUND = 90
_WORD = re.compile(r"[\w\u200c\u200d]+")


@dataclass(frozen=True)
class FoundClause:
    """A clause or decision, and the place in its text for which it was found."""

    public_id: str
    names: Words
    text: Words
    excerpt: str
    language: str


def found_in_texts(words: Sequence[str], limit: int) -> list[FoundClause]:
    """Clauses and decisions of public texts with every word, in the order of the texts."""
    documents = list(Document.objects.filter(is_public_text()))
    inside = Q(pk__in=[])
    for document in documents:
        inside |= Q(public_id__startswith=f"{document.public_id}/")
    rows = SearchEntry.objects.filter(inside, kind__in=("clause", "decision"))
    for word in words:
        rows = rows.filter(folded__contains=word)
    ids = list(dict.fromkeys(rows.order_by("public_id").values_list("public_id", flat=True)))
    return _shown(ids[:limit], {d.public_id: d for d in documents}, words)


def _shown(
    ids: list[str], documents: dict[str, Document], words: Sequence[str]
) -> list[FoundClause]:
    titles = {d.public_id: as_words(d.titles) for d in Decision.objects.filter(public_id__in=ids)}
    nodes = Node.objects.filter(
        document__in=[d.pk for d in documents.values()],
        node_id__in=[public_id.split("/", 1)[1] for public_id in ids],
    ).select_related("document")
    texts: dict[str, tuple[Words, Words]] = {}
    for node in nodes.prefetch_related("texts"):
        newest = {t.language: t.text for t in node.texts.all()}
        texts[node.public_id] = (as_words(node.labels), newest)
    found = []
    for public_id in ids:
        labels, own = texts.get(public_id, ({}, {}))
        excerpt, language = _excerpt(own, words)
        names = titles.get(public_id) or labels or {"en": public_id}
        text = as_words(documents[public_id.split("/", 1)[0]].titles)
        found.append(FoundClause(public_id, names, text, excerpt, language))
    return found


def _excerpt(texts: Words, words: Sequence[str]) -> tuple[str, str]:
    """The words around the first match, in the reader's language where it is found there."""
    _first, reader = in_language(texts)
    for language in sorted(texts, key=lambda code: code != reader):
        text = texts[language]
        for match in _WORD.finditer(text):
            if any(word in fold(match.group()) for word in words):
                start, end = max(0, match.start() - AROUND), match.end() + AROUND
                before, after = "…" if start else "", "…" if end < len(text) else ""
                return f"{before}{text[start:end].strip()}{after}", language
    return "", reader
