"""A list of dues: what years cost members and what was paid, before the treasury. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dabir.core.errors import InvalidInput
from dabir.core.money import Money, read_money
from dabir.documents.tabular.cells import RowRefused, Wrong, read_day
from dabir.documents.tabular.planned import PlannedRow, SimpleAct
from dabir.documents.tabular.reading import SheetRow, message
from dabir.membership.importing.members import plain_name
from dabir.text.digits import to_latin
from dabir.text.folding import fold

KINDS = ("due", "paid")


@dataclass(frozen=True)
class GivenDues:
    """What one row of a list of dues says."""

    number: int
    member: str
    year: int
    due: Money | None = None
    paid: Money | None = None
    due_on: date | None = None
    paid_on: date | None = None
    source: str = ""
    names: dict[str, str] = field(default_factory=dict)


@dataclass
class Accounts:
    """What a list of dues is held against; grows while the plan is made."""

    today: date
    members: dict[str, list[str]]
    """Key and folded name to the keys of the members who bear it."""
    entries: set[tuple[str, int, str, int, str, date]]
    """Member, year, kind, minor units, currency, day: what stands already."""


def read_dues(row: SheetRow, headings: dict[str, str]) -> GivenDues:
    """The row as values; raises RowRefused at the first cell that cannot be read."""

    def said(key: str) -> str:
        return row.text(headings[key]).strip() if key in headings else ""

    member = said("member")
    if not member:
        raise RowRefused("no_name", message("The row names nobody."))
    year = to_latin(said("year")).strip().removesuffix(".0")
    if not (year.isdecimal() and 1300 <= int(year) <= 2150):
        raise RowRefused(
            "bad_year", message("“%(text)s” is not a year of four figures."), text=said("year")
        )
    due, paid = (_money(said(key), said("currency")) for key in ("due", "paid"))
    if due is None and paid is None:
        raise RowRefused(
            "no_amount", message("The row says neither what is due nor what was paid.")
        )
    due_on = read_day(said("due_on"), "due_on").last if said("due_on") else None
    paid_on = read_day(said("paid_on"), "paid_on").last if said("paid_on") else None
    if paid is not None and paid_on is None:
        raise RowRefused("undated_payment", message("The payment has no day."))
    return GivenDues(
        number=row.number,
        member=member,
        year=int(year),
        due=due,
        paid=paid,
        due_on=due_on,
        paid_on=paid_on,
        source=said("source"),
    )


def _money(text: str, currency: str) -> Money | None:
    if not text or to_latin(text).strip(" -–—") in ("", "0", "0.0", "0.00"):
        return None
    try:
        amount = read_money(text, currency)
    except InvalidInput as refusal:
        raise RowRefused(
            "bad_amount",
            message("“%(text)s” in “%(currency)s” is not an amount."),
            text=text,
            currency=currency,
        ) from refusal
    if amount.minor < 0:
        raise RowRefused(
            "below_zero",
            message(
                "An amount below zero is a correction; enter it on the member's page, with why."
            ),
        )
    return amount


def _member(given: GivenDues, accounts: Accounts) -> str:
    found = accounts.members.get(given.member) or accounts.members.get(
        fold(plain_name(given.member)), []
    )
    if not found:
        raise RowRefused(
            "unknown_member",
            message("“%(name)s” is not on record as a member. Bring in the list of members first."),
            name=given.member,
        )
    if len(found) > 1:
        raise RowRefused(
            "several_holders",
            message("“%(name)s” may be several: %(keys)s. Write the key or the country."),
            name=given.member,
            keys=", ".join(found),
        )
    return found[0]


def _plan_row(given: GivenDues, accounts: Accounts) -> PlannedRow:
    key = _member(given, accounts)
    acts = []
    amounts = (
        ("due", given.due, given.due_on or date(given.year, 12, 31)),
        ("paid", given.paid, given.paid_on),
    )
    for kind, money, day in amounts:
        if money is None or day is None:
            continue
        if kind == "paid" and day > accounts.today:
            raise RowRefused(
                "future",
                message("The payment is dated %(day)s, which is still to come."),
                day=day.isoformat(),
            )
        entry = (key, given.year, kind, money.minor, money.currency, day)
        if entry in accounts.entries:
            continue
        accounts.entries.add(entry)
        told = f"{given.year}: {money.plain()} {money.currency}, {day.isoformat()}"
        acts.append(SimpleAct(kind, key, {"amount": {"before": None, "after": told}}))
    return PlannedRow(given, given.number, acts)


def plan_dues(
    rows: Iterable[tuple[int, GivenDues | Wrong]], accounts: Accounts
) -> list[PlannedRow]:
    """The plan of the whole list; entered and planned again it plans nothing."""
    planned = []
    for number, given in rows:
        if isinstance(given, Wrong):
            planned.append(PlannedRow(None, number, wrong=given))
            continue
        try:
            planned.append(_plan_row(given, accounts))
        except RowRefused as refusal:
            planned.append(PlannedRow(given, number, wrong=refusal.wrong))
    return planned
