"""Numbers and public names of records: given once, never reused."""

from __future__ import annotations

import secrets

from django.db import transaction

from dabir.core.models import Counter

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_public_id(prefix: str) -> str:
    """A short unguessable name such as `report-7k2m9qx4tb`, without letters that look alike."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(10))


@transaction.atomic
def next_number(series: str) -> int:
    """The next number of `series`, without gaps: rolled back together with the record that took it."""
    Counter.objects.get_or_create(series=series)
    counter = Counter.objects.select_for_update().get(series=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


@transaction.atomic
def count_from(series: str, number: int) -> None:
    """Let the series go on after a number that was given before Dabir; it never goes back."""
    Counter.objects.get_or_create(series=series)
    Counter.objects.select_for_update().filter(series=series, last__lt=number).update(last=number)
