"""Asking by a signed link whether an address is still right; no account is needed to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep
from dabir.core.reference import Reference
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services.outbox import (
    LinkRefused,
    issue_link,
    open_link,
    use_link,
    write_letter,
)
from dabir.registry.models import ContactPoint
from dabir.registry.services import add_contact, confirm_contact, end_contact
from dabir.text.calendars import format_both

PURPOSE = "confirm_contact"
DAYS = 60

BY_LINK = {"en": "Whoever holds the link", "fa": "دارندهٔ پیوند"}


@dataclass(frozen=True)
class AskedToConfirm:
    """The link, the address to open, and the letter that carries it."""

    link: SignedLink
    address: str
    letter: Letter


def holder_reference(contact: ContactPoint) -> Reference:
    """Whose address it is; a person by number only, so that the name can be forgotten."""
    if contact.person:
        return Reference("person", contact.person.public_id)
    holder = contact.city or contact.organisation
    assert holder is not None  # noqa: S101  a constraint of the table
    return holder.reference()


def open_questions(contacts: Sequence[ContactPoint], *, on: date) -> set[int]:
    """The addresses that were asked and have not answered yet."""
    links = SignedLink.objects.filter(
        purpose=PURPOSE, used_at=None, revoked_at=None, expires_on__gt=on
    ).filter(target__id__in=[str(contact.pk) for contact in contacts])
    return {int(target["id"]) for target in links.values_list("target", flat=True)}


@transaction.atomic
def ask_to_confirm(
    *,
    contact: ContactPoint,
    address_of: Callable[[str, str], str],
    by: Actor,
    on: date,
    at: datetime,
) -> AskedToConfirm:
    """Put a letter into the outbox that asks whether an address is still right.

    `address_of` makes a full address of a token and the language of the letter.
    """
    if contact.ended_on:
        raise IllegalStep(_("This address is no longer used."), cure=_("Add it again."))
    if open_questions([contact], on=on):
        raise IllegalStep(
            _("This address was already asked and has not answered yet."), code="asked_already"
        )
    holder = holder_reference(contact)
    link, token = issue_link(
        purpose=PURPOSE,
        target=Reference("contact", str(contact.pk)),
        recipient=holder,
        language=contact.language,
        days=DAYS,
        by=by,
        on=on,
        at=at,
    )
    address = address_of(token, contact.language)
    with override(contact.language):
        subject = plain("Is this address still right?")
        body = plain(
            "We write to you at this address: %(value)s\n\n"
            "Please tell us until %(day)s whether it is still right; no account is needed:\n"
            "%(address)s"
        ) % {
            "value": contact.value,
            "day": format_both(link.expires_on, contact.language),
            "address": address,
        }
    letter, _is_new = write_letter(
        key=f"contact-check/{link.public_id}",
        kind="notice",
        language=contact.language,
        recipient=holder,
        contact=contact,
        subject=subject,
        body=body,
        by=by,
        on=on,
        at=at,
    )
    return AskedToConfirm(link, address, letter)


def contact_asked(*, token: str, on: date, reader: Any) -> tuple[SignedLink, ContactPoint]:
    """The link and the address it asks about; raises LinkRefused when it opens nothing today."""
    link = open_link(token=token, purpose=PURPOSE, on=on, reader=reader)
    if link.used_at:
        raise LinkRefused(_("This link was already used: what you sent has arrived."))
    contact = ContactPoint.objects.filter(pk=int(link.target["id"]), ended_on=None).first()
    if contact is None:
        raise LinkRefused
    return link, contact


@transaction.atomic
def answer_contact_question(
    *, link: SignedLink, contact: ContactPoint, answer: str, value: str, on: date, at: datetime
) -> None:
    """Take the answer: it is right, it is another one, or nobody is reached there any more."""
    use_link(link=link, at=at)
    by = Actor("link", link.public_id, BY_LINK)
    stamp: dict[str, Any] = {"by": by, "on": on, "at": at}
    if answer == "right":
        confirm_contact(contact=contact, **stamp)
        return
    end_contact(contact=contact, **stamp)
    if answer == "changed":
        holder = contact.person or contact.city or contact.organisation
        assert holder is not None  # noqa: S101  a constraint of the table
        add_contact(
            of=holder,
            kind=contact.kind,
            value=value,
            language=contact.language,
            confirmed_on=on,
            **stamp,
        )
