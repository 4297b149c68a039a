"""Questions to what readers wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet

from dabir.readers.models import Enquiry
from dabir.readers.states import DONE, ENQUIRY_STATES, OPEN
from dabir.registry.models import Person


def enquiries_listed() -> QuerySet[Enquiry]:
    """Everything readers wrote, the newest first."""
    return Enquiry.objects.select_related("holder").order_by("-received_at", "-id")


def enquiry_counts() -> dict[str, int]:
    """How many enquiries are in each state, those without any included."""
    found = Enquiry.objects.order_by().values_list("state").annotate(number=Count("id"))
    return dict.fromkeys(ENQUIRY_STATES, 0) | dict(found)


def open_enquiries() -> QuerySet[Enquiry]:
    """What nobody has answered or closed, the oldest first."""
    return Enquiry.objects.filter(state__in=OPEN).order_by("received_at", "id")


def enquiries_to_erase(on: date) -> QuerySet[Enquiry]:
    """What was answered or closed so long ago that its personal data are kept no longer."""
    before = on - timedelta(days=settings.KEEP_ENQUIRIES_DAYS)
    rows = Enquiry.objects.filter(state__in=DONE, erased_on=None, closed_on__lt=before)
    return rows.order_by("pk")


def addresses_of(person: Person) -> set[str]:
    """The mail addresses by which a person is known here, in small letters."""
    found = set(person.contacts.filter(kind="email").values_list("value", flat=True))
    if person.user is not None:
        found.add(person.user.email)
    return {address.lower() for address in found if address}


def enquiries_of(person: Person) -> list[Enquiry]:
    """What was written from an address of this person."""
    known = addresses_of(person)
    rows = Enquiry.objects.exclude(address="").order_by("id")
    return [row for row in rows if row.address.lower() in known] if known else []


def address_of_reader(kind: str, public_id: str) -> Iterable[str]:
    """Where a letter to whoever wrote an enquiry goes; nowhere once it is erased."""
    if kind == "enquiry":
        rows = Enquiry.objects.filter(public_id=public_id).exclude(address="")
        yield from rows.values_list("address", flat=True)
