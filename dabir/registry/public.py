"""What anyone may see of the registry: the association, and who holds a statutory office.

The name of the holder of an office, and since when, is a record of the association. Contact
points, notes, accounts, liaison officers of cities and desks of demonstration are not shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from dabir.core.publicsearch import Entry
from dabir.core.words import as_words
from dabir.registry.models import City, Mandate, Post
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


def is_statutory(post: Post) -> bool:
    """Whether the holder of a post is told by the record of the association."""
    return not post.is_demonstration and bool(post.organ_key or OFFICES & set(post.powers))


def holders_of_statutory_posts(today: date) -> list[Holder]:
    """Every post of an organ, and the statutory offices, with who holds them today."""
    mandates = mandates_on(today).filter(person__is_demonstration=False)
    posts = Post.objects.order_by("id").prefetch_related(
        Prefetch("mandates", mandates.order_by("is_acting", "id"))
    )
    return [
        Holder(
            post=post.public_id,
            titles=as_words(post.names),
            organ=post.organ_key,
            people=tuple(_in_office(m) for m in post.mandates.all()),
        )
        for post in posts
        if is_statutory(post)
    ]


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
    mandates = mandates_on(timezone.localdate()).filter(person__is_demonstration=False)
    if posts is not None:
        mandates = mandates.filter(post__public_id__in=posts)
    for mandate in mandates.order_by("post_id", "is_acting", "id"):
        if is_statutory(mandate.post):
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
    rows = City.objects.filter(public_id__in=set(ids), merged_into=None).select_related("country")
    cities = list(rows.order_by("public_id"))
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
