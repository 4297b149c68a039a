"""The two examples, each loaded once for a run and a kind of database; tests are given copies.

Loading one by its services takes ten seconds, laying a copy of it in place milliseconds. The first
worker that needs an example loads it, in a process and an installation of its own; nobody works there.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.machine import Machine

LOADED = """
from datetime import UTC, date, datetime
from dabir.config.loading import load_example
load_example({name!r}, on=date(2026, 11, 21), at=datetime(2026, 11, 21, 9, tzinfo=UTC))
"""
# What is done to a copy of an example, once for all tests that begin there: its name, whose copy, the acts.
PREPARED = {
    "looked_at": ("practice", "from tests.browser.looked_at import prepare\nprepare()"),
}
Laid = Callable[[str], None]
InPlace = Callable[[str], AbstractContextManager[str]]


def _folder_of_run(factory: pytest.TempPathFactory, config: pytest.Config) -> Path:
    """The one folder that all workers of this run share."""
    own = factory.getbasetemp()
    folder = (own.parent if hasattr(config, "workerinput") else own) / "examples"
    folder.mkdir(exist_ok=True)
    return folder


def _ended(home: Path) -> None:
    """Lay the rows that were written ahead into the file itself, so that it may be copied alone."""
    opened = sqlite3.connect(home / "dabir.sqlite3")
    opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()


@pytest.fixture(scope="session")
def example_once(
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
    database_template: Any,
) -> Callable[[str], Machine]:
    """The installation in which an example was loaded; copies are taken, nothing is done there."""
    from django.conf import settings

    folder = _folder_of_run(tmp_path_factory, pytestconfig)

    def loaded(name: str) -> Machine:
        like, acts = PREPARED.get(name, (None, LOADED.format(name=name)))
        of = loaded(like) if like else None
        with (folder / f"{name}.turn").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            known = folder / f"{name}.json"
            if known.exists():
                return Machine(folder / name, json.loads(known.read_text()))
            machine = Machine(folder / name, database_template.address(f"dabir_example_{name}"))
            database_template.lay(machine, of)
            # What the trail hides under a key is read by every worker, so all have one key.
            shutil.copytree(Path(settings.HOME) / "secrets", machine.home / "secrets")
            if of:
                shutil.copytree(of.home / "files", machine.home / "files")
            machine.run(acts)
            if machine.database is None:
                _ended(machine.home)
            known.write_text(json.dumps(machine.database))
            return machine

    return loaded


@pytest.fixture(scope="session")
def lay_example(
    django_db_setup: None, example_once: Callable[[str], Machine], database_template: Any
) -> Laid:
    """Makes the test's database a copy of an example's; nothing may be open in it."""
    from django.conf import settings
    from django.db import connections

    def lay(name: str) -> None:
        example = example_once(name)
        connections.close_all()
        database_template.renew(connections["default"].settings_dict, like=example)
        shutil.copytree(example.home / "files", Path(settings.HOME) / "files", dirs_exist_ok=True)

    return lay


@pytest.fixture(scope="session")
def example_in_place(lay_example: Laid, database_template: Any, django_db_blocker: Any) -> InPlace:
    """For a fixture of a class or a module: an example as long as it lasts, and then none again."""
    from django.db import connections

    @contextmanager
    def in_place(name: str) -> Iterator[str]:
        with django_db_blocker.unblock():
            lay_example(name)
        yield name
        with django_db_blocker.unblock():
            connections.close_all()
            database_template.renew(connections["default"].settings_dict)

    return in_place
