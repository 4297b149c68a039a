"""Work done later by the worker: daily jobs, new attempts, killed workers, and how far it is.

The queue itself is django-tasks-db's (backend `slow`). What it lacks stands here. A piece of work
may run more than once, since a worker can be killed after the last line and before the mark "done":
so its results are all or nothing, in one transaction, and doing it again changes nothing.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from dabir.core.errors import DomainError, Words
from dabir.core.models import ScheduledRun

logger = logging.getLogger(__name__)
QUEUE = "slow"
ATTEMPTS = 3
PAUSES = (timedelta(seconds=10), timedelta(minutes=2))
# A worker on another machine leaves no trace here; its work is given up after this long.
FAR_AWAY = timedelta(hours=24)
PASSING = (OperationalError, InterfaceError, OSError)


class WorkerLost(Exception):
    """The worker was killed in the middle of the work, each time it was tried."""


# ---- Daily jobs -------------------------------------------------------------------------------


@dataclass(frozen=True)
class DailyJob:
    """What is done once a day, from `at` local time on."""

    name: str
    at: time
    act: Callable[[date, datetime], object]


DAILY: dict[str, DailyJob] = {}


def daily(name: str, *, at: time, act: Callable[[date, datetime], object]) -> None:
    """Have `act(on, at)` done every day from `at` on; a day without a worker is not made up for."""
    DAILY[name] = DailyJob(name, at, act)


@task(backend=QUEUE)
def run_daily_job(name: str, on: str) -> None:
    """Do the job `name` for the day `on`; a refusal is told in the log and not tried again."""
    try:
        DAILY[name].act(date.fromisoformat(on), timezone.now())
    except DomainError as refusal:
        logger.warning("%s of %s was refused: %s", name, on, refusal.message)


def start_due_jobs(*, now: datetime) -> list[str]:
    """Hand today's due jobs to the worker; returns the names of those not handed over before."""
    local = timezone.localtime(now)
    today = local.date()
    known = set(ScheduledRun.objects.filter(on=today).values_list("job", flat=True))
    due = [job for job in DAILY.values() if job.at <= local.time() and job.name not in known]
    return [job.name for job in due if _start(job, today, now)]


@transaction.atomic
def _start(job: DailyJob, on: date, now: datetime) -> bool:
    run, is_new = ScheduledRun.objects.get_or_create(
        job=job.name, on=on, defaults={"started_at": now}
    )
    if is_new:
        run.work_id = str(run_daily_job.enqueue(job.name, on.isoformat()).id)
        run.save(update_fields=["work_id"])
    return is_new


# ---- Workers, alive or killed -----------------------------------------------------------------


def _folder(name: str) -> Path:
    folder = Path(settings.HOME) / name
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def _here() -> str:
    return socket.gethostname().replace("/", "-")[:30]


class WorkerPresence:
    """A worker's name, and a locked file that the system unlocks even when the worker is killed."""

    def __init__(self) -> None:
        self.worker_id = f"{_here()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._path = _folder("workers") / self.worker_id
        self._held: IO[str] | None = None

    def __enter__(self) -> WorkerPresence:
        arriving = self._path.with_name(f"{self.worker_id}.arriving")
        self._held = arriving.open("w")
        fcntl.flock(self._held, fcntl.LOCK_EX)
        arriving.rename(self._path)
        return self

    def __exit__(self, *reason: object) -> None:
        self._path.unlink(missing_ok=True)
        if self._held:
            self._held.close()


def worker_is_alive(worker_id: str, *, since: datetime | None, now: datetime) -> bool:
    """Whether the worker still runs; one on another machine is believed for a day."""
    if worker_id.split(":")[0] != _here():
        return since is None or now - since < FAR_AWAY
    path = _folder("workers") / worker_id
    try:
        with path.open() as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    path.unlink(missing_ok=True)
    return False


# ---- New attempts -----------------------------------------------------------------------------


