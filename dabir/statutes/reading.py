"""Reading a rule set: TOML in, one article out; pure, without a database.

An article is a table with `value`, `article` (where it stands), and optionally `source` and `words`.
An article without `value` is unset: known to be needed, its content unknown.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dabir.core.errors import InvalidInput, RuleNotSet

# What a rule set says of itself; all else is a section of rules.
FREE_WORDS = ("title", "about", "in_force_from")


@dataclass(frozen=True)
class Article:
    """One rule: its key, where it stands, what it says, or that this is unknown."""

    key: str
    article: dict[str, str]
    value: Any = None
    source: str = ""
    words: dict[str, str] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    conflicts: tuple[Mapping[str, Any], ...] = ()

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
        if not isinstance(rules, dict) or section in FREE_WORDS:
            continue
        for name, rule in rules.items():
            if not isinstance(rule, dict) or not isinstance(rule.get("article"), dict):
                raise InvalidInput(f"[{section}] {name}: every rule names its article")
            key = f"{section}.{name}"
            articles[key] = _article(key, rule)
    return articles


def _article(key: str, rule: Mapping[str, Any]) -> Article:
    """One rule of a file; what other sources say of it otherwise stands beside it, in `conflicts`."""
    words = {name: rule.get(name) for name in ("words", "note")}
    return Article(
        key=key,
        article=dict(rule["article"]),
        value=rule.get("value"),
        source=str(rule.get("source", "")),
        conflicts=tuple(each for each in rule.get("conflicts", ()) if isinstance(each, Mapping)),
        **{name: dict(each) for name, each in words.items() if isinstance(each, Mapping)},
    )


def rules_of(data: Mapping[str, Any]) -> Rules:
    """The rules of a file as far as they can be read: those with a section and an article in words."""
    articles: dict[str, Article] = {}
    for section, rules in data.items():
        if not isinstance(rules, Mapping) or section in FREE_WORDS:
            continue
        for name, rule in rules.items():
            if isinstance(rule, Mapping) and isinstance(rule.get("article"), Mapping):
                articles[f"{section}.{name}"] = _article(f"{section}.{name}", rule)
    return Rules(articles)


def article_value(articles: Mapping[str, Article], key: str) -> Any:
    """What the article says; raises RuleNotSet, naming it, when that is not known."""
    article = articles.get(key)
    if article is None:
        raise RuleNotSet(key, _called(key))
    if not article.is_set:
        raise RuleNotSet(key, article.article)
    return article.value


def _called(key: str) -> dict[str, str]:
    """What a rule is called that the rule set does not name, with its key."""
    from dabir.statutes.schema import words_of  # the schema knows the modules that read rules

    return {language: f"{name} ({key})" for language, name in words_of(key).items()} or {"en": key}


@dataclass(frozen=True)
class Rules:
    """The statute as in force on a day: plain articles, for arithmetic that knows no database."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    key: str = ""
    in_force_from: date | None = None

    def value(self, key: str) -> Any:
        """What the article says; raises RuleNotSet, naming it, when that is not known."""
        return article_value(self.articles, key)

    def get(self, key: str) -> Any:
        """What the article says, or None when nobody has set it."""
        article = self.articles.get(key)
        return article.value if article else None

    def named(self, key: str) -> bool:
        """Whether the rule set has this article at all, set or unset."""
        return key in self.articles

    def is_set(self, key: str) -> bool:
        """Whether the article's content is known."""
        return self.get(key) is not None

    def article(self, key: str) -> dict[str, str]:
        """Where the article stands, in words; its key when the rule set does not name it."""
        article = self.articles.get(key)
        return dict(article.article) if article else _called(key)


def read_rules(text: str, *, key: str = "", in_force_from: date | None = None) -> Rules:
    """The rules of one rule set; raises InvalidInput for unreadable TOML."""
    return Rules(read_articles(text), key, in_force_from)
