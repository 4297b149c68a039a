"""An archive put back: all of it or nothing, also when the machine goes down in the middle.

The archive is unpacked beside the installation, every hash compared. Then a note (`restore.json`)
says what replaces what, and from there on the work only goes forward: whatever is started next in
this folder finishes it first. Without the note nothing was replaced. On PostgreSQL the database
changes in one transaction that leaves the restore's name on the schema, so the note's reader sees
whether it came to pass.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import tarfile
import zlib
from contextlib import closing
from gzip import BadGzipFile
from lzma import LZMAError
from pathlib import Path
from typing import Any

from dabir.config.backup import (
    DATABASE,
    FORMAT,
    HEAD_QUERY,
    MANIFEST,
    Manifest,
    connect_postgresql,
    kind_of,
    postgresql_arguments,
    postgresql_program,
)
from dabir.config.commands.speech import Fault, Refused
from dabir.config.commands.speech import gettext as _
from dabir.config.databases import database_settings
from dabir.config.occupancy import Occupied, alone

NOTE = "restore.json"
STAGE = "restoring"
TURN = 20071128  # the advisory lock that one restore at a time holds on PostgreSQL
UNREADABLE = (tarfile.TarError, BadGzipFile, LZMAError, zlib.error, EOFError, ValueError, TypeError)


def home_database(home: Path) -> dict[str, Any]:
    """The database of this home, as the settings name it."""
    return database_settings(os.environ.get("DATABASE_URL"), home / "dabir.sqlite3")


def _unpack(archive: Path, stage: Path) -> Manifest:
    """Unpack into `stage` and compare with the archive's own list; raises Refused in words."""
    found: dict[str, dict[str, Any]] = {}
    told = b""
    try:
        with tarfile.open(archive, "r|*") as opened:
            for member in opened:
                stream = opened.extractfile(member) if member.isfile() else None
                if stream is None or not _belongs(member.name):
                    raise _not_ours(archive)
                if member.name == MANIFEST:
                    told = stream.read(64 * 1024 * 1024)
                    continue
                target = stage / member.name
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                digest, size = hashlib.sha256(), 0
                with target.open("wb") as out:
                    target.chmod(0o600)
                    while piece := stream.read(1024 * 1024):
                        digest.update(piece)
                        size += len(piece)
                        out.write(piece)
                    out.flush()
                    os.fsync(out.fileno())
                found[member.name] = {"sha256": digest.hexdigest(), "size": size}
        manifest = Manifest(**json.loads(told)) if told else None
    except UNREADABLE as fault:
        raise _not_ours(archive) from fault
    if manifest is None:
        raise Refused(
            _("The archive %(archive)s is cut off: its list of hashes is missing.")
            % {"archive": archive},
            _("Use another backup; nothing was changed here."),
        )
    _compare(archive, manifest, found)
    return manifest


def _not_ours(archive: Path) -> Refused:
    return Refused(
        _("%(archive)s cannot be read as a backup of Dabir.") % {"archive": archive},
        _("Use an archive that `dabir backup` wrote; nothing was changed here."),
    )


def _belongs(name: str) -> bool:
    """Whether a member may lie in a backup at all: no path leads out of the folder."""
    parts = name.split("/")
    inside = parts[0] in {"files", "secrets"} and len(parts) > 1
    return (inside and not {"", ".", ".."} & set(parts)) or name in {MANIFEST, *DATABASE.values()}


def _compare(archive: Path, manifest: Manifest, found: dict[str, dict[str, Any]]) -> None:
    if manifest.format != FORMAT or manifest.database not in DATABASE:
        raise _not_ours(archive)
    names = sorted(set(manifest.members) | set(found) | {DATABASE[manifest.database]})
    wrong = [n for n in names if n not in found or manifest.members.get(n) != found.get(n)]
    if wrong:
        raise Refused(
            _("The archive %(archive)s was changed since it was made: %(names)s.")
            % {"archive": archive, "names": ", ".join(wrong[:5])},
            _("Use another backup; nothing was changed here."),
        )


