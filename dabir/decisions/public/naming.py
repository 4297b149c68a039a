"""What is behind a public code, for pages that lead to it."""

from __future__ import annotations

from dabir.core.words import as_words, say
from dabir.decisions.models import Decision
from dabir.decisions.public.texts import Words
from dabir.documents.models import Document, Node
from dabir.documents.public import is_public_text


def titles_behind(code: str) -> Words:
    """The names of the public text, clause or decision with this code; empty where there is none."""
    document, _slash, node = code.partition("/")
    text = Document.objects.filter(is_public_text(), public_id=document).first()
    if text is None or not node:
        return as_words(text.titles) if text else {}
    decision = Decision.objects.filter(document=text, public_id=code).first()
    if decision:
        return as_words(decision.titles)
    clause = Node.objects.filter(document=text, node_id=node).select_related("document").first()
    if clause is None:
        return {}
    names = as_words(text.titles)
    return {code: f"{name} · {say(as_words(clause.labels))}" for code, name in names.items()}
