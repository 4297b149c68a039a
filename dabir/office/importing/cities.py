"""A list of cities: which are new, which change, which values are told; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from dabir.documents.tabular.cells import RowRefused, Wrong
from dabir.documents.tabular.columns import (
    Headings,
    import_column,
    refuse_headings,
    understood_headings,
)
from dabir.documents.tabular.planned import PlannedRow, SimpleAct
from dabir.documents.tabular.reading import SheetRow, message
from dabir.registry.figures import degrees, written_degrees
from dabir.text.digits import to_latin
from dabir.text.folding import fold

COLUMNS = (
    import_column(
        "id", "Number of the city", "شناسهٔ شهر",
        "As it stands here; empty: found by name and country, or given.",
        "همان‌گونه که اینجا ثبت است؛ خالی: با نام و کشور یافته یا داده می‌شود.",
        "city id", "key", "public id",
    ),
    import_column(
        "name_fa", "Name in Persian", "نام به فارسی",
        "One of the names is enough.", "یکی از نام‌ها بس است.", "name_fa", "نام", "شهر",
    ),
    import_column(
        "name_en", "Name in English", "نام به انگلیسی",
        "One of the names is enough.", "یکی از نام‌ها بس است.", "name_en", "name", "city",
    ),
    import_column(
        "country", "Country", "کشور",
        "ISO code of two letters, or the name of a country entered here; empty: unknown.",
        "کد دوحرفی ISO یا نام کشوری که اینجا ثبت است؛ خالی: نامعلوم.", "country code", "iso",
    ),
    import_column(
        "country_fa", "Country in Persian", "نام کشور به فارسی",
        "Only for a country met for the first time.", "تنها برای کشوری که نخستین بار می‌آید.",
    ),
    import_column(
        "country_en", "Country in English", "نام کشور به انگلیسی",
        "Only for a country met for the first time.", "تنها برای کشوری که نخستین بار می‌آید.",
    ),
    import_column(
        "coordinates", "Coordinates", "مختصات",
        "Latitude and longitude in degrees, such as 35.69439 51.42151.",
        "عرض و طول جغرافیایی به درجه، مانند 35.69439 51.42151.",
    ),
    import_column(
        "population", "Population", "جمعیت", "Whole inhabitants.", "شمار کامل ساکنان.",
    ),
    import_column(
        "year", "Year of the population", "سال جمعیت",
        "Gregorian; needed with a population.", "میلادی؛ همراه جمعیت لازم است.", "year", "سال",
    ),
    import_column(
        "source", "Source", "منبع",
        "Where the values come from; empty: this file and row.",
        "منبع مقدارها؛ خالی: همین پرونده و ردیف.",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class GivenCity:
    """What one row says; `key` and `code` are what the plan found."""

    number: int
    key: str = ""
    names: dict[str, str] = field(default_factory=dict)
    country: str = ""
    country_names: dict[str, str] = field(default_factory=dict)
    coordinates: str = ""
    population: str = ""
    year: int | None = None
    source: str = ""


@dataclass
class StandingCity:
    """A city that stands, or that an earlier row makes."""

    key: str
    names: dict[str, str]
    country: str
    values: set[tuple[str, str, int | None]] = field(default_factory=set)


@dataclass
class Atlas:
    """What the table is held against; grows while the plan is made."""

    cities: dict[str, StandingCity]
    countries: dict[str, dict[str, str]]
    this_year: int
    merged: dict[str, str] = field(default_factory=dict)
    """Double to kept record."""
    by_name: dict[str, dict[str, StandingCity]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for city in self.cities.values():
            self.remember(city)

    def remember(self, city: StandingCity) -> None:
        """Let a city be found by its number and by every one of its names."""
        self.cities[city.key] = city
        for name in city.names.values():
            self.by_name.setdefault(fold(name), {})[city.key] = city

    def named(self, names: Iterable[str]) -> list[StandingCity]:
        """The cities that bear one of the names, each once."""
        found: dict[str, StandingCity] = {}
        for name in names:
            found |= self.by_name.get(fold(name), {})
        return list(found.values())


def match_headings(header: Iterable[str]) -> Headings:
    """Recognise the columns; raises TableRefused where no city can be told."""
    found = understood_headings(header, COLUMNS)
    if not {"id", "name_fa", "name_en"} & found.by_key.keys():
        refuse_headings(
            "no_city_column",
            message("The table needs the name of the city, in Persian or English."),
        )
    return found


def read_row(row: SheetRow, headings: dict[str, str]) -> GivenCity:
    """The row as values; raises RowRefused at the first cell that cannot be read."""

    def said(key: str) -> str:
        return " ".join(row.text(headings[key]).split()) if key in headings else ""

    return GivenCity(
        number=row.number,
        key=to_latin(said("id")),
        names={c: said(f"name_{c}") for c in ("fa", "en") if said(f"name_{c}")},
        country=said("country"),
        country_names={c: said(f"country_{c}") for c in ("fa", "en") if said(f"country_{c}")},
        coordinates=_coordinates(said("coordinates")),
        population=_population(said("population")),
        year=_year(said("year")),
        source=said("source"),
    )


def _coordinates(text: str) -> str:
    if not text:
        return ""
    found = degrees(text)
    if found is None:
        raise RowRefused(
            "bad_coordinates",
            message("“%(text)s” is no latitude and longitude in degrees."),
            text=text,
        )
    return written_degrees(*found)


def _population(text: str) -> str:
    plain = to_latin(text)
    for sign in ("٬", ",", "،", " ", "\u00a0"):
        plain = plain.replace(sign, "")
    if plain and (not plain.isdecimal() or not 0 < int(plain) <= 100_000_000):
        raise RowRefused(
            "bad_population", message("“%(text)s” is no number of inhabitants."), text=text
        )
    return str(int(plain)) if plain else ""


def _year(text: str) -> int | None:
    plain = to_latin(text)
    if plain and not plain.isdecimal():
        raise RowRefused("bad_year", message("“%(text)s” is no year."), text=text)
    return int(plain) if plain else None


def _country(given: GivenCity, atlas: Atlas) -> tuple[str, list[SimpleAct]]:
    """The code of the country; a new one with a name is entered with its first city."""
    said = given.country
    if not said and not given.country_names:
        return "", []
    code = to_latin(said).upper()
    if code in atlas.countries:
        return code, []
    wanted = {fold(said), *map(fold, given.country_names.values())} - {""}
    for known, names in atlas.countries.items():
        if wanted & {fold(name) for name in names.values()}:
            return known, []
    is_code = len(code) == 2 and code.isascii() and code.isalpha()
    if not is_code or not given.country_names:
        raise RowRefused(
            "unknown_country",
            message(
                "The country “%(name)s” is not entered here. Give its ISO code and its name, or "
                "correct it."
            ),
            name=said or next(iter(given.country_names.values())),
        )
    atlas.countries[code] = given.country_names
    return code, [SimpleAct("country", code)]


def _known(given: GivenCity, country: str, atlas: Atlas) -> StandingCity | None:
    key = atlas.merged.get(given.key, given.key)
    if key in atlas.cities:
        return atlas.cities[key]
    found = [
        city
        for city in atlas.named(given.names.values())
        if not country or not city.country or city.country == country
    ]
    if len(found) > 1:
        raise RowRefused(
            "several_cities",
            message("Several cities bear this name: %(keys)s. Write the number of the city."),
            keys=", ".join(city.key for city in found),
        )
    return found[0] if found else None


def _new_key(given: GivenCity, country: str, atlas: Atlas) -> str:
    """A number that is the same whenever the same row is planned."""
    plain = "-".join(fold(given.names.get("en", "")).split())
    if given.key:
        return given.key
    if plain.isascii() and plain and plain not in atlas.cities:
        return plain[:80]
    words = f"{sorted(given.names.items())}{country}"
    return f"city-{hashlib.sha256(words.encode()).hexdigest()[:10]}"


def _plan_row(given: GivenCity, atlas: Atlas) -> PlannedRow:
    country, acts = _country(given, atlas)
    known = _known(given, country, atlas)
    if known is None:
        if not given.names:
            raise RowRefused("no_name", message("The row names no city that is entered here."))
        known = StandingCity(_new_key(given, country, atlas), dict(given.names), country)
        acts.append(SimpleAct("city", known.key))
    else:
        changes = _changes(given, country, known)
        if changes:
            acts.append(SimpleAct("change", known.key, changes))
            known.names |= given.names
            known.country = country or known.country
    acts += _values(given, known, atlas)
    atlas.remember(known)
    return PlannedRow(replace(given, key=known.key, country=country), given.number, tuple(acts))


def _changes(given: GivenCity, country: str, known: StandingCity) -> dict[str, Any]:
    """Where the row says something else; an empty cell says nothing."""
    found: dict[str, Any] = {}
    for language, name in given.names.items():
        if known.names.get(language) != name:
            found[f"name_{language}"] = {"before": known.names.get(language, ""), "after": name}
    if country and country != known.country:
        found["country"] = {"before": known.country, "after": country}
    return found


def _values(given: GivenCity, known: StandingCity, atlas: Atlas) -> list[SimpleAct]:
    told: list[tuple[str, str, int | None]] = []
    if given.coordinates:
        told.append(("coordinates", given.coordinates, None))
    if given.population:
        if given.year is None or not 1000 <= given.year <= atlas.this_year:
            raise RowRefused(
                "no_year", message("The population needs the year for which it is told.")
            )
        told.append(("population", given.population, given.year))
    acts = []
    for value in told:
        if value not in known.values:
            known.values.add(value)
            kind, text, year = value
            after = f"{text} ({year})" if year else text
            acts.append(SimpleAct("value", known.key, {kind: {"before": "", "after": after}}))
    return acts


def plan_rows(rows: Iterable[tuple[int, GivenCity | Wrong]], atlas: Atlas) -> list[PlannedRow]:
    """The plan of the whole table, each row held against the registry and the rows before it."""
    planned = []
    for number, given in rows:
        if isinstance(given, Wrong):
            planned.append(PlannedRow(None, number, wrong=given))
            continue
        try:
            planned.append(_plan_row(given, atlas))
        except RowRefused as refusal:
            planned.append(PlannedRow(given, number, wrong=refusal.wrong))
    return planned
