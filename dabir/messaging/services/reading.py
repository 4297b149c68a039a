"""Who of the secretariat saw a letter whose link works once."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction

from dabir.core.actors import Actor
from dabir.core.models import AuditEntry
from dabir.core.trail import record_act
from dabir.messaging.models import Letter
from dabir.messaging.queries import readings_of
from dabir.messaging.rules import OPENING

# As `issue_link` signs it: the number of the link and its signature.
LINK = re.compile(r"\blink-[a-z0-9]{10}(?::|%3A)[\w-]{20,}")


def carries_link(letter: Letter) -> bool:
    """Whether whoever reads the letter could act in its recipient's name."""
    return letter.kind in OPENING or LINK.search(letter.body) is not None


@transaction.atomic
def record_reading(
    *, letter: Letter, how: str, by: Actor, on: date, at: datetime
) -> AuditEntry | None:
    """Enter in the trail who saw the link of a letter: on the screen, or printed as `how` says.

    Once a day for each person and way; a letter without such a link is nobody's secret.
    """
    if not carries_link(letter):
        return None
    seen = readings_of(letter).filter(happened_on=on, actor__id=by.public_id, after__how=how)
    if seen.exists():
        return None
    return record_act(
        "messaging.open_letter",
        target=letter.reference(),
        by=by,
        on=on,
        at=at,
        after={"how": how, "number": letter.number},
    )
