"""To whom a report of an organ goes: the holders of its seats, and where they are reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dabir.core.reference import Reference
from dabir.organs.models import Organ, Seat
from dabir.organs.queries import seats_in_force
from dabir.registry.models import ContactPoint
from dabir.registry.queries import mandates_on

# A letter goes by mail before it goes by post; a telephone receives none.
KINDS = ("post", "email")


@dataclass(frozen=True)
class Recipient:
    """One who receives the report: who, at which address, in which language."""

    reference: Reference
    language: str
    contact: ContactPoint | None


def _best(contacts: Iterable[ContactPoint], field: str) -> dict[int, ContactPoint]:
    """For each holder the address to write to: mail first, the freshest confirmation first."""
    found: dict[int, ContactPoint] = {}

    def worth(contact: ContactPoint) -> tuple[int, date, int]:
        return KINDS.index(contact.kind), contact.confirmed_on or date.min, contact.pk

    for contact in sorted(contacts, key=worth):
        found[getattr(contact, field)] = contact
    return found


def recipients_of(*, organ: Organ, on: date) -> list[Recipient]:
    """The holders of the seats in force, each once. A fixed number of statements."""
    seats = seats_in_force(organ=organ, on=on)
    posts = {seat.post_id for seat in seats if seat.post_id}
    holders: dict[int, int] = {}
    for mandate in mandates_on(on).filter(post_id__in=posts).order_by("is_acting", "id"):
        holders.setdefault(mandate.post_id, mandate.person_id)
    cities = {seat.city_id for seat in seats} | {seat.post.city_id for seat in seats if seat.post}
    usable = ContactPoint.objects.filter(ended_on=None, kind__in=KINDS)
    by_city = _best(usable.filter(city_id__in=[key for key in cities if key]), "city_id")
    by_person = _best(usable.filter(person_id__in=holders.values()), "person_id")

    def contact_of(seat: Seat) -> ContactPoint | None:
        if seat.post is None:
            return by_city.get(seat.city_id or 0)
        person = holders.get(seat.post.pk, 0)
        return by_person.get(person) or by_city.get(seat.post.city_id or 0)

    found: dict[tuple[str, str], Recipient] = {}
    for seat in seats:
        holder = seat.city or seat.post
        if holder is None:
            continue
        contact = contact_of(seat)
        reference = holder.reference()
        language = contact.language if contact else "en"
        found.setdefault(
            (reference.kind, reference.public_id), Recipient(reference, language, contact)
        )
    return list(found.values())
