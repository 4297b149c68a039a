"""Two people at one record: the second is told, nothing is lost."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from dabir.core.errors import StaleRecord
from dabir.core.models import Versioned

Record = TypeVar("Record", bound=models.Model)


def lock_record(record: Record, *, version: int | None = None) -> Record:
    """Read the record again under a lock; raises StaleRecord when `version` is no longer the last."""
    fresh = record.__class__._default_manager.select_for_update().get(pk=record.pk)
    if version is not None and isinstance(fresh, Versioned) and fresh.version != version:
        raise StaleRecord
    return fresh
