"""What of the readers' letters lies with a person who leaves."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.readers.models import Enquiry
from dabir.readers.services import hand_over_enquiry, put_back_enquiry
from dabir.readers.states import EnquiryState
from dabir.registry.models import Person
from dabir.registry.open_items import Holder, Move, OpenItem, Shelf, learn


def _held(holder: Holder) -> QuerySet[Enquiry]:
    if not isinstance(holder, Person):
        return Enquiry.objects.none()
    return Enquiry.objects.filter(holder=holder, state=EnquiryState.TAKEN).order_by("pk")


def _find(holder: Holder) -> Sequence[OpenItem]:
    return [
        OpenItem(
            row.reference().labels, reverse("readers:enquiry", args=[row.public_id]), row.number
        )
        for row in _held(holder)
    ]


def _move(move: Move) -> int:
    """To the successor; where a post takes over, it waits for whoever takes it."""
    rows = list(_held(move.of))
    for row in rows:
        if isinstance(move.to, Person):
            hand_over_enquiry(
                enquiry=row, to=move.to, reason=move.reason, by=move.by, on=move.on, at=move.at
            )
        else:
            put_back_enquiry(enquiry=row, by=move.by, on=move.on, at=move.at)
    return len(rows)


def learn_shelves() -> None:
    """Tell the registry what is handed over."""
    learn(Shelf("enquiries", _("What readers wrote"), _find, _move))
