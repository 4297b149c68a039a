"""One search over what is public, by kind, and why each thing was found."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dabir.core.kept import open_to_all
from dabir.core.publicsearch import KINDS, Answer, Group, ask
from dabir.text.tokens import is_of_signs, tokens_asked
from dabir.website.hits import hits_of
from dabir.website.pages import page_of, show

LONGEST, SHORTEST, SHOWN, PER_PAGE, FURTHEST = 200, 2, 5, 25, 400


@open_to_all
def search(request: HttpRequest) -> HttpResponse:
    """What contains every word typed, in any spelling; all kinds, or one page by page."""
    given = request.GET.get("q", "").strip()
    typed, only = given[:LONGEST], request.GET.get("kind", "")
    if only and only not in KINDS:
        raise Http404
    context: dict[str, Any] = {"typed": typed, "only": only, "groups": [], "answer": Answer()}
    words = tokens_asked(typed)
    context["is_short"] = bool(typed) and not _says_enough(words)
    context["is_cut"] = len(given) > LONGEST
    if _says_enough(words):
        number = _page_number(request) if only else 1
        shown = PER_PAGE if only else SHOWN
        answer = ask(typed, shown=shown, kind=only, offset=(number - 1) * shown)
        context |= _results(answer, typed, only, number)
        context["is_cut"] |= answer.is_cut
    crumbs = [(_("Search"), "")]
    return show(request, "website/search.html", "", context, crumbs=crumbs)


def _says_enough(words: list[str]) -> bool:
    return len("".join(words)) >= SHORTEST or any(is_of_signs(word) for word in words)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= FURTHEST):
        raise Http404
    return int(asked[:6])


def _results(answer: Answer, typed: str, only: str, number: int) -> dict[str, Any]:
    groups = [_group(group, answer, typed, only) for group in answer.groups]
    found: dict[str, Any] = {
        "answer": answer,
        "total": answer.total,
        "kinds": groups,
        "groups": [g for g in groups if g["hits"]],
        "everything": "?" + urlencode({"q": typed}),
        "instead": " ".join(answer.instead.values()),
        "mistyped": " ".join(answer.instead),
        "without": " ".join(answer.without),
    }
    if only:
        of_kind = next((group.number for group in answer.groups if group.kind == only), 0)
        pages = Paginator(range(min(of_kind, FURTHEST * PER_PAGE)), PER_PAGE)
        found["page_obj"] = page_of(pages, number)
    return found


def _group(group: Group, answer: Answer, typed: str, only: str) -> dict[str, Any]:
    return {
        "kind": group.kind,
        "label": KINDS[group.kind].label,
        "number": group.number,
        "current": group.kind == only,
        "url": "?" + urlencode({"q": typed, "kind": group.kind}),
        "hits": hits_of(group, answer.asked),
        "has_more": not only and group.number > len(group.entries),
    }
