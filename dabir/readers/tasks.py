"""What the worker sends to readers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from dabir.core.actors import SYSTEM, Actor
from dabir.core.work import QUEUE, Progress, newest_work, progress_of, tell_progress
from dabir.messaging.models import Letter
from dabir.messaging.services import send_letter
from dabir.messaging.states import LetterState
from dabir.readers.models import Issue
from dabir.readers.queries.newsletter import issues_half_sent
from dabir.readers.services import approve_issue, deliver_issue


@task(backend=QUEUE, takes_context=True)
def send_issue(context: TaskContext[Any, Any], public_id: str) -> int:
    """Send an approved newsletter; begun again after a kill it goes on where it stood."""
    work_id = str(context.task_result.id)

    def told(done: int, total: int) -> None:
        tell_progress(work_id, done=done, total=total)

    return deliver_issue(
        issue=Issue.objects.get(public_id=public_id),
        now=timezone.now,
        on=timezone.localdate(),
        told=told,
    )


@transaction.atomic
def approve_and_send(
    *, issue: Issue, site: str, by: Actor, on: date, at: datetime, version: int | None = None
) -> Issue:
    """Let a newsletter out and hand its sending to the worker: both, or neither."""
    approved = approve_issue(issue=issue, site=site, by=by, on=on, at=at, version=version)
    begin_sending(approved)
    return approved


def begin_sending(issue: Issue) -> str:
    """Hand the sending to the worker; twice is once."""
    known = newest_work(send_issue.module_path, issue.public_id)
    if known and is_going_on(progress_of(known)):
        return known
    return str(send_issue.enqueue(issue.public_id).id)


def sending_of(issue: Issue) -> Progress | None:
    """How far the sending is; None while it was never handed over."""
    known = newest_work(send_issue.module_path, issue.public_id)
    return progress_of(known) if known else None


def is_going_on(found: Progress | None) -> bool:
    """Whether the worker is at it, or will be."""
    return found is not None and found.state in ("waiting", "running")


def go_on_sending(on: date, at: datetime) -> int:
    """Hand over again what is approved and half sent, and which no worker is at; returns how many."""
    left = [issue for issue in issues_half_sent() if not is_going_on(sending_of(issue))]
    for issue in left:
        begin_sending(issue)
    return len(left)


@task(backend=QUEUE)
def send_confirmation(public_id: str) -> bool:
    """Send the letter that asks to confirm, where a mail server is set up and it still waits."""
    letter = Letter.objects.filter(public_id=public_id, state=LetterState.QUEUED).first()
    if letter is None or not settings.EMAIL_HOST or not letter.mail_address():
        return False
    now = timezone.now()
    return send_letter(letter=letter, by=SYSTEM, on=timezone.localdate(now), at=now).state == "sent"
