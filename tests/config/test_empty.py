"""The empty database of a first start is what the migrations make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from dabir.config import empty
from dabir.config.installation import known_migrations
from tests.faults.machine import Machine, at_event

CURE = "the migrations changed: make empty-database"


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    path = tmp_path / "unpacked.sqlite3"
    assert empty.unpack_database(path, known=known_migrations()), CURE
    return path


def _told(ask: Any) -> dict[str, Any]:
    """What a database is: its tables, indexes and triggers, and every row but the hours of migrating."""
    schema = ask("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    told: dict[str, Any] = {"schema": schema}
    for kind, name, *_rest in schema:
        if kind == "table" and name not in ("django_migrations", "sqlite_sequence"):
            told[name] = sorted(ask(f'SELECT * FROM "{name}"'), key=str)
    return told


def test_it_has_had_every_migration(unpacked: Path) -> None:
    assert empty.migrations_in(unpacked) == known_migrations(), CURE


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="it is the embedded database")
def test_it_is_what_the_migrations_make(unpacked: Path) -> None:
    opened = sqlite3.connect(unpacked)

    def ask_here(sql: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    made = _told(ask_here)
    kept = _told(lambda sql: opened.execute(sql).fetchall())
    opened.close()
    assert {name for name in kept if kept[name] != made.get(name)} == set(), CURE
    assert kept.keys() == made.keys(), CURE


def test_one_that_knows_more_than_this_code_is_left_unused(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    fewer = known_migrations() - {("decisions", "0001_initial")}
    assert not empty.unpack_database(path, known=fewer)
    assert list(tmp_path.iterdir()) == []


def test_a_first_start_that_is_killed_leaves_no_database_or_a_whole_one(tmp_path: Path) -> None:
    new = Machine(tmp_path / "new")
    script = "from dabir.config.installation import make_database_file\nmake_database_file()\n"
    with pytest.raises(AssertionError):
        new.run(at_event("os.rename").prelude + script)
    assert not (new.home / "dabir.sqlite3").exists()
    unfinished = new.home / "dabir.sqlite3.unfinished"
    assert unfinished.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(unfinished)) as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
