"""What the letters of readers keep about a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dabir.core.actors import Actor
from dabir.readers.queries.enquiries import enquiries_of
from dabir.readers.services import erase_enquiry
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


def learn_sections() -> None:
    """Tell the registry what is kept here."""
    learn(Section("enquiries", _enquiries, _forget_enquiries))
