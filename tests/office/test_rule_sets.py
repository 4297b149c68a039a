"""Rule sets as records: compared, taken away, handed in, looked at twice, adopted by a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dabir.core.models import AuditEntry
from dabir.statutes.models import RuleSet
from dabir.statutes.queries import rule
from dabir.statutes.services import adopt_rules
from dabir.statutes.starting import read_template
from tests.decisions.reported import two_organs
from tests.factories.people import SIGNED, a_holder

pytestmark = pytest.mark.django_db
RULES = "/en/office/rules/"
ADOPT = f"{RULES}adopt/"
TEXT = """
[general_assembly]
notice = { value = 45, article = { en = "article 10", fa = "مادهٔ ۱۰" } }
quorum = { article = { en = "article 11", fa = "مادهٔ ۱۱" } }
"""
HANDED: dict[str, Any] = {
    "text": TEXT,
    "name_fa": "اساسنامهٔ تازه",
    "name_en": "New statute",
    "in_force_from": "2026-11-01",
    "basis": "",
}


@pytest.fixture
def secretary() -> Client:
    cache.clear()
    two_organs()
    adopt_rules(
        key="first",
        names={"en": "First statute"},
        text=TEXT.replace("45", "30"),
        in_force_from=date(2020, 1, 1),
        **SIGNED,
    )
    client = Client()
    client.force_login(a_holder("secretary_general"))
    return client


def test_rule_set_is_told_with_what_it_changes_before_it_is_adopted(secretary: Client) -> None:
    look = secretary.post(ADOPT, HANDED)
    page = look.content.decode()
    assert look.status_code == 200
    assert [one.key for one in look.context["differences"]] == ["general_assembly.notice"]
    for words in ("45 days", "30 days", "Open a session with a quorum", "none named"):
        assert words in page
    assert RuleSet.objects.count() == 1


def test_rule_set_is_adopted_at_the_second_look_and_counts_from_its_day(secretary: Client) -> None:
    kept = secretary.post(ADOPT, HANDED).context["kept"]
    done = secretary.post(ADOPT, kept | {"adopt": "yes"}, follow=True)
    assert "The rule set is adopted." in done.content.decode()
    assert rule("general_assembly.notice", on=date(2026, 10, 31)) == 30
    assert rule("general_assembly.notice", on=date(2026, 11, 1)) == 45
    adopted = RuleSet.objects.get(key="statute-2026-11-01")
    assert (adopted.text, str(adopted.names)) == (TEXT, "New statute")
    assert AuditEntry.objects.filter(act="statutes.adopt_rules", target_id=adopted.key).exists()
    again = secretary.post(ADOPT, kept | {"adopt": "yes"})
    assert "This very rule set is already adopted" in again.content.decode()
    corrected = kept | {"adopt": "yes", "text": TEXT.replace("45", "60")}
    assert secretary.post(ADOPT, corrected).status_code == 302
    assert RuleSet.objects.filter(key="statute-2026-11-01-2").exists()
    assert rule("general_assembly.notice", on=date(2026, 11, 1)) == 60


def test_rule_set_with_faults_is_refused_line_by_line_also_at_the_second_look(
    secretary: Client,
) -> None:
    broken = HANDED | {"text": TEXT.replace("notice", "notise"), "adopt": "yes"}
    answer = secretary.post(ADOPT, broken)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no rule “notise” in this section." in page
    assert "Did you mean “notice”?" in page
    assert "اساسنامهٔ تازه" in page  # what was typed is kept
    assert RuleSet.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "file"),
        ({"in_force_from": "some day"}, "in_force_from"),
        ({"basis": "nowhere-1/1"}, "basis"),
        ({"name_fa": ""}, "name_fa"),
    ],
)
def test_rule_set_handed_in_without_what_it_needs_is_refused_at_its_field(
    secretary: Client, changes: dict[str, str], field: str
) -> None:
    answer = secretary.post(ADOPT, HANDED | changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_rule_sets_stand_side_by_side(secretary: Client) -> None:
    assert "Nothing to compare yet" in secretary.get(f"{RULES}compare/").content.decode()
    adopt_rules(
        key="second",
        names={"en": "Second statute"},
        text=read_template("uclg"),
        in_force_from=date(2025, 1, 1),
        **SIGNED,
    )
    answer = secretary.get(f"{RULES}compare/")
    kinds = {one.key: one.kind for one in answer.context["differences"]}
    assert kinds["general_assembly.notice"] == "changed"
    assert kinds["general_assembly.quorum"] == "cited"
    assert kinds["members.standing"] == "added"
    same = secretary.get(f"{RULES}compare/", {"before": "first", "after": "first"})
    assert "Both say the same." in same.content.decode()


def test_rule_sets_and_templates_are_taken_away_as_files(secretary: Client) -> None:
    file = secretary.get(f"{RULES}sets/first.toml")
    assert file.content.decode() == TEXT.replace("45", "30")
    assert "first.toml" in file["Content-Disposition"]
    assert secretary.get(f"{RULES}templates/uclg.toml").content.decode() == read_template("uclg")
    assert secretary.get(f"{RULES}templates/nowhere.toml").status_code == 404


def test_a_reader_without_the_right_adopts_nothing(secretary: Client) -> None:
    reader = Client()
    reader.force_login(a_holder("auditor", email="auditor@example.org"))
    assert "Adopt a rule set" not in reader.get(RULES).content.decode()
    assert reader.post(ADOPT, HANDED | {"adopt": "yes"}).status_code == 403
    assert RuleSet.objects.count() == 1
