"""Questions about cities: what is told of them, which value counts, where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from dabir.core.models import SearchEntry
from dabir.registry.figures import Figure, Judged, Told, degrees, figures, newest
from dabir.registry.models import City, CityFact, Country, FactJudgement
from dabir.registry.states import FactKind
from dabir.text.folding import fold_tokens


def _judgements(facts: QuerySet[CityFact]) -> dict[int, list[Judged]]:
    rows = FactJudgement.objects.filter(fact__in=facts).order_by("at", "id")
    found: dict[int, list[Judged]] = defaultdict(list)
    for row in rows:
        said = Judged(row.verdict, row.reason, row.on, row.at, row.by, row.basis)
        found[row.fact_id].append(said)
    return found


def figures_of_cities(cities: Iterable[City], *, kind: str = "") -> dict[int, list[Figure]]:
    """For each city's key its figures, those told of its doubles too; in three statements."""
    keys = [city.pk for city in cities]
    doubles = City.objects.filter(merged_into__in=keys).values_list("pk", "merged_into_id")
    owner: dict[int, Any] = dict(doubles) | {key: key for key in keys}
    facts = CityFact.objects.filter(city__in=list(owner))
    if kind:
        facts = facts.filter(kind=kind)
    judged = _judgements(facts)
    told: dict[int, list[Told]] = defaultdict(list)
    for row in facts.order_by("id"):
        told[owner[row.city_id]].append(
            Told(
                row.pk, row.kind, row.value, row.year, row.scope, row.source, row.source_on,
                row.confidence, row.note, row.on, row.at, row.by, tuple(judged.get(row.pk, ())),
            )
        )  # fmt: skip
    return {key: figures(values) for key, values in told.items()}


def figures_of(city: City) -> list[Figure]:
    """Everything that is told of one city."""
    return figures_of_cities([city]).get(city.pk, [])


def coordinates_of_cities(cities: Iterable[City]) -> dict[int, tuple[float, float]]:
    """For each city's key its latitude and longitude, where one value stands."""
    found: dict[int, tuple[float, float]] = {}
    for key, of_city in figures_of_cities(cities, kind=FactKind.COORDINATES).items():
        figure = newest(of_city, FactKind.COORDINATES)
        place = degrees(figure.standing.value) if figure and figure.standing else None
        if place:
            found[key] = place
    return found


def population_of_cities(
    cities: Iterable[City], *, year: int | None = None
) -> dict[int, tuple[int, int]]:
    """For each city's key the newest population that stands, and its year."""
    found: dict[int, tuple[int, int]] = {}
    for key, of_city in figures_of_cities(cities, kind=FactKind.POPULATION).items():
        figure = newest(of_city, FactKind.POPULATION, year=year)
        if figure and figure.standing and figure.year:
            found[key] = (int(figure.standing.value), figure.year)
    return found


def income_group_of(city: City, *, year: int) -> tuple[str, int] | None:
    """The income group that stood for a year, with the year of which it is told."""
    figure = newest(figures_of(city), FactKind.INCOME_GROUP, year=year)
    if figure is None or figure.standing is None or figure.year is None:
        return None
    return figure.standing.value, figure.year


def cities_matching(*, words: str = "", country: str = "") -> QuerySet[City]:
    """The cities that bear all the words typed, in any spelling, in a country or in all."""
    rows = City.objects.filter(merged_into=None).select_related("country")
    for word in fold_tokens(words):
        found = SearchEntry.objects.filter(kind="city", folded__contains=word)
        rows = rows.filter(public_id__in=found.values("public_id"))
    if country == "unknown":
        rows = rows.filter(country=None)
    elif country:
        rows = rows.filter(country__code=country)
    return rows


def countries_listed() -> list[dict[str, Any]]:
    """Every country with the number of its cities, as entered."""
    rows = Country.objects.annotate(number=Count("cities")).order_by("code")
    return [{"country": row, "number": row.number} for row in rows]
