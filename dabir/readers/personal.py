"""What the letters of readers keep about a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dabir.core.actors import Actor
from dabir.readers.queries.enquiries import addresses_of, enquiries_of
from dabir.readers.queries.newsletter import subscriptions_of
from dabir.readers.services import end_newsletter, erase_enquiry
from dabir.registry.models import Person
from dabir.registry.personal import Section, learn


def _enquiries(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "received_on": row.received_on,
            "name": row.name,
            "address": row.address,
            "text": row.text,
            "page": row.page,
            "state": row.state,
        }
        for row in enquiries_of(person)
    ]


def _forget_enquiries(person: Person, by: Actor, on: date, at: datetime) -> int:
    rows = enquiries_of(person)
    for row in rows:
        erase_enquiry(enquiry=row, by=by, on=on, at=at)
    return len(rows)


def _newsletter(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "address": row.address,
            "language": row.language,
            "asked_at": row.asked_at,
            "confirmed_on": row.confirmed_on,
        }
        for row in subscriptions_of(person, addresses_of(person))
    ]


def _forget_newsletter(person: Person, by: Actor, on: date, at: datetime) -> int:
    rows = subscriptions_of(person, addresses_of(person))
    for row in rows:
        end_newsletter(subscriber=row, by=by, on=on, at=at)
    return len(rows)


def learn_sections() -> None:
    """Tell the registry what is kept here."""
    learn(Section("enquiries", _enquiries, _forget_enquiries))
    learn(Section("newsletter", _newsletter, _forget_newsletter))
