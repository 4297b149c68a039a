"""How the value of a field is read back from a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models
from i18nfield.fields import I18nFieldMixin
from i18nfield.strings import LazyI18nString

# Numbers and bytes that would lose something on their way through JSON.
REFUSED = (models.DecimalField, models.BinaryField, models.FloatField, models.DurationField)


def reader_of(field: Any) -> Callable[[Any], Any] | None:
    """How a value of the field is read back; None where it is what it was."""
    if isinstance(field, REFUSED):
        raise TypeError(f"{field}: {type(field).__name__} does not pass through JSON unchanged")
    if isinstance(field, models.DateTimeField):
        return _instant
    if isinstance(field, models.DateField):
        return date.fromisoformat
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.JSONField):
        return None
    if isinstance(field, I18nFieldMixin):
        return _words
    if hasattr(field, "from_db_value"):
        return lambda value: field.from_db_value(value, None, connection)
    return None


def _instant(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


_SCAN: Any = vars(json.JSONDecoder())["scan_once"]


def _words(value: str) -> LazyI18nString:
    """A name of data, as its field reads it, without looking for space around it."""
    try:
        told, end = _SCAN(value, 0)
    except (StopIteration, ValueError):
        return LazyI18nString(value)
    if end != len(value):
        return LazyI18nString(value)
    found = LazyI18nString(None)
    found.data = told
    return found
