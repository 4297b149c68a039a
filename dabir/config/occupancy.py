"""Who uses an installation's folder at this moment, so that nothing is replaced under a server."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Occupied(Exception):
    """The folder is in use: by a server or worker, or by a restore that has not ended."""


def _locked(path: Path, how: int) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as stream:
        try:
            fcntl.flock(stream, how)
        except BlockingIOError as fault:
            raise Occupied(str(path.parent)) from fault
        yield stream.fileno()


@contextmanager
def used(home: Path) -> Iterator[int]:
    """Work with the installation beside others; forked children keep it in use. Raises Occupied."""
    yield from _locked(home / "in-use.lock", fcntl.LOCK_SH | fcntl.LOCK_NB)


@contextmanager
def alone(home: Path) -> Iterator[int]:
    """Be the only one at the installation, to replace it. Raises Occupied.

    Gives the descriptor of the lock: a program that inherits it holds the lock until it ends too.
    """
    yield from _locked(home / "in-use.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def in_turn(home: Path, what: str) -> Iterator[int]:
    """Wait until nobody else does `what` to the installation, then do it."""
    yield from _locked(home / f"{what}.lock", fcntl.LOCK_EX)
