"""Rules for tests, adopted as a secretariat adopts them."""

from __future__ import annotations

from datetime import date

from dabir.statutes.models import RuleSet
from dabir.statutes.services import adopt_rules
from tests.factories.people import SIGNED


def a_notice(days: int | str = 30, *, organ: str = "general_assembly") -> RuleSet:
    """A statute in force since 2000 that says how long before a session of an organ it is called."""
    value = days if isinstance(days, int) else f'"{days}"'
    return adopt_rules(
        key=f"notice-{organ}".replace("_", "-"),
        names={"en": "Statute on notice"},
        text=f'[{organ}.notice]\nvalue = {value}\narticle = {{ en = "article 10", fa = "مادهٔ ۱۰" }}\n',
        in_force_from=date(2000, 1, 1),
        **SIGNED,
    )
