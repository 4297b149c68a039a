"""Whether this installation already belongs to an association."""

from __future__ import annotations

from collections.abc import Callable

_answers: list[Callable[[], bool]] = []
_founded = False


def tell_founded_by(answer: Callable[[], bool]) -> None:
    """The app that knows the association says how to find out."""
    _answers[:] = [answer]


def association_is_founded() -> bool:
    """Whether the association exists; once it does, it stays, so the answer is kept."""
    global _founded  # noqa: PLW0603  one answer for each process is the point
    if not _founded:
        _founded = bool(_answers and _answers[0]())
    return _founded


def forget() -> None:
    """Ask again: for tests that start from nothing."""
    global _founded  # noqa: PLW0603  one answer for each process is the point
    _founded = False
