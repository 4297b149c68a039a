"""What membership costs: a fee table of the statute and one member's facts give one amount. Pure.

Four engines, all data. `flat`: one amount (Mayors for Peace). `free`: nothing, with a duty instead
(Covenant of Mayors). `table`: rows by bands of a number and by groups (ICLEI: population by income;
Metropolis: income, capital, joint or exclusive). `formula`: a product of facts over a divisor, plus a
fixed part by group (OWHC). Discounts step down by date (Union of the Baltic Cities). Amounts are
whole minor units; a share is rounded once, half to even.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.statutes.amounts import minor_units
from dabir.statutes.shares import read_fraction

FLAT, FREE, TABLE, FORMULA = "flat", "free", "table", "formula"
ENGINES = (FLAT, FREE, TABLE, FORMULA)
WHOLE_YEAR, BY_DAYS = "whole year", "by days"
BY_QUARTERS, NEXT_YEAR = "by quarters", "from next year"
PRORATIONS = (WHOLE_YEAR, BY_DAYS, BY_QUARTERS, NEXT_YEAR)
Facts = Mapping[str, Any]


class FactMissing(InvalidInput):
    """The fee cannot be told because a fact of the member is not on record; `fact` names it."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        super().__init__(fact)


@dataclass(frozen=True)
class Fee:
    """An amount with the row that gave it, so that a city can see why it pays what it pays."""

    amount: int
    currency: str
    row: Mapping[str, Any]


def fee_of(value: Mapping[str, Any], facts: Facts) -> Fee:
    """What a year costs a member with these facts; raises FactMissing, or InvalidInput where no row is."""
    engine = value.get("engine")
    currency = str(value.get("currency", ""))
    if engine == FREE:
        return Fee(0, currency, {"duty": value.get("duty", {})})
    if engine == FLAT:
        return Fee(minor_units(value["amount"], currency), currency, {})
    if engine == TABLE:
        row = row_for(value, facts)
        return Fee(minor_units(row["amount"], currency), currency, row)
    if engine == FORMULA:
        return _by_formula(value, facts, currency)
    raise InvalidInput(f"{engine!r}")


def _fact(facts: Facts, name: str) -> Any:
    if facts.get(name) is None:
        raise FactMissing(name)
    return facts[name]


def row_for(value: Mapping[str, Any], facts: Facts) -> Mapping[str, Any]:
    """The one row of a fee table that fits; bands are half-open, an open band has no `to`."""
    band, groups = value.get("band"), value.get("groups", ())
    fitting = [row for row in value["rows"] if all(row.get(g) == _fact(facts, g) for g in groups)]
    if band:
        number = Fraction(_fact(facts, band))
        fitting = [row for row in fitting if _within(row, number)]
    if len(fitting) != 1:
        raise InvalidInput(f"{len(fitting)} rows")
    row: Mapping[str, Any] = fitting[0]
    return row


def _within(row: Mapping[str, Any], number: Fraction) -> bool:
    return row.get("from", 0) <= number and ("to" not in row or number < row["to"])


def _by_formula(value: Mapping[str, Any], facts: Facts, currency: str) -> Fee:
    product = Fraction(1)
    for name in value["product"]:
        product *= Fraction(_fact(facts, name))
    part = product / Fraction(value.get("divisor", 1))
    row = row_for(value["plus"], facts) if "plus" in value else {"amount": 0}
    scale = minor_units(1, currency)
    return Fee(round(part * scale) + minor_units(row["amount"], currency), currency, row)


def discounted(
    amount: int, discounts: Sequence[Mapping[str, Any]], *, paid_on: date, year: int
) -> int:
    """What is left to pay on a day: the first discount whose day has not passed, rounded once."""
    for each in sorted(discounts, key=lambda d: str(d["paid_by"])):
        month, day = (int(part) for part in str(each["paid_by"]).split("-"))
        if paid_on <= date(year, month, day):
            return round(amount * (1 - read_fraction(each["discount"])))
    return amount


