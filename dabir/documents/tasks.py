"""A large table is entered by the worker, with its progress told meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks import TaskContext, task

from dabir.core.actors import Actor
from dabir.core.work import QUEUE, newest_work, progress_of, tell_progress
from dabir.documents.importing import confirm_import
from dabir.documents.models import ImportRun


@task(backend=QUEUE, takes_context=True)
def enter_import(
    context: TaskContext[Any, Any],
    public_id: str,
    by: dict[str, Any],
    on: str,
    version: int,
    leave_out_refused: bool,
) -> str:
    """Enter a large table; after a kill it is entered whole by the next attempt, or not at all."""
    run = ImportRun.objects.get(public_id=public_id)
    if run.state != "tried":
        return run.state
    work_id = str(context.task_result.id)

    def progress(done: int, total: int) -> None:
        words = gettext_lazy("Entering the rows of the table")
        tell_progress(work_id, done=done, total=total, words=words)

    confirmed = confirm_import(
        run=run,
        leave_out_refused=leave_out_refused,
        version=version,
        by=Actor.from_dict(by),
        on=date.fromisoformat(on),
        at=timezone.now(),
        progress=progress,
    )
    return confirmed.state


def begin_import(
    run: ImportRun, *, by: Actor, on: date, version: int, leave_out_refused: bool
) -> str:
    """Hand a large import to the worker; the id of the piece of work. Twice is once."""
    known = import_work_of(run)
    if known and progress_of(known).state in ("waiting", "running"):
        return known
    result = enter_import.enqueue(
        run.public_id, by.as_dict(), on.isoformat(), version, leave_out_refused
    )
    return str(result.id)


def import_work_of(run: ImportRun) -> str | None:
    """The newest piece of work that enters this table; None when none was handed over."""
    return newest_work(enter_import.module_path, run.public_id)
