"""Kill -9 in the middle of the register's long acts: all or nothing, and the check is clean."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.machine import Machine, after, at_event, at_statement, command, run_and_kill

# What one transaction does is whole on either database; the killed restore is asked on both.
pytestmark = pytest.mark.once

SIGNED = """
from datetime import date, datetime, UTC
from dabir.core.actors import OPERATOR
from dabir.decisions.services.progress import draft_report, freeze_report, sign_off_report
from dabir.decisions.models import ProgressReport
from dabir.organs.models import Organ
stamp = {"by": OPERATOR, "on": date(2026, 11, 22), "at": datetime(2026, 11, 22, 10, tzinfo=UTC)}
"""
SIGN = (
    SIGNED
    + """
report = draft_report(
    organ=Organ.objects.get(key="general-assembly"), as_of=date(2018, 11, 30), **stamp
)
sign_off_report(report=report, **stamp)
"""
)
FREEZE = SIGNED + "freeze_report(report=ProgressReport.objects.get(), **stamp)\n"
ASSIGN = (
    SIGNED
    + """
from dabir.decisions.models import Commitment
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.terms import assign_commitments
from dabir.registry.models import City
assign_commitments(commitments=list(Commitment.objects.all()),
                   lead=Lead(city=City.objects.order_by("pk").first()),
                   reason="all to one", **stamp)
"""
)
STATE = """
import json
from dabir.core.models import AuditEntry
from dabir.decisions.models import Commitment, Edition, EditionFile, ProgressReport
print(json.dumps({
    "acts": AuditEntry.objects.count(),
    "report": [r.state for r in ProgressReport.objects.all()],
    "editions": Edition.objects.count(),
    "files": EditionFile.objects.count(),
    "commitments": [str(row) for row in Commitment.objects.order_by("pk").values_list()],
}))
"""


@pytest.fixture(scope="module")
def forum_once(
    make_machine_once: Callable[..., Machine], example_once: Callable[[str], Machine]
) -> Machine:
    """The forum's example with a signed report; nobody works in it."""
    machine = make_machine_once("forum", like=example_once("forum"))
    machine.run(SIGN)
    return machine


@pytest.fixture
def forum(copy_of: Callable[[Machine], Machine], forum_once: Machine) -> Machine:
    """A copy of it to work in."""
    return copy_of(forum_once)


def state(machine: Machine) -> dict[str, Any]:
    """What the register says."""
    found: dict[str, Any] = json.loads(machine.run(STATE))
    return found


def test_freezing_killed_in_the_middle_leaves_a_signed_report_that_can_be_frozen(
    forum: Machine,
) -> None:
    before = state(forum)
    assert before["report"] == ["signed_off"]
    for moment in (at_statement(10), at_event("os.chmod", 1), at_event("os.chmod", 6)):
        assert run_and_kill(forum, FREEZE, moment)
        assert state(forum) == before
    assert forum.check()["clean"] is True
    # The last of the files that lie there already was only half written.
    left = max((forum.home / "files").rglob("*"), key=lambda path: path.stat().st_mtime_ns)
    left.write_bytes(left.read_bytes()[:100])
    assert not run_and_kill(forum, FREEZE, after(300))
    found = state(forum)
    assert (found["report"], found["editions"], found["files"]) == (["frozen"], 1, 8)
    assert forum.check()["clean"] is True


def test_bulk_assignment_killed_in_the_middle_assigns_nothing(forum: Machine) -> None:
    before = state(forum)
    assert len(before["commitments"]) > 10
    for count in (5, 40):
        assert run_and_kill(forum, ASSIGN, at_statement(count))
        assert state(forum) == before
    assert forum.check()["clean"] is True
    assert not run_and_kill(forum, ASSIGN, after(120))
    assert state(forum)["acts"] > before["acts"]


def test_report_killed_in_the_middle_leaves_the_old_paper(forum: Machine, tmp_path: Path) -> None:
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"the old one")
    given = ("report", "progress", "--organ", "executive-board", "--as-of", "2018-11-30")
    script = command(*given, "--format", "pdf", "-o", paper)
    assert run_and_kill(forum, script, at_event("os.rename"), django=False)
    assert paper.read_bytes() == b"the old one"
    forum.dabir(*given, "--format", "pdf", "-o", paper, anew=True)
    assert paper.read_bytes().startswith(b"%PDF")
    assert forum.check()["clean"] is True


def test_import_killed_in_the_middle_enters_nothing(forum: Machine, tmp_path: Path) -> None:
    table = tmp_path / "board.csv"
    head = "Decision number,Organ,Decided on,Decision in English,What is to be done in English\n"
    table.write_text(
        head
        + "".join(
            f"board-2026/{n},executive-board,2026-01-10,Website {n},Build it {n}\n"
            for n in range(1, 61)
        )
    )
    before = state(forum)
    script = command("decisions", "import", table, "--confirm")
    for count in (60, 200):
        assert run_and_kill(forum, script, at_statement(count))
        assert state(forum) == before
    assert forum.check()["clean"] is True
    forum.dabir("decisions", "import", table, "--confirm", anew=True)
    entered = state(forum)
    assert len(entered["commitments"]) == len(before["commitments"]) + 60
    forum.dabir("decisions", "import", table, "--confirm")
    assert state(forum)["commitments"] == entered["commitments"]
    assert forum.check()["clean"] is True
