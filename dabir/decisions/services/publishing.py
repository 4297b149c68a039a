"""A frozen edition is shown to everybody by an act of its own; nothing is public before."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.decisions.models import Edition, Publication


def is_published(edition: Edition) -> bool:
    """Whether everybody may read the edition now."""
    newest = edition.publications.order_by("-at", "-id").first()
    return newest is not None and newest.is_public


@transaction.atomic
def publish_edition(*, edition: Edition, by: Actor, on: date, at: datetime) -> Publication:
    """Show an edition to everybody, with all its files, as they were frozen."""
    lock_record(edition.report)
    if is_published(edition):
        raise InvalidInput(_("Everybody can read this edition already."))
    return _recorded("publish_edition", edition, is_public=True, by=by, on=on, at=at)


@transaction.atomic
def take_edition_down(
    *, edition: Edition, reason: str, by: Actor, on: date, at: datetime
) -> Publication:
    """Show an edition no longer; those who received it keep it, and its code stays valid."""
    lock_record(edition.report)
    if not is_published(edition):
        raise InvalidInput(_("This edition is not public."))
    return _recorded(
        "take_edition_down", edition, is_public=False, reason=reason.strip(), by=by, on=on, at=at
    )


def _recorded(
    act: str,
    edition: Edition,
    *,
    is_public: bool,
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
) -> Publication:
    row = Publication(
        edition=edition, is_public=is_public, reason=reason, on=on, at=at, by=by.as_dict()
    )
    check_record(row)
    row.save()
    record_act(
        f"decisions.{act}",
        target=edition.report.reference(),
        by=by,
        on=on,
        at=at,
        after={"edition": edition.number, "public": is_public},
        reason=reason,
    )
    return row
