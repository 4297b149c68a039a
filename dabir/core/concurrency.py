"""Two people at one record: the second is told, nothing is lost."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from django.db import models

from dabir.core.composed import Composed
from dabir.core.errors import StaleRecord
from dabir.core.models import Versioned
from dabir.core.together import given

Record = TypeVar("Record", bound=models.Model)


@cache
def _locked(model: type[models.Model]) -> Composed:
    """The record of a key under a lock, with a statement composed once."""
    key = given("key", models.BigIntegerField())
    return Composed(lambda: model._default_manager.select_for_update().filter(pk=key))


def lock_record(record: Record, *, version: int | None = None) -> Record:
    """Read the record again under a lock; raises StaleRecord when `version` is no longer the last."""
    found = _locked(record.__class__).read(key=record.pk)
    if not found:
        raise record.__class__.DoesNotExist  # type: ignore[attr-defined]  # every model has it
    fresh: Record = found[0]
    if version is not None and isinstance(fresh, Versioned) and fresh.version != version:
        raise StaleRecord
    return fresh
