"""The worker: does what was put off, does the daily jobs, and takes up what a killed one left."""

from __future__ import annotations

import logging
import signal
import time as clock
from datetime import date, datetime, time, timedelta

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from dabir.core.actors import SYSTEM
from dabir.core.numbering import next_number
from dabir.core.publicsearch.keeping import RENEWALS, renew_by_day
from dabir.core.work import (
    QUEUE,
    WorkerPresence,
    daily,
    forget_finished_work,
    mend_work,
    start_due_jobs,
)
from dabir.decisions.services.reminders import send_reminders
from dabir.decisions.services.terms import refresh_due_days
from dabir.editorial.queries import is_publishing_due
from dabir.editorial.services import publish_due
from dabir.office.tasks import send_desk_mail
from dabir.readers.services import erase_enquiries, forget_unconfirmed
from dabir.readers.tasks import go_on_sending

LOG = logging.getLogger(__name__)
LOOK = timedelta(seconds=10)


def remind(on: date, at: datetime) -> None:
    """Write the day's reminders; doing it twice writes each letter once."""
    send_reminders(by=SYSTEM, on=on, at=at)


def tidy(on: date, at: datetime) -> None:
    """Forget sign-ins that ended and marks of work that ended long ago."""
    call_command("clearsessions")
    forget_finished_work(now=at)


def renew_public_search(on: date, at: datetime) -> None:
    """Find what is public by the day alone: whose office began or ended with it."""
    renew_by_day()


def move_due_days(on: date, at: datetime) -> None:
    """Let what recurs be due on the day that counts now; kept pages learn of it by the number."""
    with transaction.atomic():
        if refresh_due_days(on=on):
            next_number(RENEWALS)


def show_due_pages() -> None:
    """Show the pages whose hour has come, take down those whose hour is over.

    The worker has other work too: what goes wrong here is written down and tried at the next look.
    """
    now = timezone.now()
    try:
        if is_publishing_due(now):
            publish_due(by=SYSTEM, on=timezone.localdate(now), at=now)
    except Exception:
        LOG.exception("Pages with a set hour could not be looked at")


def register_daily_jobs() -> None:
    """What is done once a day, and when (local time)."""
    daily("public search", at=time(0, 1), act=renew_public_search)
    daily("due days", at=time(0, 2), act=move_due_days)
    daily("tidy", at=time(3, 0), act=tidy)
    daily("enquiries", at=time(3, 30), act=erase_enquiries)
    daily("unconfirmed", at=time(3, 40), act=forget_unconfirmed)
    daily("newsletters", at=time(5, 0), act=go_on_sending)
    daily("reminders", at=time(6, 0), act=remind)
    daily("desk mail", at=time(6, 30), act=send_desk_mail)


def work(*, until_idle: bool = False, pause: float = 1.0) -> None:
    """Do what waits, until told to stop by a signal; with `until_idle` only what waits now."""
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # "shutting down" is no warning
    register_daily_jobs()
    with WorkerPresence() as presence:
        worker = Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name=QUEUE,
            startup_delay=False,
            max_tasks=None,
            worker_id=presence.worker_id,
            excluded_queue_names=[],
        )
        signal.signal(signal.SIGTERM, worker.shutdown)
        signal.signal(signal.SIGINT, worker.shutdown)
        looked = clock.monotonic() - LOOK.total_seconds()
        while worker.running:
            if clock.monotonic() - looked >= LOOK.total_seconds():
                looked = clock.monotonic()
                start_due_jobs(now=timezone.now())
                mend_work(now=timezone.now())
                show_due_pages()
            worker.run()
            if until_idle:
                return
            if worker.running:
                clock.sleep(pause)
