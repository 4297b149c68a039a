"""Questions to the editorial pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from dabir.core.search import Found, Source, learn
from dabir.editorial.models import (
    EditorialPage,
    EventPage,
    GalleryPage,
    NewsPage,
    PaperPage,
    PlainPage,
    ViewPage,
)
from dabir.editorial.states import BY_PATH

MODELS: dict[str, type[EditorialPage]] = {
    model.kind: model
    for model in (NewsPage, ViewPage, EventPage, GalleryPage, PaperPage, PlainPage)
}
ORDER = {"events": "-starts_on", "plain": "path"}


def live_pages(kind: str, language: str) -> Any:
    """The published pages of one kind in one language, the newest first."""
    rows = MODELS[kind].objects.live().filter(locale__language_code=language)
    return rows.select_related("locale").order_by(ORDER.get(kind, "-on"), "-first_published_at")


def live_page(kind: str, language: str, slug: str) -> Any:
    """The published page at an address; None where there is none."""
    return live_pages(kind, language).select_related("lead").filter(slug=slug).first()


def versions_of(page: Any) -> dict[str, Any]:
    """The published versions of a page by language, its own included."""
    rows = type(page).objects.live().filter(translation_key=page.translation_key)
    return {row.language: row for row in rows.select_related("locale")}


def waiting_for_approval() -> Any:
    """What was submitted and neither approved nor returned."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__approval__isnull=False
    ).select_related("revision", "workflow_state__requested_by")


def is_publishing_due(now: datetime) -> bool:
    """Whether a page is to appear or to disappear by now."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now).exists()
    return bool(due or Page.objects.live().filter(expire_at__lte=now).exists())


def words_of(page: EditorialPage) -> str:
    """Everything that a page says, without its markup."""
    said = [page.intro]
    for name in page.streams():
        for child in getattr(page, name):
            said += child.block.get_searchable_content(child.value)
    for name in ("source", "author", "place"):
        said.append(str(getattr(page, name, "")))
    return " ".join(strip_tags(part) for part in said if part)


def published(ids: Collection[str] | None) -> Iterator[Any]:
    """Published pages: those with these public ids, or all."""
    asked = dict.fromkeys(MODELS, Q()) if ids is None else {}
    for public_id in ids or ():
        language, path, slug = public_id.split("/", 2)
        if path in BY_PATH:
            kind, one = BY_PATH[path].key, Q(locale__language_code=language, slug=slug)
            asked[kind] = asked.get(kind, Q(pk=None)) | one
    for kind, where in asked.items():
        yield from MODELS[kind].objects.live().filter(where).select_related("locale")


def _read(ids: Collection[str] | None) -> Iterator[Found]:
    for page in published(ids):
        yield Found(
            page.public_id,
            {page.language: page.title},
            url=page.get_url(),
            texts={page.language: words_of(page)},
        )


def learn_pages() -> None:
    """Let published pages be found, in the office and by everybody."""
    learn(
        Source(
            "editorial_page", _("Pages of the website"), "document", "editorial.write_page", _read
        )
    )
