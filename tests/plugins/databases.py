"""Test databases copied from one that was migrated once, on SQLite and on PostgreSQL alike.

Migrating takes seconds, copying takes milliseconds, so every xdist worker copies. A test that must
commit (`transaction=True`, the live server) gets a fresh copy afterwards instead of Django's flush:
the tables that nobody may delete from would rightly refuse it.
"""

from __future__ import annotations

import ast
import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.machine import Machine

ROOT = Path(__file__).resolve().parents[2]
KEPT = 3


def _imported(source: Path) -> set[Path]:
    """Our own modules that `source` imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    places = [ROOT / name.replace(".", "/") for name in names if name.startswith("dabir.")]
    files = [file for p in places for file in (p.with_suffix(".py"), p / "__init__.py")]
    return {file for file in files if file.exists()}


def _fingerprint() -> str:
    """Changes whenever a migration would do something else: with it, and with all it imports."""
    found: set[Path] = set()
    ahead = set((ROOT / "dabir").glob("**/migrations/*.py"))
    while ahead:
        found |= ahead
        ahead = {file for source in ahead for file in _imported(source)} - found
    digest = hashlib.sha256(sys.version.encode())
    for path in [*sorted(found), ROOT / "requirements.lock"]:
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _turn(folder: Path, vendor: str) -> Iterator[None]:
    """One worker at a time builds for that engine; the next one finds the work done."""
    with (folder / f"{vendor}.turn").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    """Run every migration on the database at `url`, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dabir-template-") as home:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DABIR_HOME": home,
            "DJANGO_SETTINGS_MODULE": "dabir.config.settings",
        }
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        pytest.exit(f"The test database could not be migrated:\n{done.stderr}", returncode=1)


def database_of(machine: Machine) -> str:
    """The name of an installation's database on PostgreSQL."""
    return (machine.database or "").rpartition("@/")[2].partition("?")[0]


class SQLiteTemplate:
    """A migrated file, kept between runs; copying goes through SQLite's own backup."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{_fingerprint()}.sqlite3"
        if not self.path.exists():
            unfinished = self.path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _migrate(f"sqlite://{unfinished}")
            with sqlite3.connect(unfinished) as opened:
                opened.execute("PRAGMA journal_mode=WAL")
            opened.close()
            unfinished.rename(self.path)
        newest = sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)
        for old in newest[:-KEPT]:
            old.unlink()

    def prepare(self, settings: dict[str, Any]) -> None:
        """Lay a copy where Django will look for its test database."""
        self._copy(settings["TEST"]["NAME"])

    def renew(self, settings: dict[str, Any], like: Machine | None = None) -> None:
        """Bring the test database back to the template's state, or to that of an installation."""
        self._copy(settings["NAME"], like and like.home / "dabir.sqlite3")

    def address(self, name: str) -> str | None:
        """An installation's database lies in its own folder."""

    def begin(self, machine: Machine) -> None:
        """Its first command makes the file."""

    def drop(self, machine: Machine) -> None:
        """It goes with its folder."""

    def lay(self, machine: Machine, like: Machine | None = None) -> None:
        """Give an installation the template's tables; or the rows of another, where nobody works."""
        machine.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = machine.home / "dabir.sqlite3"
        self._copy(str(place), like and like.home / "dabir.sqlite3")

    def _copy(self, target: str, of: Path | None = None) -> None:
        source, copy = sqlite3.connect(of or self.path), sqlite3.connect(target, timeout=30)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()


