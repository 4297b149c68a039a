"""Enter people, correct what is said of them, and forget them where the law allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.accounts.services import erase_account, erase_invitations
from dabir.core import publicsearch
from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import Personal, erase_personal_values, record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.registry.checking import Words, checked_languages, checked_names, enter
from dabir.registry.models import ContactPoint, Person
from dabir.registry.personal import SECTIONS
from dabir.registry.queries import held_public_office
from dabir.registry.rights import mandates_in_force


def person_in_trail(person: Person) -> Reference:
    """The person as named in the trail: by number only, so that a name can be forgotten."""
    return Reference("person", person.public_id)


@transaction.atomic
def add_person(
    *,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    language: str = "en",
    public_id: str = "",
    note: Words | None = None,
    source: str = "",
    is_demonstration: bool = False,
) -> Person:
    """Enter one human being, once; this gives neither an account nor a right."""
    person = Person(
        public_id=public_id or new_public_id("person"),
        names=checked_names(names),
        language=checked_languages([language], field="language")[0],
        note=dict(note or {}),
        source=source,
        is_demonstration=is_demonstration,
    )
    enter(person)
    record_act(
        "registry.add_person",
        target=person_in_trail(person),
        by=by,
        on=on,
        at=at,
        after={
            "names": Personal(as_words(person.names), person.public_id),
            "language": person.language,
            "source": source,
        },
    )
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    names: Words,
    language: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Person:
    """Correct a person's name, or the language in which they are written to."""
    fresh = lock_record(person, version=version)
    before = {
        "names": Personal(as_words(fresh.names), fresh.public_id),
        "language": fresh.language,
    }
    fresh.names = checked_names(names)
    fresh.language = checked_languages([language], field="language")[0]
    fresh.version += 1
    check_record(fresh)
    fresh.save(update_fields=["names", "language", "version"])
    record_act(
        "registry.change_person",
        target=person_in_trail(fresh),
        by=by,
        on=on,
        at=at,
        before=before,
        after={
            "names": Personal(as_words(fresh.names), fresh.public_id),
            "language": fresh.language,
        },
    )
    return fresh


@dataclass(frozen=True)
class Erasure:
    """What was forgotten, and whether the name had to stay."""

    person: Person
    name_kept: bool
    contacts: int
    trail_values: int


@transaction.atomic
def erase_person(*, person: Person, by: Actor, on: date, at: datetime, reason: str) -> Erasure:
    """Forget a person: contacts, account, note, and the name unless the public record tells it.

    Mandates stay, under a pseudonym. The name of somebody who held an office of the association
    stays with it: who was President is no private matter. Raises IllegalStep while a mandate is in
    force.
    """
    fresh = lock_record(person)
    if mandates_in_force(person=fresh, on=on):
        raise IllegalStep(
            _("This person still holds a post."),
            cure=_("End the mandate first; then the person can be forgotten."),
        )
    forgotten = {  # before the addresses: some are found by them
        key: section.forget(fresh, by, on, at)
        for key, section in SECTIONS.items()
        if section.forget
    }
    contacts = _forget_contacts(fresh, on=on)
    values = erase_personal_values(subject=fresh.public_id, by=by, on=on, at=at)
    if fresh.user is not None:
        values += erase_personal_values(subject=fresh.user.public_id, by=by, on=on, at=at)
        erase_account(user=fresh.user, by=by, on=on, at=at)
    erase_invitations(subject_id=fresh.public_id, at=at)
    name_kept = held_public_office(fresh)
    if not name_kept:
        number = fresh.public_id.rpartition("-")[2]
        fresh.names = {"fa": f"شخص {number}", "en": f"Person {number}"}
    values += _forget_doubles(fresh, name_kept=name_kept, by=by, on=on, at=at)
    fresh.note, fresh.source = {}, ""
    fresh.version += 1
    fresh.save(update_fields=["names", "note", "source", "version"])
    record_act(
        "registry.erase_person",
        target=person_in_trail(fresh),
        by=by,
        on=on,
        at=at,
        after={
            "name_kept": name_kept,
            "contacts": contacts,
            "trail_values": values,
            **{key: number for key, number in forgotten.items() if number},
        },
        reason=reason,
    )
    publicsearch.settle()  # the act took the name out; what the index itself had still kept of it goes too
    return Erasure(fresh, name_kept, contacts, values)


def _forget_contacts(person: Person, *, on: date) -> int:
    contacts = ContactPoint.objects.filter(person=person)
    contacts.filter(ended_on=None).update(ended_on=on)
    return contacts.update(value="—")


def _forget_doubles(person: Person, *, name_kept: bool, by: Actor, on: date, at: datetime) -> int:
    """Records that were merged into this one told of the same human being."""
    values = 0
    for double in Person.objects.filter(merged_into=person):
        values += erase_personal_values(subject=double.public_id, by=by, on=on, at=at)
        erase_invitations(subject_id=double.public_id, at=at)
        if not name_kept:
            double.names = as_words(person.names)
        double.note, double.source = {}, ""
        double.version += 1
        double.save(update_fields=["names", "note", "source", "version"])
    return values
