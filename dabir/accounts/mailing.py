"""Where the front door hands its letters: the app that keeps the outbox says how."""

from __future__ import annotations

from typing import Protocol

from dabir.core.errors import DomainError


class Carrier(Protocol):
    """Takes a letter of the front door."""

    def __call__(self, *, email: str, subject: str, body: str, kind: str) -> None: ...


_carriers: list[Carrier] = []


def carry_by(carrier: Carrier) -> None:
    """From now on `carrier` takes the letters."""
    _carriers[:] = [carrier]


def deliver(*, email: str, subject: str, body: str, kind: str) -> None:
    """Give one letter to the carrier; without one the act that needs the letter fails."""
    if not _carriers:
        raise DomainError("No app carries the letters of the front door.", code="no_carrier")
    for carrier in _carriers:
        carrier(email=email, subject=subject, body=body, kind=kind)
