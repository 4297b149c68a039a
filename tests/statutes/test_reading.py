"""A rule set is read article by article; what nobody knows is refused, never guessed."""

from __future__ import annotations

import pytest

from dabir.core.errors import InvalidInput, RuleNotSet
from dabir.statutes.reading import article_value, read_articles

pytestmark = pytest.mark.pure
RULES = """
title = "a word that is no section"

[follow_up.silence_days]
value = 180
article = { en = "Article 7", fa = "مادهٔ ۷" }
source = "minutes-2019"
words = { en = "twice a year" }

[follow_up.steps]
value = [30, 7]
article = { en = "Article 8" }

[quorum.assembly]
article = { en = "Article 12" }
"""


def test_every_article_is_read_by_its_dotted_key() -> None:
    articles = read_articles(RULES)
    assert sorted(articles) == ["follow_up.silence_days", "follow_up.steps", "quorum.assembly"]
    silence = articles["follow_up.silence_days"]
    assert (silence.value, silence.source, silence.is_set) == (180, "minutes-2019", True)
    assert silence.article == {"en": "Article 7", "fa": "مادهٔ ۷"}
    assert silence.words == {"en": "twice a year"}
    assert article_value(articles, "follow_up.steps") == [30, 7]


def test_an_article_without_value_is_known_and_unset() -> None:
    articles = read_articles(RULES)
    assert not articles["quorum.assembly"].is_set
    with pytest.raises(RuleNotSet) as refusal:
        article_value(articles, "quorum.assembly")
    assert refusal.value.code == "rule_not_set"
    assert refusal.value.key == "quorum.assembly"
    assert "Article 12" in str(refusal.value.message)


def test_an_unknown_article_is_refused_by_its_key() -> None:
    with pytest.raises(RuleNotSet) as refusal:
        article_value(read_articles(RULES), "fees.city")
    assert "fees.city" in str(refusal.value.message)


def test_a_value_of_nought_or_no_is_set() -> None:
    articles = read_articles(
        "[a.b]\nvalue = 0\narticle = { en = 'A' }\n[a.c]\nvalue = false\narticle = { en = 'B' }\n"
    )
    assert article_value(articles, "a.b") == 0
    assert article_value(articles, "a.c") is False


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[broken", "TOML"),
        ("[a.b]\nvalue = 1\n", "[a] b"),
        ("[a]\nb = 3\n", "[a] b"),
        ("[a.b]\narticle = 'Article 1'\n", "[a] b"),
    ],
)
def test_an_unreadable_rule_set_is_refused_and_the_place_is_named(text: str, named: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_articles(text)
    assert refusal.value.code == "invalid_input"
    assert named in str(refusal.value.message)
