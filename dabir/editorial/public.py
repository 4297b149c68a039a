"""What anyone may see of the editorial pages: published pages, and the files that they use.

Plain values, an allow-list. Drafts, remarks, who wrote or approved, files that no published page uses:
none of it is here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from dabir.core import keyset
from dabir.core.composed import Composed
from dabir.core.publicsearch import Entry
from dabir.core.together import given
from dabir.editorial.models import EditorialPage, Front, Paper, Picture, PictureRendition, Section
from dabir.editorial.queries import MODELS, is_shown, live_page, published, versions_of, words_of
from dabir.editorial.states import KINDS

LISTED = 200
NOTHING = SafeString("")
SMALL = re.compile(r"[0-9a-f]{40}/[\w.-]{1,180}\.(webp|jpe?g|png)")
__all__ = [
    "KINDS",
    "Item",
    "Line",
    "PublicPage",
    "as_shown",
    "features_of",
    "front_features",
    "is_public_picture",
    "item_at",
    "items_listed",
    "page_addresses",
    "page_at",
    "page_lines",
    "part_words",
    "public_paper",
    "searchable_pages",
    "small_picture",
]


@dataclass(frozen=True)
class Line:
    """A page as a list shows it."""

    kind: str
    language: str
    title: str
    intro: str
    url: str
    on: date | None = None
    ends_on: date | None = None
    place: str = ""
    author: str = ""
    published_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True)
class PublicPage(Line):
    """A page with all that it says, and its addresses in the languages in which it is there."""

    office: str = ""
    source: str = ""
    lead: Any = None
    lead_alternative: str = ""
    body: SafeString = NOTHING
    pictures: SafeString = NOTHING
    paper: Any = None
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A page in all its languages, as programs read it; its values by language."""

    key: str
    kind: str
    titles: dict[str, str]
    intros: dict[str, str]
    on: date | None
    ends_on: date | None
    places: dict[str, str]
    authors: dict[str, str]
    sources: dict[str, str]
    published_at: datetime
    changed_at: datetime
    addresses: dict[str, str]
    words: dict[str, str]
    pictures: list[dict[str, str]]
    files: list[dict[str, str]]


def _line(page: EditorialPage) -> dict[str, Any]:
    return {
        "kind": page.kind,
        "language": page.language,
        "title": page.title,
        "intro": page.intro,
        "url": page.get_url(),
        "on": getattr(page, "on", getattr(page, "starts_on", None)),
        "ends_on": getattr(page, "ends_on", None),
        "place": getattr(page, "place", ""),
        "author": getattr(page, "author", ""),
        "published_at": page.first_published_at,
        "changed_at": page.last_published_at,
    }


@cache
def _newest(kind: str, most: int) -> Composed:
    rows = MODELS[kind].objects.live().select_related("locale").defer("body")
    return Composed(lambda: rows.order_by(*_order(kind))[:most])


def page_lines(kind: str, language: str, *, most: int = LISTED) -> list[Line]:
    """The pages of a kind, the newest first; one that lacks the language comes in another."""
    codes = [language, *(code for code, _name in settings.LANGUAGES if code != language)]
    chosen: dict[Any, EditorialPage] = {}
    for page in _newest(kind, most * len(codes)).read():
        known = chosen.get(page.translation_key)
        if known is None or codes.index(page.language) < codes.index(known.language):
            chosen[page.translation_key] = page
    return [Line(**_line(page)) for page in chosen.values()][:most]


def _order(kind: str) -> tuple[str, ...]:
    first = {"events": "-starts_on", "plain": "title"}.get(kind, "-on")
    return first, "-first_published_at"


def page_at(kind: str, language: str, slug: str) -> PublicPage | None:
    """The page at an address, or where it lacks that language, the same page in another."""
    page = live_page(kind, language, slug)
    if page is None:
        others = (code for code, _name in settings.LANGUAGES if code != language)
        page = next(filter(None, (live_page(kind, code, slug) for code in others)), None)
    return as_shown(page) if page else None


def as_shown(page: EditorialPage) -> PublicPage:
    """The page with everything that it says; a preview hands over a draft."""
    versions = {code: other.get_url() for code, other in versions_of(page).items()}
    return PublicPage(
        **_line(page),
        office=getattr(page, "office", ""),
        source=getattr(page, "source", ""),
        lead=page.lead,
        lead_alternative=page.lead_alternative,
        body=_drawn(page, "body"),
        pictures=_drawn(page, "pictures"),
        paper=getattr(page, "paper", None),
        versions={page.language: page.get_url()} | versions,
    )


def _drawn(page: Any, name: str) -> SafeString:
    stream = getattr(page, name, None)
    if not stream:
        return NOTHING
    with translation.override(page.language):  # in its own language, whoever reads it
        drawn: str = stream.render_as_block()
    return mark_safe(drawn)  # noqa: S308  drawn by our templates, which escape


_ITEMS = keyset.in_order(descending=True, first_published_at=keyset.instant, pk=keyset.number)


def items_listed(kind: str, part: keyset.Asked) -> keyset.Slice[Item]:
    """The published pages, of one kind or of all, the newest first: each once, in all its languages."""
    first = Page.objects.live().filter(translation_key=OuterRef("translation_key")).order_by("pk")
    rows = (
        Page.objects.live()
        .filter(content_type__in=_types(kind), first_published_at__isnull=False)
        .filter(pk=Subquery(first.values("pk")[:1]))
    )
    found = keyset.slice_of(rows, _ITEMS, part)
    items = _items({row.translation_key: None for row in found.rows}, kind)
    shown = [items[row.translation_key] for row in found.rows if row.translation_key in items]
    return keyset.Slice(shown, found.after, found.before)


