"""`dabir check` finds what was broken, and names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.machine import Machine


def test_whole_installation_is_clean(machine: Machine) -> None:
    found = machine.check()
    assert found["clean"] is True
    assert found["chain"]["entries"] >= 1
    assert {check["name"] for check in found["checks"]} >= {
        "config.migrations",
        "core.damage",
        "core.orphans",
        "core.seals",
        "core.trail",
        "documents.files",
    }
    assert machine.dabir("check").stdout.count("✓") == len(found["checks"])


def test_one_raw_edit_of_the_trail_is_found_and_named(machine: Machine) -> None:
    machine.run("from tests.faults.machine import ACTS\nexec(ACTS)\nfor n in range(9): act(n)\n")
    machine.run(
        """
        from django.db import connection
        from dabir.core.sealing import seal, unseal
        unseal(connection, "core_auditentry")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE core_auditentry SET reason = 'it was always so' WHERE target_id = '4'"
            )
            assert cursor.rowcount == 1
        seal(connection, "core_auditentry")
        """
    )
    (fault,) = machine.faults()
    assert "test.note 4" in fault
    assert "changed" in fault


def test_raw_edit_without_breaking_the_seal_is_refused(machine: Machine) -> None:
    said = machine.run(
        """
        from django.db import connection, DatabaseError
        try:
            connection.cursor().execute("UPDATE core_auditentry SET reason = 'no'")
        except DatabaseError as refusal:
            print(refusal)
        """
    )
    assert "append-only" in said
    assert machine.check()["clean"] is True


def test_lost_seal_is_named(machine: Machine) -> None:
    machine.run(
        "from django.db import connection\n"
        "from dabir.core.sealing import unseal\n"
        "unseal(connection, 'documents_storedfile')\n"
    )
    (fault,) = machine.faults()
    assert "documents_storedfile" in fault


@pytest.mark.parametrize(("harm", "word"), [("remove", "missing"), ("change", "changed")])
def test_stored_file_that_is_gone_or_changed_is_named(
    machine: Machine, harm: str, word: str
) -> None:
    victim = next(path for path in Path(machine.home, "files").rglob("*") if path.is_file())
    if harm == "remove":
        victim.unlink()
    else:
        victim.write_bytes(b"something else")
    (fault,) = machine.faults()
    assert victim.name in fault
    assert word in fault


def test_row_that_points_at_nothing_is_named(machine: Machine) -> None:
    machine.run(
        """
        from django.db import connection
        sqlite = connection.vendor == "sqlite"
        with connection.cursor() as cursor:
            off = "PRAGMA foreign_keys=OFF" if sqlite else "SET session_replication_role = replica"
            cursor.execute(off)
            cursor.execute(
                "INSERT INTO core_personalvalue (entry_id, path, value, digest, subject)"
                " VALUES (4711, '/after', NULL, 'x', 'nobody')"
            )
        """
    )
    faults = [words for words in machine.faults() if "points by" in words]
    assert faults == ["Row 1 of core_personalvalue points by entry at a missing row."]


def test_table_that_the_database_lacks_is_named(machine: Machine) -> None:
    machine.run(
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "from django.db import connection\n"
        "MigrationRecorder(connection).record_unapplied('core', '0003_scheduled_run')\n"
    )
    assert any("core.0003_scheduled_run" in words for words in machine.faults())
    assert "dabir init" in machine.dabir("trail", "export", code=2).stderr


def test_check_that_cannot_be_made_is_a_fault_in_words(machine: Machine) -> None:
    machine.run(
        "from django.db import connection\n"
        "connection.cursor().execute('DROP TABLE core_personalvalue')\n"
    )
    faults = machine.faults()
    assert any("could not be checked" in words for words in faults)
