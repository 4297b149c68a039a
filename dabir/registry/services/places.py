"""Enter countries, cities and organisations, and change what they are called."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.registry.checking import Words, checked_names, enter
from dabir.registry.models import City, CityFormerName, Country, Organisation


@transaction.atomic
def add_country(*, code: str, names: Words, by: Actor, on: date, at: datetime) -> Country:
    """Enter a country by its ISO 3166 code of two letters."""
    if not re.fullmatch(r"[A-Za-z]{2}", code):
        raise InvalidInput(fields={"code": [_("A country code has two letters (ISO 3166).")]})
    country = enter(Country(code=code.upper(), names=checked_names(names)))
    record_act(
        "registry.add_country",
        target=Reference("country", country.code, checked_names(names)),
        by=by,
        on=on,
        at=at,
        after={"code": country.code},
    )
    return country


@transaction.atomic
def add_city(
    *,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    country: Country | None = None,
    public_id: str = "",
    printed_as: str = "",
    note: Words | None = None,
    source: str = "",
) -> City:
    """Enter a city; an unknown country stays unknown."""
    city = City(
        public_id=public_id or new_public_id("city"),
        country=country,
        names=checked_names(names),
        printed_as=printed_as,
        note=dict(note or {}),
        source=source,
    )
    enter(city)
    record_act(
        "registry.add_city",
        target=city.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "country": country.code if country else None,
            "printed_as": printed_as,
            "source": source,
        },
    )
    return city


@transaction.atomic
def add_organisation(
    *,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    public_id: str = "",
    note: Words | None = None,
    source: str = "",
) -> Organisation:
    """Enter a body outside the association."""
    organisation = Organisation(
        public_id=public_id or new_public_id("organisation"),
        names=checked_names(names),
        note=dict(note or {}),
        source=source,
    )
    enter(organisation)
    record_act(
        "registry.add_organisation",
        target=organisation.reference(),
        by=by,
        on=on,
        at=at,
        after={"source": source},
    )
    return organisation


def _told(city: City) -> dict[str, object]:
    return {
        "names": as_words(city.names),
        "country": city.country.code if city.country else None,
        "printed_as": city.printed_as,
        "source": city.source,
    }


@transaction.atomic
def change_city(
    *,
    city: City,
    names: Words,
    country: Country | None,
    by: Actor,
    on: date,
    at: datetime,
    printed_as: str = "",
    source: str = "",
    reason: str = "",
    basis: Reference | None = None,
    version: int | None = None,
) -> City:
    """Change what a city is called or where it lies; it is still found by its former names.

    `on` is the day from which the new name counts.
    """
    return rename_city(
        lock_record(city, version=version),
        names,
        country=country,
        printed_as=printed_as.strip(),
        source=source.strip(),
        reason=reason,
        basis=basis,
        by=by,
        on=on,
        at=at,
    )


def rename_city(
    fresh: City,
    names: Words,
    *,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
    **others: Any,
) -> City:
    """Change a city that is locked: its names, and what else is given."""
    before, names_before = _told(fresh), as_words(fresh.names)
    fresh.names = checked_names(names)
    for field, value in others.items():
        setattr(fresh, field, value)
    after = _told(fresh)
    if before == after:
        raise IllegalStep(_("Nothing was changed."), code="nothing_changed")
    if _renames(names_before, as_words(fresh.names)):
        former = CityFormerName(
            city=fresh,
            names=names_before,
            reason=reason,
            basis=basis.as_dict() if basis else None,
            on=on,
            at=at,
            by=by.as_dict(),
        )
        check_record(former)
        former.save()
    fresh.version += 1
    check_record(fresh)
    fresh.save()
    record_act(
        "registry.change_city",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={key: before[key] for key in before if before[key] != after[key]},
        after={key: after[key] for key in after if before[key] != after[key]},
        basis=basis,
        reason=reason,
    )
    return fresh


def _renames(before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether a name that was there is another now; a further language is no new name."""
    return any(after.get(language) != name for language, name in before.items())


@transaction.atomic
def change_country(
    *, country: Country, names: Words, by: Actor, on: date, at: datetime, reason: str = ""
) -> Country:
    """Change what a country is called here; its code stays."""
    fresh = lock_record(country)
    before = as_words(fresh.names)
    fresh.names = checked_names(names)
    check_record(fresh)
    fresh.save(update_fields=["names"])
    record_act(
        "registry.change_country",
        target=Reference("country", fresh.code, checked_names(names)),
        by=by,
        on=on,
        at=at,
        before={"names": before},
        after={"names": as_words(fresh.names)},
        reason=reason,
    )
    return fresh


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
) -> Organisation:
    """Change what a body outside the association is called."""
    fresh = lock_record(organisation)
    before = as_words(fresh.names)
    fresh.names = checked_names(names)
    check_record(fresh)
    fresh.save(update_fields=["names"])
    record_act(
        "registry.change_organisation",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"names": before},
        after={"names": as_words(fresh.names)},
        reason=reason,
    )
    return fresh