def _check_copy(path: Path, manifest: Manifest) -> None:
    """The unpacked database can be read and ends with the trail's entry that the list names."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as opened:
        (said,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
        head = opened.execute(HEAD_QUERY).fetchone()
    if said != "ok" or list(head or [0, ""]) != manifest.chain:
        raise Refused(
            _("The database in the archive is damaged: %(words)s.") % {"words": said},
            _("Use another backup; nothing was changed here."),
        )


def has_content(home: Path, database: dict[str, Any]) -> bool:
    """Whether there is something that a restore would replace."""
    if any((home / "files").rglob("*")):
        return True
    if kind_of(database) == "sqlite":
        path = Path(database["NAME"])
        return path.exists() and path.stat().st_size > 0
    with connect_postgresql(database) as opened:
        found = opened.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone()
        return found is not None


def restore_backup(home: Path, archive: Path, *, replace: bool) -> Manifest:
    """Put the archive in the place of what is here; raises Refused, Fault or Occupied, and then
    nothing has changed.
    """
    database = home_database(home)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(home) as lock:
        _finish(home)
        if not replace and has_content(home, database):
            raise Refused(
                _("There is already an installation in %(folder)s.") % {"folder": home},
                _("Restore into an empty folder (DABIR_HOME), or replace this one with --yes."),
            )
        stage = home / STAGE
        shutil.rmtree(stage, ignore_errors=True)
        for folder in ("new/files", "new/secrets", "old"):
            (stage / folder).mkdir(parents=True, mode=0o700)
        try:
            manifest = _unpack(archive, stage / "new")
            _put_in_place(home, stage, manifest, database, lock)
        finally:
            if not (home / NOTE).exists():
                shutil.rmtree(stage, ignore_errors=True)
    return manifest


def _put_in_place(
    home: Path, stage: Path, manifest: Manifest, database: dict[str, Any], lock: int
) -> None:
    kind = kind_of(database)
    if manifest.database != kind:
        raise Refused(
            _("This is a backup of %(theirs)s, and the database here is %(ours)s.")
            % {"theirs": manifest.database, "ours": kind},
            _("Set DATABASE_URL to a database of the archive's kind."),
        )
    name = f"dabir-restore-{secrets.token_hex(8)}"
    moves = [["files", "files"], ["secrets", "secrets"]]
    copy = stage / "new" / DATABASE[kind]
    if kind == "postgresql":
        postgresql_program("psql")
    if kind == "sqlite":
        _check_copy(copy, manifest)
        final = Path(database["NAME"])
        beside = final.with_name(f".{final.name}.restored")
        final.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, beside)
        moves.insert(0, [str(beside), str(final)])
    note = {"id": name, "database": kind, "moves": moves}
    _write_note(home, note)
    if kind == "postgresql":
        try:
            _load_postgresql(copy, database, name, lock)
        except BaseException:
            _finish(home)  # sees by the schema's mark whether it came to pass
            raise
    _finish(home)


def _write_note(home: Path, note: dict[str, Any]) -> None:
    unfinished = home / f".{NOTE}"
    with unfinished.open("w") as stream:
        json.dump(note, stream)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(home / NOTE)


def _load_postgresql(copy: Path, database: dict[str, Any], name: str, lock: int) -> None:
    """Replace the whole schema in one transaction and leave the restore's name on it.

    psql holds our lock too: were we killed, nobody would look before psql has ended as well.
    """
    program = postgresql_program("psql")
    arguments, environment = postgresql_arguments(database)
    before, after = copy.with_name("before.sql"), copy.with_name("after.sql")
    before.write_text(
        f"SELECT pg_advisory_xact_lock({TURN});\n"
        "DROP SCHEMA IF EXISTS public CASCADE;\nCREATE SCHEMA public;\n"
    )
    after.write_text(f"COMMENT ON SCHEMA public IS '{name}';\n")
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    done = subprocess.run(
        [program, *arguments, *options, *(f"--file={path}" for path in (before, copy, after))],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        pass_fds=(lock,),
    )
    if done.returncode:
        raise Fault(_("psql could not load the backup: %(words)s") % {"words": done.stderr.strip()})


def _came_to_pass(note: dict[str, Any], home: Path) -> bool:
    if note["database"] == "sqlite":
        return True
    with connect_postgresql(home_database(home)) as opened:
        opened.execute(f"SELECT pg_advisory_xact_lock({TURN})")
        query = "SELECT obj_description('public'::regnamespace, 'pg_namespace')"
        row = opened.execute(query).fetchone()
        return bool(row and row[0] == note["id"])


def _finish(home: Path) -> None:
    """Carry out what a note says, from wherever it was interrupted."""
    path, stage = home / NOTE, home / STAGE
    if not path.exists():
        return
    note = json.loads(path.read_text())
    if _came_to_pass(note, home):
        for fresh, final in note["moves"]:
            _replace(Path(fresh) if "/" in fresh else stage / "new" / fresh, home / final, stage)
    path.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _replace(fresh: Path, final: Path, stage: Path) -> None:
    """Set `final` aside and put `fresh` there; harmless when it was done before."""
    if not fresh.exists():
        return
    for name in (final.name, f"{final.name}-wal", f"{final.name}-shm"):
        present = final.with_name(name)
        if present.exists():
            shutil.move(present, stage / "old" / name)
    fresh.rename(final)


def finish_restore(home: Path) -> None:
    """Finish a restore that was interrupted; raises Occupied while one is going on."""
    if (home / NOTE).exists():
        with alone(home):
            _finish(home)
    elif (home / STAGE).exists():
        with contextlib.suppress(Occupied), alone(home):
            if not (home / NOTE).exists():
                shutil.rmtree(home / STAGE)
