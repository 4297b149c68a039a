"""The steps of a review: each a row, taken in order; what stands now is what they make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import DomainError, IllegalStep, InvalidInput
from dabir.core.trail import Act, record_act, record_acts
from dabir.intake.models import Receipt, ReviewAct
from dabir.intake.queries.reviews import conflicts_in, review_of, steps_of
from dabir.intake.review.doubts import Question, open_questions, questions
from dabir.intake.review.fold import Review, Step, fold, take
from dabir.intake.states import RECEIPTS, ReceiptState


class DoubtsLeft(DomainError):
    """A review is called ready while something in it is undecided; `left` names what."""

    code = "doubts_left"

    def __init__(self, left: Sequence[Question]) -> None:
        self.left = list(left)
        super().__init__(
            _("%(count)s things are still undecided.") % {"count": len(self.left)},
            cure=_("Decide each of them; to leave a number open is a decision too."),
        )


@dataclass(frozen=True)
class Wish:
    """A step that somebody wants to take."""

    verb: str
    data: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def take_step(
    *,
    receipt: Receipt,
    verb: str,
    data: dict[str, Any],
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Receipt:
    """Take one step of a review; an old `version` is refused, so that nobody writes over a colleague."""
    wish = Wish(verb, data, reason)
    return take_steps(receipt=receipt, wishes=[wish], by=by, on=on, at=at, version=version)


@transaction.atomic
def take_steps(
    *,
    receipt: Receipt,
    wishes: Sequence[Wish],
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Receipt:
    """Take several steps in their order, all or none."""
    fresh = _under_review(receipt, version)
    review = review_of(fresh)
    last = fresh.acts.order_by("-number").values_list("number", flat=True).first() or 0
    steps = [
        Step(last + n, wish.verb, wish.data, wish.reason, by.as_dict(), at.isoformat())
        for n, wish in enumerate(wishes, start=1)
    ]
    for step in steps:
        take(review, step)
    _keep(fresh, steps, review, by=by, on=on, at=at)
    return fresh


@transaction.atomic
def take_back(
    *, receipt: Receipt, by: Actor, on: date, at: datetime, version: int | None = None
) -> Receipt:
    """Take the last step of a review back; that it was taken stays on record."""
    fresh = _under_review(receipt, version)
    review = review_of(fresh)
    if review.last is None:
        raise InvalidInput(_("There is no step to take back."), code="no_step")
    number = fresh.acts.order_by("-number").values_list("number", flat=True)[0] + 1
    undone = review.last
    data = {"of": undone.number, "verb": undone.verb}
    step = Step(number, "undo_act", data, "", by.as_dict(), at.isoformat())
    earlier = steps_of(fresh.acts.order_by("number"))
    _keep(fresh, [step], fold(fresh.reading.parts, [*earlier, step]), by=by, on=on, at=at)
    return fresh


def _under_review(receipt: Receipt, version: int | None) -> Receipt:
    fresh = lock_record(receipt, version=version)
    if fresh.state != ReceiptState.REVIEW:
        raise IllegalStep(
            _("The review is not open: %(state)s.") % {"state": fresh.get_state_display()}
        )
    return fresh


def _keep(
    receipt: Receipt, steps: list[Step], review: Review, *, by: Actor, on: date, at: datetime
) -> None:
    """Write the steps, how many doubts are left after them, and their entries in the trail."""
    ReviewAct.objects.bulk_create(
        ReviewAct(
            receipt=receipt,
            number=step.number,
            verb=step.verb,
            data=step.data,
            reason=step.reason,
            on=on,
            at=at,
            by=by.as_dict(),
        )
        for step in steps
    )
    receipt.open_count = len(open_questions(questions(review, conflicts_in(receipt, review))))
    receipt.version += 1
    receipt.save(update_fields=["open_count", "version"])
    record_acts(
        Act(
            f"intake.{step.verb}",
            target=receipt.reference(),
            by=by,
            on=on,
            at=at,
            after={"step": step.number, **_told(step.data)},
            reason=step.reason,
        )
        for step in steps
    )


def _told(data: dict[str, Any]) -> dict[str, Any]:
    """What a step changed, without the lists that its own row keeps."""
    return {key: value for key, value in data.items() if not isinstance(value, list | dict)}


def questions_of(receipt: Receipt) -> tuple[Review, list[Question]]:
    """The review as it stands and everything that was or is to be decided in it."""
    review = review_of(receipt)
    return review, questions(review, conflicts_in(receipt, review))


@transaction.atomic
def make_ready(
    *, receipt: Receipt, by: Actor, on: date, at: datetime, version: int | None = None
) -> Receipt:
    """Say that the review is done; raises DoubtsLeft while something is undecided."""
    fresh = lock_record(receipt, version=version)
    target = RECEIPTS.target("make_ready", fresh.state)
    _review, found = questions_of(fresh)
    left = open_questions(found)
    if left:
        raise DoubtsLeft(left)
    return _move(fresh, "make_ready", target, by=by, on=on, at=at)


@transaction.atomic
def send_back(
    *,
    receipt: Receipt,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Receipt:
    """Open a review again instead of confirming it, with the reason."""
    fresh = lock_record(receipt, version=version)
    target = RECEIPTS.target("send_back", fresh.state)
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say what is to be looked at again.")]})
    return _move(fresh, "send_back", target, by=by, on=on, at=at, reason=reason)


def _move(
    receipt: Receipt, verb: str, target: str, *, by: Actor, on: date, at: datetime, reason: str = ""
) -> Receipt:
    """Bring a review to its next state, as one of its rows and in the trail."""
    before = receipt.state
    last = receipt.acts.order_by("-number").values_list("number", flat=True).first() or 0
    ReviewAct.objects.create(
        receipt=receipt,
        number=last + 1,
        verb=verb,
        reason=reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    receipt.state = target
    receipt.version += 1
    receipt.save(update_fields=["state", "version"])
    record_act(
        f"intake.{verb}",
        target=receipt.reference(),
        by=by,
        on=on,
        at=at,
        before={"state": before},
        after={"state": target},
        reason=reason,
    )
    return receipt
