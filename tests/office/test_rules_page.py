"""The rules in force on a day: set, unset, with their source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dabir.statutes.services import adopt_rules
from tests.decisions.reported import two_organs
from tests.factories.people import SIGNED, a_holder

pytestmark = pytest.mark.django_db
PAGE = "/en/office/rules/"
TEXT = """
[follow_up]
report_to = { value = ["executive-board"], article = { en = "clause 12" }, source = "declaration" }
silence_days = { value = %s, article = { en = "question after silence" } }
[general_assembly]
quorum = { article = { en = "quorum of the Assembly" } }
"""


@pytest.fixture
def reader() -> Client:
    cache.clear()
    two_organs()
    for year, days in ((2011, 90), (2018, 180)):
        adopt_rules(
            key=f"statute-{year}",
            names={"en": f"Statute of {year}"},
            text=TEXT % days,
            in_force_from=date(year, 4, 2),
            **SIGNED,
        )
    client = Client()
    client.force_login(a_holder("auditor"))
    return client


def test_page_names_articles_set_and_unset_with_organs_by_name(reader: Client) -> None:
    answer = reader.get(PAGE)
    page = answer.content.decode()
    unset = answer.context["unset"]
    assert [row["entry"].key for row in unset] == ["general_assembly.quorum"]
    assert "Open a session with a quorum" in unset[0]["acts"]
    for words in ("Statute of 2018", "180", "Executive Board", "declaration", "not set"):
        assert words in page


def test_page_shows_the_rules_of_the_day_asked_for(reader: Client) -> None:
    assert "Statute of 2011" in str(reader.get(PAGE, {"on": "1392/01/01"}).context["rule_set"])
    before: Any = reader.get(PAGE, {"on": "2001-01-01"})
    assert before.context["rule_set"] is None
    assert "No rule set is in force" in before.content.decode()


def test_page_is_closed_to_those_without_the_right(reader: Client) -> None:
    client = Client()
    assert client.get(PAGE).status_code == 302
    client.force_login(a_holder("city_officer", email="officer@example.org"))
    assert client.get(PAGE).status_code == 403


def test_page_says_values_in_the_readers_words(reader: Client) -> None:
    adopt_rules(
        key="statute-2020",
        names={"en": "Statute of 2020"},
        text="""
[general_assembly]
quorum.value = { base = "members", comparison = "more than", fraction = "1/2" }
quorum.article = { en = "article 1" }
interval = { value = "P2Y", article = { en = "article 2" } }
[texts]
authentic_language = { value = "en", article = { en = "article 3" } }
[treasurer]
appointment = { value = ["approved by executive-board"], article = { en = "article 4" } }
""",
        in_force_from=date(2020, 1, 1),
        **SIGNED,
    )
    told = {
        language: reader.get(f"/{language}/office/rules/").content.decode()
        for language in ("fa", "en")
    }
    for words in ("بیش از نیمی از اعضا", "۲ سال", "انگلیسی", "تصویب "):
        assert words in told["fa"]
    for words in ("more than half of the members", "2 years", "English", "approved by "):
        assert words in told["en"]
