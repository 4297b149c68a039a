"""Which rules are in force on a date."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import DateField

from dabir.core.composed import Composed
from dabir.core.errors import RuleNotSet
from dabir.core.together import given
from dabir.statutes.models import RuleSet
from dabir.statutes.reading import Article, Rules, read_rules

IN_FORCE = Composed(
    lambda: RuleSet.objects.filter(in_force_from__lte=given("on", DateField())).order_by(
        "-in_force_from", "-at", "-id"
    )[:1]
)


def rule_set_in_force(on: date) -> RuleSet | None:
    """The newest rule set in force on that day."""
    return next(iter(IN_FORCE.read(on=on)), None)


def rule_sets() -> list[RuleSet]:
    """Every rule set, in the order in which they came into force."""
    return list(RuleSet.objects.order_by("in_force_from", "at", "id"))


def articles_in_force(on: date) -> dict[str, Article]:
    """Every article in force on that day; empty before the first rule set."""
    return dict(rules_on(on).articles)


def rule(key: str, *, on: date) -> Any:
    """What the article `key` says on that day; raises RuleNotSet, never a default."""
    found = rule_set_in_force(on)
    if found is None:
        raise RuleNotSet(key, key)
    return _read_once(found.text, found.key, found.in_force_from).value(key)


def rules_on(on: date) -> Rules:
    """The rules in force on that day, read once for many questions; none before the first set."""
    found = rule_set_in_force(on)
    if found is None:
        return Rules()
    return _read_once(found.text, found.key, found.in_force_from)


@lru_cache(maxsize=16)
def _read_once(text: str, key: str, in_force_from: date) -> Rules:
    """The rules of a text: whoever asks again for the same text is given what was read of it."""
    return read_rules(text, key=key, in_force_from=in_force_from)
