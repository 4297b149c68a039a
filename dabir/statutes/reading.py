"""Reading a rule set: TOML in, one article out; pure, without a database.

An article is a table with `value`, `article` (where it stands), and optionally `source` and `words`.
An article without `value` is unset: known to be needed, its content unknown.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import Any

from dabir.core.errors import InvalidInput, RuleNotSet


@dataclass(frozen=True)
class Article:
    """One rule: its key, where it stands, what it says, or that this is unknown."""

    key: str
    article: dict[str, str]
    value: Any = None
    source: str = ""
    words: dict[str, str] = field(default_factory=dict)

    @property
    def is_set(self) -> bool:
        """Whether the article's content is known."""
        return self.value is not None


def read_articles(text: str) -> dict[str, Article]:
    """Every article of a rule set by its dotted key; raises InvalidInput for unreadable TOML."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"TOML: {error}") from error
    articles: dict[str, Article] = {}
    for section, rules in data.items():
        if not isinstance(rules, dict):
            continue
        for name, rule in rules.items():
            if not isinstance(rule, dict) or not isinstance(rule.get("article"), dict):
                raise InvalidInput(f"[{section}] {name}: every rule names its article")
            key = f"{section}.{name}"
            articles[key] = Article(
                key=key,
                article=dict(rule["article"]),
                value=rule.get("value"),
                source=rule.get("source", ""),
                words=dict(rule.get("words", {})),
            )
    return articles


def article_value(articles: dict[str, Article], key: str) -> Any:
    """What the article says; raises RuleNotSet, naming it, when that is not known."""
    article = articles.get(key)
    if article is None:
        raise RuleNotSet(key, key)
    if not article.is_set:
        raise RuleNotSet(key, article.article)
    return article.value
