"""Say of a finding about the organs that it is a fact told by a source."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.organs.models import KnownFinding, Organ
from dabir.organs.services.taking import Words


@transaction.atomic
def mark_finding_known(
    *,
    organ: Organ,
    code: str,
    subject: str,
    reason: Words,
    source: str,
    by: Actor,
    on: date,
    at: datetime,
) -> KnownFinding:
    """Record that a finding is history as a source tells it, not a fault of what is recorded.

    It stays on the page of findings, marked as known, and is no fault of `dabir check` any more.
    """
    if not source.strip() or not any(text.strip() for text in reason.values()):
        raise InvalidInput(
            _("A finding is known by a source and with a reason."),
            fields={"source": [_("Name the source.")]},
        )
    known = KnownFinding(
        organ=organ,
        code=code,
        subject=subject,
        reason=dict(reason),
        source=source,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(known)
    known.save()
    record_act(
        "organs.mark_finding_known",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        after={"finding": code, "about": subject, "source": source},
    )
    return known
