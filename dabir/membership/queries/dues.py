"""What members owe, from the entries of their sources, for any day; balances are never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dabir.core.money import Money
from dabir.membership.models import DuesEntry, Member
from dabir.membership.states import DuesKind


@dataclass(frozen=True)
class YearAccount:
    """One year of a member in one currency."""

    year: int
    due: Money
    paid: Money
    due_on: date | None

    @property
    def open(self) -> Money:
        """What is still open; below zero it was overpaid."""
        return Money(self.due.minor - self.paid.minor, self.due.currency, self.due.decimals)


def _counted(entries: Iterable[DuesEntry], on: date | None) -> Iterable[DuesEntry]:
    """The entries that count on a day: payments from their day on, debts always."""
    for entry in entries:
        if on is None or entry.kind == DuesKind.DUE or entry.on <= on:
            yield entry


def balances(entries: Iterable[DuesEntry], *, on: date | None = None) -> list[Money]:
    """What is open in each currency, never netted across currencies nor across years."""
    found: dict[tuple[str, int], int] = {}
    for year in year_accounts(entries, on=on):
        place = (year.due.currency, year.due.decimals)
        found[place] = found.get(place, 0) + max(year.open.minor, 0)
    return [Money(minor, currency, n) for (currency, n), minor in sorted(found.items()) if minor]


def year_accounts(entries: Iterable[DuesEntry], *, on: date | None = None) -> list[YearAccount]:
    """Due and paid, year by year and currency by currency, the newest year first."""
    due: dict[tuple[int, str, int], int] = {}
    paid: dict[tuple[int, str, int], int] = {}
    fell: dict[tuple[int, str, int], date] = {}
    for entry in _counted(entries, on):
        place = (entry.year, entry.currency, entry.decimals)
        kept = due if entry.kind == DuesKind.DUE else paid
        kept[place] = kept.get(place, 0) + entry.minor
        if entry.kind == DuesKind.DUE:
            fell[place] = min(entry.on, fell.get(place, entry.on))
    return [
        YearAccount(
            year,
            Money(due.get((year, currency, n), 0), currency, n),
            Money(paid.get((year, currency, n), 0), currency, n),
            fell.get((year, currency, n)),
        )
        for year, currency, n in sorted(due.keys() | paid.keys(), reverse=True)
    ]


def dues_of(member: Member) -> list[DuesEntry]:
    """Every entry of a member's dues, in the order of years and days."""
    return list(member.dues.order_by("year", "on", "at", "id"))
