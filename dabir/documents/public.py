"""Which texts everybody may read: the one rule that pages, search and lists for programs ask."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from dabir.documents.models import Document
from dabir.documents.states import SHOWN_BY_ACT, DocumentKind


def is_public_text(path: str = "") -> Q:
    """The condition that a document is for everybody: adopted declarations, pages, what was shown."""
    return (
        Q(**{f"{path}kind": DocumentKind.PAGE})
        | Q(**{f"{path}kind": DocumentKind.DECLARATION, f"{path}adopted_on__isnull": False})
        | Q(**{f"{path}kind__in": SHOWN_BY_ACT, f"{path}is_shown": True})
    )


def decisions_to_name(ids: Iterable[str]) -> set[str]:
    """Those of the decisions with these ids whose text is for everybody: only they may be named."""
    wanted = set(ids)
    if not wanted:
        return set()
    texts = {public_id.partition("/")[0] for public_id in wanted}
    rows = Document.objects.filter(is_public_text(), public_id__in=texts)
    public = set(rows.values_list("public_id", flat=True))
    return {public_id for public_id in wanted if public_id.partition("/")[0] in public}
