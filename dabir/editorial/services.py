"""The acts on pages that are done without the editors' admin: at a set hour, and for an example."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.trail import record_act
from dabir.documents.uploads import check_upload
from dabir.editorial.models import EditorialPage, Picture, Section
from dabir.editorial.models.base import incomplete
from dabir.editorial.queries import MODELS, pages_ended, revisions_due
from dabir.editorial.receivers import acting, page_reference

LOG = logging.getLogger(__name__)


def publish_due(*, by: Actor, on: date, at: datetime) -> int:
    """Show the pages whose hour has come and take down those whose hour is over; how many there were.

    Doing it twice changes nothing. A page in which something is missing by then is not shown: its hour is
    withdrawn, and the trail says why. Whatever goes wrong with one page stops no other; it is tried again.
    """
    stamp: dict[str, Any] = {"by": by, "on": on, "at": at}
    ended = pages_ended(at).order_by("expire_at", "pk").values_list("pk", flat=True)
    due = revisions_due(at).order_by("approved_go_live_at", "pk").values_list("pk", flat=True)
    return sum(
        _done(act, number, stamp)
        for act, numbers in ((_take_down, list(ended)), (_show, list(due)))
        for number in numbers
    )


def _done(act: Callable[..., bool], number: int, stamp: dict[str, Any]) -> bool:
    try:
        return act(number, **stamp)
    except Exception:
        LOG.exception("What was set for an hour could not be done (%s %s)", act.__name__, number)
        return False


@transaction.atomic
def _take_down(number: int, *, by: Actor, on: date, at: datetime) -> bool:
    """Take down the page if its hour is still over: somebody may have changed it meanwhile."""
    page = pages_ended(at).select_for_update().filter(pk=number).first()
    if page is None:
        return False
    with acting(by=by, on=on, at=at):
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


@transaction.atomic
def _show(number: int, *, by: Actor, on: date, at: datetime) -> bool:
    """Show the page if its hour is still set; one in which something is missing loses its hour."""
    revision = revisions_due(at).select_for_update().filter(pk=number).first()
    if revision is None:
        return False
    try:
        with transaction.atomic(), acting(by=by, on=on, at=at):
            revision.publish(log_action="wagtail.publish.scheduled")
    except InvalidInput as refusal:
        _withdraw_hour(revision, refusal, by=by, on=on, at=at)
    return True


def _withdraw_hour(
    revision: Any, refusal: InvalidInput, *, by: Actor, on: date, at: datetime
) -> None:
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    page = revision.content_object.specific
    record_act(
        "editorial.unschedule_page",
        target=page_reference(page),
        by=by,
        on=on,
        at=at,
        reason=str(refusal.message),
    )


@transaction.atomic
def bring_picture(
    *, data: bytes, name: str, title: str, credit: str, by: Actor, on: date, at: datetime
) -> Picture:
    """Bring in a picture, as the editor of the office does; raises InvalidInput for what is none."""
    upload = check_upload(SimpleUploadedFile(name, data))
    if not upload.media_type.startswith("image/"):
        raise InvalidInput(_("“%(name)s” is no picture.") % {"name": upload.name})
    picture = Picture(title=title, credit=credit, file=ImageFile(BytesIO(data), upload.name))
    with acting(by=by, on=on, at=at):
        picture.save()
    picture.get_file_size()
    picture.get_file_hash()
    return picture


@transaction.atomic
def publish_written_page(
    *,
    kind: str,
    language: str,
    slug: str,
    title: str,
    intro: str,
    by: Actor,
    on: date,
    at: datetime,
    body: Iterable[tuple[str, Any]] = (),
    version_of: EditorialPage | None = None,
    facts: Mapping[str, Any] | None = None,
) -> EditorialPage:
    """Write a page and show it, as the editor of the office does; raises InvalidInput for what is missing.

    `facts` are the further fields of its kind; with `version_of` it is the same page in this language.
    """
    model = MODELS[kind]
    part = Section.objects.get(kind=kind, locale__language_code=language)
    page = model(
        title=title, slug=slug, intro=intro, live=False, locale=part.locale, **(facts or {})
    )
    page.body = list(body)
    if version_of is not None:
        page.translation_key = version_of.translation_key
    try:
        with acting(by=by, on=on, at=at):
            part.add_child(instance=page)
            page.save_revision().publish()
    except ValidationError as fault:
        raise incomplete(page) from fault
    page.refresh_from_db()
    return page
