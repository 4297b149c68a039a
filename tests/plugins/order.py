"""Long tests begin first, so that at the end of a run nobody waits for one of them.

Each of two workers begins with its own half of the list and later takes over what the other has not
begun. So each half begins with long tests: one with those that look at the examples' pages, the
other with those that start processes. Examples are loaded by the one and asked for late by the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

HERE = Path(__file__).resolve().parents[1]
HALVES = (
    ("browser/test_every_page.py", "website/test_validity.py", "website/test_crawl.py", "browser/",
     "decisions/test_forum_reports.py"),
    ("faults/", "config/test_backup.py", "config/test_commands.py", "config/"),
)  # fmt: skip
T = TypeVar("T")


def arranged(tests: Sequence[T], place_of: Callable[[T], str]) -> list[T]:
    """The same tests, with the long ones at the beginning of each half; the others as they stood."""
    ranks = {name: (half, n) for half, names in enumerate(HALVES) for n, name in enumerate(names)}
    found: list[list[tuple[int, T]]] = [[], []]
    others = []
    for test in tests:
        name = next((name for name in ranks if place_of(test).startswith(name)), None)
        if name is None:
            others.append(test)
        else:
            half, rank = ranks[name]
            found[half].append((rank, test))
    first, second = ([test for _r, test in sorted(half, key=lambda f: f[0])] for half in found)
    before = max(0, len(tests) // 2 - len(first))
    return [*first, *others[:before], *second, *others[before:]]


@pytest.hookimpl(trylast=True)  # after those have gone that were not chosen
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lay the tests in that order."""
    items[:] = arranged(items, lambda item: item.path.relative_to(HERE).as_posix())
