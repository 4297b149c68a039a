"""Who may receive texts, review readings and confirm them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.intake.models import Receipt
from dabir.intake.queries.reviews import reviewers_of
from dabir.registry.rights import READERS, allow, person_of

REVIEWERS = ("secretary_general", "executive_deputy", "expert")


def did_not_review(user: Any, receipt: Receipt) -> bool:
    """The person neither received the text nor took a step in its review."""
    person = person_of(user)
    return person is not None and person.public_id not in reviewers_of(receipt)


allow("intake.view_receipt", _("See received texts and their readings"), *READERS)
allow("intake.receive_text", _("Receive a text and have it read"), *REVIEWERS)
allow("intake.review_reading", _("Review the reading of a received text"), *REVIEWERS)
allow(
    "intake.confirm_reading",
    _("Confirm a reviewed reading, so that it enters the register"),
    "secretary_general",
    "executive_deputy",
    "member_affairs",
    condition=did_not_review,
    condition_label=_("never one's own review"),
)
