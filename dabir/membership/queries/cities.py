"""What a member city's own space shows: its people, their rights, where it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dabir.core.errors import Words
from dabir.registry.models import City, ContactPoint, Mandate, Post
from dabir.registry.queries import contacts_of, posts_of_city
from dabir.registry.rights import POWERS


@dataclass(frozen=True)
class PostOfCity:
    """A post of the city, who holds it, and what it gives the right to."""

    post: Post
    holders: list[Mandate]
    powers: list[Words]


def posts_shown(city: City, on: date) -> list[PostOfCity]:
    """The posts of a city with their holders on a day."""
    return [
        PostOfCity(post, held, [POWERS[power] for power in post.powers])
        for post, held in posts_of_city(city=city, on=on)
    ]


def contacts_to_confirm(city: City) -> list[ContactPoint]:
    """Where the city is reached; what was confirmed longest ago comes last."""
    return contacts_of(city)
