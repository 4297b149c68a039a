"""5,000 cities with their values, and the mandates of 300 organs over thirty years, beside plain SQL.

    DATABASE_URL=… .venv/bin/python benchmarks/registry.py

Works in a home that is thrown away; the database of DATABASE_URL (else SQLite in that home) must be
empty and is left full. Prints statements and milliseconds (the best of five) of each page and query;
fails when one asks more than 20 statements.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
CITIES, ORGANS, SEATS, TERMS, TRIES, MOST = 5000, 300, 5, 10, 5, 20
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def fill() -> Any:
    """Cities with coordinates and two populations; posts held by one person after the other."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from dabir.accounts.services import open_account
    from dabir.core.actors import Actor
    from dabir.core.search import rebuild
    from dabir.registry.models import City, CityFact, Country, Mandate, Person, Post
    from dabir.registry.services import (
        add_person,
        create_post,
        found_association,
        give_mandate,
        link_account,
    )

    by = Actor("person", "bench", {"en": "B"})
    signed: dict[str, Any] = {"by": by, "on": TODAY, "at": NOW}
    found_association(
        names={"fa": "سنجش", "en": "Bench"}, abbreviation="B", languages=["fa", "en"],
        calendars=["gregorian"], **signed,
    )  # fmt: skip
    person = add_person(names={"en": "Head"}, **signed)
    head = create_post(names={"en": "Head"}, powers=["secretary_general"], **signed)
    give_mandate(person=person, post=head, starts_on=date(2026, 1, 1), **signed)
    user = open_account(email="h@example.org", password="bench-mark-1405", language="en", **signed)
    link_account(person=person, user=user, **signed)
    TOTP.activate(user, generate_totp_secret())
    countries = Country.objects.bulk_create(
        Country(code=f"{a}{b}", names={"en": f"Land {a}{b}"}) for a in "ABCDE" for b in "ABCDEFGHIJ"
    )
    cities = City.objects.bulk_create(
        City(
            public_id=f"city-{n}",
            names={"fa": f"شهر {n}", "en": f"City {n}"},
            country=countries[n % len(countries)],
        )
        for n in range(CITIES)
    )
    told = {"on": TODAY, "at": NOW, "by": by.as_dict(), "source": "bench"}
    CityFact.objects.bulk_create(
        CityFact(city=city, kind=kind, value=value, year=year, **told)
        for n, city in enumerate(cities)
        for kind, value, year in (
            ("coordinates", f"{n % 80}.50000 {n % 170}.50000", None),
            ("population", str(100_000 + n), 2010),
            ("population", str(120_000 + n), 2020),
        )
    )
    people = Person.objects.bulk_create(
        Person(public_id=f"person-{n}", names={"en": f"Person {n}", "fa": f"شخص {n}"})
        for n in range(ORGANS * SEATS)
    )
    posts = Post.objects.bulk_create(
        Post(public_id=f"post-{n}", names={"en": f"Post {n}"}, organ_key=f"organ-{n // SEATS}")
        for n in range(ORGANS * SEATS)
    )
    first = date(1996, 1, 1)
    Mandate.objects.bulk_create(
        Mandate(
            post=post,
            person=people[(n * 7 + term) % len(people)],
            starts_on=first + timedelta(days=1095 * term),
            ends_on=first + timedelta(days=1095 * (term + 1)),
        )
        for n, post in enumerate(posts)
        for term in range(TERMS + 1)
    )
    print(f"search entries: {rebuild()}")
    return user


def measured(act: Callable[[], object]) -> tuple[int, float]:
    """Statements and milliseconds, the best of several."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    best, statements = float("inf"), 0
    for _try in range(TRIES):
        with CaptureQueriesContext(connection) as queries:
            started = time.process_time()
            act()
            best = min(best, time.process_time() - started)
        statements = len(queries)
    return statements, best * 1000


def plain(sql: str) -> float:
    """The same rows by the database alone."""
    from django.db import connection

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            cursor.fetchall()

    return measured(read)[1]


def main() -> int:
    """Fill, measure, print."""
    from django.test import Client

    from dabir.office.importing.subjects import read_atlas
    from dabir.office.views.merging import _named
    from dabir.registry.doubles import doubles
    from dabir.registry.models import City
    from dabir.registry.proposals import proposals_for
    from dabir.registry.queries import mandates_ending, posts_with_holders
    from dabir.registry.queries.facts import coordinates_of_cities, population_of_cities

    user = fill()
    client = Client()
    client.force_login(user)
    cities = list(City.objects.all())
    in_force = f"starts_on <= '{TODAY}' AND ends_on > '{TODAY}'"
    rows: list[tuple[str, Callable[[], object], str]] = [
        ("page: cities", lambda: client.get("/en/office/places/"), "SELECT id, names FROM registry_city"),
        ("page: cities, one country", lambda: client.get("/en/office/places/?country=AA"), ""),
        ("page: cities, searched", lambda: client.get("/en/office/places/?q=شهر 49"), ""),
        ("page: a city", lambda: client.get("/en/office/places/city-7/"), ""),
        ("page: a post", lambda: client.get("/en/office/posts/post-7/"), ""),
        (
            "coordinates of 5,000 cities", lambda: coordinates_of_cities(cities),
            "SELECT * FROM registry_cityfact WHERE kind = 'coordinates'",
        ),
        (
            "population of 5,000 cities", lambda: population_of_cities(cities),
            "SELECT * FROM registry_cityfact WHERE kind = 'population'",
        ),
        (
            "holders of 1,500 posts on a day", lambda: posts_with_holders(TODAY),
            f"SELECT * FROM registry_mandate WHERE {in_force}",
        ),
        (
            "mandates that end", lambda: list(mandates_ending(on=TODAY, until=date(2029, 1, 1))),
            f"SELECT * FROM registry_mandate WHERE {in_force}",
        ),
        ("doubles among 5,000 cities", lambda: doubles(_named("city")), ""),
        ("what an import is held against", lambda: read_atlas(TODAY), ""),
        ("proposals for one name", lambda: proposals_for(["Haikou", "هایکو"], "CN"), ""),
    ]  # fmt: skip
    print(f"{'':34}{'statements':>11}{'ours, ms CPU':>14}{'plain SQL':>11}")
    most = 0
    for name, act, sql in rows:
        statements, ms = measured(act)
        most = max(most, statements)
        beside = f"{plain(sql):11.1f}" if sql else ""
        print(f"{name:34}{statements:11d}{ms:14.1f}{beside}")
    return int(most > MOST)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="dabir-bench-") as home:
        os.environ["DABIR_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabir.config.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        sys.exit(main())
