"""Votes of a member, terms of office, chains of steps: worked cases with their sources.

Sources: weights as OpenSlides' vote service tests them, and the Turkish municipal unions' delegates;
intervals as opengever.core tests them; chains as the Forum's two sources give them.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dabir.core.errors import InvalidInput
from dabir.statutes import chains as c
from dabir.statutes import terms as t
from dabir.statutes import weights as w
from dabir.statutes.outcomes import say_position
from dabir.statutes.reading import read_rules
from dabir.statutes.starting import read_template

pytestmark = pytest.mark.pure
D = date


@pytest.mark.parametrize(
    ("rule", "given_", "votes"),
    [
        ("one member one vote", {"": 9}, 1),  # OS: weights off
        ("given to each member", {}, 1),  # on, without a value
        ({"scheme": "given to each member", "default": 2}, {}, 2),  # default 2
        ("given to each member", {"": 2, "now": 3}, 3),  # the meeting's own overrides
        ("given to each member", {"other": 5}, 1),  # another meeting's is ignored
    ],
    ids=str,
)
def test_votes_of_a_member(rule: object, given_: dict[str, int], votes: int) -> None:
    assert w.votes_of(w.WeightRule.read(rule), w.Voter("a", given=given_), meeting="now") == votes


@pytest.mark.parametrize(
    ("kind", "votes"), [("town", 2), ("district", 2), ("province", 3), ("metropolitan", 4)]
)
def test_votes_by_delegates_of_a_turkish_union(kind: str, votes: int) -> None:
    rules = read_rules(read_template("turkish_union"))
    rule = w.WeightRule.read(rules.value("council.weights"))
    assert w.votes_of(rule, w.Voter("a", kind=kind)) == votes


def test_votes_of_a_kind_without_a_number_are_refused_and_regions_count_once() -> None:
    rules = read_rules(read_template("turkish_union"))
    rule = w.WeightRule.read(rules.value("council.weights"))
    with pytest.raises(InvalidInput):
        w.votes_of(rule, w.Voter("a", kind="village"))
    voters = [w.Voter("a", region="east"), w.Voter("b", region="east"), w.Voter("c", region="west")]
    assert w.total_votes(w.WeightRule(w.ONE_PER_REGION), voters) == 2
    assert w.total_votes(w.WeightRule(w.ONE_EACH), voters) == 3


@pytest.mark.parametrize(
    ("delegate", "substitute", "votes"),
    [
        (True, True, "delegate"),
        (False, True, "substitute"),
        (True, False, "delegate"),
        (False, False, None),
    ],
)
def test_delegate_or_substitute_votes_never_both(
    delegate: bool, substitute: bool, votes: str | None
) -> None:
    assert w.who_votes(delegate, substitute) == votes


def test_a_ballot_is_split_only_where_the_article_allows_it() -> None:
    whole, split = w.WeightRule(w.GIVEN, may_split=False), w.WeightRule(w.GIVEN, may_split=True)
    w.check_ballot(split, 4, {"yes": 3, "no": 1})
    w.check_ballot(whole, 4, {"yes": 4, "no": 0})
    for rule, ballot in (
        (whole, {"yes": 3, "no": 1}),
        (split, {"yes": 4, "no": 1}),
        (split, {"yes": -1}),
    ):
        with pytest.raises(InvalidInput):
            w.check_ballot(rule, 4, ballot)


A = t.Term(D(2011, 4, 1), D(2013, 4, 1))


@pytest.mark.parametrize(
    ("other", "overlaps", "contains", "touches"),
    [
        (t.Term(D(2011, 4, 1), D(2013, 4, 1)), True, True, False),  # equal
        (t.Term(D(2011, 6, 1), D(2012, 6, 1)), True, True, False),  # inside
        (t.Term(D(2011, 4, 1), D(2012, 6, 1)), True, True, False),  # equal first edge
        (t.Term(D(2012, 6, 1), D(2013, 4, 1)), True, True, False),  # equal last edge
        (t.Term(D(2010, 1, 1), D(2014, 1, 1)), True, False, False),  # around
        (t.Term(D(2010, 1, 1), D(2012, 1, 1)), True, False, False),  # over the first edge
        (t.Term(D(2013, 3, 31), D(2015, 1, 1)), True, False, False),  # the last day is shared
        (t.Term(D(2013, 4, 1), D(2015, 1, 1)), False, False, True),  # begins as it ends
        (t.Term(D(2010, 1, 1), D(2011, 4, 1)), False, False, True),  # ends as it begins
        (t.Term(D(2014, 1, 1), D(2015, 1, 1)), False, False, False),  # apart
        (t.Term(D(2012, 1, 1)), True, False, False),  # open end
        (t.Term(D(2013, 4, 1)), False, False, True),  # open end, touching
        (t.Term(D(2009, 1, 1)), True, False, False),
    ],
    ids=str,
)
def test_terms_are_half_open(other: t.Term, overlaps: bool, contains: bool, touches: bool) -> None:
    assert A.overlaps(other) is other.overlaps(A) is overlaps
    assert A.contains(other) is contains
    assert A.touches(other) is touches


def test_a_term_takes_effect_by_its_meeting_never_before_it() -> None:
    """GEWIS 1841: no effect before the meeting's date."""
    assert t.term_from(D(2011, 4, 2), 2) == t.Term(D(2011, 4, 2), D(2013, 4, 2))
    assert t.term_from(D(2020, 2, 29), 3).ends_on == D(2023, 3, 1)
    with pytest.raises(InvalidInput):
        t.term_from(D(2011, 4, 2), 2, effect_on=D(2011, 4, 1))
    with pytest.raises(InvalidInput):
        t.Term(D(2011, 4, 2), D(2011, 4, 2))


