"""What unpaid dues do to a member's standing: the good-standing rule of the statute. Pure.

Networks of cities do this differently, so it is data: *none* (Mayors for Peace: not paying never ends
anything), *paid up to the year before* (UCLG, Metropolis), *suspended after arrears* (ICLEI: more
than one year), *fully paid* (WeGO, to stand for president). Amounts are whole minor units, each
year and currency for itself: an overpaid year never pays for another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.text.calendars import SolarHijri

NONE = "none"
PAID_YEAR_BEFORE = "paid up to the year before"
SUSPENDED_AFTER = "suspended after arrears"
FULLY_PAID = "fully paid"
DUES_RULES = (NONE, PAID_YEAR_BEFORE, SUSPENDED_AFTER, FULLY_PAID)
FIRST_GREGORIAN = (
    1700  # no year of dues in the Solar Hijri calendar is as high, none in ours as low
)


@dataclass(frozen=True)
class YearDue:
    """What one year costs a member and what was paid on one day, in minor units.

    A year paid in parts is several rows: the debt once, then each further payment with `due` 0.
    `due_on` unknown: the last day of the year. `paid_on` unknown: the payment counts on every day.
    """

    year: int
    due: int
    paid: int
    currency: str
    due_on: date | None = None
    paid_on: date | None = None

    def paid_by(self, on: date) -> int:
        """What of this row had been paid on that day."""
        return self.paid if self.paid_on is None or self.paid_on <= on else 0

    def is_on_record(self, on: date) -> bool:
        """Whether the row said something of its year on that day; a later payment did not."""
        return bool(self.due or not self.paid or self.paid_by(on))


@dataclass(frozen=True)
class DuesPolicy:
    """The good-standing rule as a rule set writes it."""

    rule: str
    years: int = 1
    grace_days: int = 0
    plan: bool | None = None

    @classmethod
    def read(cls, value: Any, key: str) -> DuesPolicy:
        """The policy of an article's value; raises InvalidInput for a rule nobody knows."""
        if isinstance(value, str):
            value = {"rule": value}
        if not isinstance(value, Mapping) or value.get("rule") not in DUES_RULES:
            raise InvalidInput(f"{key}: {value!r}; {', '.join(DUES_RULES)}")
        known = {
            name: value[name] for name in ("rule", "years", "grace_days", "plan") if name in value
        }
        return cls(**known)


@dataclass(frozen=True)
class Owed:
    """What is still unpaid of one year in one currency, and since when."""

    year: int
    currency: str
    amount: int
    due_on: date

    def as_dict(self) -> dict[str, Any]:
        """As plain values, for a reason or a cure."""
        return {
            "year": self.year,
            "currency": self.currency,
            "amount": self.amount,
            "due_on": self.due_on.isoformat(),
        }


def anniversary(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def last_day_of(year: int) -> date:
    """The last day of a year of dues; a number below 1700 is a year of the Solar Hijri calendar."""
    if year >= FIRST_GREGORIAN:
        return date(year, 12, 31)
    return SolarHijri(year + 1, 1, 1).to_gregorian() - timedelta(days=1)


def owed_on(dues: Iterable[YearDue], *, on: date) -> list[Owed]:
    """What stood unpaid on a day, year by year; what was paid later changes nothing."""
    balance: dict[tuple[int, str], int] = {}
    due_on: dict[tuple[int, str], date] = {}
    for row in dues:
        place = (row.year, row.currency)
        balance[place] = balance.get(place, 0) + row.due - row.paid_by(on)
        if row.due:
            fell = row.due_on or last_day_of(row.year)
            due_on[place] = min(fell, due_on.get(place, fell))
    return [
        Owed(year, currency, amount, due_on[year, currency])
        for (year, currency), amount in sorted(balance.items())
        if amount > 0
    ]


def hindering(
    policy: DuesPolicy, dues: Sequence[YearDue], *, on: date, year: int | None = None
) -> list[Owed]:
    """The unpaid years that stand in the way on a day under this rule; none when dues do not matter.

    `year` is the association's own year on that day (its fiscal calendar); else the civil year.
    """
    if policy.rule == NONE:
        return []
    grace = timedelta(days=policy.grace_days)
    owed = owed_on(dues, on=on)
    if policy.rule == PAID_YEAR_BEFORE:
        last = (on.year if year is None else year) - policy.years
        return [each for each in owed if each.year <= last and each.due_on + grace < on]
    if policy.rule == SUSPENDED_AFTER:
        late = [e for e in owed if anniversary(e.due_on + grace, policy.years) < on]
        return late and [each for each in owed if each.due_on + grace < on]
    return [each for each in owed if each.due_on + grace < on]


def year_to_show(policy: DuesPolicy, *, on: date, year: int | None = None) -> int | None:
    """The year whose dues must be on record before "paid up to the year before" can be said."""
    if policy.rule != PAID_YEAR_BEFORE:
        return None
    return (on.year if year is None else year) - policy.years