def prorated(amount: int, rule: str, *, joined_on: date, year: Year) -> int:
    """What of a year's fee a member owes that joined during it, as the statute's rule says."""
    if joined_on <= year.first or rule == WHOLE_YEAR:
        return amount if joined_on <= year.last else 0
    if joined_on > year.last or rule == NEXT_YEAR:
        return 0
    if rule == BY_QUARTERS:
        quarters = sum(1 for start in year.quarters() if start > joined_on)
        begun = 1  # the quarter in which it joins is paid whole
        return round(Fraction(amount * min(4, quarters + begun), 4))
    if rule == BY_DAYS:
        return round(Fraction(amount * ((year.last - joined_on).days + 1), year.days))
    raise InvalidInput(rule)


@dataclass(frozen=True)
class Year:
    """A fiscal year by its first and last day, both included; a leap year has 366 days."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Its whole days, both ends included."""
        return (self.last - self.first).days + 1

    def quarters(self) -> list[date]:
        """The first day of each of its four quarters, by whole days."""
        return [self.first + timedelta(days=self.days * part // 4) for part in range(4)]


def split(amount: int, parts: Sequence[int]) -> list[int]:
    """An amount shared by weights, no minor unit lost: what rounding leaves goes to the largest rests."""
    whole = sum(parts)
    if whole <= 0 or min(parts) < 0:
        raise InvalidInput(f"{list(parts)}")
    shares = [amount * part // whole for part in parts]
    rests = sorted(range(len(parts)), key=lambda i: (-(amount * parts[i] % whole), i))
    for place in rests[: amount - sum(shares)]:
        shares[place] += 1
    return shares


@dataclass(frozen=True)
class BandFault:
    """A gap or an overlap of a fee table: in which group, from where to where, between which rows."""

    kind: str
    group: Mapping[str, Any]
    start: int
    end: int | None
    rows: tuple[int, ...]


def band_faults(value: Mapping[str, Any]) -> list[BandFault]:
    """Gaps and overlaps of a fee table, group by group; each must be gone before it is adopted."""
    band, groups = value.get("band"), tuple(value.get("groups", ()))
    rows = list(enumerate(value.get("rows", ())))
    seen: dict[tuple[Any, ...], list[tuple[int, Mapping[str, Any]]]] = {}
    for number, row in rows:
        seen.setdefault(tuple(row.get(g) for g in groups), []).append((number, row))
    faults: list[BandFault] = []
    for key, own in seen.items():
        group = dict(zip(groups, key, strict=True))
        if band:
            faults += _faults_along(group, own)
        elif len(own) > 1:
            faults.append(BandFault("overlap", group, 0, None, tuple(number for number, _ in own)))
    return faults


def _faults_along(
    group: Mapping[str, Any], own: list[tuple[int, Mapping[str, Any]]]
) -> list[BandFault]:
    """Walk along one group's bands from nought: what is left out, and what is twice."""
    faults: list[BandFault] = []
    reached: int | None = 0
    before = -1
    for number, row in sorted(own, key=lambda each: each[1].get("from", 0)):
        start, end = row.get("from", 0), row.get("to")
        if reached is None or start < reached:
            until = end if reached is None else min(reached, end) if end is not None else reached
            faults.append(BandFault("overlap", group, start, until, (before, number)))
        elif start > reached:
            faults.append(BandFault("gap", group, reached, start, (number,)))
        reached = None if reached is None or end is None else max(reached, end)
        before = number
    if reached is not None:
        faults.append(BandFault("gap", group, reached, None, (before,)))
    return faults


def missing_groups(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Combinations of groups that the table's own words foresee and no row serves."""
    groups = tuple(value.get("groups", ()))
    rows = value.get("rows", ())
    combinations: list[dict[str, Any]] = [{}]
    for name in groups:
        values = list(dict.fromkeys(row[name] for row in rows if name in row))
        combinations = [one | {name: each} for one in combinations for each in values]
    served = [{name: row.get(name) for name in groups} for row in rows]
    return [one for one in combinations if groups and one not in served]
