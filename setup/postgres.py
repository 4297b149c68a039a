"""Lend a command a PostgreSQL of its own: `python setup/postgres.py COMMAND…`.

The server lives in a temporary folder, listens on a socket there and nowhere else, and is gone once
the command ends. `DATABASE_URL` names it. Durability is off: nothing in it is meant to last.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROLE = "dabir"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
PATIENCE = 30.0


class NoPostgreSQL(Exception):
    """There is no PostgreSQL on this machine, or it would not start; the text says which."""


def binaries() -> Path | None:
    """The folder of the newest `initdb` and `postgres`, which Debian keeps off the path."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda program: float(program.parts[4]),
    )
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def owner() -> str | None:
    """Who runs the server: this account, but never root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _prepare(programs: Path, folder: Path, user: str | None) -> None:
    """Make the empty cluster in `folder`."""
    command = [str(programs / "initdb"), "--pgdata", str(folder / "data"), "--username", ROLE]
    command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    done = subprocess.run(
        command, user=user, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoPostgreSQL(f"initdb failed: {done.stderr.strip()}")


def _wait(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when the server takes connections."""
    ask = [str(programs / "pg_isready"), "--quiet", "--host", str(folder), "--username", ROLE]
    until = time.monotonic() + PATIENCE
    while subprocess.run(ask, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise NoPostgreSQL(f"postgres did not start: {(folder / 'log').read_text().strip()}")
        time.sleep(0.05)


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A running private server; yields the address of a database in it."""
    programs, user = binaries(), owner()
    if programs is None:
        raise NoPostgreSQL("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="dabir-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        _prepare(programs, folder, user)
        options = [f"-c{option}" for option in (*FAST, "listen_addresses=")]
        command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
        with (folder / "log").open("wb") as log:
            # Its own session: a Ctrl-C at the terminal reaches us first, and we stop it in order.
            server = subprocess.Popen(
                command + options,
                user=user,
                cwd=folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            _wait(programs, folder, server)
            yield f"postgresql://{ROLE}@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run `command` with the address of its own database; answer with its exit code."""
    if not command:
        print("usage: python setup/postgres.py COMMAND…", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        with cluster() as address:
            environment = os.environ | {"DATABASE_URL": address}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgreSQL as reason:
        print(f"No PostgreSQL for this run: {reason}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
