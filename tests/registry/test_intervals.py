"""Half-open intervals of days: every way in which two of them can lie."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.registry.intervals import Days, gaps, state_of

pytestmark = pytest.mark.pure


def days(start: int | None, end: int | None) -> Days:
    """Days of January 2026 by their numbers."""
    return Days(
        date(2026, 1, start) if start else None,
        date(2026, 1, end) if end else None,
    )


# first, second, do they share a day, does the first contain the second
PAIRS = [
    ((10, 20), (12, 18), True, True, "contained"),
    ((10, 20), (10, 20), True, True, "equal"),
    ((10, 20), (10, 18), True, True, "equal start, contained"),
    ((10, 20), (12, 20), True, True, "equal end, contained"),
    ((10, 20), (10, 22), True, False, "equal start, longer"),
    ((10, 20), (8, 20), True, False, "equal end, longer"),
    ((10, 20), (8, 22), True, False, "containing"),
    ((10, 20), (8, 12), True, False, "over the start"),
    ((10, 20), (18, 22), True, False, "over the end"),
    ((10, 20), (8, 11), True, False, "one day at the start"),
    ((10, 20), (19, 22), True, False, "one day at the end"),
    ((10, 20), (20, 25), False, False, "touching after"),
    ((10, 20), (5, 10), False, False, "touching before"),
    ((10, 20), (21, 25), False, False, "disjoint after"),
    ((10, 20), (5, 9), False, False, "disjoint before"),
    ((10, 20), (10, 11), True, True, "the first day alone"),
    ((10, 20), (19, 20), True, True, "the last day alone"),
    ((10, 20), (None, 10), False, False, "unknown start, touching"),
    ((10, 20), (None, 11), True, False, "unknown start, one day"),
    ((10, 20), (None, 5), False, False, "unknown start, before"),
    ((10, 20), (None, 25), True, False, "unknown start, containing"),
    ((10, 20), (20, None), False, False, "open end, touching"),
    ((10, 20), (19, None), True, False, "open end, one day"),
    ((10, 20), (25, None), False, False, "open end, after"),
    ((10, 20), (5, None), True, False, "open end, containing"),
    ((10, None), (20, None), True, True, "both open at the end"),
    ((None, 10), (None, 20), True, False, "both unknown at the start"),
    ((None, 20), (None, 10), True, True, "unknown starts, contained"),
    ((None, 10), (10, None), False, False, "open outwards, touching"),
    ((None, 11), (10, None), True, False, "open outwards, one day"),
    ((None, None), (10, 20), True, True, "always, contains"),
    ((None, None), (None, None), True, True, "always, twice"),
    ((10, 20), (None, None), True, False, "inside always"),
]


@pytest.mark.parametrize(("one", "other", "overlap", "contain", "name"), PAIRS)
def test_two_intervals_lie_as_the_table_says(
    one: tuple[int | None, int | None],
    other: tuple[int | None, int | None],
    overlap: bool,
    contain: bool,
    name: str,
) -> None:
    first, second = days(*one), days(*other)
    assert first.overlaps(second) is overlap, name
    assert second.overlaps(first) is overlap, name
    assert first.contains(second) is contain, name
    if first.touches(second):
        assert not overlap


@pytest.mark.parametrize(("start", "end"), [(10, 10), (11, 10)])
def test_interval_without_a_day_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="ends after"):
        days(start, end)


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (16, None, "announced"),
        (15, None, "active"),
        (10, 16, "active"),
        (10, 15, "ended"),
        (None, None, "active"),
        (None, 10, "ended"),
    ],
)
def test_state_is_computed_for_the_day(start: int | None, end: int | None, state: str) -> None:
    assert state_of(days(start, end), on=date(2026, 1, 15)) == state


@pytest.mark.parametrize(
    ("held", "until", "found"),
    [
        ([], 20, []),
        ([(5, None)], 20, []),
        ([(5, 10)], 20, [(10, None)]),
        ([(5, 10), (10, None)], 20, []),
        ([(5, 10), (12, None)], 20, [(10, 12)]),
        ([(12, 15), (5, 10)], 20, [(10, 12), (15, None)]),
        ([(5, 15), (8, 10), (15, None)], 20, []),
        ([(5, 10), (25, None)], 20, [(10, None)]),
        ([(5, 25)], 20, []),
        ([(None, 10), (11, None)], 20, [(10, 11)]),
    ],
)
def test_vacancies_lie_between_the_holdings(
    held: list[tuple[int | None, int | None]], until: int, found: list[tuple[int, int | None]]
) -> None:
    assert gaps([days(*h) for h in held], until=date(2026, 1, until)) == [days(*f) for f in found]


some_days = st.tuples(
    st.one_of(st.none(), st.integers(1, 15)), st.one_of(st.none(), st.integers(16, 31))
).map(lambda pair: days(*pair))


@given(some_days, some_days)
def test_overlap_means_a_common_day(one: Days, other: Days) -> None:
    every = [date(2025, 12, 1) + timedelta(days=n) for n in range(80)]
    common = any(one.covers(day) and other.covers(day) for day in every)
    assert one.overlaps(other) is common
