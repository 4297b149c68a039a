"""Questions to the editorial pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex, Revision, WorkflowState

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


def live_page(kind: str, language: str, slug: str) -> Any:
    """The published page at an address; None where there is none."""
    rows = MODELS[kind].objects.live().filter(locale__language_code=language, slug=slug)
    return rows.select_related("locale", "lead").first()


def versions_of(page: Any) -> dict[str, Any]:
    """The published versions of a page by language, its own included."""
    rows = type(page).objects.live().filter(translation_key=page.translation_key)
    return {row.language: row for row in rows.select_related("locale")}


def pages_waiting() -> Any:
    """The steps of pages that were submitted and neither approved nor returned."""
    return _pages_in_approval(WorkflowState.STATUS_IN_PROGRESS)


def pages_returned() -> Any:
    """The steps of pages that were returned to their writers and not submitted again."""
    return _pages_in_approval(WorkflowState.STATUS_NEEDS_CHANGES)


def _pages_in_approval(status: str) -> Any:
    """With the page's number, title and language, since when it stands there, and what was said."""
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), IntegerField()))
    rows = WorkflowState.objects.filter(status=status, base_content_type__model="page").annotate(
        title=Subquery(page.values("draft_title")[:1]),
        language=Subquery(page.values("locale__language_code")[:1]),
        remark=F("current_task_state__comment"),
        changed_at=Coalesce("current_task_state__finished_at", "current_task_state__started_at"),
    )
    return rows.only("object_id").order_by("created_at", "pk")


def pages_ended(now: datetime) -> Any:
    """The published pages whose last hour is over."""
    return Page.objects.live().filter(expire_at__lte=now)


def revisions_due(now: datetime) -> Any:
    """The approved versions of pages whose hour has come."""
    return Revision.page_revisions.filter(approved_go_live_at__lte=now)


def is_publishing_due(now: datetime) -> bool:
    """Whether a page is to appear or to disappear by now."""
    return bool(revisions_due(now).exists() or pages_ended(now).exists())


def is_shown(file: Any) -> bool:
    """Whether a published page uses a picture or document."""
    return bool(_users_of(file).filter(live=True).exists())


def is_settled(file: Any) -> bool:
    """Whether the public sees a picture or document, or will: a published page uses it, or one that was
    approved for a later hour. Who may not publish leaves its bytes alone.
    """
    return is_shown(file) or any(
        _uses(revision.as_object(), file) for revision in _approved_for_later()
    )


def _users_of(file: Any) -> Any:
    """The pages in which a picture or document stands, as they were saved last."""
    kept = ReferenceIndex.get_references_to(file).filter(base_content_type__model="page")
    numbers = [int(number) for number in kept.values_list("object_id", flat=True)]
    return Page.objects.filter(pk__in=numbers)


def _approved_for_later() -> Any:
    return Revision.page_revisions.exclude(approved_go_live_at=None)


def _uses(page: Any, file: Any) -> bool:
    """Whether a draft uses the file: the index knows only what pages say now."""
    named = ReferenceIndex._extract_references_from_object(page)
    own = ReferenceIndex._get_base_content_type(file).pk
    return any((kind, number) == (own, str(file.pk)) for kind, number, *_path in named)


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
