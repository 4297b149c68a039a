"""Organs, people in office and memberships of today as Popolo, made of public values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from dabir.core.words import day_as_known, say
from dabir.organs.public import PublicOrgan, PublicSeat
from dabir.registry.public import Holder, InOffice, PublicAssociation, PublicCity, Words

Data = dict[str, Any]
ASSOCIATION = "association"


def popolo(
    association: PublicAssociation | None,
    organs: Iterable[PublicOrgan],
    other_posts: Iterable[Holder],
    cities: Iterable[PublicCity],
) -> Data:
    """The composition of a day; a seat whose holder no source tells stands without a member."""
    kept = list(organs)
    posts = [*(post for organ in kept for post in organ.posts), *other_posts]
    people = {p.person: p.names for post in posts for p in post.people}
    keys = {organ.key for organ in kept}
    top = [{"id": ASSOCIATION, **_names(association.names), "classification": ASSOCIATION,
            "founding_date": day_as_known(association.founded_on)}] if association else []  # fmt: skip
    return {
        "organizations": [
            *top,
            *(_organ(organ) for organ in kept),
            *({"id": f"city/{c.id}", **_names(c.names), "classification": "city"} for c in cities),
        ],
        "posts": [
            {"id": p.post, "label": say(p.titles), "organization_id": _of(p, keys)} for p in posts
        ],
        "persons": [{"id": key, **_names(names)} for key, names in people.items()],
        "memberships": [
            *(row for organ in kept for row in _sitting(organ)),
            *(_holding(post, p, keys) for post in posts for p in post.people),
        ],
    }


def _names(words: Words) -> Data:
    """The name in the reader's language, and the others with theirs."""
    first = say(words)
    others = [{"name": text, "note": code} for code, text in sorted(words.items()) if text != first]
    return {"name": first, "other_names": others}


def _of(post: Holder, keys: set[str]) -> str:
    return f"organ/{post.organ}" if post.organ in keys else ASSOCIATION


def _organ(organ: PublicOrgan) -> Data:
    return {
        "id": f"organ/{organ.key}",
        **_names(organ.names),
        "classification": organ.kind,
        "founding_date": day_as_known(organ.founded_on, organ.founded_precision),
    }


def _sitting(organ: PublicOrgan) -> Iterator[Data]:
    """Each seat as a membership, and one for each function of its holder."""
    for number, seat in enumerate(organ.seats, 1):
        row = _seat(organ, seat) | {"id": f"seat/{organ.key}/{number}", "role": "member"}
        yield row
        for place, function in enumerate(seat.functions, 1):
            yield row | {"id": f"{row['id']}/{place}", "role": function}


def _seat(organ: PublicOrgan, seat: PublicSeat) -> Data:
    row: Data = {
        "label": say(seat.names) if seat.names else _("holder unknown"),
        "organization_id": f"organ/{organ.key}",
        "start_date": day_as_known(seat.since, seat.precision),
        "end_date": day_as_known(seat.until),
    }
    if seat.city:
        row["member"] = {"@type": "organization", "id": f"city/{seat.city}"}
    return row


def _holding(post: Holder, person: InOffice, keys: set[str]) -> Data:
    title = say(post.titles)
    return {
        "id": f"mandate/{post.post}/{person.person}",
        "role": f"{title} ({_('acting')})" if person.is_acting else title,
        "person_id": person.person,
        "post_id": post.post,
        "organization_id": _of(post, keys),
        "start_date": day_as_known(person.since, person.precision),
    }
