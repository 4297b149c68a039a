"""Forgetting whom a letter went to; number, day and our own words stay in the letter book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.models import PersonalValue
from dabir.core.trail import erase_personal_values, record_act
from dabir.messaging.models import Letter
from dabir.messaging.services.outbox import withdraw_letter
from dabir.messaging.states import LETTERS
from dabir.text.erasing import without


@transaction.atomic
def forget_recipient(
    *,
    letter: Letter,
    labels: Mapping[str, str],
    by: Actor,
    on: date,
    at: datetime,
    name: str = "",
    told: Iterable[str] = (),
) -> Letter:
    """Forget who a letter is for and who received it; one that has not left is withdrawn.

    With `name` the greeting names nobody any more, and what was `told` us is not quoted any more.
    """
    fresh = lock_record(letter)
    if LETTERS.allows("withdraw", fresh.state):
        fresh = withdraw_letter(letter=fresh, by=by, on=on, at=at)
    fresh.recipient = fresh.recipient | {"labels": dict(labels)}
    fresh.received_by = "—" if fresh.received_by else ""
    first, line_end, rest = without(fresh.body, [name, *told]).partition("\n")
    fresh.body = without(first, name.split()) + line_end + rest
    fresh.version += 1
    fresh.save(update_fields=["recipient", "received_by", "body", "version"])
    record_act("messaging.forget_recipient", target=fresh.reference(), by=by, on=on, at=at)
    if PersonalValue.objects.filter(subject=fresh.public_id, erased_at=None).exists():
        erase_personal_values(subject=fresh.public_id, by=by, on=on, at=at)
    return fresh
