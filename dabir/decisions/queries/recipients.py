"""To whom a report of an organ goes: the holders of its seats, and where they are reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dabir.core.reference import Reference
from dabir.organs.models import Organ, Seat
from dabir.organs.queries import seats_in_force
from dabir.registry.models import ContactPoint
from dabir.registry.queries import contact_for_city, contact_for_post


@dataclass(frozen=True)
class Recipient:
    """One who receives the report: who, by which seat, at which address, in which language."""

    reference: Reference
    language: str
    contact: ContactPoint | None


def _recipient(seat: Seat, on: date) -> Recipient:
    if seat.city is not None:
        contact = contact_for_city(city=seat.city)
        reference = seat.city.reference()
    else:
        assert seat.post is not None  # noqa: S101  a seat is held by a city or by a post
        contact = contact_for_post(post=seat.post, on=on)
        reference = seat.post.reference()
    return Recipient(reference, contact.language if contact else "en", contact)


def recipients_of(*, organ: Organ, on: date) -> list[Recipient]:
    """The holders of the seats in force, each once."""
    found: dict[tuple[str, str], Recipient] = {}
    for seat in seats_in_force(organ=organ, on=on):
        recipient = _recipient(seat, on)
        found.setdefault((recipient.reference.kind, recipient.reference.public_id), recipient)
    return list(found.values())
