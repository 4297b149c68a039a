"""Lists of cities and people as subjects of the import: read, planned, entered by the services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.words import as_words
from dabir.documents.importing import Subject, learn
from dabir.documents.models import ImportRun
from dabir.documents.tabular.cells import RowRefused, Wrong
from dabir.documents.tabular.columns import Headings
from dabir.documents.tabular.planned import Act, PlannedRow
from dabir.documents.tabular.reading import SheetTable
from dabir.office.importing import cities, people
from dabir.registry.models import City, CityFact, ContactPoint, Country, Mandate, Person, Post
from dabir.registry.queries import has_one_holder
from dabir.registry.services import (
    add_city,
    add_contact,
    add_country,
    add_person,
    change_city,
    change_person,
    give_mandate,
    tell_fact,
)
from dabir.text.folding import fold


def _rows(table: SheetTable, headings: Headings, read: Any) -> Iterable[tuple[int, Any | Wrong]]:
    for row in table.rows:
        try:
            yield row.number, read(row, headings.by_key)
        except RowRefused as refusal:
            yield row.number, refusal.wrong


def _merged(model: Any) -> dict[str, str]:
    rows = model.objects.exclude(merged_into=None)
    return dict(rows.values_list("public_id", "merged_into__public_id"))


def read_atlas(on: date) -> cities.Atlas:
    """The cities as they stand."""
    found = {
        key: cities.StandingCity(key, as_words(names), code or "")
        for key, names, code in City.objects.filter(merged_into=None).values_list(
            "public_id", "names", "country__code"
        )
    }
    facts = CityFact.objects.exclude(judgements__verdict="withdrawn")
    for key, kind, value, year in facts.values_list("city__public_id", "kind", "value", "year"):
        if key in found:
            found[key].values.add((kind, value, year))
    countries = {
        code: as_words(names) for code, names in Country.objects.values_list("code", "names")
    }
    return cities.Atlas(found, countries, on.year, _merged(City))


def read_roll(on: date) -> people.Roll:
    """The people, posts and mandates as they stand."""
    found = {
        key: people.StandingPerson(key, as_words(names))
        for key, names in Person.objects.filter(merged_into=None).values_list("public_id", "names")
    }
    contacts = ContactPoint.objects.filter(ended_on=None).exclude(person=None)
    for key, kind, value in contacts.values_list("person__public_id", "kind", "value"):
        if key in found:
            found[key].contacts.add((kind, value.lower() if kind == "email" else value))
    posts: dict[str, set[str]] = defaultdict(set)
    of_one = set()
    for post in Post.objects.filter(ended_on=None):
        for name in (post.public_id, *map(fold, as_words(post.names).values())):
            posts[name].add(post.public_id)
        if has_one_holder(post):
            of_one.add(post.public_id)
    held = [
        people.Held(m.person.public_id, m.post.public_id, m.days(), m.is_acting)
        for m in Mandate.objects.select_related("person", "post")
    ]
    return people.Roll(
        found,
        {name: tuple(sorted(keys)) for name, keys in posts.items()},
        frozenset(of_one),
        held,
        _merged(Person),
    )


class _BringingCities:
    """Does the acts of a list of cities."""

    def __init__(self, run: ImportRun, *, by: Actor, on: date, at: datetime) -> None:
        self.name = run.file.name
        self.stamp: dict[str, Any] = {"by": by, "on": on, "at": at}

    def do(self, row: PlannedRow, act: Act) -> None:
        """One act of one row."""
        getattr(self, f"_{act.kind}")(row.given, act)

    def _source(self, given: Any) -> str:
        return str(given.source or f"{self.name}, {given.number}")

    def _country(self, given: cities.GivenCity, act: Act) -> None:
        add_country(code=act.id, names=given.country_names, **self.stamp)

    def _city(self, given: cities.GivenCity, act: Act) -> None:
        country = Country.objects.get(code=given.country) if given.country else None
        add_city(
            names=given.names,
            country=country,
            public_id=act.id,
            source=self._source(given),
            **self.stamp,
        )

    def _change(self, given: cities.GivenCity, act: Act) -> None:
        city = City.objects.select_related("country").get(public_id=act.id)
        changes_country = "country" in act.changes
        change_city(
            city=city,
            names=as_words(city.names) | given.names,
            country=Country.objects.get(code=given.country) if changes_country else city.country,
            printed_as=city.printed_as,
            source=city.source,
            reason=self._source(given),
            **self.stamp,
        )

    def _value(self, given: cities.GivenCity, act: Act) -> None:
        kind = next(iter(act.changes))
        is_place = kind == "coordinates"
        tell_fact(
            city=City.objects.get(public_id=act.id),
            kind=kind,
            value=given.coordinates if is_place else given.population,
            year=None if is_place else given.year,
            source=self._source(given),
            **self.stamp,
        )


class _BringingPeople:
    """Does the acts of a list of people."""

    def __init__(self, run: ImportRun, *, by: Actor, on: date, at: datetime) -> None:
        self.name = run.file.name
        self.stamp: dict[str, Any] = {"by": by, "on": on, "at": at}

    def do(self, row: PlannedRow, act: Act) -> None:
        """One act of one row."""
        getattr(self, f"_{act.kind}")(row.given, act)

    def _source(self, given: people.GivenPerson) -> str:
        return given.source or f"{self.name}, {given.number}"

    def _person(self, given: people.GivenPerson, act: Act) -> None:
        add_person(
            names=given.names,
            language=given.language or "en",
            public_id=act.id,
            source=self._source(given),
            **self.stamp,
        )

    def _change(self, given: people.GivenPerson, act: Act) -> None:
        person = Person.objects.get(public_id=act.id)
        names = as_words(person.names) | given.names
        language = given.language or person.language
        change_person(person=person, names=names, language=language, **self.stamp)

    def _address(self, given: people.GivenPerson, act: Act) -> None:
        person = Person.objects.get(public_id=act.id)
        kind, change = next(iter(act.changes.items()))
        language = given.language or person.language
        add_contact(of=person, kind=kind, value=change["after"], language=language, **self.stamp)

    def _mandate(self, given: people.GivenPerson, act: Act) -> None:
        give_mandate(
            person=Person.objects.get(public_id=act.id),
            post=Post.objects.get(public_id=given.post),
            starts_on=given.starts_on,
            ends_on=given.ends_on,
            precision=given.precision,
            is_acting=given.is_acting,
            source=self._source(given),
            **self.stamp,
        )


def learn_subjects() -> None:
    """Let lists of cities and of people be brought in."""
    learn(
        Subject(
            key="cities",
            app="registry",
            right="registry.add_place",
            label=_("Cities"),
            intro=_("Names, countries, coordinates and population, each value with its source."),
            first_column=_("City"),
            columns=cities.COLUMNS,
            kinds={
                "country": _("New country"),
                "city": _("New city"),
                "change": _("Name or country changed"),
                "value": _("Value entered"),
            },
            match=cities.match_headings,
            plan=lambda table, headings, on: cities.plan_rows(
                _rows(table, headings, cities.read_row), read_atlas(on)
            ),
            bring=_BringingCities,
            address=lambda act: (
                reverse("office:city", args=[act["id"]]) if act["kind"] != "country" else ""
            ),
        )
    )
    learn(
        Subject(
            key="people",
            app="registry",
            right="registry.give_mandate",
            label=_("People"),
            intro=_("People, where they are reached, and the posts they hold from when to when."),
            first_column=_("Person"),
            columns=people.COLUMNS,
            kinds={
                "person": _("New person"),
                "change": _("Name or language changed"),
                "address": _("Address added"),
                "mandate": _("Mandate given"),
            },
            match=people.match_headings,
            plan=lambda table, headings, on: people.plan_rows(
                _rows(table, headings, people.read_row), read_roll(on)
            ),
            bring=_BringingPeople,
            address=lambda act: reverse("office:person", args=[act["id"]]),
        )
    )