def item_at(key: str) -> Item | None:
    """The published page with this key, in all its languages."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return _items([wanted]).get(wanted)


def _types(kind: str) -> list[Any]:
    wanted = [MODELS[kind]] if kind else list(MODELS.values())
    return list(ContentType.objects.get_for_models(*wanted).values())


def _items(keys: Collection[Any], kind: str = "") -> dict[Any, Item]:
    """These pages in the languages in which they are there; one statement for each kind."""
    found: dict[Any, dict[str, EditorialPage]] = {}
    for model in [MODELS[kind]] if kind else MODELS.values():
        rows = model.objects.live().filter(translation_key__in=list(keys))
        for page in rows.select_related("locale").order_by("pk") if keys else ():
            found.setdefault(page.translation_key, {})[page.language] = page
    return {key: _item(key, versions) for key, versions in found.items()}


def _item(key: Any, versions: dict[str, EditorialPage]) -> Item:
    lines = {code: _line(page) for code, page in versions.items()}
    one = next(iter(lines.values()))

    def by_language(name: str) -> dict[str, str]:
        return {code: line[name] for code, line in lines.items() if line[name]}

    return Item(
        key=str(key),
        kind=one["kind"],
        titles=by_language("title"),
        intros=by_language("intro"),
        on=one["on"],
        ends_on=one["ends_on"],
        places=by_language("place"),
        authors=by_language("author"),
        sources={c: page.source for c, page in versions.items() if getattr(page, "source", "")},
        published_at=min(line["published_at"] for line in lines.values()),
        changed_at=max(line["changed_at"] for line in lines.values()),
        addresses=by_language("url"),
        words={code: words_of(page) for code, page in versions.items()},
        pictures=[told for code, page in versions.items() for told in _pictures(page, code)],
        files=[
            {"language": code, "title": page.paper.title, "url": page.paper.url}
            for code, page in versions.items() if getattr(page, "paper", None)
        ],
    )  # fmt: skip


def _pictures(page: EditorialPage, code: str) -> Iterator[dict[str, str]]:
    """What the pictures of a page show, in words, with their captions."""
    if page.lead_id:
        yield {"language": code, "shows": page.lead_alternative, "caption": ""}
    for name in page.streams():
        for child in getattr(page, name):
            if child.block_type == "picture":
                shows, caption = child.value["alternative"], child.value.get("caption") or ""
                yield {"language": code, "shows": shows, "caption": caption}


def part_words(kind: str, language: str) -> str:
    """What the secretariat says about a part of the site."""
    rows = Section.objects.filter(kind=kind, locale__language_code=language)
    return rows.values_list("intro", flat=True).first() or ""


_FRONT = Composed(
    lambda: Front.objects.filter(locale__language_code=given("language"), live=True).order_by("pk")[
        :1
    ]
)


def front_features(language: str) -> SafeString:
    """What the secretariat put on the first page."""
    front = next(iter(_FRONT.read(language=language)), None)
    return features_of(front) if front else NOTHING


def features_of(front: Front) -> SafeString:
    """The same from a draft."""
    return _drawn(front, "features")


def page_addresses() -> list[dict[str, str]]:
    """Every published page: its addresses by language."""
    found: dict[Any, dict[str, str]] = {}
    for model in MODELS.values():
        rows = model.objects.live().select_related("locale").defer("body").order_by("pk")
        for page in rows:
            found.setdefault(page.translation_key, {})[page.language] = page.get_url()
    return list(found.values())


def searchable_pages(ids: Collection[str] | None) -> Iterator[Entry]:
    """Published pages by title and words, as everybody finds them; each stands in one language."""
    for page in published(ids):
        yield Entry(
            page.public_id,
            {page.language: page.title},
            url=page.get_url(),
            beside=_named_in_all_languages(page.kind),
            fields=(("text", {page.language: words_of(page)}),),
            day=page.first_published_at.date() if page.first_published_at else None,
        )


@cache
def _named_in_all_languages(kind: str) -> dict[str, str]:
    """What a page of a kind is called, in the words of every language at once."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names[code] = str(KINDS[kind].one)
    return names


def public_paper(number: int, *, may_see_all: bool = False) -> Paper | None:
    """A document that a published page uses; every other only for those who write pages."""
    paper: Paper | None = Paper.objects.filter(pk=number).first()
    if paper is None or may_see_all:
        return paper
    return paper if is_shown(paper) else None


def is_public_picture(name: str) -> bool:
    """Whether a published page uses the picture of which this is a smaller one: its folder is the hash."""
    if not SMALL.fullmatch(name):
        return False
    pictures = Picture.objects.filter(file_hash=name.partition("/")[0])
    return any(is_shown(picture) for picture in pictures)


def small_picture(name: str) -> Path | None:
    """The file of a picture made smaller; made again where it is missing."""
    if not SMALL.fullmatch(name):
        return None
    storage = storages["renditions"]
    if storage.exists(name):
        return Path(storage.path(name))
    lost = PictureRendition.objects.filter(file=name).select_related("image").first()
    return _made_again(lost) if lost else None


@transaction.atomic
def _made_again(lost: PictureRendition) -> Path | None:
    spec, image = lost.filter_spec, lost.image
    if not image.file.storage.exists(image.file.name):
        return None
    lost.delete()
    return Path(image.get_rendition(spec).file.path)
