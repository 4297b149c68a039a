"""The order in which tests begin."""

from __future__ import annotations

from tests.plugins.order import HALVES, HERE, arranged

OTHERS = [f"core/test_{number}.py" for number in range(8)]


def test_each_half_begins_with_long_tests_and_none_is_lost() -> None:
    long = [
        "browser/test_axe.py",
        "browser/test_every_page.py",
        "config/test_a.py",
        "faults/test_b.py",
    ]
    given = [*OTHERS, *long]
    assert arranged(given, str) == [
        "browser/test_every_page.py", "browser/test_axe.py", *OTHERS[:4],
        "faults/test_b.py", "config/test_a.py", *OTHERS[4:],
    ]  # fmt: skip
    assert arranged(OTHERS, str) == OTHERS
    assert sorted(arranged(long, str)) == sorted(long)


def test_every_long_place_is_there() -> None:
    assert [name for names in HALVES for name in names if not (HERE / name).exists()] == []
