"""Digits as sets proven by labels, and what logic leaves of open numbers."""

import operator
from collections.abc import Callable
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dabir.text.repair import solver
from dabir.text.repair.alphabet import codes_of
from dabir.text.repair.candidates import Candidate
from dabir.text.repair.labels import Chosen, in_order, number_labels
from dabir.text.repair.lines import RawLine
from dabir.text.repair.relation import braced, relation_of
from dabir.text.repair.solver import Number, solve

HAIKOU = ["0", "5", "3", "2", "2", "6", "7", "2", "9", "01", "00", "05"]


def test_relation_of_haikou_labels_proves_what_the_document_says() -> None:
    relation = relation_of(HAIKOU)
    assert relation.written("5102") == "201{4|5|8}"
    assert relation.written("5100") == "2011"
    assert relation.of("4") == tuple("0123456789")
    assert relation.written("5102", title=True) == "{0|1|2|3|4|5|6|7|8|9}" * 4


def test_relation_of_few_labels_leaves_unseen_digits_open() -> None:
    relation = relation_of(["1", "2", "3"])
    assert relation.of("2") == ("0", "2", "4", "5", "6", "7", "8", "9")
    assert not relation.proven


def test_relation_of_two_digit_label_in_wrong_order_matches_as_a_set() -> None:
    labels = [*"123456789", "01", "11", "21"]
    assert relation_of(labels).of("0") == ("0",)
    assert relation_of(labels).of("1") == ("1",)


def test_relation_of_contradicting_labels_opens_the_digit() -> None:
    relation = relation_of([*"123456789", "10", "22"])
    assert relation.of("1") == relation.of("2") == tuple("0123456789")
    assert relation.of("3") == ("1", "3")


def test_braced_lists_candidates_ascending() -> None:
    assert braced(("8", "4", "5")) == "{4|5|8}"
    assert braced(("7",)) == "7"


def test_in_order_accepts_any_font_and_refuses_gaps() -> None:
    assert in_order(HAIKOU)
    assert in_order([])
    assert not in_order(["1", "2", "3", "4", "5", "6", "7", "8", "10"])
    assert not in_order([*"123456789", "10", "12"])


def numbers(*values: str) -> list[Number]:
    return [Number(value.split("|"), len(value.split("|")[0])) for value in values]


def test_solve_term_must_end_after_it_starts() -> None:
    found = numbers("2016", "2014|2015|2018")
    solve(found, "شهردار این شهر از سال #0# تا #1# رئیس مجمع خواهد بود؛")
    assert found[1].values == ["2018"]


def test_solve_listed_years_rise_and_reports_all_that_remain() -> None:
    found = numbers("2014|2015|2018", "2016")
    solve(found, "در سال‌های #0# و #1# برگزار شد")
    assert found[0].values == ["2014", "2015"]


def test_solve_future_is_not_before_the_meeting() -> None:
    found = numbers("24|25|28", "2014|2015|2018", "2014|2016")
    solve(found, "در #0# نوامبر #1# گرد آمدیم؛\nنشست آینده در سال #2# برگزار خواهد شد")
    assert found[1].values == ["2014", "2015"]
    assert found[0].values == ["24", "25", "28"]


def test_solve_day_of_a_month_is_at_most_31() -> None:
    found = numbers("21|51|81", "2014")
    solve(found, "در #0# نوامبر #1#")
    assert found[0].values == ["21"]


def test_solve_without_solution_keeps_every_value() -> None:
    found = numbers("2016", "2011|2012")
    solve(found, "از #0# تا #1#")
    assert found[1].values == ["2011", "2012"]


def reading(text: str, total: float) -> Candidate:
    one = Candidate(text, ((0, len(text), False),), 0.0, codes_of(text))
    one.rules = total
    return one


def clauses(*texts: str) -> list[Chosen]:
    """Paragraphs, each read in one way and doubtful in none."""
    return [
        Chosen(RawLine(0, len(text), text, list(text)), [reading(text, 0.0)], 0, True)
        for text in texts
    ]


def test_number_labels_proves_where_no_paragraph_can_have_lost_its_label() -> None:
    labels = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]
    found = clauses(*(f"{label}. یک" for label in labels), "7 بهمن مهلت می‌دهد")
    assert number_labels(found).of("3") == ("3",)


def test_number_labels_proves_nothing_where_a_paragraph_may_have_lost_its_label() -> None:
    whole = clauses("1. یک", "2. دو", "3. سه")
    assert number_labels(whole).of("2") == ("0", "2", "4", "5", "6", "7", "8", "9")
    lost = clauses("1. یک", "دو 2 است", "3. سه")
    assert number_labels(lost).of("3") == tuple("0123456789")
    assert [line.number for line in lost] == [None, None, None]


def test_number_labels_takes_the_reading_that_puts_the_labels_in_order() -> None:
    lines = clauses("1. یک", "دو 2 .", "3. سه")
    lines[1].candidates.append(reading("2. دو ", -5.0))
    assert "3" in number_labels(lines).of("3")
    assert [line.number for line in lines] == [1, 2, 3]
    assert lines[1].text == "2. دو "


def test_number_labels_is_not_misled_by_a_paragraph_without_figures() -> None:
    lines = clauses("1. یک", "2. دو", "بی شماره", "3. سه")
    number_labels(lines)
    assert [line.number for line in lines] == [1, 2, None, 3]


RULES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from([operator.lt, operator.le])),
    min_size=1,
    max_size=4,
)
VALUES = st.lists(
    st.lists(st.integers(2000, 2006).map(str), min_size=1, max_size=4, unique=True),
    min_size=4,
    max_size=4,
)


@given(VALUES, RULES)
def test_settle_leaves_what_some_combination_has_and_nothing_else(
    values: list[list[str]], drawn: list[tuple[int, int, Callable[[int, int], bool]]]
) -> None:
    rules = [solver.Constraint(*rule, "because") for rule in drawn]
    members = sorted({place for rule in rules for place in (rule.first, rule.second)})
    solutions = [
        found
        for found in product(*([int(value) for value in options] for options in values))
        if all(rule.holds(found[rule.first], found[rule.second]) for rule in rules)
    ]
    numbers = [solver.Number(list(options), 4) for options in values]
    solver.settle(numbers, members, rules)
    if solutions:
        for place in members:
            assert set(numbers[place].values) == {str(found[place]) for found in solutions}
