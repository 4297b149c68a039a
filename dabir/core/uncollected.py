"""Long work that leaves next to no garbage goes on without a search for it.

Python looks through every living object each time some thousands were made: while a long report is
gathered and set out, which makes a million and lets go of none, that is nearly half of the work.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_within = 0
_looked = True


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage within, nor beside it in other threads; afterwards as it was before."""
    global _within, _looked  # noqa: PLW0603  # one collector in a process, so one count of who halts it
    with _lock:
        if not _within:
            _looked = gc.isenabled()
            gc.disable()
        _within += 1
    try:
        yield
    finally:
        with _lock:
            _within -= 1
            if not _within and _looked:
                gc.enable()
