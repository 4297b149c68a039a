"""What Wagtail does at the wish of editors, entered in the sealed trail, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from dabir.core.actors import SYSTEM, Actor
from dabir.core.reference import Reference
from dabir.core.search import renew
from dabir.core.trail import record_act
from dabir.editorial.models import EditorialPage, Fixed, Picture
from dabir.registry.rights import actor_behind

# Acts of Wagtail that are acts of the house; the rest are steps within a draft.
PAGE_ACTS = {
    "wagtail.publish": "editorial.publish_page",
    "wagtail.publish.scheduled": "editorial.publish_page",
    "wagtail.publish.schedule": "editorial.schedule_page",
    "wagtail.schedule.cancel": "editorial.unschedule_page",
    "wagtail.unpublish": "editorial.unpublish_page",
    "wagtail.unpublish.scheduled": "editorial.unpublish_page",
    "wagtail.delete": "editorial.delete_page",
    "wagtail.move": "editorial.move_page",
    "wagtail.workflow.start": "editorial.submit_page",
    "wagtail.workflow.approve": "editorial.approve_page",
    "wagtail.workflow.reject": "editorial.return_page",
    "wagtail.workflow.cancel": "editorial.withdraw_page",
}
FILE_ACTS = {
    "brought in": "editorial.bring_file",
    "changed": "editorial.change_file",
    "removed": "editorial.remove_file",
}


@dataclass(frozen=True)
class Author:
    """Who acts where nobody is signed in, on which day and at which instant."""

    by: Actor
    on: date
    at: datetime


_author: ContextVar[Author | None] = ContextVar("editorial author", default=None)


@contextmanager
def acting(*, by: Actor, on: date, at: datetime) -> Iterator[None]:
    """What is done inside is entered as done by `by`."""
    before = _author.set(Author(by, on, at))
    try:
        yield
    finally:
        _author.reset(before)


def _stamp(entry: Any) -> Author:
    given = _author.get()
    return given or _author_behind(entry.user, entry.timestamp or timezone.now())


def _author_behind(user: Any, at: datetime) -> Author:
    return Author(actor_behind(user) if user else SYSTEM, timezone.localdate(at), at)


def enter_page_act(sender: Any, instance: Any, created: bool, **_details: Any) -> None:
    """Enter what was done to a page."""
    act = PAGE_ACTS.get(instance.action)
    if not created or act is None:
        return
    page = instance.page.specific if instance.page_id else None
    stamp = _stamp(instance)
    after = {"version": str(instance.revision_id)} if instance.revision_id else None
    record_act(
        act,
        target=page_reference(page, instance),
        by=stamp.by,
        on=stamp.on,
        at=stamp.at,
        after=after,
        reason=str((instance.data or {}).get("comment", ""))[:2000],
    )


def page_reference(page: Any, entry: Any = None) -> Reference:
    """A page as the trail names it."""
    if isinstance(page, EditorialPage):
        return Reference("editorial_page", page.public_id, {page.language: page.title})
    if isinstance(page, Fixed):
        return Reference("editorial_part", page.get_url().strip("/"), {page.language: page.title})
    return Reference("editorial_part", f"page-{entry.page_id}", {"en": entry.label})


def enter_kept_file(
    sender: Any, instance: Any, created: bool, update_fields: Any = None, **_details: Any
) -> None:
    """Enter that a picture or document was brought in or changed, by whichever page of the admin.

    What Wagtail reckons and keeps beside a file (its size, its hash) is no act.
    """
    if created or update_fields is None:
        _enter_file_act(FILE_ACTS["brought in" if created else "changed"], instance)


def enter_removed_file(sender: Any, instance: Any, **_details: Any) -> None:
    """Enter that a picture or document was removed, alone or with others."""
    _enter_file_act(FILE_ACTS["removed"], instance)


def _enter_file_act(act: str, file: Any) -> None:
    stamp = _author.get() or _author_behind(get_active_log_context().user, timezone.now())
    kind = "editorial_picture" if isinstance(file, Picture) else "editorial_paper"
    target = Reference(kind, f"{kind}-{file.pk}", {"en": file.title})
    record_act(act, target=target, by=stamp.by, on=stamp.on, at=stamp.at)


def forget_page(sender: Any, instance: Any, **_details: Any) -> None:
    """A page that is deleted is found by nobody any more, alone or with what lies below it.

    Its entry in the trail was made while it still stood.
    """
    if isinstance(instance, EditorialPage):
        renew([("editorial_page", instance.public_id)])