def mend_work(*, now: datetime) -> int:
    """Give interrupted work a new attempt, three in all; returns how many pieces were touched.

    Interrupted means: its worker was killed, or it failed for a reason that passes (a database or
    file that could not be reached). A refusal or a fault of the program would only come again.
    """
    touched = 0
    for row in DBTaskResult.objects.running().filter(backend_name=QUEUE):
        worker = row.worker_ids[-1] if row.worker_ids else ""
        if not worker_is_alive(worker, since=row.started_at, now=now):
            touched += _try_again(row, now=now, lost=True)
    recently = now - timedelta(hours=1)
    for row in DBTaskResult.objects.failed().filter(backend_name=QUEUE, finished_at__gte=recently):
        if len(row.worker_ids) < ATTEMPTS and _passes(row.exception_class_path):
            touched += _try_again(row, now=now, lost=False)
    return touched


def _passes(exception_path: str) -> bool:
    try:
        kind = import_string(exception_path)
    except ImportError:
        return False
    return isinstance(kind, type) and issubclass(kind, PASSING)


@transaction.atomic
def _try_again(row: DBTaskResult[Any, Any], *, now: datetime, lost: bool) -> bool:
    fresh = DBTaskResult.objects.select_for_update().filter(pk=row.pk, status=row.status).first()
    if fresh is None or fresh.worker_ids != row.worker_ids:
        return False
    attempts = max(1, len(fresh.worker_ids))
    if attempts < ATTEMPTS:
        fresh.status = TaskResultStatus.READY
        fresh.run_after = now if lost else now + PAUSES[attempts - 1]
        fresh.started_at = fresh.finished_at = None
        fresh.exception_class_path = fresh.traceback = ""
        fresh.save()
    else:
        fresh.set_failed(WorkerLost(f"killed {attempts} times"))
    return True


# ---- How far a piece of work is ---------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far a piece of work is: `state` is waiting, running, done, failed or unknown."""

    state: str
    done: int = 0
    total: int = 0
    words: dict[str, str] = field(default_factory=dict)
    result: Any = None

    @property
    def percent(self) -> int:
        """Of a hundred; 0 while the whole is not known."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def tell_progress(work_id: str, *, done: int, total: int, words: Words = "") -> None:
    """Say how far the work is, for a page that asks meanwhile.

    Kept in a small file, since the work's own transaction hides its rows until all of it stands.
    """
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(words)
    path = _progress_file(work_id)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps({"done": done, "total": total, "words": said}))
    unfinished.replace(path)


def newest_work(path: str, first: str) -> str | None:
    """The newest piece of work of one kind that was handed over for `first`; None when none was."""
    rows = DBTaskResult.objects.filter(task_path=path).order_by("-enqueued_at")
    for row in rows[:200]:
        if row.args_kwargs["args"][:1] == [first]:
            return str(row.pk)
    return None


def progress_of(work_id: str) -> Progress:
    """How far a piece of work is; its result once it is done."""
    try:
        rows = DBTaskResult.objects.filter(pk=UUID(work_id))
    except ValueError:
        return Progress("unknown")
    row = rows.only("status", "return_value").first()
    states = {
        TaskResultStatus.READY: "waiting",
        TaskResultStatus.RUNNING: "running",
        TaskResultStatus.SUCCESSFUL: "done",
        TaskResultStatus.FAILED: "failed",
    }
    if row is None:
        return Progress("unknown")
    try:
        told = json.loads(_progress_file(work_id).read_text())
    except FileNotFoundError:
        told = {}
    result = row.return_value if row.status == TaskResultStatus.SUCCESSFUL else None
    return Progress(states[TaskResultStatus(row.status)], result=result, **told)


def _progress_file(work_id: str) -> Path:
    return _folder("progress") / f"{UUID(work_id)}.json"


def forget_finished_work(*, now: datetime, after: timedelta = timedelta(days=30)) -> int:
    """Remove the marks of work that ended long ago; what the work made stays."""
    for path in _folder("progress").iterdir():
        if path.stat().st_mtime < (now - after).timestamp():
            path.unlink(missing_ok=True)
    ScheduledRun.objects.filter(started_at__lt=now - after).delete()
    count, _kinds = DBTaskResult.objects.finished().filter(finished_at__lt=now - after).delete()
    return count
