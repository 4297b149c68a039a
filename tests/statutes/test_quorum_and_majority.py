"""Quorum and majority, worked cases with their sources, and what must always hold.

The names in brackets say in which public system the case is tested or got wrong: AG Antragsgrün, VI
VoteIT, OS OpenSlides, Helios. The cases are re-run here as behaviour; none of their code is.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dabir.core.errors import InvalidInput
from dabir.statutes import majority as m
from dabir.statutes import quorum as q
from dabir.statutes.outcomes import say_cure, say_outcome
from dabir.statutes.shares import AT_LEAST, MORE_THAN, least_that_reaches, read_fraction

pytestmark = pytest.mark.pure
ARTICLE = {"en": "art. 14", "fa": "مادهٔ ۱۴"}


def _quorum(share: str, comparison: str = AT_LEAST, **more: object) -> q.QuorumRule:
    return q.QuorumRule.read(
        {"base": "members", "comparison": comparison, "fraction": share, **more}
    )


def _majority(base: str, share: str, comparison: str = MORE_THAN, ties: str = "") -> m.MajorityRule:
    return m.MajorityRule.read(
        {"base": base, "comparison": comparison, "fraction": share, "ties": ties}
    )


SIMPLE = _majority("votes cast", "1/2")
TWO_THIRDS = _majority("votes cast", "2/3", AT_LEAST)
ABSOLUTE = _majority("valid votes", "1/2")


@pytest.mark.parametrize(
    ("comparison", "share", "members", "needed"),
    [
        (AT_LEAST, "1/2", 3, 2),  # AG QuorumCept
        (AT_LEAST, "1/2", 42, 21),  # AG HalfQuorum
        (AT_LEAST, "1/2", 43, 22),
        (AT_LEAST, "2/3", 42, 28),  # AG TwoThirdsQuorum
        (AT_LEAST, "2/3", 43, 29),
        (MORE_THAN, "1/2", 16, 9),  # ours
        (MORE_THAN, "1/2", 39, 20),
        (AT_LEAST, "2/3", 60, 40),
        (MORE_THAN, "2/3", 60, 41),
        (AT_LEAST, "0/1", 5, 1),
    ],
)
def test_quorum_needs_this_many(comparison: str, share: str, members: int, needed: int) -> None:
    rule = _quorum(share, comparison)
    assert q.needed(rule, members) == needed
    there = q.quorum_of(rule, q.Attendance(needed), base=members, article=ARTICLE)
    missing = q.quorum_of(rule, q.Attendance(needed - 1), base=members, article=ARTICLE)
    assert (there.code, there.params["needed"]) == ("quorum_reached", needed)
    assert (missing.verdict, missing.cure_params) == (False, {"missing": 1})


def test_quorum_of_an_empty_register_is_never_there() -> None:
    answer = q.quorum_of(_quorum("0/1"), q.Attendance(5), base=0)
    assert (answer.verdict, answer.code) == (False, "quorum_of_nobody")


def test_quorum_by_presence_is_not_defeated_by_those_who_do_not_vote() -> None:
    """AG counts ballots: opponents defeat a motion by not voting. Presence is the rule, ballots a choice."""
    attendance = q.Attendance(present=30, ballots=20)
    assert q.quorum_of(_quorum("1/2", MORE_THAN), attendance, base=50).verdict is True
    by_ballots = _quorum("1/2", MORE_THAN, counted_from="ballots")
    assert q.quorum_of(by_ballots, attendance, base=50).verdict is False
    with pytest.raises(InvalidInput):
        q.quorum_of(by_ballots, q.Attendance(present=30), base=50)


def test_quorum_by_votes_counts_weights() -> None:
    """VI: a group with four votes of which one person is there carries four."""
    rule = _quorum("1/2", MORE_THAN, counted="votes")
    assert q.quorum_of(rule, q.Attendance(present=1, votes_present=4), base=7).verdict is True
    with pytest.raises(InvalidInput):
        q.quorum_of(rule, q.Attendance(present=1), base=7)


@pytest.mark.parametrize(
    ("proxies_count", "verdict"), [(True, True), (False, False), (None, None)], ids=str
)
def test_quorum_with_proxies_is_as_the_article_says_and_unsaid_where_it_is_silent(
    proxies_count: bool | None, verdict: bool | None
) -> None:
    rule = replace(_quorum("1/2", MORE_THAN), proxies_count=proxies_count)
    answer = q.quorum_of(rule, q.Attendance(present=10, by_proxy=3), base=24, article=ARTICLE)
    assert answer.verdict is verdict
    far = q.quorum_of(rule, q.Attendance(present=1, by_proxy=3), base=24)
    assert far.verdict is False  # with or without them


def test_quorum_of_a_second_convocation_has_its_own_share() -> None:
    rule = _quorum("1/2", MORE_THAN, second={"comparison": "at least", "fraction": "1/3"})
    attendance = q.Attendance(14)
    assert q.quorum_of(rule, attendance, base=40).cure_code == "second_convocation"
    assert q.quorum_of(rule, attendance, base=40, convocation=2).verdict is True
    assert rule.second is not None
    assert rule.second.base == "members"


@pytest.mark.parametrize(
    ("checked", "moments", "stands"),
    [
        (q.AT_OPENING, q.Moments(True, False, "member"), True),
        (q.AT_OPENING, q.Moments(False, True), False),
        (q.AT_EACH_DECISION, q.Moments(True, False), False),
        (q.AT_EACH_DECISION, q.Moments(True, True), True),
        (q.WHEN_RAISED, q.Moments(True, False), True),
        (q.WHEN_RAISED, q.Moments(True, False, "member"), False),
        (q.WHEN_RAISED, q.Moments(True, False, "observer"), True),
    ],
)
def test_a_decision_without_quorum_is_void_as_the_article_has_it_checked(
    checked: str, moments: q.Moments, stands: bool
) -> None:
    rule = _quorum("1/2", checked=checked, raised_by=["member", "chair"])
    assert q.decision_stands(rule, moments) is stands


@pytest.mark.parametrize(
    ("rule", "yes", "no", "abstain", "code"),
    [
        (SIMPLE, 3, 2, 0, "carried"),  # AG VotingTest
        (SIMPLE, 2, 2, 0, "tie_unset"),
        (replace(SIMPLE, ties="status quo"), 2, 2, 0, "tie_status_quo"),
        (TWO_THIRDS, 2, 1, 1, "carried"),
        (TWO_THIRDS, 3, 2, 0, "not_carried"),
        (TWO_THIRDS, 0, 0, 0, "no_valid_vote"),  # AG: 0 >= 2 x 0 would pass
        (TWO_THIRDS, 0, 0, 9, "no_valid_vote"),  # VI: only abstentions
        (ABSOLUTE, 3, 1, 1, "carried"),
        (ABSOLUTE, 2, 1, 1, "not_carried"),
        (SIMPLE, 4, 0, 0, "carried"),  # VI: unanimous
        (SIMPLE, 2, 3, 0, "not_carried"),  # VI weights: 1 + 1 yes against 3 no
        (SIMPLE, 1, 0, 500, "carried"),
    ],
)
def test_majority_of_a_count(
    rule: m.MajorityRule, yes: int, no: int, abstain: int, code: str
) -> None:
    assert m.outcome_of(rule, m.Count(yes, no, abstain)).code == code


@pytest.mark.parametrize(
    ("votes", "needed", "tally", "winner"),
    [
        (5, 3, {"a": 3, "b": 2}, "a"),  # Helios AbsoluteWinnerCalculation
        (5, 3, {"a": 2, "b": 2, "c": 1}, None),
        (6, 4, {"a": 3, "b": 3}, None),
        (7, 4, {"a": 4, "b": 3}, "a"),
    ],
)
def test_majority_in_an_election_calls_for_a_run_off_never_for_chance(
    votes: int, needed: int, tally: dict[str, int], winner: str | None
) -> None:
    assert m.needed(SIMPLE, votes) == needed
    assert m.winner_of(SIMPLE, tally) == winner


def test_majority_of_members_in_good_standing_is_told_with_its_proof() -> None:
    rule = _majority("members in good standing", "2/3", AT_LEAST)
    count = m.Count(yes=41, no=10, abstain=2, members_in_good_standing=57)
    with translation.override("en"):
        assert say_outcome(m.outcome_of(rule, count, article=ARTICLE)) == (
            "carried: at least two thirds of 57 members in good standing, art. 14: 38 needed, 41 yes"
        )
        lost = m.outcome_of(rule, replace(count, yes=37), article=ARTICLE)
        assert say_outcome(lost).startswith("not carried: ")
    with translation.override("fa"):
        told = say_outcome(m.outcome_of(rule, count, article=ARTICLE))
        assert "۵۷ عضو دارای شرایط، مادهٔ ۱۴: ۳۸ لازم، ۴۱ موافق" in told


def test_quorum_is_told_with_its_proof() -> None:
    with translation.override("en"):
        answer = q.quorum_of(_quorum("1/2", MORE_THAN), q.Attendance(18), base=39, article=ARTICLE)
        assert say_outcome(answer) == (
            "there is no quorum: more than half of 39 members, art. 14: 20 needed, 18 there"
        )
        assert say_cure(answer) == "Wait until more are there, or close the session."


def test_a_tie_is_broken_by_the_casting_vote_only_where_the_article_gives_one() -> None:
    rule = replace(SIMPLE, ties="casting vote")
    tie = m.Count(7, 7, 3)
    assert m.outcome_of(rule, tie).cure_code == "break_tie"
    assert m.outcome_of(rule, tie, casting_yes=True).verdict is True
    assert m.outcome_of(rule, tie, casting_yes=False).verdict is False
    assert m.outcome_of(replace(rule, ties="lot"), tie, casting_yes=True).verdict is None
    two_thirds = replace(TWO_THIRDS, ties="casting vote")
    assert m.outcome_of(two_thirds, m.Count(3, 3), casting_yes=True).code == "not_carried"


def test_a_base_smaller_than_the_ballots_is_refused() -> None:
    """OS counts heads beside weights, so that shares pass 100 %: here that is no count."""
    rule = _majority("present", "1/2")
    with pytest.raises(InvalidInput):
        m.outcome_of(rule, m.Count(yes=7, no=0, present=2))
    with pytest.raises(InvalidInput):
        m.outcome_of(rule, m.Count(yes=1, no=0))
    with pytest.raises(InvalidInput):
        m.outcome_of(rule, m.Count(yes=-1, no=0, present=2))


@pytest.mark.parametrize("written", ["0.66", 0.66, "2/0", "3/2", "-1/2", "half", "", None, "1e3/2"])
def test_a_share_is_written_as_a_fraction_between_nought_and_one(written: object) -> None:
    with pytest.raises(InvalidInput):
        read_fraction(written)


SHARES = st.integers(1, 12).flatmap(
    lambda whole: st.integers(0, whole).map(lambda part: Fraction(part, whole))
)
NUMBERS = st.integers(0, 300)
COMPARED = st.sampled_from([AT_LEAST, MORE_THAN])


@given(share=SHARES, whole=st.integers(0, 10_000), comparison=COMPARED)
def test_the_least_that_reaches_is_exact(share: Fraction, whole: int, comparison: str) -> None:
    least = least_that_reaches(comparison, share, whole)
    enough = least >= share * whole if comparison == AT_LEAST else least > share * whole
    one_less = least - 1
    too_few = one_less < share * whole if comparison == AT_LEAST else one_less <= share * whole
    assert enough
    assert too_few


@given(
    share=SHARES,
    comparison=COMPARED,
    base=NUMBERS,
    there=NUMBERS,
    more=NUMBERS,
    proxies=NUMBERS,
    count=st.sampled_from([True, False, None]),
)
def test_more_presence_never_loses_a_quorum(
    share: Fraction,
    comparison: str,
    base: int,
    there: int,
    more: int,
    proxies: int,
    count: bool | None,
) -> None:
    rule = q.QuorumRule("members", comparison, share, proxies_count=count)
    order = {False: 0, None: 1, True: 2}
    before = q.quorum_of(rule, q.Attendance(there, proxies), base=base)
    after = q.quorum_of(rule, q.Attendance(there + more, proxies), base=base)
    assert order[after.verdict] >= order[before.verdict]


@given(
    base=st.sampled_from(m.BASES),
    share=SHARES,
    comparison=COMPARED,
    yes=NUMBERS,
    no=NUMBERS,
    abstain=NUMBERS,
    blank=NUMBERS,
    absent=NUMBERS,
    more=st.integers(1, 50),
)
def test_every_share_lies_within_one_unit_and_more_yes_never_loses(
    base: str,
    share: Fraction,
    comparison: str,
    yes: int,
    no: int,
    abstain: int,
    blank: int,
    absent: int,
    more: int,
) -> None:
    rule = m.MajorityRule(base, comparison, share, "status quo")
    register = yes + no + abstain + blank + absent

    def count(yes: int) -> m.Count:
        size = register + more
        return m.Count(yes, no, abstain, blank, 0, size, size, size, size)

    answer = m.outcome_of(rule, count(yes))
    whole = answer.params["whole"]
    assert 0 <= answer.params["yes"] <= whole or not whole
    assert answer.verdict is None or 0 <= Fraction(answer.params["yes"], whole) <= 1
    if answer.verdict is True:
        assert m.outcome_of(rule, count(yes + more)).verdict is True
    if not yes + no:
        assert answer.verdict is None


@given(each=st.integers(1, 300))
def test_without_a_rule_for_ties_nothing_is_decided_by_one(each: int) -> None:
    assert m.outcome_of(SIMPLE, m.Count(each, each)).verdict is None
