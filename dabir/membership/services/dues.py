"""What standing rests on beside the membership: dues before the treasury, plans, representatives."""

from __future__ import annotations

from collections.abc import Mapping
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
from dabir.documents.models import StoredFile
from dabir.membership.models import Accreditation, DuesEntry, Member, Plan, SizeTold
from dabir.membership.states import DuesKind
from dabir.registry.models import Person
from dabir.registry.queries import mandates_on

Words = Mapping[str, str]
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


@transaction.atomic
def accredit_representative(
    *,
    member: Member,
    until: date,
    by: Actor,
    on: date,
    at: datetime,
    person: Person | None = None,
    words: Words | None = None,
    letter: StoredFile | None = None,
    source: str = "",
) -> Accreditation:
    """Record whom a member's letter names to speak and vote for it, until the day before `until`.

    Somebody of the registry must hold a post of the city on that day; the accreditation ends with it.
    """
    if person is None and not words:
        raise InvalidInput(fields={"person": [_("Say who represents the member.")]})
    if person is not None and member.city is not None:
        held = mandates_on(on).filter(person=person, post__city=member.city)
        if not held.exists():
            raise InvalidInput(
                _("%(name)s holds no post of the city on that day.") % {"name": person},
                cure=_("Record the mandate first, or name the representative in words."),
                fields={"person": [_("This person holds no post of the city.")]},
                code="no_mandate",
            )
    accreditation = Accreditation(
        member=member,
        person=person,
        words=dict(words or {}),
        until=until,
        letter=letter,
        source=source.strip(),
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(accreditation)
    accreditation.save()
    record_act(
        "membership.accredit_representative",
        target=member.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "person": person.public_id if person else None,
            "until": until,
            "letter": letter.sha256 if letter else None,
            "source": source,
        },
    )
    return accreditation


@transaction.atomic
def enter_size(
    *,
    year: int,
    number: int,
    unit: Words,
    source: str,
    by: Actor,
    on: date,
    at: datetime,
    exactness: str = "exactly",
    said_by: Words | None = None,
) -> SizeTold:
    """Keep how many members a source gives for a year, beside what other sources say."""
    size = SizeTold(
        year=year,
        number=number,
        exactness=exactness,
        unit=dict(unit),
        said_by=dict(said_by or {}),
        source=source.strip(),
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(size)
    size.save()
    record_act(
        "membership.enter_size",
        target=Reference("size", str(year), dict(unit)),
        by=by,
        on=on,
        at=at,
        after={"year": year, "number": number, "exactness": exactness, "source": source},
    )
    return size
