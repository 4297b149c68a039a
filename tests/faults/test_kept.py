"""Kill -9 in the middle of a backup or a restore: the old or the new, never half."""

from __future__ import annotations

import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.machine import (
    ACTS,
    Machine,
    after,
    at_event,
    at_statement,
    command,
    restoring,
    run_and_kill,
)


def measured(machine: Machine, script: str) -> float:
    """How long the script takes undisturbed, at its quickest."""
    took = []
    for _again in range(3):
        started = time.monotonic()
        assert run_and_kill(machine, script, after(60), django=False) is False
        took.append(time.monotonic() - started)
    return min(took)


def test_killed_backup_leaves_the_old_archive_and_nothing_in_the_way(
    machine: Machine, empty_machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    archive = tmp_path / "daily.tar"
    machine.dabir("backup", archive)
    old = archive.read_bytes()
    machine.run(ACTS + "for n in range(50): act(n)\n")
    script = command("backup", archive)
    whole = measured(machine, script)
    new = archive.read_bytes()
    killed = 0
    # A machine of another speed at this moment is killed too late now and then: earlier ones count.
    for part in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        archive.write_bytes(old)
        killed += run_and_kill(machine, script, after(whole * part), django=False)
        with tarfile.open(archive) as found:
            assert "manifest.json" in found.getnames()
        assert archive.read_bytes() == old or len(archive.read_bytes()) == len(new)
    assert killed >= 2
    # At the very moment when the new archive would take the old one's name.
    archive.write_bytes(old)
    assert run_and_kill(machine, script, at_event("os.rename"), django=False)
    assert archive.read_bytes() == old
    assert machine.check()["clean"] is True
    machine.dabir("backup", archive)
    assert not list(tmp_path.glob(".daily*"))
    assert not (machine.home / "backup-work").exists()
    other = empty_machine("other")
    other.restore(archive)
    assert other.check()["chain"] == machine.check()["chain"]


@pytest.mark.once
def test_restore_killed_at_each_renaming_leaves_the_old_or_the_new(
    machine: Machine, copy_of: Callable[[Machine], Machine], tmp_path: Path
) -> None:
    archive = tmp_path / "b.tar"
    machine.run(ACTS + "for n in range(20): act(n)\n")
    machine.dabir("backup", archive)
    new = machine.check()["chain"]
    machine.run(ACTS + "for n in range(7): act(100 + n)\n")
    (machine.home / "files" / "stray").write_text("of the old state")
    old = machine.check()["chain"]
    script = restoring(archive)
    heads = []
    for count in range(1, 30):
        copy = copy_of(machine)
        killed = run_and_kill(copy, script, at_event("os.rename", count), django=False)
        found = copy.check()
        assert found["clean"] is True
        assert found["chain"] in (old, new)
        assert (copy.home / "files" / "stray").exists() == (found["chain"] == old)
        assert not (copy.home / "restore.json").exists()
        assert not (copy.home / "restoring").exists()
        heads.append(found["chain"])
        if not killed:
            break
    assert heads[0] == old
    assert heads[-1] == new
    assert heads == sorted(heads, key=lambda head: head != old), "once the new, never the old"
    assert len(heads) > 5
    copy.run(ACTS + "act(1)\n")
    assert copy.check()["clean"] is True


def test_restore_killed_at_any_time_leaves_the_old_or_the_new(
    machine: Machine, tmp_path: Path
) -> None:
    archive = tmp_path / "b.tar"
    machine.dabir("backup", archive)
    new = machine.check()["chain"]
    script = restoring(archive)
    whole = measured(machine, script)
    for part in (0.3, 0.6) if machine.database else (0.2, 0.35, 0.5, 0.7):
        machine.run(ACTS + "act(1)\n")
        old = machine.check()["chain"]
        run_and_kill(machine, script, after(whole * part), django=False)
        deadline = time.monotonic() + 30
        # psql, which holds the lock too, may still be at work.
        while machine.database and time.monotonic() < deadline:
            if "restore is going on" not in machine_says(machine):
                break
        found = machine.check()
        assert found["clean"] is True
        assert found["chain"] in (old, new)


def machine_says(machine: Machine) -> str:
    """What `dabir check` says on standard error, whatever it answers."""
    try:
        return str(machine.dabir("check").stderr)
    except AssertionError as told:
        return str(told)


def test_acts_of_a_killed_writer_are_all_or_nothing(machine: Machine) -> None:
    script = (
        ACTS
        + "from django.db import transaction\n"
        + "with transaction.atomic():\n"
        + "    for n in range(2000): act(n)\n"
    )
    before = machine.check()["chain"]
    assert run_and_kill(machine, script, at_statement(3000))
    found = machine.check()
    assert found["clean"] is True
    assert found["chain"] == before
