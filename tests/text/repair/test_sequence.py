"""Labels decided over the whole document: what comes next wins, what was lost is noticed."""

import pytest

from dabir.text.repair.sequence import IN_ORDER, LEFT_OUT, OUT_OF_ORDER, State, after

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("state", "label", "following", "worth"),
    [
        (State(), "7", State(1, "", "7"), IN_ORDER),
        (State(1, "", "7"), "4", State(2, "", "7"), IN_ORDER),
        (State(2, "ب", "7"), "3", State(3, "", "7"), IN_ORDER),
        (State(2, "", "7"), "الف", State(2, "الف", "7"), IN_ORDER),
        (State(2, "ب", "7"), "پ", State(2, "پ", "7"), IN_ORDER),
        (State(2, "ب", "7"), "ج", State(2, "ج", "7"), IN_ORDER),
        (State(2, "الف", "7"), "ج", State(2, "ج", "7"), LEFT_OUT),
        (State(9, "", "7"), "47", State(10, "", "7"), IN_ORDER),
        (State(8, "", "7"), "47", State(10, "", "7"), LEFT_OUT),
        (State(10, "", "7"), "77", State(11, "", "7"), IN_ORDER),
        (State(10, "", "7"), "74", State(12, "", "7"), LEFT_OUT),
    ],
)
def test_after_label_in_order_moves_on(state, label, following, worth) -> None:
    assert after(state, label) == (following, worth)


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (State(5, "", "7"), "47"),  # too long for a sixth clause
        (State(9, "", "7"), "42"),  # a ten without its one
        (State(10, "", "7"), "44"),  # neither an eleventh nor a twelfth
        (State(2, "", "7"), "د"),
    ],
)
def test_after_label_out_of_order_changes_nothing(state, label) -> None:
    assert after(state, label) == (state, OUT_OF_ORDER)
