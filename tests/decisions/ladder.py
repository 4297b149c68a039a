"""The ladder of reminders in a rule set made for tests."""

from __future__ import annotations

from datetime import date

from dabir.statutes.services import adopt_rules
from tests.factories.people import SIGNED

LADDER = """
[follow_up.reminder_days_before]
value = [30, 7]
article = { en = "Practice of the secretariat" }

[follow_up.reminder_days_after]
value = [1, 30]
article = { en = "Practice of the secretariat" }

[follow_up.silence_days]
value = 180
article = { en = "Practice of the secretariat" }
"""


def set_the_ladder() -> None:
    """Rules in force since 2000 that say when a reminder is owed."""
    adopt_rules(
        key="test-rules",
        names={"en": "Rules for tests"},
        text=LADDER,
        in_force_from=date(2000, 1, 1),
        **SIGNED,
    )
