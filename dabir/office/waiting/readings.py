"""Received texts that wait: for their reviewer, and for the second person."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.intake.models import Receipt, ReviewAct
from dabir.intake.queries.reviews import receipts_in
from dabir.intake.states import STATE_MARKS, ReceiptState
from dabir.office.asked import PERSON, Asked, Desk, Thing, text_at

SHOWN = ("public_id", "name", "language", "state", "received_at")


def _receipt(receipt: Any) -> Thing:
    names = {receipt.language: receipt.name}
    mark = STATE_MARKS[ReceiptState(receipt.state)]
    url = reverse("intake:receipt", args=[receipt.public_id])
    return Thing(names, url, (mark,), "", timezone.localdate(receipt.received_at))


def readings_to_confirm(desk: Desk) -> Asked | None:
    """Reviewed readings that wait for a second person; never one's own."""
    if not desk.may("intake.confirm_reading"):
        return None

    def rows() -> QuerySet[Receipt]:
        worked = ReviewAct.objects.annotate(author=text_at("by__id"))
        own = Exists(worked.filter(receipt=OuterRef("pk"), author=PERSON))
        ready = receipts_in(ReceiptState.READY).annotate(author=text_at("by__id"))
        return ready.filter(~own, ~Q(author=PERSON)).only(*SHOWN)

    why = _("Somebody who did not work on the review confirms it or sends it back.")
    return Asked("confirm", _("Readings for a second person"), rows, _receipt, why=why)


def readings_to_review(desk: Desk) -> Asked | None:
    """Received texts whose reading is to be reviewed, and those that could not be read."""
    if not desk.may("intake.review_reading"):
        return None

    def rows() -> QuerySet[Receipt]:
        return receipts_in(ReceiptState.REVIEW, ReceiptState.REFUSED).only(*SHOWN)

    url = reverse("intake:receipts")
    return Asked("readings", _("Received texts to review"), rows, _receipt, url)
