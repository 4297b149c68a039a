"""Received texts that wait: for their reviewer, and for the second person."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.intake.models import Receipt
from dabir.intake.queries.reviews import receipts_in, reviewed_by
from dabir.intake.states import STATE_MARKS, ReceiptState
from dabir.office.waiting_things import Desk, Thing, Waiting
from dabir.registry.rights import person_of


def _receipt(receipt: Receipt) -> Thing:
    names = {receipt.language: receipt.name}
    mark = STATE_MARKS[ReceiptState(receipt.state)]
    day = timezone.localdate(receipt.received_at)
    return Thing(names, receipt.get_absolute_url(), (mark,), "", day)


def readings_to_confirm(desk: Desk) -> Waiting | None:
    """Reviewed readings that wait for a second person; never one's own."""
    if not desk.may("intake.confirm_reading"):
        return None
    rows = receipts_in(ReceiptState.READY)
    person = person_of(desk.user)
    if person is not None:
        own = Q(by__id=person.public_id) | Q(pk__in=reviewed_by(person.public_id))
        rows = rows.exclude(own)
    number, things = desk.first("confirm", rows, _receipt)
    why = _("Somebody who did not work on the review confirms it or sends it back.")
    return Waiting("confirm", _("Readings for a second person"), number, things, "", "", why)


def readings_to_review(desk: Desk) -> Waiting | None:
    """Received texts whose reading is to be reviewed, and those that could not be read."""
    if not desk.may("intake.review_reading"):
        return None
    rows = receipts_in(ReceiptState.REVIEW, ReceiptState.REFUSED)
    number, things = desk.first("readings", rows, _receipt)
    url = reverse("intake:receipts")
    return Waiting("readings", _("Received texts to review"), number, things, url)
