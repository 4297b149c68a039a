"""What anyone may see of the registry: the association, and who holds a statutory office.

The name of the holder of an office, and since when, is a record of the association. Contact
points, notes, accounts, liaison officers of cities and desks of demonstration are not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import DateField, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from dabir.core import keyset
from dabir.core.publicsearch import Entry
from dabir.core.together import Found, Given, Together, given, in_order, link
from dabir.core.words import as_words
from dabir.registry.models import Association, City, Mandate, Person, Post
from dabir.registry.queries import OFFICES, mandates_on, the_association
from dabir.registry.queries.facts import coordinates_of_cities

Words = dict[str, str]


@dataclass(frozen=True)
class PublicAssociation:
    """The association as it names itself."""

    names: Words
    abbreviation: str
    seat: Words
    legal_form: Words
    slogan: Words
    languages: tuple[str, ...]
    founded_on: date | None
    is_practice: bool


@dataclass(frozen=True)
class InOffice:
    """A person in an office, from a day as far as it is known."""

    person: str
    names: Words
    since: date | None
    precision: str
    is_acting: bool


@dataclass(frozen=True)
class Holder:
    """A post that the statute knows, and who holds it; without anybody it is vacant or unknown."""

    post: str
    titles: Words
    organ: str
    people: tuple[InOffice, ...]


def public_association() -> PublicAssociation | None:
    """The association of this installation, None before its first day."""
    found = the_association()
    if found is None:
        return None
    return PublicAssociation(
        names=as_words(found.names),
        abbreviation=found.abbreviation,
        seat=as_words(found.seat),
        legal_form=as_words(found.legal_form),
        slogan=as_words(found.slogan),
        languages=tuple(found.languages),
        founded_on=found.founded_on,
        is_practice=found.is_practice,
    )


def association_named() -> Association | None:
    """The association as the head of every page names it: its names, its emblem, whether it is practice."""
    return the_association()


def _statutory() -> QuerySet[Post]:
    """The posts whose holders are told by the record of the association."""
    holds = reduce(or_, (Q(told__contains=f'"{power}"') for power in sorted(OFFICES)))
    return (
        Post.objects.filter(is_demonstration=False)
        .annotate(told=Cast("powers", TextField()))
        .filter(~Q(organ_key="") | holds)
    )


def _in_office_on(today: date | Given) -> QuerySet[Mandate]:
    return mandates_on(today).filter(person__is_demonstration=False)


def _holding() -> QuerySet[Mandate]:
    return _in_office_on(TODAY).filter(post__in=_statutory().values("pk"))


TODAY = given("today", DateField())
POSTS = Together(
    posts=_statutory,
    mandates=_holding,
    people=lambda: Person.objects.filter(pk__in=_holding().values("person")).only(
        "public_id", "names"
    ),
)


def holders_of_statutory_posts(found: Found) -> list[Holder]:
    """Every post of an organ, and the statutory offices, with who holds them on the day of `POSTS`."""
    link(found["mandates"], "person", found["people"])
    held: dict[int, list[InOffice]] = {}
    for mandate in in_order(found["mandates"], "is_acting", "pk"):
        held.setdefault(mandate.post_id, []).append(_in_office(mandate))
    return [
        Holder(
            post=post.public_id,
            titles=as_words(post.names),
            organ=post.organ_key,
            people=tuple(held.get(post.pk, ())),
        )
        for post in in_order(found["posts"], "pk")
    ]


@dataclass(frozen=True)
class Held:
    """A post that somebody holds, from a day as far as it is known."""

    post: str
    titles: Words
    organ: str
    since: date | None
    precision: str
    is_acting: bool


@dataclass(frozen=True)
class PublicPerson:
    """A person in office by name and posts; nothing else is told of a person."""

    id: str
    names: Words
    offices: tuple[Held, ...]


def people_listed(today: date, part: keyset.Asked) -> keyset.Slice[PublicPerson]:
    """Who holds a post of an organ or a statutory office today, slice by slice, with these posts."""
    mandates = _in_office_on(today).filter(post__in=_statutory().values("pk"))
    rows = Person.objects.filter(pk__in=mandates.values("person"))
    found = keyset.slice_of(rows, keyset.by("public_id"), part)
    held: dict[int, list[Held]] = {}
    for m in mandates.filter(person__in=found.rows).order_by("post_id", "is_acting", "id"):
        held.setdefault(m.person_id, []).append(
            Held(
                m.post.public_id, as_words(m.post.names), m.post.organ_key, m.starts_on,
                m.precision, m.is_acting,
            )
        )  # fmt: skip
    people = [
        PublicPerson(row.public_id, as_words(row.names), tuple(held[row.pk])) for row in found.rows
    ]
    return keyset.Slice(people, found.after, found.before)


def _in_office(mandate: Mandate) -> InOffice:
    return InOffice(
        mandate.person.public_id,
        as_words(mandate.person.names),
        mandate.starts_on,
        mandate.precision,
        mandate.is_acting,
    )


def searchable_people(posts: Collection[str] | None) -> Iterator[Entry]:
    """Who holds a statutory office today, by name and office, as everybody finds them."""
    mandates = _in_office_on(timezone.localdate()).filter(post__in=_statutory().values("pk"))
    if posts is not None:
        mandates = mandates.filter(post__public_id__in=posts)
    for mandate in mandates.order_by("post_id", "is_acting", "id"):
        titles = as_words(mandate.post.names)
        yield Entry(
            mandate.post.public_id,
            as_words(mandate.person.names),
            beside=titles,
            fields=(("office", titles),),
            day=mandate.starts_on,
            ends_on=mandate.ends_on,
        )


def posts_of_people(ids: set[str]) -> Iterable[str]:
    """The posts that these people hold or held: what is done to a person touches them."""
    held = Mandate.objects.filter(person__public_id__in=ids)
    return held.values_list("post__public_id", flat=True)


@dataclass(frozen=True)
class PublicCity:
    """A city by its names, its country and where it lies."""

    id: str
    names: Words
    country: tuple[str, Words] | None
    place: tuple[float, float] | None


def cities_named(ids: Iterable[str]) -> list[PublicCity]:
    """The cities with these ids, which a public record has named; three statements at most."""
    rows = _cities().filter(public_id__in=set(ids))
    return _told(list(rows.order_by("public_id")))


def cities_listed(
    keys: Iterable[QuerySet[Any, Any]], part: keyset.Asked
) -> keyset.Slice[PublicCity]:
    """The cities whose keys one of these queries gives, slice by slice by their ids."""
    rows = _cities().filter(reduce(or_, (Q(pk__in=query) for query in keys)))
    found = keyset.slice_of(rows, keyset.by("public_id"), part)
    return keyset.Slice(_told(found.rows), found.after, found.before)


def _cities() -> QuerySet[City]:
    return City.objects.filter(merged_into=None).select_related("country")


def _told(cities: list[City]) -> list[PublicCity]:
    places = coordinates_of_cities(cities)
    return [
        PublicCity(
            id=city.public_id,
            names=as_words(city.names),
            country=(city.country.code, as_words(city.country.names)) if city.country else None,
            place=places.get(city.pk),
        )
        for city in cities
    ]
