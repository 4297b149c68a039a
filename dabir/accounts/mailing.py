"""Where the front door hands its letters: the app that keeps the outbox says how."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from dabir.core.actors import Actor
from dabir.core.errors import DomainError


class Carrier(Protocol):
    """Takes a letter of the front door."""

    def __call__(
        self, *, email: str, subject: str, body: str, kind: str, account: str = ""
    ) -> None: ...


class Forgetter(Protocol):
    """Forgets an address in letters that went there."""

    def __call__(self, *, email: str, by: Actor, on: date, at: datetime) -> None: ...


_carriers: list[Carrier] = []
_forgetters: list[Forgetter] = []


def carry_by(carrier: Carrier) -> None:
    """From now on `carrier` takes the letters."""
    _carriers[:] = [carrier]


def forget_by(forgetter: Forgetter) -> None:
    """From now on `forgetter` erases an address from the letters."""
    _forgetters[:] = [forgetter]


def forget(*, email: str, by: Actor, on: date, at: datetime) -> None:
    """Erase an address from the letters of the front door."""
    for forgetter in _forgetters:
        forgetter(email=email, by=by, on=on, at=at)


def deliver(*, email: str, subject: str, body: str, kind: str, account: str = "") -> None:
    """Give one letter to the carrier; without one the act that needs the letter fails."""
    if not _carriers:
        raise DomainError("No app carries the letters of the front door.", code="no_carrier")
    for carrier in _carriers:
        carrier(email=email, subject=subject, body=body, kind=kind, account=account)
