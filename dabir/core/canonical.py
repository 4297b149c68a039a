"""One spelling for every piece of data, so that equal data has equal bytes and equal hashes."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical_bytes(data: Any) -> bytes:
    """`data` as JSON with sorted keys, no spaces, UTF-8; instants in UTC. Floats are refused."""
    _refuse_floats(data)
    text = json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return text.encode()


def _refuse_floats(data: Any) -> None:
    if isinstance(data, float):
        raise TypeError("a float has no canonical form; use whole units or text")
    values = (
        data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    )
    for value in values:
        _refuse_floats(value)


def digest(data: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_bytes(data)).hexdigest()


def keyed_digest(data: Any) -> str:
    """A digest that only this installation can compute: proves a personal value without telling it."""
    return hmac.new(settings.DIGEST_KEY.encode(), canonical_bytes(data), "sha256").hexdigest()
