"""What the rule set in force says of an organ: read here only, by organ and day.

An article of an organ stands in the section of its key: the Executive Board's term is
`executive_board.term_years`. What is unset is not guessed: who asks is told so by None, or by
RuleNotSet where the act needs the article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import IllegalStep, RuleNotSet
from dabir.core.words import say
from dabir.statutes.chains import Chain, Step
from dabir.statutes.periods import day_after, day_after_period
from dabir.statutes.queries import articles_in_force


class Article(Protocol):
    """One article: what it says and where it stands."""

    @property
    def value(self) -> Any:
        """What it says; None where that is not known."""

    @property
    def article(self) -> dict[str, str]:
        """Where it stands, in words."""


Articles = Mapping[str, Article]


def section(organ_key: str) -> str:
    """The section of a rule set that speaks of an organ."""
    return organ_key.replace("-", "_")


def article_of(organ_key: str, name: str, articles: Articles) -> Article | None:
    """The article of an organ, set or not; None where the rule set does not know it."""
    return articles.get(f"{section(organ_key)}.{name}")


def value_of(organ_key: str, name: str, articles: Articles) -> Any:
    """What the article of an organ says; None where it is unset or not there."""
    found = article_of(organ_key, name, articles)
    return found.value if found is not None else None


def articles_on(day: date) -> Articles:
    """The articles in force on a day."""
    return articles_in_force(day)


def period_after(day: date, period: Any) -> date | None:
    """A day after a period such as P2Y or P18M, or a number of years; None for what is neither."""
    if isinstance(period, int):
        return day_after(day, years=period)
    return day_after_period(day, period) if isinstance(period, str) else None


def term_end(organ_key: str, starts_on: date) -> date | None:
    """The day on which a term that begins on a day is over; None where the term is not set."""
    years = value_of(organ_key, "term_years", articles_on(starts_on))
    return day_after(starts_on, years=years) if isinstance(years, int) else None


def follows_host(presidency: Any) -> str:
    """The organ whose host presides, by an article on the presidency; empty where it is elected."""
    if isinstance(presidency, Mapping) and presidency.get("holder") == "mayor of the host":
        return str(presidency.get("of") or "general-assembly").replace("_", "-")
    return ""


def refuse_founder(kind: str, decided_by: str, *, on: date) -> None:
    """Refuse a foundation by an organ that the rule set does not let found one of this kind."""
    article = articles_on(on).get("organs.founders")
    if article is None or article.value is None:
        return
    may = article.value.get(kind)
    if may is not None and decided_by not in may:
        raise IllegalStep(
            _("By “%(article)s” an organ of this kind is founded by: %(organs)s.")
            % {"article": say(article.article), "organs": ", ".join(may)},
            cure=_("Name a decision of one of these organs."),
            code="may_not_found",
        )


def excluded_pairs(articles: Articles) -> list[tuple[str, str]]:
    """The organs that nobody may sit in at once, in pairs."""
    article = articles.get("organs.incompatible")
    if article is None or not article.value:
        return []
    return [(str(a), str(b)) for a, b in article.value]


def refuse_incompatible(organ: Any, other: Any, *, person: Any, on: date) -> None:
    """Refuse a second seat to a person whose first excludes it."""
    pairs = excluded_pairs(articles_on(on))
    if (organ.key, other.key) in pairs or (other.key, organ.key) in pairs:
        raise IllegalStep(
            _("%(person)s sits in “%(other)s”, which excludes “%(organ)s”.")
            % {"person": person, "other": other, "organ": organ},
            cure=_("Choose another holder, or end the other seat first."),
            code="incompatible_functions",
        )


def chain_of(organ_key: str, on: date) -> tuple[Sequence[Step], Article]:
    """How one is appointed to an office on a day; raises RuleNotSet where no article says it."""
    key = f"{section(organ_key)}.appointment"
    article = articles_on(on).get(key)
    if article is None:
        raise RuleNotSet(key, key)
    if article.value is None:
        raise RuleNotSet(key, article.article)
    return Chain.read(article.value).steps, article
