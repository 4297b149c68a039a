"""What anyone may see of the organs: names, powers, who sits in them, who holds their posts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dabir.core import keyset
from dabir.core.publicsearch import Entry
from dabir.core.together import Given, Together, gather, in_order, link
from dabir.core.words import as_words
from dabir.organs.models import Organ, Seat, SeatFunction
from dabir.organs.queries.listing import held, seats_held, there
from dabir.organs.states import FUNCTIONS, OrganKind
from dabir.registry.models import City, Post
from dabir.registry.public import POSTS, TODAY, Holder, Words, holders_of_statutory_posts


@dataclass(frozen=True)
class PublicSeat:
    """A seat held today by a city or a post; without names no source tells the holder."""

    city: str
    names: Words
    functions: tuple[str, ...]
    since: date | None
    precision: str
    until: date | None


@dataclass(frozen=True)
class PublicOrgan:
    """An organ with its composition today."""

    key: str
    names: Words
    kind: str
    kind_label: str
    powers: tuple[Words, ...]
    seats_foreseen: int | None
    founded_on: date | None
    founded_precision: str
    seats: tuple[PublicSeat, ...]
    posts: tuple[Holder, ...]

    @property
    def is_secretariat(self) -> bool:
        """Whether it is the secretariat, whose staff are listed."""
        return self.kind == OrganKind.SECRETARIAT


def _lines(words: Words) -> tuple[Words, ...]:
    parts = {language: text.splitlines() for language, text in words.items()}
    length = max((len(lines) for lines in parts.values()), default=0)
    return tuple(
        {language: lines[i] for language, lines in parts.items() if i < len(lines)}
        for i in range(length)
    )


def _seat(seat: Seat) -> PublicSeat:
    holder = seat.holder()
    return PublicSeat(
        city=seat.city.public_id if seat.city else "",
        names=holder.labels if holder else {},
        functions=tuple(str(FUNCTIONS[f.function]) for f in seat.functions.all()),
        since=seat.starts_on,
        precision=seat.precision,
        until=seat.ends_on or seat.term_ends_on,
    )


def organ_names(today: date) -> dict[str, Words]:
    """The names of the organs there are today, by key, in the order of the statute."""
    return {row.key: as_words(row.names) for row in _organs(today)}


def _organs(today: date | Given) -> QuerySet[Organ]:
    """The organs there are today, in the order of the statute."""
    return Organ.objects.filter(there(today)).order_by("position", "key")


_SEATS = seats_held(TODAY).filter(organ__in=_organs(TODAY).order_by().values("pk"))
_OFFICES = POSTS | Together(organs=lambda: _organs(TODAY))
_COMPOSED = _OFFICES | Together(
    seats=lambda: _SEATS.prefetch_related(None),
    functions=lambda: SeatFunction.objects.filter(
        held(TODAY), seat__in=_SEATS.order_by().values("pk")
    ),
    cities=lambda: City.objects.filter(pk__in=_SEATS.order_by().values("city")),
    seat_posts=lambda: Post.objects.filter(pk__in=_SEATS.order_by().values("post")),
)


@dataclass(frozen=True)
class Office:
    """An organ with the posts of it that are shown."""

    names: Words
    posts: tuple[Holder, ...]


def _shown_posts(organ: Organ, posts: list[Holder]) -> tuple[Holder, ...]:
    """Of the office of one person only posts that are held.

    Each holder may have had a post named for them, which nobody holds after them.
    """
    if organ.kind == OrganKind.OFFICE:
        return tuple(post for post in posts if post.people)
    return tuple(posts)


def people_in_office(today: date) -> tuple[list[Office], list[Holder]]:
    """Who holds the posts of each organ today; and the statutory offices that belong to none."""
    found = _OFFICES.read(today=today)
    holders = holders_of_statutory_posts(found)
    organs = in_order(found["organs"], "position", "key")
    keys = {organ.key for organ in organs}
    with_posts = {holder.organ for holder in holders}
    offices = [
        Office(
            as_words(organ.names), _shown_posts(organ, [h for h in holders if h.organ == organ.key])
        )
        for organ in organs
        if organ.key in with_posts or organ.kind == OrganKind.OFFICE
    ]
    return offices, [h for h in holders if h.organ not in keys]


def public_organs(today: date) -> list[PublicOrgan]:
    """Every organ there is today with its seats and posts, in the order of the statute; one statement."""
    found = _COMPOSED.read(today=today)
    link(found["seats"], "city", found["cities"])
    link(found["seats"], "post", found["seat_posts"])
    gather(found["seats"], "functions", in_order(found["functions"], "pk"))
    seats: dict[int, list[PublicSeat]] = {}
    for seat in in_order(found["seats"], "pk"):
        seats.setdefault(seat.organ_id, []).append(_seat(seat))
    posts: dict[str, list[Holder]] = {}
    for holder in holders_of_statutory_posts(found):
        posts.setdefault(holder.organ, []).append(holder)
    return [
        PublicOrgan(
            key=organ.key,
            names=as_words(organ.names),
            kind=organ.kind,
            kind_label=str(organ.get_kind_display()),
            powers=_lines(as_words(organ.powers)),
            seats_foreseen=organ.seats_foreseen,
            founded_on=organ.founded_on,
            founded_precision=organ.founded_precision,
            seats=tuple(seats.get(organ.pk, ())),
            posts=_shown_posts(organ, posts.get(organ.key, [])),
        )
        for organ in in_order(found["organs"], "position", "key")
    ]


def organs_listed(today: date, part: keyset.Asked) -> keyset.Slice[PublicOrgan]:
    """The same, slice by slice."""
    order = keyset.in_order(position=keyset.number, key=str)
    found = keyset.slice_of(_organs(today), order, part)
    composed = {organ.key: organ for organ in public_organs(today)} if found.rows else {}
    return keyset.Slice([composed[row.key] for row in found.rows], found.after, found.before)


def public_organ(key: str, today: date) -> PublicOrgan | None:
    """One organ as it is composed today; None where there is none."""
    return next((organ for organ in public_organs(today) if organ.key == key), None)


def seated_cities(today: date) -> QuerySet[Seat, Any]:
    """The keys of the cities that hold a seat today in an organ there is."""
    organs = Organ.objects.filter(there(today))
    return Seat.objects.filter(held(today), organ__in=organs).exclude(city=None).values("city")


def searchable_organs(keys: Collection[str] | None) -> Iterator[Entry]:
    """The organs there are today, by their names and powers, as everybody finds them."""
    rows = _organs(timezone.localdate())
    if keys is not None:
        rows = rows.filter(key__in=keys)
    for row in rows:
        yield Entry(
            row.key,
            as_words(row.names),
            fields=(("powers", as_words(row.powers)),),
            day=row.founded_on,
            position=row.position,
            ends_on=row.abolished_on,
        )
