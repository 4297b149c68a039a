"""Posts that one person may not hold on the same day.

Who examines the accounts keeps none of them and decides on none of them: that is the house's own
rule. What a statute adds (the Treasurer no member of the Board, say) is told by `learn` as data
with a date, by the app that reads the rules in force.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words
from dabir.registry.rights import POWERS, STAFF


@dataclass(frozen=True)
class Exclusion:
    """A power, the powers that its holder may not have beside it, and by what this is so."""

    power: str
    others: frozenset[str]
    why: Words
    article: str = ""


Provider = Callable[[date], Iterable[Exclusion]]
HOUSE = (
    Exclusion(
        "auditor",
        frozenset({*STAFF, "treasurer", "president", "board_member"}),
        _("who examines the accounts holds no post whose acts are examined"),
    ),
)
PROVIDERS: list[Provider] = []


def learn(provider: Provider) -> None:
    """Let an app above tell what the rules in force exclude."""
    if provider not in PROVIDERS:
        PROVIDERS.append(provider)


def exclusions_on(day: date) -> list[Exclusion]:
    """Everything that excludes each other on that day."""
    return [*HOUSE, *(found for provider in PROVIDERS for found in provider(day))]


def excluding(
    one: Collection[str], other: Collection[str], exclusions: Iterable[Exclusion]
) -> Exclusion | None:
    """Why posts with these powers may not be in one hand; None when they may."""
    for exclusion in exclusions:
        for first, second in ((one, other), (other, one)):
            if exclusion.power in first and exclusion.others & set(second):
                return exclusion
    return None


def excluded_words(powers: Collection[str], exclusions: Iterable[Exclusion]) -> list[Words]:
    """The powers that the holder of a post may not have beside it, in words."""
    found: set[str] = set()
    for exclusion in exclusions:
        if exclusion.power in powers:
            found |= exclusion.others
        elif exclusion.others & set(powers):
            found.add(exclusion.power)
    return [label for power, label in POWERS.items() if power in found]
