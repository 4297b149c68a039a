"""Letters of the front door go into the outbox like every other letter."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language

from dabir.core.actors import SYSTEM
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.messaging.services import write_letter
from dabir.registry.models import ContactPoint


def into_outbox(*, email: str, subject: str, body: str, kind: str) -> None:
    """Write the letter to the person who is reached at `email`; it waits to be sent or printed."""
    contact = (
        ContactPoint.objects.filter(kind="email", value__iexact=email, ended_on=None)
        .exclude(person=None)
        .select_related("person")
        .last()
    )
    recipient = Reference("address", email, {"en": email})
    if contact is not None and contact.person is not None:
        recipient = contact.person.reference()
    write_letter(
        key=new_public_id(kind),
        kind=kind,
        language=(get_language() or "en")[:2],
        recipient=recipient,
        subject=subject,
        body=body,
        contact=contact,
        by=SYSTEM,
        on=timezone.localdate(),
        at=timezone.now(),
    )
