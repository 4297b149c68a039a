"""A rule set counts from its day; what was done before keeps the earlier rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dabir.core.errors import InvalidInput, RuleNotSet
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.statutes.checks import find_faulty_rules
from dabir.statutes.errors import RulesFaulty
from dabir.statutes.models import RuleSet
from dabir.statutes.queries import articles_in_force, rule, rule_set_in_force, rule_sets
from dabir.statutes.services import adopt_rules
from tests.factories.people import SIGNED

pytestmark = pytest.mark.django_db
DECISION = Reference("decision", "assembly-2019/1", {"en": "Statute"}, date(2019, 1, 1))
KEY = "follow_up.silence_days"


def _text(days: int) -> str:
    return (
        f"[follow_up.silence_days]\nvalue = {days}\narticle = {{ en = 'Article 7' }}\n"
        "[general_assembly.quorum]\narticle = { en = 'Article 12' }\n"
    )


def _adopt(key: str, days: int, since: date, **changes: Any) -> RuleSet:
    given = {"key": key, "names": {"en": key}, "text": _text(days), "in_force_from": since}
    return adopt_rules(**(given | changes), **SIGNED)


def test_adopt_rules_counts_from_its_day_and_not_before() -> None:
    _adopt("first", 90, date(2019, 1, 1))
    _adopt("second", 180, date(2024, 6, 1))
    assert rule(KEY, on=date(2019, 1, 1)) == 90
    assert rule(KEY, on=date(2024, 5, 31)) == 90
    assert rule(KEY, on=date(2024, 6, 1)) == 180
    assert [one.key for one in rule_sets()] == ["first", "second"]
    assert rule_set_in_force(date(2018, 12, 31)) is None
    assert articles_in_force(date(2018, 12, 31)) == {}
    assert set(articles_in_force(date(2030, 1, 1))) == {KEY, "general_assembly.quorum"}


def test_before_the_first_rule_set_no_rule_is_set() -> None:
    with pytest.raises(RuleNotSet) as refusal:
        rule(KEY, on=date(2019, 1, 1))
    assert refusal.value.code == "rule_not_set"


def test_an_unset_rule_is_refused_and_never_a_default() -> None:
    _adopt("first", 90, date(2019, 1, 1))
    with pytest.raises(RuleNotSet, match="Article 12"):
        rule("general_assembly.quorum", on=date(2020, 1, 1))


def test_of_two_rule_sets_from_one_day_the_later_entered_counts() -> None:
    _adopt("first", 90, date(2019, 1, 1))
    _adopt("corrected", 120, date(2019, 1, 1))
    assert rule(KEY, on=date(2019, 1, 1)) == 120


def test_adopt_rules_tells_the_trail_what_is_set_and_what_is_not() -> None:
    _adopt("first", 90, date(2019, 1, 1), basis=DECISION)
    entry = AuditEntry.objects.get(act="statutes.adopt_rules")
    assert entry.target_id == "first"
    assert entry.basis["id"] == "assembly-2019/1"
    assert entry.after["set"] == [KEY]
    assert entry.after["unset"] == ["general_assembly.quorum"]
    assert entry.after["in_force_from"] == "2019-01-01"


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "[broken"},
        {"text": "[a.b]\nvalue = 1\n"},
        {"text": "[general_assembly.quorm]\narticle = { en = 'Article 12' }\n"},
        {"key": "two words"},
    ],
)
def test_adopt_rules_that_cannot_stand_enters_nothing(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        _adopt(**({"key": "first", "days": 90, "since": date(2019, 1, 1)} | changes))
    assert not RuleSet.objects.exists()
    assert not AuditEntry.objects.exists()


def test_adopt_rules_under_a_key_already_used_is_refused() -> None:
    _adopt("first", 90, date(2019, 1, 1))
    with pytest.raises(InvalidInput) as refusal:
        _adopt("first", 120, date(2020, 1, 1))
    assert "key" in refusal.value.fields
    assert RuleSet.objects.count() == 1


def test_adopt_rules_with_faults_names_each_line_and_its_cure() -> None:
    with pytest.raises(RulesFaulty) as refusal:
        _adopt(
            "first", 90, date(2019, 1, 1), text=_text(-1) + "[members]\nfes = { article = {} }\n"
        )
    assert [(f.line, f.code) for f in refusal.value.findings] == [
        (2, "too_small"),
        (7, "unknown_rule"),
    ]
    assert "fees" in str(refusal.value.message)


def test_a_rule_set_that_an_earlier_version_let_in_is_named_by_the_check() -> None:
    _adopt("first", 90, date(2019, 1, 1))
    assert list(find_faulty_rules()) == []
    RuleSet.objects.create(
        key="older",
        names={"en": "Older statute"},
        text="[fees]\ncity = { article = { en = 'Article 3' } }\n",
        in_force_from=date(2010, 1, 1),
        on=SIGNED["on"],
        at=SIGNED["at"],
        by=SIGNED["by"].as_dict(),
    )
    [fault] = find_faulty_rules()
    assert str(fault).startswith("Older statute, line 1: No rules are known for a section “fees”.")
