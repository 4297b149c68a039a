"""Installations for tests that give commands: migrated already, each thrown away afterwards."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.machine import ASSOCIATION, Machine, new_name


def _empty(template: Any, folder: Path, used: list[str]) -> Machine:
    """A folder, and on PostgreSQL a database, with nothing in them."""
    from django.conf import settings

    own = settings.DATABASES["default"]
    if own["ENGINE"].endswith("sqlite3"):
        return Machine(folder)
    name = new_name()
    template._tell(f'CREATE DATABASE "{name}"', on=own)
    used.append(name)
    secret = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
    port = f"&port={own['PORT']}" if own["PORT"] else ""
    place = own["HOST"] or "localhost"
    return Machine(folder, f"postgresql://{own['USER']}{secret}@/{name}?host={place}{port}")


def _name(machine: Machine) -> str:
    return (machine.database or "").rpartition("@/")[2].partition("?")[0]


def _drop(template: Any, name: str) -> None:
    from django.conf import settings

    own = settings.DATABASES["default"]
    template._tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', on=own)


def _migrated(template: Any, machine: Machine) -> None:
    """Lay the template's tables into the machine's database."""
    from django.conf import settings

    machine.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if machine.database is None:
        source = sqlite3.connect(template.path)
        copy = sqlite3.connect(machine.home / "dabir.sqlite3")
        source.backup(copy)
        source.close()
        copy.close()
        return
    name = _name(machine)
    own = settings.DATABASES["default"]
    template._tell(f'DROP DATABASE "{name}"', on=own)
    template._tell(f'CREATE DATABASE "{name}" TEMPLATE "{template.name}"', on=own)


@pytest.fixture
def empty_machine(tmp_path: Path, database_template: Any) -> Iterator[Callable[[str], Machine]]:
    """Makes machines on which nothing was founded yet."""
    made: list[Machine] = []
    used: list[str] = []

    def make(name: str) -> Machine:
        made.append(_empty(database_template, tmp_path / name, used))
        return made[-1]

    yield make
    for machine in made:
        machine.end()
        shutil.rmtree(machine.home, ignore_errors=True)
    for name in used:
        _drop(database_template, name)


@pytest.fixture
def bare_machine(empty_machine: Callable[[str], Machine], database_template: Any) -> Machine:
    """An installation with tables and nothing in them."""
    machine = empty_machine("bare")
    _migrated(database_template, machine)
    return machine


@pytest.fixture(scope="session")
def make_machine_once(
    tmp_path_factory: pytest.TempPathFactory, database_template: Any
) -> Iterator[Callable[[str], Machine]]:
    """Makes installations that others are copied from; nobody works in them."""
    used: list[str] = []

    def make(name: str) -> Machine:
        pattern = _empty(database_template, tmp_path_factory.mktemp(name) / "home", used)
        _migrated(database_template, pattern)
        return pattern

    yield make
    for name in used:
        _drop(database_template, name)


@pytest.fixture(scope="session")
def founded_once(make_machine_once: Callable[[str], Machine]) -> Machine:
    """The installation that `machine` copies."""
    founded = make_machine_once("founded")
    founded.dabir("init")
    founded.run(ASSOCIATION)
    return founded


@pytest.fixture
def copy_of(
    empty_machine: Callable[[str], Machine], database_template: Any
) -> Callable[[Machine], Machine]:
    """Makes a copy of an installation in which nobody works at that moment."""
    from django.conf import settings

    made: list[Machine] = []

    def make(pattern: Machine) -> Machine:
        copy = empty_machine(f"copy-{len(made)}")
        made.append(copy)
        shutil.copytree(pattern.home, copy.home)
        if copy.database:
            own = settings.DATABASES["default"]
            name = _name(copy)
            database_template._tell(f'DROP DATABASE "{name}"', on=own)
            database_template._tell(f'CREATE DATABASE "{name}" TEMPLATE "{_name(pattern)}"', on=own)
        return copy

    return make


@pytest.fixture
def machine(copy_of: Callable[[Machine], Machine], founded_once: Machine) -> Machine:
    """The installation of an invented association with a few stored files."""
    return copy_of(founded_once)
