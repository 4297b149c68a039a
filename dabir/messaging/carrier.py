"""Letters of the front door go into the outbox like every other letter."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from dabir.core.actors import SYSTEM, Actor
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.search import renew
from dabir.core.trail import erase_personal_values
from dabir.core.words import reader_language
from dabir.messaging.models import Letter
from dabir.messaging.services import write_letter
from dabir.messaging.services.outbox import ADDRESS, subject_of
from dabir.registry.models import ContactPoint


def into_outbox(*, email: str, subject: str, body: str, kind: str, account: str = "") -> None:
    """Write the letter to the person who is reached at `email`; it waits to be sent or printed.

    `account` says whose letter it is; an address that is not known as theirs yet stands for itself.
    """
    contacts = ContactPoint.objects.filter(kind="email", value__iexact=email, ended_on=None)
    if account:
        contacts = contacts.filter(person__user__public_id=account)
    contact = contacts.exclude(person=None).select_related("person").last()
    recipient = Reference(ADDRESS, email, {"en": email})
    if contact is not None and contact.person is not None:
        recipient = contact.person.reference()
    write_letter(
        key=new_public_id(kind),
        kind=kind,
        language=reader_language(),
        recipient=recipient,
        subject=subject,
        body=body,
        contact=contact,
        by=SYSTEM,
        on=timezone.localdate(),
        at=timezone.now(),
    )


def out_of_outbox(*, email: str, by: Actor, on: date, at: datetime) -> None:
    """Forget an address that belongs to nobody else: in the letters that went there, and beside the trail."""
    known = Reference(ADDRESS, email, {"en": email})
    letters = Letter.objects.filter(recipient__kind=ADDRESS, recipient__id=email)
    gone = Reference(ADDRESS, "erased@erased.invalid", {"en": "erased@erased.invalid"})
    known_by = [("letter", public_id) for public_id in letters.values_list("public_id", flat=True)]
    if letters.update(recipient=gone.as_dict()):
        renew(known_by)
        erase_personal_values(subject=subject_of(known), by=by, on=on, at=at)
