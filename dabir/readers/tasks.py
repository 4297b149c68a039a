"""What the worker sends to readers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskContext, task

from dabir.core.actors import SYSTEM
from dabir.core.work import QUEUE, newest_work, progress_of, tell_progress
from dabir.messaging.models import Letter
from dabir.messaging.services import send_letter
from dabir.messaging.states import LetterState
from dabir.readers.models import Issue
from dabir.readers.services.newsletter import deliver_issue


@task(backend=QUEUE, takes_context=True)
def send_issue(context: TaskContext[Any, Any], public_id: str) -> int:
    """Send an approved newsletter; begun again after a kill it goes on where it stood."""
    work_id = str(context.task_result.id)

    def told(done: int, total: int) -> None:
        tell_progress(work_id, done=done, total=total, words=_("Letters"))

    return deliver_issue(
        issue=Issue.objects.get(public_id=public_id),
        now=timezone.now,
        on=timezone.localdate(),
        told=told,
    )


def begin_sending(issue: Issue) -> str:
    """Hand the sending to the worker; twice is once."""
    known = newest_work(send_issue.module_path, issue.public_id)
    if known and progress_of(known).state in ("waiting", "running"):
        return known
    return str(send_issue.enqueue(issue.public_id).id)


@task(backend=QUEUE)
def send_confirmation(public_id: str) -> bool:
    """Send the letter that asks to confirm, where a mail server is set up and it still waits."""
    letter = Letter.objects.filter(public_id=public_id, state=LetterState.QUEUED).first()
    if letter is None or not settings.EMAIL_HOST or not letter.mail_address():
        return False
    now = timezone.now()
    return send_letter(letter=letter, by=SYSTEM, on=timezone.localdate(now), at=now).state == "sent"
