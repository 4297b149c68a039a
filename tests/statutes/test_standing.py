"""May a member vote, stand, speak on a day: the rules of five networks as data, with reason and cure.

Sources: governance rules of UCLG and Metropolis (dues paid up to the year before), ICLEI (suspended
when more than one year in arrears), WeGO (fully paid to stand for president), Mayors for Peace
(unpaid dues end nothing); the Forum's own statute, of which the article on standing is unknown.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dabir.core.errors import InvalidInput
from dabir.statutes.answers import Answer
from dabir.statutes.dues import DuesPolicy, YearDue, last_day_of, owed_on
from dabir.statutes.reading import Rules, read_rules
from dabir.statutes.saying import say_answer, say_cure
from dabir.statutes.standing import MemberFacts, Ruling, standing_of
from dabir.statutes.starting import read_template

pytestmark = pytest.mark.pure

CATEGORIES = """
[members.categories]
article = { en = "art. 5", fa = "مادهٔ ۵" }
value = [
  { key = "full", names = { en = "full member" }, votes = true, stands = true, speaks = true },
  { key = "honorary", votes = false, stands = false, speaks = true, pays_dues = false },
  { key = "observer", votes = false, stands = false, speaks = true, pays_dues = false },
  { key = "associate", votes = false },
]
"""
ARTICLE = 'article = { en = "art. 14", fa = "مادهٔ ۱۴" }'
UCLG = (
    f'[members.standing]\nvalue = {{ rule = "paid up to the year before", plan = true }}\n{ARTICLE}'
)
ICLEI = f'[members.standing]\nvalue = {{ rule = "suspended after arrears", years = 1 }}\n{ARTICLE}'
FREE = f'[members.standing]\nvalue = {{ rule = "none" }}\n{ARTICLE}'
WEGO = (
    f'[members.candidacy]\nvalue = {{ rule = "none" }}\n{ARTICLE}\n'
    '[president.candidacy]\nvalue = { rule = "fully paid" }\narticle = { en = "art. 20" }'
)
DAY = date(2025, 11, 28)
CITY = MemberFacts(category="full", state="admitted", joined_on=date(2019, 5, 14))


def _rules(*parts: str) -> Rules:
    return read_rules("\n".join((CATEGORIES, *parts)))


def _due(year: int, paid: int = 0, paid_on: date | None = None, due: int = 100_000) -> YearDue:
    return YearDue(year, due, paid, "EUR", due_on=date(year, 3, 31), paid_on=paid_on)


def _vote(rules: str, *dues: YearDue, on: date = DAY, **facts: object) -> Answer:
    return standing_of(replace(CITY, dues=dues, **facts), _rules(rules), on=on).may_vote


PAID = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("rules", "dues", "verdict", "code"),
    [
        (UCLG, (_due(2024, 100_000, PAID),), True, "dues_in_order"),
        (UCLG, (_due(2024, 99_999, PAID),), False, "dues_owed"),
        (UCLG, (_due(2024, 100_000, PAID), _due(2025)), True, "dues_in_order"),
        (UCLG, (_due(2023), _due(2024, 100_000, PAID)), False, "dues_owed"),
        (UCLG, (_due(2023), _due(2024, 200_000, PAID)), False, "dues_owed"),
        (UCLG, (), None, "dues_not_recorded"),
        (ICLEI, (_due(2025),), True, "dues_in_order"),
        (ICLEI, (_due(2024), _due(2025)), False, "dues_owed"),
        (FREE, tuple(_due(y) for y in range(2015, 2026)), True, "dues_do_not_matter"),
    ],
    ids=str,
)
def test_standing_of_a_city_under_the_dues_rule_of_its_network(
    rules: str, dues: tuple[YearDue, ...], verdict: bool | None, code: str
) -> None:
    answer = _vote(rules, *dues)
    assert (answer.verdict, answer.code) == (verdict, code)
    assert answer.article["en"] == "art. 14"


def test_standing_after_exactly_one_year_of_arrears_is_kept_and_the_day_after_lost() -> None:
    """ICLEI: suspended when *more than* one year in arrears."""
    assert _vote(ICLEI, _due(2024), on=date(2025, 3, 31)).verdict is True
    assert _vote(ICLEI, _due(2024), on=date(2025, 4, 1)).verdict is False


def test_standing_of_a_city_that_joined_this_year_needs_nothing_of_the_year_before() -> None:
    assert _vote(UCLG, joined_on=date(2025, 2, 1)).verdict is True


def test_standing_is_not_changed_by_a_payment_after_the_day() -> None:
    late = YearDue(2024, 0, 100_000, "EUR", paid_on=DAY + timedelta(days=1))
    before = _vote(UCLG, _due(2024))
    assert _vote(UCLG, _due(2024), late) == before
    assert _vote(UCLG, late).code == "dues_not_recorded"
    assert _vote(UCLG, _due(2024), late, on=DAY + timedelta(days=1)).verdict is True


def test_standing_names_each_unpaid_year_its_amount_and_the_cure() -> None:
    answer = _vote(UCLG, _due(2023, 40_050, PAID), _due(2024))
    assert [(o["year"], o["amount"]) for o in answer.params["owed"]] == [
        (2023, 59_950),
        (2024, 100_000),
    ]
    with translation.override("en"):
        assert say_answer(answer) == (
            "May not vote: unpaid: 599.50 EUR for 2023; 1,000 EUR for 2024. Dues must be paid up "
            "to the year before (art. 14). Pay, or agree on a payment plan: 599.50 EUR for 2023; "
            "1,000 EUR for 2024."
        )
    with translation.override("fa"):
        assert "مادهٔ ۱۴" in say_answer(answer)
        assert "۵۹۹.۵۰ EUR" in say_cure(answer)


def test_standing_under_a_payment_plan_is_kept_to_its_last_day_where_the_article_says_so() -> None:
    on = date(2025, 11, 28)
    assert _vote(UCLG, _due(2024), plan_until=on).code == "plan_runs"
    assert _vote(UCLG, _due(2024), plan_until=on - timedelta(days=1)).verdict is False
    silent = UCLG.replace(", plan = true", "")
    assert _vote(silent, _due(2024), plan_until=on).code == "plan_rule_unset"
    against = UCLG.replace("plan = true", "plan = false")
    assert _vote(against, _due(2024), plan_until=on).verdict is False


def test_standing_under_a_statute_that_is_unknown_cannot_be_said_and_names_the_article() -> None:
    rules = read_rules(
        '[members.standing]\narticle = { en = "standing of members", fa = "وضعیت عضویت" }'
    )
    standing = standing_of(CITY, rules, on=DAY)
    assert standing.may_vote.verdict is None
    assert standing.may_vote.params["rule"] == "members.standing"
    with translation.override("en"):
        assert say_answer(standing.may_vote) == (
            "Whether it may vote cannot be said: unset in the statute in force: standing of "
            "members. Enter the article, with the decision that adopted it."
        )
    assert standing.may_stand.verdict is standing.may_speak.verdict is None


@pytest.mark.parametrize(
    ("category", "vote", "stand", "speak"),
    [
        ("full", True, None, True),
        ("honorary", False, False, True),
        ("observer", False, False, True),
        ("associate", False, None, None),
        ("partner", None, None, None),
    ],
)
def test_standing_of_each_category_is_what_the_statute_gives_it(
    category: str, vote: bool | None, stand: bool | None, speak: bool | None
) -> None:
    facts = replace(CITY, category=category, dues=(_due(2024, 100_000, PAID),))
    standing = standing_of(facts, _rules(UCLG), on=DAY)
    given = (standing.may_vote.verdict, standing.may_stand.verdict, standing.may_speak.verdict)
    assert given == (vote, stand, speak)


def test_standing_for_president_needs_full_payment_where_only_that_article_says_so() -> None:
    facts = replace(CITY, dues=(_due(2025, 1, PAID),))
    rules = _rules(UCLG, WEGO)
    assert standing_of(facts, rules, on=DAY).may_stand.verdict is True
    president = standing_of(facts, rules, on=DAY, office="president").may_stand
    assert (president.verdict, president.article["en"]) == (False, "art. 20")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"joined_on": DAY + timedelta(days=1)}, "not_yet_member"),
        ({"joined_on": DAY}, "dues_in_order"),
        ({"ended_on": DAY}, "membership_ended"),
        ({"ended_on": DAY + timedelta(days=1)}, "dues_in_order"),
        ({"state": "lapsed"}, "not_a_member"),
        ({"state": "suspended"}, "suspended"),
        ({"state": "provisional"}, "article_unset"),
    ],
    ids=str,
)
def test_standing_is_of_a_membership_in_force_half_open(
    changes: dict[str, object], code: str
) -> None:
    facts = replace(CITY, dues=(_due(2024, 100_000, PAID),), **changes)
    assert standing_of(facts, _rules(UCLG), on=DAY).may_vote.code == code


def test_standing_while_suspended_keeps_only_what_an_article_keeps() -> None:
    facts = replace(CITY, state="suspended")
    kept = f'[members.rights_while_suspended]\nvalue = ["speak"]\n{ARTICLE}'
    assert standing_of(facts, _rules(UCLG), on=DAY).may_speak.verdict is None
    standing = standing_of(facts, _rules(UCLG, kept), on=DAY)
    assert (standing.may_vote.verdict, standing.may_speak.verdict) == (False, True)


@pytest.mark.parametrize(
    ("accredited", "verdict"), [(True, True), (False, False), (None, None)], ids=str
)
def test_standing_to_vote_wants_an_accredited_representative_only_where_an_article_does(
    accredited: bool | None, verdict: bool | None
) -> None:
    article = f"[members.accreditation]\nvalue = true\n{ARTICLE}"
    paid = replace(CITY, dues=(_due(2024, 100_000, PAID),), representative_accredited=accredited)
    assert standing_of(paid, _rules(UCLG, article), on=DAY).may_vote.verdict is verdict
    assert standing_of(paid, _rules(UCLG), on=DAY).may_vote.verdict is True


def test_standing_by_a_ruling_lifts_unpaid_dues_but_makes_no_voter_of_an_observer() -> None:
    ruling = Ruling(on=date(2025, 11, 27), of=("vote",), by="the chair")
    assert _vote(UCLG, _due(2024), rulings=(ruling,)).code == "ruled_for"
    assert _vote(UCLG, _due(2024), rulings=(replace(ruling, until=DAY),)).verdict is False
    assert _vote(UCLG, rulings=(ruling,), category="observer").verdict is False
    against = replace(ruling, on=DAY, grants=False)
    assert _vote(UCLG, rulings=(ruling, against)).code == "ruled_against"


def test_standing_follows_the_year_of_the_association_not_the_civil_one() -> None:
    solar = f'[finance.fiscal_year]\nvalue = {{ calendar = "solar_hijri", starts = "01-01" }}\n{ARTICLE}'
    due = YearDue(1403, 5_000, 0, "IRR")
    facts = replace(CITY, dues=(due,))
    rules = _rules(UCLG, solar)
    assert last_day_of(1403) == date(2025, 3, 20)
    assert standing_of(facts, rules, on=date(2025, 3, 20)).may_vote.code == "dues_not_recorded"
    assert standing_of(facts, rules, on=date(2025, 3, 21)).may_vote.code == "dues_owed"


def test_a_dues_rule_nobody_knows_is_refused_by_its_article() -> None:
    with pytest.raises(InvalidInput, match=r"members\.standing"):
        DuesPolicy.read({"rule": "paid somehow"}, "members.standing")


def test_a_standing_comes_back_out_of_its_snapshot() -> None:
    standing = standing_of(replace(CITY, dues=(_due(2024),)), _rules(UCLG), on=DAY)
    kept = json.loads(json.dumps(standing.as_dict()))
    assert Answer.from_dict(kept["may_vote"]) == standing.may_vote


@pytest.mark.parametrize(
    ("template", "unpaid", "paid"),
    [
        ("uclg", "dues_owed", "dues_in_order"),
        ("metropolis", "dues_owed", "dues_in_order"),
        ("iclei", "dues_owed", "dues_in_order"),
        ("mayors_for_peace", "members.categories", "members.categories"),
        ("citynet", "members.standing", "members.standing"),
        ("turkish_union", "members.standing", "members.standing"),
    ],
)
def test_the_same_city_is_answered_under_each_template_without_any_code(
    template: str, unpaid: str, paid: str
) -> None:
    rules = read_rules(read_template(template))
    for dues, expected in (((_due(2024),), unpaid), ((_due(2024, 100_000, PAID),), paid)):
        answer = standing_of(replace(CITY, dues=dues), rules, on=DAY).may_vote
        found = answer.params["rule"] if answer.verdict is None else answer.code
        assert found == expected
        for language in ("en", "fa"):
            with translation.override(language):
                assert say_answer(answer)


ROWS = st.lists(
    st.builds(
        YearDue,
        year=st.integers(2020, 2026),
        due=st.integers(0, 5),
        paid=st.integers(0, 5),
        currency=st.sampled_from(["EUR", "USD"]),
        due_on=st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        paid_on=st.none() | st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    ),
    max_size=8,
)
READ = {rule: _rules(rule) for rule in (UCLG, ICLEI, FREE, UCLG.replace(", plan = true", ""))}
BETTER = {False: 0, None: 1, True: 2}


@given(
    rows=ROWS,
    rule=st.sampled_from(sorted(READ)),
    on=st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    plan=st.none() | st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    payment=st.builds(
        YearDue,
        year=st.integers(2020, 2026),
        due=st.just(0),
        paid=st.integers(1, 9),
        currency=st.sampled_from(["EUR", "USD"]),
        paid_on=st.none() | st.dates(date(2020, 1, 1), date(2027, 12, 31)),
    ),
)
def test_paying_never_worsens_standing_and_later_payments_never_change_it(
    rows: list[YearDue], rule: str, on: date, plan: date | None, payment: YearDue
) -> None:
    facts = replace(CITY, dues=tuple(rows), plan_until=plan)
    rules = READ[rule]
    before = standing_of(facts, rules, on=on).may_vote
    after = standing_of(replace(facts, dues=(*rows, payment)), rules, on=on).may_vote
    assert BETTER[after.verdict] >= BETTER[before.verdict]
    if payment.paid_on and payment.paid_on > on:
        assert after == before
    assert sum(o.amount for o in owed_on((*rows, payment), on=on)) <= sum(
        o.amount for o in owed_on(rows, on=on)
    )
