"""Two people at one record: the second is told, nothing is lost."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from dabir.core.composed import Composed
from dabir.core.errors import StaleRecord
from dabir.core.models import Versioned
from dabir.core.together import given

Record = TypeVar("Record", bound=models.Model)


def lock_record(record: Record, *, version: int | None = None) -> Record:
    """Read the record again under a lock; raises StaleRecord when `version` is no longer the last."""
    fresh: Record = _locked(record.__class__, record.pk)
    if version is not None and isinstance(fresh, Versioned) and fresh.version != version:
        raise StaleRecord
    return fresh


def _locked(model: Any, key: Any) -> Any:
    if connection.features.has_select_for_update and not connection.in_atomic_block:
        raise TransactionManagementError("a lock ends with its transaction, and there is none")
    if not isinstance(key, int):
        return model._default_manager.select_for_update().get(pk=key)
    for found in _one(model).read(key=key):
        return found
    raise model.DoesNotExist


@cache
def _one(model: Any) -> Composed:
    key = given("key", models.IntegerField())
    return Composed(lambda: model._default_manager.select_for_update().filter(pk=key))
