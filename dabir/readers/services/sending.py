"""Sending an approved newsletter: to each reader once, whatever is interrupted or refused meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import SYSTEM
from dabir.core.concurrency import lock_record
from dabir.core.errors import DomainError, IllegalStep
from dabir.core.stepping import take_step
from dabir.core.trail import record_act
from dabir.messaging.models import Letter
from dabir.messaging.services import record_letter_failed, send_letter, write_letter
from dabir.messaging.states import LetterState
from dabir.readers.composing import issue_text
from dabir.readers.models import Delivery, Issue, Subscriber
from dabir.readers.queries.newsletter import not_written_to
from dabir.readers.states import ISSUES, IssueState

PORTION = 50


def deliver_issue(
    *,
    issue: Issue,
    now: Callable[[], datetime],
    on: date,
    told: Callable[[int, int], object] = lambda done, total: None,
) -> int:
    """Send an approved issue to everybody who confirmed, portion by portion; returns how many letters.

    It can be killed anywhere and begun again, also by two workers at once. A letter is written once
    for each reader, and marked before the mail server is asked: what was interrupted between the two
    is not sent a second time, but shown to the secretariat, since nobody knows whether it left. A
    reader who cannot be written to is noted and stops nobody else. Once sent it is sent: who confirms
    later waits for the next issue.
    """
    fresh = Issue.objects.get(pk=issue.pk)
    if fresh.state == IssueState.SENT:
        return fresh.deliveries.count()
    if fresh.state != IssueState.SENDING:
        raise IllegalStep(_("It has not been approved."))
    total = fresh.deliveries.count() + not_written_to(fresh).count()

    def tell() -> None:
        told(letters_done(fresh), total)

    tell()
    _send_waiting(fresh, now, on=on, tell=tell)  # what an interruption left
    last = 0
    while portion := _write_portion(fresh, after=last, on=on, at=now()):
        last = portion[-1].pk
        _send_waiting(fresh, now, on=on, tell=tell)
        tell()
    _finish(fresh, on=on, at=now())
    return fresh.deliveries.count()


@transaction.atomic
def _write_portion(issue: Issue, *, after: int, on: date, at: datetime) -> list[Subscriber]:
    """The letters to the next readers, all of them or none; nobody ends it in the middle of that."""
    if lock_record(issue).state != IssueState.SENDING:
        return []
    waiting = not_written_to(issue).filter(pk__gt=after)
    portion = list(waiting.select_for_update(of=("self",))[:PORTION])
    for subscriber in portion:
        try:
            with transaction.atomic():
                _write(issue, subscriber, on=on, at=at)
        except DomainError as refusal:
            record_act(
                "readers.pass_over_subscriber",
                target=issue.reference(),
                by=SYSTEM,
                on=on,
                at=at,
                after={"subscriber": subscriber.public_id},
                reason=str(refusal.message),
            )
    return portion


def _write(issue: Issue, subscriber: Subscriber, *, on: date, at: datetime) -> None:
    letter, _new = write_letter(
        key=f"newsletter/{issue.public_id}/{subscriber.public_id}",
        kind="notice",
        language=subscriber.language,
        recipient=subscriber.reference(),
        subject=issue.titles[subscriber.language],
        body=issue_text(issue, subscriber.language, subscriber),
        about=issue.reference(),
        by=SYSTEM,
        on=on,
        at=at,
    )
    Delivery.objects.create(issue=issue, subscriber=subscriber, letter=letter)


def letters_done(issue: Issue) -> int:
    """How many letters need nothing more by this: tried at the mail server, or without one in the outbox."""
    if not settings.EMAIL_HOST:
        return issue.deliveries.count()
    return issue.deliveries.exclude(tried_at=None, letter__state=LetterState.QUEUED).count()


def _send_waiting(
    issue: Issue, now: Callable[[], datetime], *, on: date, tell: Callable[[], object]
) -> None:
    """What was not yet given to the mail server; without one the letters wait in the outbox."""
    if not settings.EMAIL_HOST:
        return
    waiting = issue.deliveries.filter(tried_at=None, letter__state=LetterState.QUEUED)
    for delivery in waiting.select_related("letter").order_by("pk"):
        # Asked at each letter anew: whoever ended it a moment ago gets none.
        still = Delivery.objects.filter(pk=delivery.pk, tried_at=None, subscriber__ended_on=None)
        if still.update(tried_at=now()):
            _send(delivery.letter, on=on, at=now())
        tell()


def _send(letter: Letter, *, on: date, at: datetime) -> None:
    """Give it to the mail server; a refusal is noted at the letter."""
    try:
        send_letter(letter=letter, by=SYSTEM, on=on, at=at)
    except DomainError as refusal:
        with transaction.atomic():
            if lock_record(letter).state == LetterState.QUEUED:  # else its reader just ended it
                record_letter_failed(
                    letter=letter, failure=str(refusal.message), by=SYSTEM, on=on, at=at
                )


@transaction.atomic
def _finish(issue: Issue, *, on: date, at: datetime) -> None:
    if lock_record(issue).state == IssueState.SENDING:
        take_step(
            issue,
            "finish",
            machine=ISSUES,
            act="readers.finish_issue",
            by=SYSTEM,
            on=on,
            at=at,
            checked=True,
        )
