"""The empty embedded database, kept ready, so that a first start need not run every migration.

`empty.sqlite3.xz` is what all migrations make of a new file; `tools/empty_database.py` packs it and
a test holds it against the migrations. One that is behind does no harm: what it lacks is migrated
on top. One that had a migration this code does not know is left unused.
"""

from __future__ import annotations

import lzma
import sqlite3
from collections.abc import Set
from pathlib import Path

PACKED = Path(__file__).with_name("empty.sqlite3.xz")
Migration = tuple[str, str]


def migrations_in(path: Path) -> set[Migration]:
    """Every migration that the SQLite file at `path` has had."""
    opened = sqlite3.connect(path)
    try:
        return set(opened.execute("SELECT app, name FROM django_migrations"))
    finally:
        opened.close()


def pack_database(path: Path) -> None:
    """Keep the migrated file at `path` as the empty database."""
    opened = sqlite3.connect(path)
    opened.execute("PRAGMA journal_mode=DELETE")
    opened.execute("VACUUM")
    opened.close()
    PACKED.write_bytes(lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME))


def unpack_database(path: Path, *, known: Set[Migration]) -> bool:
    """Write the empty database at `path`; False, and no file, where it does not fit this code."""
    path.write_bytes(lzma.decompress(PACKED.read_bytes()))
    if migrations_in(path) <= known:
        return True
    path.unlink()
    return False
