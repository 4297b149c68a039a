"""What anyone may see of the statute: the rules in force in plain words; what is unset says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dabir.core.words import as_words
from dabir.statutes.queries import rule_set_in_force
from dabir.statutes.reading import read_rules
from dabir.statutes.summary import summary


@dataclass(frozen=True)
class PublicRule:
    """One rule: what it is called, its article, what it says line by line."""

    name: str
    article: str
    says: tuple[str, ...]
    is_set: bool


@dataclass(frozen=True)
class PublicSection:
    """The rules about one organ or one matter."""

    key: str
    name: str
    rules: tuple[PublicRule, ...]


@dataclass(frozen=True)
class PublicRules:
    """The rule set in force on a day."""

    names: dict[str, str]
    in_force_from: date
    sections: tuple[PublicSection, ...]


def public_rules(today: date, organs: Mapping[str, str]) -> PublicRules | None:
    """The rules in force; `organs` are the names of organs by key. None where no set is in force."""
    found = rule_set_in_force(today)
    if found is None:
        return None
    return PublicRules(
        names=as_words(found.names),
        in_force_from=found.in_force_from,
        sections=tuple(
            PublicSection(
                section.key,
                section.name,
                tuple(
                    PublicRule(e.name, e.article, tuple(e.says), e.is_set) for e in section.entries
                ),
            )
            for section in summary(read_rules(found.text), dict(organs))
        ),
    )
