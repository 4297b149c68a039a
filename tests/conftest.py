"""What every test has: databases copied from a template, the system's browser, marks by folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

pytest_plugins = [
    "tests.plugins.databases",
    "tests.plugins.browser",
    "tests.plugins.installations",
    "tests.plugins.examples",
]

HERE = Path(__file__).parent
# Folders whose tests take plain values only; elsewhere a module says so by `pytestmark`.
PURE = {"text"}
# Folders whose tests are pure where they ask for no database: they start nothing that opens one.
OFTEN_PURE = {"house"}


def _asks_a_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or names & {"db", "transactional_db"})


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses among the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark a test by the folder it lies in."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        if folder in PURE or (folder in OFTEN_PURE and not _asks_a_database(item)):
            item.add_marker(pytest.mark.pure)
        elif folder == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _language_of_its_own() -> Iterator[None]:
    """A page read in Persian by one test does not leave Persian active for the next."""
    yield
    translation.deactivate()
