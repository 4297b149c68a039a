"""The organs for other programs: Popolo as JSON, and the ends of terms as a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dabir.core.words import as_words, day_as_known, reader_language, say
from dabir.organs.models import Organ, Seat, SeatFunction
from dabir.organs.queries.ends import Ending
from dabir.registry.models import Association, City, Mandate, Person, Post

PRODUCT = "-//Dabir//organs//EN"


def _names(names: Any) -> dict[str, Any]:
    """The first name, and the others with their languages."""
    words = as_words(names)
    first = say(words)
    others = [{"name": text, "note": language} for language, text in sorted(words.items())]
    return {"name": first, "other_names": [other for other in others if other["name"] != first]}


def _sources(source: str) -> list[dict[str, str]]:
    return [{"url": source}] if source.startswith(("http://", "https://")) else []


def popolo(
    *,
    association: Association | None,
    organs: Iterable[Organ],
    cities: Iterable[City],
    posts: Iterable[Post],
    people: Iterable[Person],
    seats: Iterable[Seat],
    functions: Iterable[SeatFunction],
    mandates: Iterable[Mandate],
) -> dict[str, Any]:
    """Organs, cities, posts, people and memberships; there are no motions here yet."""
    roles: dict[int, list[SeatFunction]] = {}
    for function in functions:
        roles.setdefault(function.seat_id, []).append(function)
    kept = list(posts)
    return {
        "organizations": [
            *([_association(association)] if association else []),
            *(_organ(organ, association) for organ in organs),
            *(_city(city) for city in cities),
        ],
        "posts": [_post(post) for post in kept],
        "persons": [
            {"id": person.public_id, **_names(person.names), "sources": _sources(person.source)}
            for person in people
        ],
        "memberships": [
            *(row for seat in seats for row in _sitting(seat, roles.get(seat.pk, []))),
            *(_mandate(mandate) for mandate in mandates),
        ],
    }


def _association(association: Association) -> dict[str, Any]:
    return {
        "id": "association",
        **_names(association.names),
        "classification": "association",
        "founding_date": day_as_known(association.founded_on),
    }


def _organ(organ: Organ, association: Association | None) -> dict[str, Any]:
    above = f"organ/{organ.parent.key}" if organ.parent else "association" if association else None
    return {
        "id": f"organ/{organ.key}",
        **_names(organ.names),
        "classification": organ.kind,
        "parent_id": above,
        "founding_date": day_as_known(organ.founded_on, organ.founded_precision),
        "dissolution_date": day_as_known(organ.abolished_on),
        "sources": _sources(organ.source),
    }


def _city(city: City) -> dict[str, Any]:
    return {
        "id": f"city/{city.public_id}",
        **_names(city.names),
        "classification": "city",
        "sources": _sources(city.source),
    }


def _post(post: Post) -> dict[str, Any]:
    organisation = f"organ/{post.organ_key}" if post.organ_key else "association"
    if post.city:
        organisation = f"city/{post.city.public_id}"
    return {
        "id": post.public_id,
        "label": say(post.names),
        "organization_id": organisation,
        "sources": _sources(post.source),
    }


def _sitting(seat: Seat, functions: list[SeatFunction]) -> Iterable[dict[str, Any]]:
    """The seat as a membership, and one for each function of its holder."""
    row: dict[str, Any] = {
        "id": f"seat/{seat.organ.key}/{seat.number or seat.pk}",
        "role": "member",
        "organization_id": f"organ/{seat.organ.key}",
        "start_date": day_as_known(seat.starts_on, seat.precision),
        "end_date": day_as_known(seat.ends_on),
        "sources": _sources(seat.source),
    }
    if seat.city:
        row["member"] = {"@type": "organization", "id": f"city/{seat.city.public_id}"}
        row["label"] = say(seat.city.names)
    elif seat.post:
        row["post_id"] = seat.post.public_id
        row["label"] = say(seat.post.names)
    yield row
    for held in functions:
        yield row | {
            "id": f"{row['id']}/{held.act}",
            "role": held.function,
            "start_date": day_as_known(held.starts_on),
            "end_date": day_as_known(held.ends_on),
        }


def _mandate(mandate: Mandate) -> dict[str, Any]:
    post = mandate.post
    row = {
        "id": f"mandate/{mandate.pk}",
        "role": say(post.names) + (f" ({_('acting')})" if mandate.is_acting else ""),
        "person_id": mandate.person.public_id,
        "post_id": post.public_id,
        "organization_id": f"organ/{post.organ_key}" if post.organ_key else "association",
        "start_date": day_as_known(mandate.starts_on, mandate.precision),
        "end_date": day_as_known(mandate.ends_on),
        "sources": _sources(mandate.source),
    }
    if post.city:
        row["organization_id"] = row["on_behalf_of_id"] = f"city/{post.city.public_id}"
    return row


def calendar_of(endings: Iterable[Ending], *, address: str, at: datetime, name: str) -> bytes:
    """The ends of terms and mandates, each a whole day, as a calendar file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    language = reader_language()
    for ending in endings:
        event = Event()
        event.add("uid", f"{ending.key}@dabir")
        event.add("dtstamp", at)
        event.add("dtstart", ending.on)
        event.add("summary", ending.said(language))
        event.add("categories", [str(ending.kind_label)])
        event.add("transp", "TRANSPARENT")
        event.add("url", f"{address}{ending.url}")
        calendar.add_component(event)
    return calendar.to_ical()
