"""One archive that holds a whole installation: database, stored files, secrets, list of hashes.

The database is copied as it stands at one instant, while the server goes on writing; the files are
copied after it. Files of records are only ever added, and before the row that names them, so whatever
the copied database names is there. Pictures and documents of pages may be removed: one that went in
between is named as missing, like one that was lost. The list (`manifest.json`) comes last in the
archive: one that was cut off has none. The archive appears under its name when it is complete, or not
at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from dabir import __version__
from dabir.config.commands.speech import Fault
from dabir.config.commands.speech import gettext as _
from dabir.config.occupancy import in_turn

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}
HEAD_QUERY = "SELECT sequence, hash FROM core_audithead WHERE name = 'trail'"
FILES_QUERY = "SELECT sha256, name FROM documents_storedfile"
# Pictures and documents of pages lie under names of their own; a database may be older than they are.
PAGE_FILES = ("editorial_picture", "editorial_paper")
PAGE_FILES_QUERY = "SELECT file, title FROM {table}"
TABLES_QUERY = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
OF_RECORDS = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")


@dataclass
class Manifest:
    """What an archive holds, and the last entry of the trail at the instant of the copy."""

    database: str
    made_at: str = ""
    dabir: str = __version__
    format: int = FORMAT
    chain: list[Any] = field(default_factory=lambda: [0, ""])
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def kind_of(database: dict[str, Any]) -> str:
    """`sqlite` or `postgresql`."""
    return "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgresql"


def postgresql_program(name: str) -> str:
    """The client program `name`; raises Fault in words when it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise Fault(
            _(
                "%(program)s is not installed; a PostgreSQL database is kept and restored with it "
                "(Debian: apt-get install postgresql-client)."
            )
            % {"program": name}
        )
    return found


def postgresql_arguments(database: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
    """How a client program reaches the database: its arguments, and the environment it needs."""
    arguments = ["--no-password", "--dbname", database["NAME"]]
    for option, key in (("--host", "HOST"), ("--port", "PORT"), ("--username", "USER")):
        if database[key]:
            arguments += [option, database[key]]
    environment = dict(os.environ)
    if database["PASSWORD"]:
        environment["PGPASSWORD"] = database["PASSWORD"]
    for name, value in database["OPTIONS"].items():
        environment[f"PG{name.upper()}"] = value
    return arguments, environment


def connect_postgresql(database: dict[str, Any]) -> Any:
    """A connection to the database outside Django."""
    import psycopg

    return psycopg.connect(
        dbname=database["NAME"],
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        **database["OPTIONS"],
    )


@dataclass
class Named:
    """What the copied database names: the trail's last entry, the files of records and of pages."""

    head: list[Any]
    of_records: list[Any]
    of_pages: list[Any]


def _named(ask: Callable[[str], Iterable[Any]], kind: str) -> Named:
    tables = {name for (name,) in ask(TABLES_QUERY[kind])}
    of_pages = [
        row
        for table in PAGE_FILES
        if table in tables
        for row in ask(PAGE_FILES_QUERY.format(table=table))
    ]
    return Named([*ask(HEAD_QUERY)], [*ask(FILES_QUERY)], of_pages)


def _copy_sqlite(database: dict[str, Any], target: Path) -> Named:
    with (
        closing(sqlite3.connect(f"file:{database['NAME']}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("PRAGMA busy_timeout = 30000")
        source.backup(copy)
        return _named(copy.execute, "sqlite")


def _copy_postgresql(database: dict[str, Any], target: Path) -> Named:
    program = postgresql_program("pg_dump")
    arguments, environment = postgresql_arguments(database)
    with connect_postgresql(database) as held:
        held.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = held.execute("SELECT pg_export_snapshot()").fetchone()
        named = _named(held.execute, "postgresql")
        options = ["--no-owner", "--no-privileges", "--format=plain", f"--snapshot={snapshot}"]
        done = subprocess.run(
            [program, *arguments, *options, f"--file={target}"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Fault(_("pg_dump failed: %(words)s") % {"words": done.stderr.strip()})
    return named


def _stored(home: Path) -> Iterator[tuple[str, Path]]:
    """Files to keep, without those of records whose bytes are not (or not yet) what their name says."""
    for folder in ("files", "secrets"):
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            if path.is_file() and not (OF_RECORDS.fullmatch(name) and _digest(path) != path.name):
                yield name, path


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Counting:
    """A stream that counts and hashes what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        self.size += len(data)
        return data


def _add(archive: tarfile.TarFile, name: str, path: Path, manifest: Manifest) -> None:
    with path.open("rb") as stream:
        member = tarfile.TarInfo(name)
        about = os.fstat(stream.fileno())
        member.size, member.mtime, member.mode = about.st_size, int(about.st_mtime), 0o600
        counting = _Counting(stream)
        archive.addfile(member, counting)
    manifest.members[name] = {"sha256": counting.digest.hexdigest(), "size": counting.size}


def _write(
    archive: tarfile.TarFile, home: Path, copy: Path, wanted: Named, manifest: Manifest
) -> None:
    _add(archive, DATABASE[manifest.database], copy, manifest)
    for name, path in _stored(home):
        _add(archive, name, path, manifest)
    lost = [
        f"{name} ({sha256})"
        for sha256, name in wanted.of_records
        if f"files/{sha256[:2]}/{sha256}" not in manifest.members
    ]
    lost += [
        f"{title} ({file})"
        for file, title in wanted.of_pages
        if f"files/{file}" not in manifest.members
    ]
    manifest.missing = lost
    data = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(data), 0o600
    archive.addfile(member, BytesIO(data))


def write_backup(home: Path, target: Path, database: dict[str, Any]) -> Manifest:
    """Write the archive `target`; an older one of that name stands until this one is complete."""
    target = target.resolve()
    work = home / "backup-work"
    with in_turn(home, "backup"):
        shutil.rmtree(work, ignore_errors=True)  # of a backup that was killed
        work.mkdir(parents=True, mode=0o700)
        for left in target.parent.glob(f".{target.name}.*.unfinished"):
            left.unlink()
        unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
        kind = kind_of(database)
        manifest = Manifest(kind, datetime.now(UTC).isoformat(timespec="seconds"))
        try:
            take = _copy_sqlite if kind == "sqlite" else _copy_postgresql
            named = take(database, work / DATABASE[kind])
            manifest.chain = list(named.head[0]) if named.head else [0, ""]
            zipped = target.name.endswith((".gz", ".tgz"))
            opener = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opener, "wb") as stream:
                with tarfile.open(fileobj=stream, mode="w:gz" if zipped else "w") as archive:
                    _write(archive, home, work / DATABASE[kind], named, manifest)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
            shutil.rmtree(work, ignore_errors=True)
    return manifest
