"""What the API answers of the pages that the secretariat writes: news, views, events and the rest."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from dabir.editorial.public import KINDS, Item, item_at, items_listed
from dabir.website.api import shapes_pages as shapes
from dabir.website.api.answering import Addresses, Data, exact, listed
from dabir.website.api.asking import PageKey, PagesPart, Spoken
from dabir.website.api.problems import NotThere
from dabir.website.api.telling import listing, reading

router = Router()
PAGES = _("News, events and other pages")


def _told(item: Item, to: Addresses) -> Data:
    return {
        "id": item.key,
        "kind": {"code": item.kind, "label": str(KINDS[item.kind].one)},
        "titles": item.titles,
        "summaries": item.intros,
        "on": exact(item.on),
        "until": exact(item.ends_on),
        "places": item.places,
        "authors": item.authors,
        "sources": item.sources,
        "published_at": item.published_at.isoformat(),
        "changed_at": item.changed_at.isoformat(),
        "self": to.api(f"pages/{item.key}"),
        "urls": {code: to.site + address for code, address in item.addresses.items()},
    }


@router.get("pages", **listing(
    "Pages", shapes.EditorialPage, PAGES, _("Pages"),
    _("What the secretariat has published: news, views, events, galleries, documents and pages about "
      "the association; each once, in all its languages, the newest first."),
))  # fmt: skip
def pages(request: HttpRequest, asked: Annotated[PagesPart, Query()]) -> Data:
    """The published pages, the newest first."""
    to = Addresses(request)
    return listed(
        request, items_listed(asked.kind or "", asked.asked()), lambda item: _told(item, to)
    )


@router.get("pages/{key}", **reading(
    "Page", shapes.WholePage, PAGES, _("One page"),
    _("A page with its words in every language, what its pictures show, and its files."),
))  # fmt: skip
def page(request: HttpRequest, key: PageKey, asked: Annotated[Spoken, Query()]) -> Data:
    """One published page."""
    found = item_at(key)
    if found is None:
        raise NotThere(key)
    to = Addresses(request)
    files = [file | {"url": to.site + file["url"]} for file in found.files]
    return _told(found, to) | {"texts": found.words, "pictures": found.pictures, "files": files}
