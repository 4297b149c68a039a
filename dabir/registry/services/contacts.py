"""Where people, cities and organisations are reached."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import Personal, record_act
from dabir.registry.checking import checked_languages, enter
from dabir.registry.models import City, ContactPoint, Organisation, Person

Holder = Person | City | Organisation


def _holder(contact: ContactPoint) -> Holder:
    return contact.person or contact.city or contact.organisation  # type: ignore[return-value]  # exactly one is set


def _in_trail(holder: Holder) -> Reference:
    if isinstance(holder, Person):
        return Reference("person", holder.public_id)
    return holder.reference()


@transaction.atomic
def add_contact(
    *,
    of: Holder,
    kind: str,
    value: str,
    by: Actor,
    on: date,
    at: datetime,
    language: str = "en",
    confirmed_on: date | None = None,
) -> ContactPoint:
    """Note where somebody is reached; `language` is the language of letters that go there."""
    address = " ".join(value.split()) if kind != "post" else value.strip()
    if kind == "email":
        try:
            validate_email(address)
        except ValidationError as fault:
            raise InvalidInput(fields={"value": [_("This is not an e-mail address.")]}) from fault
    contact = ContactPoint(
        person=of if isinstance(of, Person) else None,
        city=of if isinstance(of, City) else None,
        organisation=of if isinstance(of, Organisation) else None,
        kind=kind,
        value=address,
        language=checked_languages([language], field="language")[0],
        confirmed_on=confirmed_on,
    )
    enter(contact)
    record_act(
        "registry.add_contact",
        target=_in_trail(of),
        by=by,
        on=on,
        at=at,
        after={
            "contact": contact.pk,
            "kind": kind,
            "language": contact.language,
            "value": Personal(address, of.public_id),
        },
    )
    return contact


@transaction.atomic
def confirm_contact(*, contact: ContactPoint, by: Actor, on: date, at: datetime) -> ContactPoint:
    """Note that an address was found right on that day."""
    fresh = lock_record(contact)
    _refuse_ended(fresh)
    before = fresh.confirmed_on
    fresh.confirmed_on = on
    fresh.save(update_fields=["confirmed_on"])
    record_act(
        "registry.confirm_contact",
        target=_in_trail(_holder(fresh)),
        by=by,
        on=on,
        at=at,
        before={"contact": fresh.pk, "confirmed_on": before},
        after={"contact": fresh.pk, "confirmed_on": on},
    )
    return fresh


@transaction.atomic
def end_contact(*, contact: ContactPoint, by: Actor, on: date, at: datetime) -> ContactPoint:
    """No longer write to an address; what was sent there stays in the letter book."""
    fresh = lock_record(contact)
    _refuse_ended(fresh)
    fresh.ended_on = on
    fresh.save(update_fields=["ended_on"])
    record_act(
        "registry.end_contact",
        target=_in_trail(_holder(fresh)),
        by=by,
        on=on,
        at=at,
        before={"contact": fresh.pk, "ended_on": None},
        after={"contact": fresh.pk, "ended_on": on},
    )
    return fresh


def _refuse_ended(contact: ContactPoint) -> None:
    if contact.ended_on is not None:
        raise IllegalStep(_("This address is no longer used."), cure=_("Add it again."))
