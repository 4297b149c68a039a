"""Questions about cities: what is told of them, which value counts, where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from dabir.core.models import SearchEntry
from dabir.core.together import Found, Together, in_order
from dabir.registry.figures import Figure, Judged, Told, degrees, figures, newest
from dabir.registry.models import City, CityFact, Country, FactJudgement
from dabir.registry.states import FactKind
from dabir.text.folding import fold_tokens


def figures_of_cities(cities: Iterable[City], *, kind: str = "") -> dict[int, list[Figure]]:
    """For each city's key its figures, those told of its doubles too; in three statements."""
    keys = [city.pk for city in cities]
    doubles = City.objects.filter(merged_into__in=keys).values_list("pk", "merged_into_id")
    owner: dict[int, Any] = dict(doubles) | {key: key for key in keys}
    facts = CityFact.objects.filter(city__in=list(owner))
    if kind:
        facts = facts.filter(kind=kind)
    judgements = FactJudgement.objects.filter(fact__in=facts).order_by("at", "id")
    return _figures(facts.order_by("id"), judgements, owner)


def _figures(
    facts: Iterable[CityFact], judgements: Iterable[FactJudgement], owner: Mapping[int, int]
) -> dict[int, list[Figure]]:
    """Facts with what was judged of each, by the city that they count for, whichever it was told of."""
    judged: dict[int, list[Judged]] = defaultdict(list)
    for row in judgements:
        said = Judged(row.verdict, row.reason, row.on, row.at, row.by, row.basis)
        judged[row.fact_id].append(said)
    told: dict[int, list[Told]] = defaultdict(list)
    for fact in facts:
        told[owner.get(fact.city_id, fact.city_id)].append(
            Told(
                fact.pk, fact.kind, fact.value, fact.year, fact.scope, fact.source, fact.source_on,
                fact.confidence, fact.note, fact.on, fact.at, fact.by,
                tuple(judged.get(fact.pk, ())),
            )
        )  # fmt: skip
    return {key: figures(values) for key, values in told.items()}


def figures_of(city: City) -> list[Figure]:
    """Everything that is told of one city."""
    return figures_of_cities([city]).get(city.pk, [])


def coordinates_of_cities(cities: Iterable[City]) -> dict[int, tuple[float, float]]:
    """For each city's key its latitude and longitude, where one value stands."""
    return _places(figures_of_cities(cities, kind=FactKind.COORDINATES))


def _places(of_cities: Mapping[int, list[Figure]]) -> dict[int, tuple[float, float]]:
    found: dict[int, tuple[float, float]] = {}
    for key, of_city in of_cities.items():
        figure = newest(of_city, FactKind.COORDINATES)
        place = degrees(figure.standing.value) if figure and figure.standing else None
        if place:
            found[key] = place
    return found


def coordinates_parts(cities: QuerySet[Any]) -> Together:
    """What `coordinates_among` needs of the cities whose keys a query tells, to be read with other parts."""
    doubles = City.objects.filter(merged_into__in=cities)
    told = Q(city__in=cities) | Q(city__in=doubles.values("pk"))
    facts = CityFact.objects.filter(told, kind=FactKind.COORDINATES)
    return Together(
        doubles=lambda: doubles.only("merged_into"),
        facts=lambda: facts,
        judgements=lambda: FactJudgement.objects.filter(fact__in=facts.values("pk")),
    )


def coordinates_among(found: Found) -> dict[int, tuple[float, float]]:
    """The same as `coordinates_of_cities` of what was read by those parts."""
    owner = {double.pk: double.merged_into_id for double in found["doubles"]}
    judgements = in_order(found["judgements"], "at", "pk")
    return _places(_figures(in_order(found["facts"], "pk"), judgements, owner))


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
