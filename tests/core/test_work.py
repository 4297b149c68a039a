"""Work done later: daily jobs, new attempts, how far it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from dabir.core import work
from dabir.core.errors import DomainError
from dabir.core.models import ScheduledRun

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)  # noon in Tehran


@pytest.fixture(autouse=True)
def no_other_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "DAILY", {})


def tell(days: list[date]) -> None:
    work.daily("count", at=time(6, 0), act=lambda on, at: days.append(on))


def test_start_due_jobs_twice_a_day_hands_over_once() -> None:
    tell([])
    assert work.start_due_jobs(now=NOON) == ["count"]
    assert work.start_due_jobs(now=NOON + timedelta(hours=5)) == []
    assert DBTaskResult.objects.count() == 1
    assert work.start_due_jobs(now=NOON + timedelta(days=1)) == ["count"]
    assert [run.on for run in ScheduledRun.objects.order_by("on")] == [
        date(2026, 11, 22),
        date(2026, 11, 23),
    ]


def test_start_due_jobs_before_the_hour_waits() -> None:
    tell([])
    assert work.start_due_jobs(now=datetime(2026, 11, 22, 2, 29, tzinfo=UTC)) == []
    assert work.start_due_jobs(now=datetime(2026, 11, 22, 2, 30, tzinfo=UTC)) == ["count"]


def test_start_due_jobs_late_in_the_evening_belongs_to_the_local_day() -> None:
    tell([])
    work.start_due_jobs(now=datetime(2026, 11, 22, 21, 0, tzinfo=UTC) + timedelta(hours=6))
    assert ScheduledRun.objects.get().on == date(2026, 11, 23)


def test_run_daily_job_does_it_for_its_day() -> None:
    days: list[date] = []
    tell(days)
    work.run_daily_job.func("count", "2026-11-22")
    assert days == [date(2026, 11, 22)]


def test_run_daily_job_that_is_refused_is_told_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(on: date, at: datetime) -> None:
        raise DomainError("No rules are in force.")

    work.daily("refused", at=time(6, 0), act=refuse)
    work.run_daily_job.func("refused", "2026-11-22")
    assert "No rules are in force." in caplog.text


def row(status: str, *, attempts: int, fault: str = "", worker: str = "") -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": ["count", "2026-11-22"], "kwargs": {}},
        task_path="dabir.core.work.run_daily_job",
        worker_ids=[worker or f"{work._here()}:1:dead"] * attempts,
        queue_name="default",
        backend_name="slow",
        run_after=NOON,
        started_at=NOON,
        finished_at=NOON if status == "FAILED" else None,
        exception_class_path=fault,
        traceback=fault,
    )


def test_mend_work_gives_the_work_of_a_killed_worker_back() -> None:
    lost = row("RUNNING", attempts=1)
    assert work.mend_work(now=NOON) == 1
    lost.refresh_from_db()
    assert (lost.status, lost.started_at, lost.run_after) == ("READY", None, NOON)


def test_mend_work_after_three_killed_workers_gives_up() -> None:
    lost = row("RUNNING", attempts=3)
    work.mend_work(now=NOON)
    lost.refresh_from_db()
    assert lost.status == "FAILED"
    assert lost.exception_class_path == "dabir.core.work.WorkerLost"


def test_mend_work_leaves_a_living_worker_alone() -> None:
    with work.WorkerPresence() as present:
        held = row("RUNNING", attempts=1, worker=present.worker_id)
        assert work.mend_work(now=NOON) == 0
    assert work.mend_work(now=NOON) == 1
    held.refresh_from_db()
    assert held.status == "READY"


def test_mend_work_believes_another_machine_for_a_day() -> None:
    row("RUNNING", attempts=1, worker="far-away:1:abcd")
    assert work.mend_work(now=NOON + timedelta(hours=23)) == 0
    assert work.mend_work(now=NOON + timedelta(hours=25)) == 1


@pytest.mark.parametrize(
    ("fault", "attempts", "expected"),
    [
        ("django.db.utils.OperationalError", 1, "READY"),
        ("builtins.ConnectionRefusedError", 2, "READY"),
        ("builtins.ConnectionRefusedError", 3, "FAILED"),
        ("builtins.KeyError", 1, "FAILED"),
        ("dabir.core.errors.DomainError", 1, "FAILED"),
        ("gone.away.Fault", 1, "FAILED"),
    ],
)
def test_mend_work_tries_again_what_passes(fault: str, attempts: int, expected: str) -> None:
    failed = row("FAILED", attempts=attempts, fault=fault)
    work.mend_work(now=NOON + timedelta(minutes=1))
    failed.refresh_from_db()
    assert failed.status == expected
    if expected == "READY":
        assert failed.run_after > NOON + timedelta(minutes=1)
        assert failed.traceback == ""


def test_progress_is_told_while_the_work_goes_on() -> None:
    running = row("RUNNING", attempts=1)
    name = str(running.pk)
    assert work.progress_of(name) == work.Progress("running")
    work.tell_progress(name, done=1, total=3, words=_("Persian"))
    found = work.progress_of(name)
    assert (found.done, found.total, found.percent) == (1, 3, 33)
    assert found.words["en"] == "Persian"
    running.set_successful({"report": "r-1"})
    assert work.progress_of(name).state == "done"
    assert work.progress_of(name).result == {"report": "r-1"}


def test_progress_of_work_that_failed_tells_no_result() -> None:
    failed = row("RUNNING", attempts=1)
    failed.set_failed(ValueError("no"))
    found = work.progress_of(str(failed.pk))
    assert (found.state, found.result) == ("failed", None)


def test_progress_of_unknown_work_is_unknown() -> None:
    assert work.progress_of("00000000-0000-0000-0000-000000000000").state == "unknown"
    assert work.progress_of("../../etc/passwd").state == "unknown"


def test_forget_finished_work_keeps_what_is_recent_or_unfinished() -> None:
    old, waiting = row("FAILED", attempts=3), row("READY", attempts=1)
    work.tell_progress(str(old.pk), done=1, total=1)
    work.forget_finished_work(now=NOON + timedelta(days=29))
    assert DBTaskResult.objects.filter(pk=old.pk).exists()
    work.forget_finished_work(now=max(timezone.now(), NOON) + timedelta(days=31))
    assert list(DBTaskResult.objects.all()) == [waiting]
    assert not Path(settings.HOME, "progress", f"{old.pk}.json").exists()
