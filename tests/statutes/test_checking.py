"""Every broken rule set is told in words, with its line; every one of ours is clean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

import dabir
from dabir.statutes.acts import ACTS, act_named, blocked_acts, needs_of, organs_in
from dabir.statutes.checking import REMARKS, check_text
from dabir.statutes.describing import described
from dabir.statutes.faults import SENTENCES, say_cure, say_finding
from dabir.statutes.reading import read_rules
from dabir.statutes.schema import all_keys, is_organ, key_named
from dabir.statutes.shapes import Shape
from dabir.statutes.starting import read_template, templates
from dabir.statutes.summary import needed_for, summary, summary_lines
from dabir.statutes.vocabulary import WORDS

pytestmark = pytest.mark.pure
BROKEN = Path(__file__).parent / "fixtures" / "broken"
OURS = sorted(Path(dabir.__file__).parent.glob("**/*.toml"))

# The file, the line, the code, and the sentence a person reads.
FAULTS = [
    (
        "abstentions_contradict",
        2,
        "abstentions_contradict",
        (
            "Abstentions are said to be “counted in the base”, but the share "
            "is taken of the votes cast (yes and no)."
        ),
    ),
    (
        "article_a_text",
        2,
        "article_not_words",
        "The article is not given as words in each language.",
    ),
    ("article_missing", 2, "article_missing", "The rule does not say in which article it stands."),
    ("base_misspelt", 2, "not_a_word", "“votes casts” is none of the words this rule knows."),
    (
        "casting_without_chair",
        2,
        "casting_without_chair",
        "The chair has the casting vote, and nobody is named as chair.",
    ),
    ("category_twice", 5, "category_doubled", "There are two categories “full”."),
    (
        "chain_endless",
        4,
        "chain_endless",
        (
            "The chain cannot end: proposed by secretary-general, "
            "approved by executive-board lead to each other for ever."
        ),
    ),
    ("chain_of_strangers", 2, "organ_unknown", "“general council” is no organ of this rule set."),
    (
        "chain_to_nowhere",
        5,
        "step_lost",
        "The step “approved by executive-board” leads to “frist”, which is no step.",
    ),
    ("currency_unknown", 2, "not_a_currency", "“EURO” is no code of a currency."),
    ("date_as_text", 1, "not_a_date", "“2019-01-01” is no date."),
    ("day_of_no_month", 2, "not_a_day", "“02-30” is no day of the year."),
    (
        "decision_twice",
        5,
        "decision_doubled",
        "There are two majorities for “amendment of the statute”.",
    ),
    (
        "fees_flat_of_nothing",
        2,
        "fee_part_missing",
        "The fee is “one amount for all”, and “amount” is missing.",
    ),
    ("fees_gap", 9, "band_gap", "A gap in the fees: from 100,000 to 200,000 no row applies."),
    (
        "fees_group_missing",
        7,
        "group_missing",
        "No row of fees applies (income group: high, capital city: no).",
    ),
    (
        "fees_in_another_currency",
        4,
        "currency_not_kept",
        "The fee is in JPY, which the association does not keep.",
    ),
    (
        "fees_overlap",
        9,
        "band_overlap",
        "An overlap in the fees: from 100,000 to 200,000 two rows apply.",
    ),
    (
        "fees_without_end",
        10,
        "band_gap",
        "A gap in the fees (income group: high): from 5,000,000 upwards no row applies.",
    ),
    (
        "majority_without_base",
        2,
        "majority_without_base",
        "A majority without a base: it is not said of what the share is.",
    ),
    ("more_than_all", 2, "never_reached", "More than all is never reached."),
    ("negative_days", 2, "too_small", "-14 is too little: at least 0, in days."),
    ("nobody_elects", 2, "nobody_elects", "Nobody elects or appoints council."),
    (
        "not_toml",
        1,
        "unreadable",
        "This cannot be read as TOML: Expected ']' at the end of a table declaration (at line 1, column 18).",
    ),
    ("nothing", 0, "no_rules", "There is no rule in this file."),
    ("outside_sections", 1, "outside_section", "“quorum” stands outside every section."),
    ("period_unreadable", 2, "not_a_period", "“2 years” is no period."),
    (
        "quorum_nobody_raises",
        2,
        "nobody_raises",
        "The quorum is looked at when raised, and nobody may raise it.",
    ),
    (
        "quorum_without_base",
        3,
        "quorum_without_base",
        "A quorum without a base: it is not said of what the share is.",
    ),
    (
        "rule_alone",
        2,
        "rule_without_article",
        "The rule is written as “45” alone, without the article it stands in.",
    ),
    (
        "seats_differ",
        3,
        "seats_differ",
        "The seats do not add up: 7 in all, 4 elected and 1 by right.",
    ),
    ("share_as_decimal", 2, "not_a_fraction", "“0.66” is no share."),
    ("share_outside", 2, "share_outside", "The share 3/2 lies outside nought and one."),
    ("standing_unknown", 2, "not_a_word", "“paid up” is none of the words this rule knows."),
    ("step_in_prose", 2, "not_a_step", "“the Assembly elects” is no step of a chain."),
    ("term_in_months", 2, "too_large", "36 is too much: at most 20, in years."),
    (
        "unit_in_days",
        2,
        "wrong_unit",
        "“2 years” is written with its unit; this is a number of years.",
    ),
    ("unknown_field", 2, "unknown_field", "A rule has no entry “vale”."),
    ("unknown_rule", 2, "unknown_rule", "There is no rule “qorum” in this section."),
    ("unknown_section", 1, "unknown_section", "No rules are known for a section “fnance”."),
]


@pytest.mark.parametrize(("name", "line", "code", "sentence"), FAULTS, ids=lambda v: str(v)[:40])
def test_a_broken_rule_set_is_told_with_its_line(
    name: str, line: int, code: str, sentence: str
) -> None:
    checked = check_text((BROKEN / f"{name}.toml").read_text())
    assert [(fault.line, fault.code) for fault in checked.faults] == [(line, code)]
    with translation.override("en"):
        assert say_finding(checked.faults[0]) == sentence
        assert say_cure(checked.faults[0])
    with translation.override("fa"):
        assert say_finding(checked.faults[0]) != sentence
        assert say_cure(checked.faults[0])


def test_every_broken_file_has_its_sentence() -> None:
    assert {row[0] for row in FAULTS} == {path.stem for path in BROKEN.glob("*.toml")}
    assert len(FAULTS) >= 20


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_rule_set_of_ours_is_clean_and_told_in_both_languages(path: Path) -> None:
    checked = check_text(path.read_text())
    assert checked.faults == []
    english = list(summary_lines(checked.rules, "en"))
    persian = list(summary_lines(checked.rules, "fa"))
    assert len(english) == len(persian) > 20
    assert english != persian


def test_practice_sets_every_rule_and_blocks_no_act() -> None:
    rules = read_rules((OURS[0].parents[2] / "practice/rules/2019.toml").read_text())
    unset = [key for key, article in rules.articles.items() if not article.is_set]
    written = {
        ("ORGAN." if is_organ(s, [n]) or s == "inspectorate" else f"{s}.") + n
        for s, _, n in (key.partition(".") for key in rules.articles)
    }
    assert unset == []
    assert {key.key for key in all_keys()} - written == set()
    assert blocked_acts(rules) == []


@pytest.mark.parametrize("year", ["2011", "2018"])
def test_the_forums_own_rules_block_what_nobody_knows(year: str) -> None:
    path = next(p for p in OURS if p.stem == year)
    rules = read_rules(path.read_text())
    blocked = {need.key for need in blocked_acts(rules)}
    assert {"general_assembly.quorum", "members.standing", "members.fees"} <= blocked
    assert rules.value("executive_board.term_years") == (2 if year == "2011" else 3)


def test_the_contradiction_about_the_treasurer_stands_beside_the_rule() -> None:
    rules = read_rules(next(p for p in OURS if p.stem == "2018").read_text())
    with translation.override("en"):
        entry = next(
            entry
            for section in summary(rules)
            for entry in section.entries
            if entry.key == "treasurer.appointment"
        )
    assert entry.says == (
        "recommended by Secretary General",
        "approved by Executive Board",
        "endorsed by General Assembly",
    )
    assert entry.conflicts == ("The secretariat's page says: elected by the General Assembly.",)


def test_every_choice_and_every_fault_has_its_word() -> None:
    def choices(shape: Shape) -> set[str]:
        found = set(shape.choices)
        for inner in (*shape.options, *(p.shape for p in shape.parts.values())):
            found |= choices(inner)
        return found | (choices(shape.item) if shape.item else set())

    needed = set().union(*(choices(key.shape) for key in all_keys()))
    assert needed - set(WORDS) == set()
    assert set(SENTENCES) >= REMARKS


def test_the_schema_describes_every_rule_in_both_languages() -> None:
    rules = list(described())
    assert len(rules) == len(all_keys()) == len({rule["key"] for rule in rules})
    for rule in rules:
        assert rule["words"]["fa"]["meaning"] != rule["words"]["en"]["meaning"]
    units = {rule["key"]: rule["unit"] for rule in rules}
    assert units["ORGAN.term_years"] == "years"
    assert units["follow_up.reminder_days_before"] == "days"


def test_every_act_needs_rules_that_there_are() -> None:
    for act in ACTS:
        for name in act.needs:
            assert key_named(f"general_assembly.{name}" if act.of_organs else name), name


def test_explain_names_what_an_act_needs_of_one_organ() -> None:
    rules = read_rules(read_template("uclg"))
    act = act_named("decide.general_assembly")
    assert act is not None
    with translation.override("en"):
        needed = needed_for(act, rules, organ="general_assembly")
    assert [(n.need.key, n.need.is_set) for n in needed] == [
        ("general_assembly.quorum", False),
        ("general_assembly.majority", True),
        ("general_assembly.weights", True),
    ]
    assert needed[1].says[0] == "more than half of the votes cast (yes and no)"
    assert {n.organ for n in needs_of(act, rules)} == {
        "general_assembly",
        "world_council",
        "executive_bureau",
    }
    assert "president" in organs_in(rules)


def test_templates_say_what_they_are_like() -> None:
    names = {template.name for template in templates()}
    assert names == {
        "citynet",
        "iclei",
        "mayors_for_peace",
        "metropolis",
        "turkish_union",
        "uclg",
    }
    with pytest.raises(KeyError):
        read_template("../practice")


def test_a_rule_set_says_its_own_first_day() -> None:
    text = 'in_force_from = 2019-01-01\n[credentials]\ndeadline_days = { article = { en = "a", fa = "b" } }\n'
    checked = check_text(text)
    assert (checked.faults, checked.unset) == ([], ["credentials.deadline_days"])
    assert date(2019, 1, 1).isoformat() in text


def test_a_file_longer_than_any_statute_is_not_read() -> None:
    assert [f.code for f in check_text("#" * 500_000).faults] == ["too_long"]


TEXT = (OURS[-1]).read_text()


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(TEXT) - 1), letter=st.sampled_from(list('"{}[]=,#\n1a.')))
def test_a_rule_set_with_any_letter_changed_is_answered_in_words(place: int, letter: str) -> None:
    checked = check_text(TEXT[:place] + letter + TEXT[place + 1 :])
    for finding in checked.findings:
        assert say_finding(finding)
        say_cure(finding)
    if not checked.faults:
        assert list(summary_lines(checked.rules, "en"))
