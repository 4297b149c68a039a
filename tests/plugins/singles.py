"""A record read under its lock is one record, not one of a list.

Whoever looks for N+1 queries lets records alone that were read by `get()`. A lock reads by a
statement composed once, past Django's querysets, so it says here what `get()` would have said.
"""

from __future__ import annotations

import functools
from typing import Any

from zeal.listeners import n_plus_one_listener
from zeal.patch import get_instance_key

from dabir.core import concurrency


def pytest_configure() -> None:
    """Tell of each record that a lock reads that it was read by itself."""
    locked = concurrency._locked

    @functools.wraps(locked)
    def told(model: Any, key: Any) -> Any:
        found = locked(model, key)
        n_plus_one_listener.ignore(get_instance_key(found))
        return found

    concurrency._locked = told
