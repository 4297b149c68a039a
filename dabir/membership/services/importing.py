"""Bring in a list of members, or of their dues, by the services that a person uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.actors import Actor
from dabir.core.money import Money
from dabir.documents.importing import Subject
from dabir.documents.models import ImportRun
from dabir.documents.tabular.cells import RowRefused, Wrong
from dabir.documents.tabular.columns import Headings
from dabir.documents.tabular.planned import Act, PlannedRow
from dabir.documents.tabular.reading import SheetRow, SheetTable
from dabir.membership.importing.columns import DUES, MEMBERS, match_dues, match_members
from dabir.membership.importing.dues import GivenDues, plan_dues, read_dues
from dabir.membership.importing.members import GivenMember, plan_members, read_member
from dabir.membership.models import Member
from dabir.membership.places import member_url
from dabir.membership.queries.importing import read_accounts, read_members
from dabir.membership.services.dues import enter_dues
from dabir.membership.services.steps import enter_member
from dabir.registry.models import City, Country, Organisation
from dabir.registry.services.places import add_city, add_country, add_organisation


def _read(table: SheetTable, read: Callable[[SheetRow], Any]) -> Iterable[tuple[int, Any | Wrong]]:
    for row in table.rows:
        try:
            yield row.number, read(row)
        except RowRefused as refusal:
            yield row.number, refusal.wrong


def _plan_members(table: SheetTable, headings: Headings, on: date) -> list[PlannedRow]:
    members = read_members(on)
    rows = _read(table, lambda row: read_member(row, headings.by_key, members.categories))
    return plan_members(rows, members)


def _plan_dues(table: SheetTable, headings: Headings, on: date) -> list[PlannedRow]:
    return plan_dues(_read(table, lambda row: read_dues(row, headings.by_key)), read_accounts(on))


class _Bringing:
    """Does the acts of a plan through the same services that a person uses."""

    def __init__(self, run: ImportRun, *, by: Actor, on: date, at: datetime) -> None:
        self.name = run.file.name
        self.stamp: dict[str, Any] = {"by": by, "on": on, "at": at}

    def do(self, row: PlannedRow, act: Act) -> None:
        """One act of one row."""
        getattr(self, f"_{act.kind}")(row.given, act)

    def _source(self, given: GivenMember | GivenDues) -> str:
        return given.source or f"{self.name}, {given.number}"


class BringingMembers(_Bringing):
    """Countries, cities and bodies that are new, then the memberships."""

    def _country(self, _given: GivenMember, act: Act) -> None:
        add_country(code=act.id, names=act.changes["names"]["after"], **self.stamp)

    def _city(self, given: GivenMember, act: Act) -> None:
        code = act.changes.get("country", {}).get("after")
        add_city(
            names=given.names,
            country=Country.objects.get(code=code) if code else None,
            public_id=act.id,
            source=self._source(given),
            **self.stamp,
        )

    def _body(self, given: GivenMember, act: Act) -> None:
        add_organisation(
            names=given.names, public_id=act.id, source=self._source(given), **self.stamp
        )

    def _member(self, given: GivenMember, act: Act) -> None:
        shelf: Any = City if given.kind == "city" else Organisation
        enter_member(
            holder=shelf.objects.get(public_id=act.id),
            category=given.category,
            state=given.state,
            number=given.membership_number,
            joined_on=given.joined_on,
            precision=given.precision,
            ended_on=given.ended_on,
            source=self._source(given),
            **self.stamp,
        )


class BringingDues(_Bringing):
    """What years cost and what was paid, entry by entry."""

    def _due(self, given: GivenDues, act: Act) -> None:
        self._enter(given, act, given.due, given.due_on or date(given.year, 12, 31))

    def _paid(self, given: GivenDues, act: Act) -> None:
        self._enter(given, act, given.paid, given.paid_on)

    def _enter(self, given: GivenDues, act: Act, amount: Money | None, day: date | None) -> None:
        assert amount is not None  # noqa: S101  only what a row says has an act
        assert day is not None  # noqa: S101  a payment without a day was refused
        enter_dues(
            member=Member.objects.get(public_id=act.id),
            year=given.year,
            kind=act.kind,
            amount=amount,
            day=day,
            source=self._source(given),
            **self.stamp,
        )


def _address(act: dict[str, Any]) -> str:
    if act["kind"] not in ("member", "due", "paid"):
        return ""
    member = Member.objects.filter(public_id=act["id"]).first()
    return member_url(member) if member else ""


MEMBERS_SUBJECT = Subject(
    key="members",
    app="membership",
    right="membership.import_members",
    label=_("Members"),
    intro=_(
        "The list of members as it was kept before: cities and bodies, each with its category, its state, "
        "its number and since when it belongs. Cities that are new are entered with it."
    ),
    first_column=_("Member"),
    columns=MEMBERS,
    kinds={
        "country": _("New country"),
        "city": _("New city"),
        "body": _("New organisation"),
        "member": _("Membership entered"),
    },
    match=match_members,
    plan=_plan_members,
    bring=BringingMembers,
    address=_address,
)
DUES_SUBJECT = Subject(
    key="dues",
    app="membership",
    right="membership.enter_dues",
    label=_("Dues from before the treasury"),
    intro=_(
        "What each year cost each member and what was paid of it, from the ledger that was kept before. "
        "Each row names its source; nothing is added up."
    ),
    first_column=_("Member"),
    columns=DUES,
    kinds={
        "due": pgettext_lazy("entry of dues", "Due"),
        "paid": pgettext_lazy("entry of dues", "Paid"),
    },
    match=match_dues,
    plan=_plan_dues,
    bring=BringingDues,
    address=_address,
)
