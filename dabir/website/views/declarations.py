"""Declarations clause by clause; every clause at the address by which it is cited."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.addresses import address
from dabir.core.kept import known, open_to_all
from dabir.core.words import reader_language, say
from dabir.decisions.public import (
    ClausePage,
    Text,
    clause_page,
    public_text,
    public_texts,
    texts_in_order,
    texts_of,
)
from dabir.meetings.public import sessions_with_page
from dabir.website.akn import has_akn
from dabir.website.citing import citation
from dabir.website.pages import page_of, show
from dabir.website.structured import of_clause, of_text
from dabir.website.tables import clause_entries, clause_url, text_rows

TEXTS_SHOWN = 25
OFFICE_RIGHTS = {"text": "documents.view_document", "clause": "decisions.view_register"}


def texts_known(request: HttpRequest) -> list[Text]:
    """Every public text by its facts, the newest first, as pages in the language of the reader name it."""
    return known(request, ("texts", reader_language()), public_texts)


def _crumbs(text: Text | None = None) -> list[tuple[str, str]]:
    way = [(_("Decisions"), address("website:texts"))]
    if text is not None:
        way.append((say(text.titles), address("website:text", text.public_id)))
    return way


def _office(request: HttpRequest, view: str, *parts: str) -> str:
    """The page of the same record in the office, for those who may open it."""
    if request.user.is_authenticated and request.user.has_perm(OFFICE_RIGHTS[view]):
        name = "decisions:document" if view == "text" else "decisions:decision"
        return address(name, *parts)
    return ""


@open_to_all
def texts(request: HttpRequest) -> HttpResponse:
    """Every declaration, the newest first; and on the first page what else everybody may read."""
    declarations, others = known(request, "texts in order", texts_in_order)
    page = page_of(Paginator(declarations, TEXTS_SHOWN), request.GET.get("page") or 1)
    keys = [*page.object_list, *(others if page.number == 1 else ())]
    found = known(request, ("texts", reader_language(), page.number), lambda: texts_of(keys))
    with_page = sessions_with_page(text.session_id for text in found)
    context: dict[str, Any] = {
        "page_obj": page,
        "declarations": text_rows([t for t in found if t.is_declaration], with_page),
        "others": [t for t in found if not (t.is_declaration or t.is_page)],
        "pages": [t for t in found if t.is_page],
        "sessions": with_page,
    }
    return show(request, "website/texts.html", "texts", context, crumbs=_crumbs())


@open_to_all
def text(request: HttpRequest, document: str) -> HttpResponse:
    """One declaration, clause by clause, its languages side by side, and what came of each."""
    office = _office(request, "text", document)
    found = public_text(document, timezone.localdate())
    if found is None:
        if office:
            return redirect(office)
        raise Http404
    shown, clauses = found
    context = {
        "text": shown,
        "clauses": clause_entries(clauses, shown.standing),
        "sessions": sessions_with_page([shown.session_id]),
        "office_url": office,
        "has_akn": has_akn(shown, reader_language()),
        "structured": of_text(shown, request.build_absolute_uri(request.path)),
    }
    return show(request, "website/text.html", "texts", context, crumbs=_crumbs(shown))


@open_to_all
def clause(request: HttpRequest, document: str, node: str) -> HttpResponse:
    """A clause at its permanent address: text, status, who leads, evidence, history, how to cite.

    Where nothing public stands here, those with the right are led on to the page of the office:
    its pages had these addresses once, and they still work.
    """
    office = _office(request, "clause", document, node)
    found = clause_page(document, node, timezone.localdate())
    if found is None:
        if office:
            return redirect(office)
        raise Http404
    heading, here = heading_of(found), request.build_absolute_uri(clause_url(found.public_id))
    above = request.build_absolute_uri(address("website:text", document))
    context = {
        "page": found,
        "heading_words": heading,
        "office_url": office,
        "cite": citation(found, here),
        "structured": of_clause(found, heading, here, above),
        "previous_url": clause_url(found.previous.public_id) if found.previous else "",
        "following_url": clause_url(found.following.public_id) if found.following else "",
        "before": [(r, clause_url(r.public_id)) for r in found.before],
        "after": [(r, clause_url(r.public_id)) for r in found.after],
        "others": [(o, clause_url(o.public_id)) for o in found.clause.outcomes]
        if found.clause
        else [],
    }
    crumbs = [*_crumbs(found.text), (found.public_id, "")]
    return show(request, "website/clause.html", "texts", context, crumbs=crumbs)


def heading_of(page: ClausePage) -> str:
    """What the page of a clause is called: the decision's title, else its label in its text."""
    if page.titles:
        return say(page.titles)
    label = say(page.clause.labels) if page.clause else ""
    if label:
        return _("Clause %(label)s of the %(text)s") % {
            "label": label.rstrip("."),
            "text": say(page.text.titles),
        }
    return _("%(text)s: a part without a number") % {"text": say(page.text.titles)}
