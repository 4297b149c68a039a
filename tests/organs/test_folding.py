"""What follows from acts on an organ, and what rests on an act: plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.organs.folding import Did, conflicts, fold, new_conflicts, resting_on

pytestmark = pytest.mark.pure
ON = date(2026, 11, 22)
NAMES = {"en": "Board"}


def did(number: int, kind: str, day: date | None = None, **changes: Any) -> Did:
    seat = changes.pop("seat", None)
    annuls = changes.pop("annuls", None)
    return Did(number, kind, ON, seat, day, "day", changes, None, annuls)


def holder(name: str) -> dict[str, Any]:
    return {"kind": "city", "id": name}


FOUND = did(1, "found", date(2020, 1, 1), names=NAMES, seats_foreseen=2)
A = did(2, "fill", date(2021, 1, 1), seat=1, holder=holder("a"), function="chair")
B = did(3, "fill", date(2021, 1, 1), seat=2, holder=holder("b"))
LIFE = [FOUND, A, B]


def test_fold_of_a_replacement_ends_the_one_before_on_the_day_of_the_next() -> None:
    now = fold([*LIFE, did(4, "replace", date(2022, 6, 1), seat=3, holder=holder("c"), succeeds=2)])
    assert now.seats[2].ends_on == now.seats[3].starts_on == date(2022, 6, 1)


def test_fold_of_an_abolition_ends_every_seat_and_function() -> None:
    now = fold([*LIFE, did(4, "abolish", date(2024, 1, 1))])
    assert {seat.ends_on for seat in now.seats.values()} == {date(2024, 1, 1)}
    assert now.functions[0].ends_on == date(2024, 1, 1)


def test_fold_on_an_earlier_day_shows_the_name_of_that_day() -> None:
    acts = [
        *LIFE,
        did(4, "change", date(2025, 1, 1), names={"en": "Council"}),
        did(5, "change", date(2023, 1, 1), names={"en": "Executive"}),
    ]
    assert fold(acts).values["names"] == {"en": "Council"}
    assert fold(acts, on=date(2024, 1, 1)).values["names"] == {"en": "Executive"}
    assert fold(acts, on=date(2022, 1, 1)).values["names"] == NAMES


def test_fold_leaves_out_what_was_annulled() -> None:
    now = fold([*LIFE, did(4, "annul", annuls=3)])
    assert set(now.seats) == {1}


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (did(4, "fill", date(2022, 1, 1), seat=3, holder=holder("c")), "overfull"),
        (did(4, "fill", date(2022, 1, 1), seat=3, holder=holder("a")), "holder_doubled"),
        (did(4, "entrust", date(2022, 1, 1), seat=2, function="chair"), "function_doubled"),
        (
            did(4, "entrust", date(2020, 6, 1), seat=2, function="secretary"),
            "function_without_seat",
        ),
        (did(4, "change", date(2019, 1, 1), names={"en": "X"}), "before_founded"),
        (did(4, "abolish", date(2019, 1, 1)), "before_founded"),
        (did(4, "change", date(2022, 1, 1), seats_foreseen=1), "overfull"),
        (did(4, "end", date(2021, 1, 1), seat=2), "ends_before_start"),
        (did(4, "annul", annuls=1), "not_founded"),
    ],
)
def test_what_cannot_stand_is_named(act: Did, code: str) -> None:
    assert conflicts(fold(LIFE), LIFE) == set()
    assert code in {c.code for c in new_conflicts(LIFE, [*LIFE, act])}


def test_a_seat_after_the_abolition_cannot_stand() -> None:
    acts = [*LIFE, did(4, "abolish", date(2024, 1, 1))]
    late = did(5, "fill", date(2024, 1, 1), seat=3, holder=holder("c"))
    assert "after_abolished" in {c.code for c in new_conflicts(acts, [*acts, late])}


def test_seats_of_another_time_are_judged_by_the_number_of_that_time() -> None:
    ended = [did(4, "end", date(2023, 1, 1), seat=1), did(5, "end", date(2023, 1, 1), seat=2)]
    smaller = did(6, "change", date(2024, 1, 1), seats_foreseen=1)
    acts = [*LIFE, *ended, smaller]
    assert conflicts(fold(acts), acts) == set()


@pytest.mark.parametrize(
    ("number", "later", "resting"),
    [
        (1, [], [2, 3]),  # everything rests on the foundation
        (2, [did(4, "end", date(2022, 1, 1), seat=1)], [4]),
        (3, [did(4, "replace", date(2022, 1, 1), seat=3, holder=holder("c"), succeeds=2)], [4]),
        (2, [did(4, "end", date(2022, 1, 1), seat=2)], []),  # another seat
        (
            4,  # the freed place was taken
            [
                did(4, "end", date(2022, 1, 1), seat=2),
                did(5, "fill", date(2022, 2, 1), seat=3, holder=holder("c")),
            ],
            [5],
        ),
        (
            4,  # the added place was taken
            [
                did(4, "change", date(2022, 1, 1), seats_foreseen=3),
                did(5, "fill", date(2022, 2, 1), seat=3, holder=holder("c")),
            ],
            [5],
        ),
        (
            4,
            [
                did(4, "change", date(2022, 1, 1), names={"en": "X"}),
                did(5, "change", date(2023, 1, 1), names={"en": "Y"}),
            ],
            [5],
        ),
        (
            4,
            [
                did(4, "relieve", date(2022, 1, 1), seat=1, function="chair"),
                did(5, "entrust", date(2022, 1, 1), seat=2, function="chair"),
            ],
            [5],
        ),
        (
            4,
            [
                did(4, "entrust", date(2022, 1, 1), seat=2, function="secretary"),
                did(5, "relieve", date(2023, 1, 1), seat=2, function="secretary"),
            ],
            [5],
        ),
        (4, [did(4, "abolish", date(2024, 1, 1))], []),
    ],
)
def test_later_acts_that_rest_on_an_act_are_named(
    number: int, later: list[Did], resting: list[int]
) -> None:
    assert sorted(a.number for a in resting_on(number, [*LIFE, *later])) == resting


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(1, 60)), max_size=8))
def test_an_annulled_act_leaves_the_organ_as_if_it_had_never_been(
    spans: list[tuple[int, int, int]],
) -> None:
    acts = [did(1, "found", date(2020, 1, 1), names=NAMES)]
    for number, (name, start, length) in enumerate(spans, start=2):
        first = date(2020 + start // 12, start % 12 + 1, 1)
        last = date(first.year + 1 + length // 12, length % 12 + 1, 1)
        act = did(
            number, "fill", first, seat=number, holder=holder(str(name)), ends_on=last.isoformat()
        )
        if not new_conflicts(acts, [*acts, act]):
            acts.append(act)
    assert conflicts(fold(acts), acts) == set()
    for act in acts[1:]:
        gone = [*acts, did(99, "annul", annuls=act.number)]
        assert fold(gone).seats == fold([a for a in acts if a is not act]).seats
