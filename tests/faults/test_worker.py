"""Kill -9 of the worker in the middle of its work: the next one takes it up, three times in all."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from tests.faults.machine import Machine

# A job of this test's own, known to its worker and to whoever hands it over.
JOB = """
import time, sys
from datetime import time as clock
from pathlib import Path
from dabir.core import work
from dabir.config import working
def slow(on, at):
    mark = Path({mark!r})
    with mark.open("a") as stream:
        stream.write("begun\\n")
    if {patient}:
        time.sleep(600)
    with mark.open("a") as stream:
        stream.write("done\\n")
working.register_daily_jobs = lambda: work.daily("slow", at=clock(0, 0), act=slow)
"""
ROWS = """
import json
from django_tasks_db.models import DBTaskResult
print(json.dumps([[r.status, len(r.worker_ids)] for r in DBTaskResult.objects.all()]))
"""


def rows(machine: Machine) -> list[list[object]]:
    """Status and number of attempts of every piece of work."""
    found: list[list[object]] = json.loads(machine.run(ROWS))
    return found


def kill_in_the_middle(machine: Machine, mark: Path, begun: int) -> None:
    """Start a worker, wait until it has begun, and kill it."""
    worker = machine.start_script(
        JOB.format(mark=str(mark), patient=True) + "working.work(pause=0.05)\n"
    )
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if mark.exists() and mark.read_text().count("begun") == begun:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("the worker never began")
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def test_work_of_a_killed_worker_is_done_by_the_next(machine: Machine, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    kill_in_the_middle(machine, mark, begun=1)
    assert rows(machine) == [["RUNNING", 1]]
    machine.run(JOB.format(mark=str(mark), patient=False) + "working.work(until_idle=True)\n")
    assert rows(machine) == [["SUCCESSFUL", 2]]
    assert mark.read_text() == "begun\nbegun\ndone\n"
    machine.run(JOB.format(mark=str(mark), patient=False) + "working.work(until_idle=True)\n")
    assert mark.read_text().count("done") == 1, "handed over once a day"
    assert machine.check()["clean"] is True


def test_work_that_kills_three_workers_is_given_up(machine: Machine, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    for begun in (1, 2, 3):
        kill_in_the_middle(machine, mark, begun)
    machine.run(JOB.format(mark=str(mark), patient=False) + "working.work(until_idle=True)\n")
    assert rows(machine) == [["FAILED", 3]]
    assert mark.read_text().count("begun") == 3