@pytest.mark.parametrize(
    ("on", "hold_over", "successor", "how"),
    [
        (D(2013, 3, 31), False, None, "term"),
        (D(2013, 4, 1), False, None, "no"),
        (D(2013, 4, 1), True, None, "holding over"),
        (D(2018, 12, 1), True, D(2018, 12, 1), "no"),
        (D(2018, 11, 30), True, D(2018, 12, 1), "holding over"),
        (D(2012, 1, 1), True, D(2012, 1, 1), "no"),
        (D(2011, 3, 31), True, None, "no"),
    ],
)
def test_holding_over_until_a_successor_is_a_rule_not_a_longer_term(
    on: date, hold_over: bool, successor: date | None, how: str
) -> None:
    assert t.in_office(A, on, hold_over=hold_over, successor_on=successor) == how


def test_re_election_counts_terms_in_a_row() -> None:
    second = t.Term(D(2013, 4, 1), D(2015, 4, 1))
    later = t.Term(D(2017, 4, 1), D(2019, 4, 1))
    assert t.may_be_elected_again([A], 2)
    assert not t.may_be_elected_again([A, second], 2)
    assert t.may_be_elected_again([A, second, later], 2)
    assert t.may_be_elected_again([A, second], "unlimited")


def test_a_replacement_serves_the_rest_or_a_full_term_as_the_article_says() -> None:
    since = D(2012, 6, 1)
    assert t.replacement_term(t.THE_REST, since, A, 2) == t.Term(since, A.ends_on)
    assert t.replacement_term(t.FULL_TERM, since, A, 2) == t.Term(since, D(2014, 6, 1))
    assert t.replacement_term(t.STAYS_EMPTY, since, A, 2) is None


def test_vacancies_and_doubled_seats_are_found() -> None:
    later = t.Term(D(2014, 1, 1), D(2016, 1, 1))
    assert t.vacancies([A, later], since=D(2011, 1, 1), until=D(2017, 1, 1)) == [
        t.Term(D(2011, 1, 1), D(2011, 4, 1)),
        t.Term(D(2013, 4, 1), D(2014, 1, 1)),
        t.Term(D(2016, 1, 1), D(2017, 1, 1)),
    ]
    assert t.doubled([A, later]) == []
    assert t.doubled([later, A, t.Term(D(2013, 1, 1), D(2013, 2, 1))]) == [
        (A, t.Term(D(2013, 1, 1), D(2013, 2, 1)))
    ]


