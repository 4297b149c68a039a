"""Installations for tests that give commands: migrated already, each thrown away afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.machine import ASSOCIATION, Machine, new_name


def _empty(template: Any, folder: Path) -> Machine:
    """A folder, and on PostgreSQL the name of a database, with nothing behind them."""
    return Machine(folder, template.address(new_name()))


@pytest.fixture
def empty_machine(tmp_path: Path, database_template: Any) -> Iterator[Callable[[str], Machine]]:
    """Makes machines on which nothing was founded yet."""
    made: list[Machine] = []

    def make(name: str) -> Machine:
        made.append(_empty(database_template, tmp_path / name))
        database_template.begin(made[-1])
        return made[-1]

    yield make
    for machine in made:
        machine.end()
        shutil.rmtree(machine.home, ignore_errors=True)
        database_template.drop(machine)


@pytest.fixture
def bare_machine(empty_machine: Callable[[str], Machine], database_template: Any) -> Machine:
    """An installation with tables and nothing in them."""
    machine = empty_machine("bare")
    database_template.lay(machine)
    return machine


@pytest.fixture(scope="session")
def make_machine_once(
    tmp_path_factory: pytest.TempPathFactory, database_template: Any
) -> Iterator[Callable[..., Machine]]:
    """Makes installations that others are copied from; nobody works in them."""
    made: list[Machine] = []

    def make(name: str, like: Machine | None = None) -> Machine:
        made.append(_empty(database_template, tmp_path_factory.mktemp(name) / "home"))
        if like:
            shutil.copytree(like.home, made[-1].home)
        database_template.lay(made[-1], like)
        return made[-1]

    yield make
    for machine in made:
        database_template.drop(machine)


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
    made: list[Machine] = []

    def make(pattern: Machine) -> Machine:
        copy = empty_machine(f"copy-{len(made)}")
        made.append(copy)
        shutil.copytree(pattern.home, copy.home)
        database_template.lay(copy, pattern)
        return copy

    return make


@pytest.fixture
def machine(copy_of: Callable[[Machine], Machine], founded_once: Machine) -> Machine:
    """The installation of an invented association with a few stored files."""
    return copy_of(founded_once)