class PostgreSQLTemplate:
    """A migrated database in the same server, from which `CREATE DATABASE … TEMPLATE` copies."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.name = f"dabir_template_{_fingerprint()}"
        self.server = dict(settings)
        known = self._tell("SELECT 1 FROM pg_database WHERE datname = %s", self.name, on=settings)
        if known:
            return
        unfinished = f"{self.name}_unfinished"
        self._tell(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)', on=settings)
        self._tell(f'CREATE DATABASE "{unfinished}"', on=settings)
        _migrate(self.address(unfinished))
        self._tell(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.name}"', on=settings)

    def prepare(self, settings: dict[str, Any]) -> None:
        """Have Django create its test database as a copy."""
        settings["TEST"]["TEMPLATE"] = self.name

    def renew(self, settings: dict[str, Any], like: Machine | None = None) -> None:
        """Bring the test database back to the template's state, or to that of an installation."""
        self._copy(settings["NAME"], like)

    def address(self, name: str) -> str:
        """Where the database of that name is reached."""
        own = self.server
        place = own["HOST"] or "localhost"
        secret = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
        port = f"&port={own['PORT']}" if own["PORT"] else ""
        return f"postgresql://{own['USER']}{secret}@/{name}?host={place}{port}"

    def lay(self, machine: Machine, like: Machine | None = None) -> None:
        """Give an installation the template's tables; or the rows of another, where nobody works."""
        machine.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._copy(database_of(machine), like)

    def begin(self, machine: Machine) -> None:
        """Make an installation's database, with nothing in it."""
        self._tell(f'CREATE DATABASE "{database_of(machine)}"', on=self.server)

    def drop(self, machine: Machine) -> None:
        """Take an installation's database away."""
        self._drop(database_of(machine))

    def _drop(self, name: str) -> None:
        self._tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', on=self.server)

    def _copy(self, name: str, of: Machine | None) -> None:
        self._drop(name)
        source = database_of(of) if of else self.name
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{source}"', on=self.server)

    @staticmethod
    def _tell(statement: str, *values: str, on: dict[str, Any]) -> list[Any]:
        import psycopg

        with psycopg.connect(
            dbname="postgres",
            user=on["USER"] or None,
            password=on["PASSWORD"] or None,
            host=on["HOST"] or None,
            port=on["PORT"] or None,
            autocommit=True,
        ) as server:
            answer = server.execute(statement, values or None)
            return answer.fetchall() if answer.description else []


def make_template() -> SQLiteTemplate | PostgreSQLTemplate:
    """The migrated database of the engine in the settings; made where there is none yet."""
    from django.conf import settings

    own = settings.DATABASES["default"]
    folder = ROOT / ".pytest_cache" / "databases"
    folder.mkdir(parents=True, exist_ok=True)
    embedded = own["ENGINE"].endswith("sqlite3")
    with _turn(folder, "sqlite" if embedded else "postgresql"):
        return SQLiteTemplate(folder) if embedded else PostgreSQLTemplate(own)


@pytest.fixture(scope="session")
def database_template(
    django_db_modify_db_settings_parallel_suffix: None,
) -> SQLiteTemplate | PostgreSQLTemplate:
    """The migrated database from which this run's are copied."""
    return make_template()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_template: SQLiteTemplate | PostgreSQLTemplate,
) -> None:
    """Give Django a copy of the template to start from."""
    from django.conf import settings

    database_template.prepare(settings.DATABASES["default"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite Django uses the copy that lies there; on PostgreSQL it creates one."""
    from django.conf import settings

    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


@pytest.fixture(scope="session", autouse=True)
def _fresh_copy_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """Replace the flush that follows a committing test by a fresh copy of the template."""
    from django.db import connections
    from django.test import TransactionTestCase

    def renew(self: TransactionTestCase) -> None:
        template = request.getfixturevalue("database_template")
        connections.close_all()
        template.renew(connections["default"].settings_dict)

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = renew
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="session")
def standing_rows(
    django_db_setup: None, django_db_blocker: Any
) -> Callable[[], AbstractContextManager[None]]:
    """For a fixture of a module: what is recorded under it stands for all its tests, and goes with it.

    Each test begins from that and leaves it as it was: its own transaction lies inside this one.
    """
    from django.db import transaction

    @contextmanager
    def standing() -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return standing


if __name__ == "__main__":  # `make test` has them made while its tools are at work
    make_template()
