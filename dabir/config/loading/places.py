"""What an example knows of a city: values with their sources, a former name."""

from __future__ import annotations

from typing import Any

from dabir.config.loading.reading import Stage, first_day, words
from dabir.registry.models import City
from dabir.registry.proposals import proposal
from dabir.registry.services import (
    accept_proposal,
    change_city,
    make_official,
    tell_fact,
    withdraw_fact,
)


def load_city(stage: Stage, city: City, entry: dict[str, Any]) -> City:
    """Enter the values of a city; give it its present name where it bore another."""
    if former := entry.get("former"):
        stamp = stage.stamp | {"on": first_day(former["until"])}
        city = change_city(
            city=city,
            names=words(entry["name"]),
            country=city.country,
            printed_as=city.printed_as,
            source=city.source,
            reason=former["reason"],
            **stamp,
        )
    found = proposal(entry["geonames"]) if "geonames" in entry else None
    if found:
        accept_proposal(city=city, proposal=found, coordinates=True, **stage.stamp)
    for told in entry.get("facts", []):
        _load_fact(stage, city, told)
    return city


def _load_fact(stage: Stage, city: City, told: dict[str, Any]) -> None:
    fact = tell_fact(
        city=city,
        kind=told["kind"],
        value=str(told["value"]),
        year=told.get("year"),
        scope=told.get("scope", ""),
        source=told["source"],
        source_on=first_day(told.get("source_on")),
        confidence=told["confidence"],
        **stage.stamp,
    )
    if "official" in told:
        make_official(fact=fact, reason=told["official"], **stage.stamp)
    if "withdrawn" in told:
        withdraw_fact(fact=fact, reason=told["withdrawn"], **stage.stamp)
