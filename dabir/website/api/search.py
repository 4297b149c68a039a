"""One search over everything public, as the pages have it."""

from __future__ import annotations

import re
from html import unescape
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from dabir.core.publicsearch import KINDS, Answer, Group, ask
from dabir.website.api import shapes_forum as shapes
from dabir.website.api.answering import Data
from dabir.website.api.asking import MOST, Searched
from dabir.website.api.telling import reading
from dabir.website.hits import hits_in_words

router = Router()
_MARK = re.compile("<[^>]*>")


@router.get("search", **reading(
    "Search", shapes.Found, _("Search"), _("Search"),
    _("Everything public with all these words. Spelling does not matter: Arabic or Persian letters, "
      "accents and digits are all the same; a mistyped word is told with what was taken instead."),
))  # fmt: skip
def search(request: HttpRequest, asked: Annotated[Searched, Query()]) -> Data:
    """Everything public with all these words."""
    number = asked.page if asked.kind else 1
    offset = (number - 1) * asked.limit
    answer = ask(asked.q, shown=asked.limit, kind=asked.kind or "", offset=offset)
    of_kind = next((group.number for group in answer.groups if group.kind == asked.kind), 0)
    further = bool(asked.kind) and number < MOST and of_kind > offset + asked.limit
    return {
        "found": answer.total,
        "kinds": [
            {"code": g.kind, "label": str(KINDS[g.kind].label), "found": g.number}
            for g in answer.groups
        ],
        "items": [hit for group in answer.groups for hit in _hits(request, group, answer)],
        "instead": dict(answer.instead),
        "left_out": list(answer.without),
        "next": _turned(request, number + 1) if further else None,
        "previous": _turned(request, number - 1) if number > 1 else None,
    }


def _hits(request: HttpRequest, group: Group, answer: Answer) -> list[Data]:
    return [
        {
            "kind": group.kind,
            "code": hit.code,
            "name": hit.name,
            "where": hit.where,
            "why": _plain(hit.why),
            "url": request.build_absolute_uri(hit.url),
        }
        for hit in hits_in_words(group, answer.asked)
    ]


def _plain(text: str) -> str:
    """Words without the marks that a page lays over them."""
    return unescape(_MARK.sub("", text)) if "<" in text or "&" in text else str(text)


def _turned(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"
