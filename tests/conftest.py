"""What every test has: databases copied from a template, the system's browser, marks by folder."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

pytest_plugins = [
    "tests.plugins.databases",
    "tests.plugins.browser",
    "tests.plugins.installations",
    "tests.plugins.examples",
    "tests.plugins.order",
    "tests.plugins.singles",
]

HERE = Path(__file__).parent
# Folders whose tests take plain values only; elsewhere a module says so by `pytestmark`.
PURE = {"text"}
# Folders whose tests start processes that open a database of their own, asked for here or not.
STARTING = {"config", "faults"}


def _asks_a_database(item: pytest.Item) -> bool:
    """A test that does not ask is refused every connection by pytest-django."""
    names = set(getattr(item, "fixturenames", ()))
    asking = names & {"db", "transactional_db", "django_db_setup", "database_template"}
    return bool(item.get_closest_marker("django_db") or asking)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses among the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by the folder it lies in and by whether it asks for a database."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        if folder == "browser":
            item.add_marker(pytest.mark.browser)
        elif folder in PURE or (folder not in STARTING and not _asks_a_database(item)):
            item.add_marker(pytest.mark.pure)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end of the run: nobody need look for garbage in it.

    And what a test leaves is mostly gone without a search, so they are made rarely.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """A page read in Persian by one test does not leave Persian active for the next."""
    yield
    translation.deactivate()