DAYS = st.integers(0, 4000).map(lambda days: D(2010, 1, 1) + timedelta(days=days))
TERMS = st.builds(
    lambda start, length: t.Term(start, start + timedelta(days=length) if length else None),
    DAYS,
    st.none() | st.integers(1, 900),
)


@given(one=TERMS, other=TERMS, on=DAYS)
def test_a_day_belongs_to_both_terms_only_where_they_overlap(
    one: t.Term, other: t.Term, on: date
) -> None:
    if one.holds(on) and other.holds(on):
        assert one.overlaps(other)
    assert one.overlaps(other) == other.overlaps(one)
    if one.touches(other):
        assert not one.overlaps(other)
    if one.contains(other):
        assert one.overlaps(other)


@given(held=st.lists(TERMS, max_size=5), on=DAYS)
def test_a_day_is_held_or_vacant_never_both(held: list[t.Term], on: date) -> None:
    free = t.vacancies(held, since=D(2010, 1, 1), until=D(2025, 1, 1))
    assert any(term.holds(on) for term in held) != any(term.holds(on) for term in free)


TREASURER = c.Chain.read(
    [
        "recommended by secretary-general",
        "approved by executive_board",
        "endorsed by general-assembly",
    ]
)


def _taken(number: int, granted: bool = True, by: str = "") -> c.Taken:
    step = TREASURER.steps[number]
    return c.Taken(step.key, granted, D(2018, 12, 1 + number), by)


def test_the_treasurer_is_chosen_step_by_step() -> None:
    with translation.override("en"):
        assert say_position(c.position(TREASURER, [])) == "next: recommended by Secretary General"
        assert (
            say_position(c.position(TREASURER, [_taken(0)])) == "next: approved by Executive Board"
        )
        done = c.position(TREASURER, [_taken(0), _taken(1), _taken(2)])
        assert (done.ended, done.granted) == (True, True)
        refused = c.position(TREASURER, [_taken(0), _taken(1, granted=False)])
        assert say_position(refused) == "ended: no"


@pytest.mark.parametrize(
    "taken",
    [
        [_taken(1)],
        [_taken(0), _taken(2)],
        [_taken(0), _taken(0)],
        [_taken(0), _taken(1), _taken(2), _taken(2)],
        [_taken(0), c.Taken(TREASURER.steps[1].key, True, D(2018, 11, 1))],
        [_taken(0, by="treasurer")],
    ],
    ids=range(6),
)
def test_a_step_out_of_turn_back_in_time_or_by_another_organ_is_refused(
    taken: list[c.Taken],
) -> None:
    with pytest.raises(InvalidInput):
        c.position(TREASURER, taken)


def test_a_refused_step_may_lead_back() -> None:
    chain = c.Chain.read(
        [
            {"key": "draft", "act": "drawn up", "by": "treasurer"},
            {"key": "support", "act": "supported", "by": "executive-board", "if_refused": "draft"},
            "approved by general-assembly",
        ]
    )
    day = D(2020, 1, 1)
    back = c.position(chain, [c.Taken("draft", True, day), c.Taken("support", False, day)])
    assert back.due is not None
    assert back.due.key == "draft"


KEYS = ("a", "b", "c", "d")
CHAINS = st.lists(
    st.tuples(st.sampled_from(["", "end", *KEYS]), st.sampled_from(["end", *KEYS])),
    min_size=1,
    max_size=4,
).map(
    lambda rows: c.Chain(
        tuple(
            c.Step(KEYS[place], "approved", "board", then, refused)
            for place, (then, refused) in enumerate(rows)
        )
    )
)


@given(chain=CHAINS)
def test_a_chain_that_can_end_ends(chain: c.Chain) -> None:
    if list(c.lost_steps(chain)) or c.endless_steps(chain):
        return
    taken: list[c.Taken] = []
    while (where := c.position(chain, taken)).due is not None:
        taken.append(c.Taken(where.due.key, True, D(2020, 1, 1)))
        assert len(taken) <= len(chain.steps)
    assert where.granted
