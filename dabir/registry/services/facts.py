"""What is known of a city: tell a value, say which is official, withdraw one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words, number_said
from dabir.registry.figures import degrees, written_degrees
from dabir.registry.models import City, CityFact, FactJudgement
from dabir.registry.proposals import SOURCE_ON, Proposal
from dabir.registry.services.places import rename_city
from dabir.registry.states import INCOME_GROUPS, Confidence, FactKind, Verdict
from dabir.text.digits import to_latin

EARLIEST = 1000
LARGEST = 100_000_000


def _checked_value(kind: str, value: str) -> str:
    """The value in the one way in which it is kept; raises InvalidInput for any other."""
    if kind == FactKind.COORDINATES:
        found = degrees(value)
        if found is None:
            raise _refused(
                "value",
                _("“%(value)s” is no latitude and longitude in degrees.") % {"value": value},
                _("Write latitude and longitude as decimals, such as 35.69439 51.42151."),
            )
        return written_degrees(*found)
    if kind == FactKind.POPULATION:
        plain = to_latin(value).strip()
        for sign in ("٬", ",", "،", " ", "\u00a0"):
            plain = plain.replace(sign, "")
        if not plain.isdecimal() or not 0 < int(plain) <= LARGEST:
            raise _refused(
                "value",
                _("“%(value)s” is no number of inhabitants.") % {"value": value},
                _("Write whole inhabitants, such as 8,693,706."),
            )
        return str(int(plain))
    if kind == FactKind.INCOME_GROUP:
        if value not in INCOME_GROUPS:
            raise _refused("value", _("Choose one of the income groups."), "")
        return value
    raise _refused("kind", _("This is nothing that is told of a city."), "")


def _refused(field: str, words: object, cure: object) -> InvalidInput:
    return InvalidInput(str(words), fields={field: [words]}, cure=cure)  # type: ignore[list-item]  # lazy words


def _checked_year(kind: str, year: int | None, on: date) -> int | None:
    if kind == FactKind.COORDINATES:
        return None
    if year is None:
        raise _refused("year", _("Population and income group are told for a year."), "")
    if not EARLIEST <= year <= on.year:
        raise _refused(
            "year",
            _("The year lies between %(first)s and %(last)s.")
            % {"first": number_said(EARLIEST), "last": number_said(on.year)},
            "",
        )
    return year


@transaction.atomic
def tell_fact(
    *,
    city: City,
    kind: str,
    value: str,
    source: str,
    by: Actor,
    on: date,
    at: datetime,
    year: int | None = None,
    scope: str = "",
    source_on: date | None = None,
    confidence: str = Confidence.PROBABLE,
    note: str = "",
) -> CityFact:
    """Enter a value that a source gives of a city, beside those that other sources give."""
    fact = CityFact(
        kind=kind,
        value=_checked_value(kind, value),
        year=_checked_year(kind, year, on),
        scope=scope,
        source=source.strip(),
        source_on=source_on,
        confidence=confidence,
        note=note.strip(),
    )
    return _enter(fact, lock_record(city), by=by, on=on, at=at)


def _enter(fact: CityFact, kept: City, *, by: Actor, on: date, at: datetime) -> CityFact:
    """Keep a value of a city that is locked."""
    fact.city, fact.on, fact.at, fact.by = kept, on, at, by.as_dict()
    if fact.source_on and fact.source_on > on:
        raise _refused("source_on", _("The source is dated on a day to come."), "")
    check_record(fact)
    same = CityFact.objects.filter(
        city=kept,
        kind=fact.kind,
        year=fact.year,
        value=fact.value,
        scope=fact.scope,
        source=fact.source,
    )
    if same.exclude(judgements__verdict=Verdict.WITHDRAWN).exists():
        raise IllegalStep(_("This source is already entered with this value."), code="fact_known")
    fact.save()
    record_act(
        "registry.tell_fact",
        target=kept.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "fact": fact.pk,
            "kind": fact.kind,
            "value": fact.value,
            "year": fact.year,
            "source": fact.source,
            "source_on": fact.source_on,
            "confidence": fact.confidence,
        },
    )
    return fact


@transaction.atomic
def make_official(
    *,
    fact: CityFact,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
) -> FactJudgement:
    """Say that of all values told for this year this one is the association's, and why."""
    return _judge(fact, Verdict.OFFICIAL, reason, by=by, on=on, at=at, basis=basis)


@transaction.atomic
def withdraw_fact(
    *,
    fact: CityFact,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
) -> FactJudgement:
    """Say that a value no longer counts; it stays readable, with the reason beside it."""
    return _judge(fact, Verdict.WITHDRAWN, reason, by=by, on=on, at=at, basis=basis)


def _judge(
    fact: CityFact,
    verdict: str,
    reason: str,
    *,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None,
) -> FactJudgement:
    city = lock_record(fact.city)
    if not reason.strip():
        raise _refused("reason", _("Say why."), "")
    if fact.judgements.filter(verdict=Verdict.WITHDRAWN).exists():
        raise IllegalStep(
            _("This value was withdrawn."),
            cure=_("Enter it anew if it counts after all."),
            code="fact_withdrawn",
        )
    judgement = FactJudgement(
        fact=fact,
        verdict=verdict,
        reason=reason.strip(),
        basis=basis.as_dict() if basis else None,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(judgement)
    judgement.save()
    record_act(
        "registry.make_official" if verdict == Verdict.OFFICIAL else "registry.withdraw_fact",
        target=city.reference(),
        by=by,
        on=on,
        at=at,
        after={"fact": fact.pk, "kind": fact.kind, "value": fact.value, "year": fact.year},
        basis=basis,
        reason=reason.strip(),
    )
    return judgement


@transaction.atomic
def accept_proposal(
    *,
    city: City,
    proposal: Proposal,
    by: Actor,
    on: date,
    at: datetime,
    coordinates: bool = False,
    population_year: int | None = None,
    persian: str = "",
    version: int | None = None,
) -> City:
    """Enter the values of a proposal that a person accepted; each says where it comes from."""
    kept = lock_record(city, version=version)
    stamp: dict[str, Any] = {"by": by, "on": on, "at": at}
    given = {"source": proposal.source, "source_on": min(SOURCE_ON, on)}
    facts = []
    if coordinates:
        facts.append(CityFact(kind=FactKind.COORDINATES, value=proposal.coordinates, **given))
    if population_year is not None:
        year = _checked_year(FactKind.POPULATION, population_year, on)
        value = str(proposal.inhabitants)
        facts.append(CityFact(kind=FactKind.POPULATION, value=value, year=year, **given))
    for fact in facts:
        _enter(fact, kept, **stamp)
    if persian:
        source = "; ".join(filter(None, (kept.source, proposal.source)))
        kept = rename_city(
            kept, as_words(kept.names) | {"fa": persian}, source=source, reason=source, **stamp
        )
    return kept
