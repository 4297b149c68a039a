"""A day some time after another: the shorter month ends it, and later periods never come earlier."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.statutes.periods import day_after, day_after_period

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("day", "period", "after"),
    [
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2024, 2, 29), "P4Y", date(2028, 2, 29)),
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2026, 1, 31), "P18M", date(2027, 7, 31)),
        (date(2026, 10, 31), "P1M", date(2026, 11, 30)),
        (date(2026, 1, 1), "P6W", date(2026, 2, 12)),
        (date(2026, 12, 31), "P1D", date(2027, 1, 1)),
        (date(2026, 1, 31), "P1M2D", date(2026, 3, 2)),
    ],
)
def test_day_after_period_ends_with_the_shorter_month(day: date, period: str, after: date) -> None:
    assert day_after_period(day, period) == after


@pytest.mark.parametrize("text", ["", "P", "P1", "1Y", "P-1Y", "P1H", "P1Y "])
def test_day_after_period_knows_what_is_no_period(text: str) -> None:
    assert day_after_period(date(2026, 1, 1), text) is None


@given(st.dates(max_value=date(8000, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_day_after_never_comes_earlier_for_a_longer_period(day: date, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert day <= day_after(day, months=shorter) <= day_after(day, months=longer)
