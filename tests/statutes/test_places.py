"""A fault in a rule set is named with the line on which it stands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import dabir
from dabir.statutes.places import line_of, places

pytestmark = pytest.mark.pure
TEXT = """title = "x # no comment"   # a comment [not.a.table]

[general_assembly]
quorum = { article = { en = "a = [b" }, value = { base = "members",
  fraction = "1/2" } }
notice.value = 45
"quoted key" = \'\'\'
two = lines
\'\'\'

[[members.fees.value.rows]]
amount = 1
[[members.fees.value.rows]]
amount = [
  1,   # one
  { deep = true },
]
[members.fees.article]
en = "art. 1"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("general_assembly", "quorum"), 4),
        (("general_assembly", "quorum", "value", "fraction"), 5),
        (("general_assembly", "notice"), 6),
        (("general_assembly", "notice", "value"), 6),
        (("general_assembly", "quoted key"), 7),
        (("members", "fees", "value", "rows", 0, "amount"), 12),
        (("members", "fees", "value", "rows", 1), 13),
        (("members", "fees", "value", "rows", 1, "amount", 0), 15),
        (("members", "fees", "value", "rows", 1, "amount", 1, "deep"), 16),
        (("members", "fees", "article", "en"), 19),
        (("members", "fees", "article", "fa"), 18),
        (("nowhere",), 0),
    ],
    ids=str,
)
def test_each_value_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(places(TEXT), path) == line


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, each in inner:
        found.append((*path, key))
        if isinstance(each, dict | list):
            found += _paths(each, (*path, key))
    return found


RULES = sorted(Path(dabir.__file__).parent.glob("**/*.toml"))


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_every_value_of_our_own_rule_sets_has_a_line(path: Path) -> None:
    text = path.read_text()
    assert set(_paths(tomllib.loads(text))) == set(places(text))
