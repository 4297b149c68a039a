"""Enter countries, cities and organisations."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.registry.checking import Words, checked_names, enter
from dabir.registry.models import City, Country, Organisation


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
