"""One search over what is public: clauses and decisions, organs, people in office, sessions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.words import say
from dabir.decisions.public import found_in_texts
from dabir.meetings.public import public_meetings
from dabir.organs.public import public_organs
from dabir.text.folding import fold, fold_tokens
from dabir.website.pages import open_to_all, show
from dabir.website.views.declarations import clause_url

LONGEST, SHORTEST, SHOWN = 200, 2, 50


@open_to_all
def search(request: HttpRequest) -> HttpResponse:
    """What contains every word typed, in any spelling, and why it was found."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    words = fold_tokens(typed)
    context: dict[str, Any] = {"typed": typed, "groups": [], "is_short": bool(typed)}
    if len("".join(words)) >= SHORTEST:
        context["is_short"] = False
        context["groups"] = [g for g in _groups(words) if g["hits"]]
    crumbs = [(_("Search"), "")]
    return show(request, "website/search.html", "", context, crumbs=crumbs)


def _groups(words: list[str]) -> Iterable[dict[str, Any]]:
    hits = [
        {"names": f.names, "url": clause_url(f.public_id), "code": f.public_id, "why": f.excerpt,
         "why_language": f.language, "beside": f.text}
        for f in found_in_texts(words, SHOWN)
    ]  # fmt: skip
    yield {"label": _("Clauses and decisions"), "hits": hits}
    today = timezone.localdate()
    organs = public_organs(today)
    yield {
        "label": _("Organs"),
        "hits": [
            {"names": o.names, "url": reverse("website:organ", args=[o.key]), "why": ""}
            for o in organs
            if _has(words, *o.names.values())
        ],
    }
    yield {
        "label": _("People in office"),
        "hits": [
            {"names": p.names, "url": reverse("website:people"), "why": say(post.titles)}
            for o in organs
            for post in o.posts
            for p in post.people
            if _has(words, *p.names.values(), *post.titles.values())
        ],
    }
    yield {
        "label": _("Meetings"),
        "hits": [
            {"names": m.names, "url": reverse("website:history"), "why": say(m.theme)}
            for m in public_meetings()
            if _has(words, *m.names.values(), *m.theme.values())
        ],
    }


def _has(words: list[str], *texts: str) -> bool:
    folded = fold(" ".join(texts))
    return all(word in folded for word in words)
