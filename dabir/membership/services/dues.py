"""Dues as far as they are known before the treasury: opening balances and plans, each with its source."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.money import Money
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import day_said
from dabir.membership.models import DuesEntry, Member, Plan
from dabir.membership.states import DuesKind

EARLIEST, LATEST = 1950, 2150


@transaction.atomic
def enter_dues(
    *,
    member: Member,
    year: int,
    kind: str,
    amount: Money,
    day: date,
    source: str,
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
) -> DuesEntry:
    """Enter what one year costs a member, or what was paid of it, as the source tells it.

    A mistake is corrected by a second entry below zero that says why; nothing is changed.
    """
    if not EARLIEST <= year <= LATEST:
        raise InvalidInput(fields={"year": [_("Give the year with four figures, such as 2026.")]})
    if kind == DuesKind.PAID and day > on:
        raise InvalidInput(
            fields={"day": [_("A payment that is still to come is not entered.")]},
            code="still_to_come",
        )
    entry = DuesEntry(
        member=member,
        year=year,
        kind=kind,
        minor=amount.minor,
        currency=amount.currency,
        decimals=amount.decimals,
        source=source.strip(),
        reason=reason.strip(),
        on=day,
        at=at,
        by=by.as_dict(),
    )
    _refuse_other_decimals(entry)
    check_record(entry)
    entry.save()
    record_act(
        "membership.enter_dues",
        target=member.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "year": year,
            "kind": kind,
            "minor": amount.minor,
            "currency": amount.currency,
            "decimals": amount.decimals,
            "day": day,
            "source": source,
        },
        reason=reason,
    )
    return entry


def _refuse_other_decimals(entry: DuesEntry) -> None:
    """One currency is counted in one unit, everywhere in the book."""
    other = DuesEntry.objects.filter(currency=entry.currency).exclude(decimals=entry.decimals)
    if other.exists():
        raise InvalidInput(
            _("%(currency)s is counted with other decimals in this book.")
            % {"currency": entry.currency}
        )


@transaction.atomic
def grant_plan(
    *,
    member: Member,
    until: date,
    words: str,
    basis: Reference | None,
    by: Actor,
    on: date,
    at: datetime,
) -> Plan:
    """Grant a member a plan of payment until a day; while it is kept it can keep standing.

    A later plan takes the place of an earlier one: with `until` on the same day it ends it.
    """
    if basis is None:
        raise InvalidInput(
            _("A plan of payment rests on a decision."),
            fields={"basis": [_("By which decision?")]},
            code="no_basis",
        )
    if basis.on is not None and basis.on > on:
        raise InvalidInput(
            _("The decision was taken on %(day)s; nothing follows from it before that day.")
            % {"day": day_said(basis.on)},
            code="before_decision",
        )
    if not member.belongs:
        raise IllegalStep(
            _("Only a member is granted a plan of payment."),
            cure=_("Record its admission or return first."),
        )
    plan = Plan(
        member=member,
        until=until,
        words=words.strip(),
        basis=basis.as_dict(),
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(plan)
    plan.save()
    record_act(
        "membership.grant_plan",
        target=member.reference(),
        by=by,
        on=on,
        at=at,
        after={"until": until, "words": words},
        basis=basis,
    )
    return plan
