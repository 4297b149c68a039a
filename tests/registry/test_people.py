"""People, places and contacts; and what is forgotten of a person."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dabir.accounts.models import Invitation, User
from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry, PersonalValue
from dabir.core.trail import trail_faults
from dabir.core.words import as_words
from dabir.registry.queries import contacts_of, emails_of, language_for_letters
from dabir.registry.services import (
    add_city,
    add_contact,
    add_country,
    add_organisation,
    change_person,
    confirm_contact,
    end_contact,
    end_mandate,
    erase_person,
    invite_person,
)
from tests.factories.people import SIGNED, a_mandate, a_person, a_post, an_account, an_association

pytestmark = pytest.mark.django_db


def test_add_person_keeps_the_name_out_of_the_chain() -> None:
    person = a_person("Niloufar Nemoune")
    entry = AuditEntry.objects.get(act="registry.add_person")
    assert entry.target_id == person.public_id
    assert "Niloufar" not in json.dumps([entry.after, entry.target_labels])
    assert PersonalValue.objects.get(entry=entry).value == {"en": "Niloufar Nemoune"}


def test_add_person_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_person("  ")
    assert "names" in refusal.value.fields


def test_change_person_after_somebody_else_is_refused() -> None:
    person = a_person()
    change_person(person=person, names={"en": "B"}, language="fa", version=1, **SIGNED)
    with pytest.raises(StaleRecord):
        change_person(person=person, names={"en": "C"}, language="fa", version=1, **SIGNED)
    person.refresh_from_db()
    assert (as_words(person.names), person.language) == ({"en": "B"}, "fa")
    assert AuditEntry.objects.filter(act="registry.change_person").count() == 1


def test_add_country_city_and_organisation_are_entered_in_the_trail() -> None:
    country = add_country(code="ir", names={"en": "Iran"}, **SIGNED)
    city = add_city(names={"fa": "تهران"}, country=country, public_id="tehran", **SIGNED)
    organisation = add_organisation(names={"en": "A body"}, **SIGNED)
    assert (country.code, city.country) == ("IR", country)
    acts = list(AuditEntry.objects.values_list("act", "target_id"))
    assert acts == [
        ("registry.add_country", "IR"),
        ("registry.add_city", "tehran"),
        ("registry.add_organisation", organisation.public_id),
    ]


@pytest.mark.parametrize("code", ["", "IRN", "1R", "ای"])
def test_add_country_with_a_wrong_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        add_country(code=code, names={"en": "X"}, **SIGNED)


def test_add_city_twice_under_one_id_is_refused() -> None:
    add_city(names={"en": "A"}, public_id="a", **SIGNED)
    with pytest.raises(InvalidInput) as refusal:
        add_city(names={"en": "B"}, public_id="a", **SIGNED)
    assert "public_id" in refusal.value.fields


def test_language_for_letters_follows_the_freshest_contact() -> None:
    person = a_person(language="en")
    assert language_for_letters(person) == "en"
    old = add_contact(of=person, kind="email", value="a@example.org", language="en", **SIGNED)
    new = add_contact(of=person, kind="email", value="b@example.org", language="fa", **SIGNED)
    confirm_contact(contact=new, **SIGNED)
    assert language_for_letters(person) == "fa"
    assert [c.pk for c in contacts_of(person)] == [new.pk, old.pk]
    assert emails_of([person])[person.pk] == new


def test_contacts_of_cities_and_organisations_are_theirs() -> None:
    city = add_city(names={"en": "A"}, **SIGNED)
    body = add_organisation(names={"en": "B"}, **SIGNED)
    one = add_contact(of=city, kind="post", value="Street 1", language="fa", **SIGNED)
    two = add_contact(of=body, kind="phone", value="+98 21", **SIGNED)
    assert contacts_of(city) == [one]
    assert contacts_of(body, kind="phone") == [two]
    assert language_for_letters(city) == "fa"


def test_add_contact_with_a_wrong_address_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_contact(of=a_person(), kind="email", value="nobody", **SIGNED)
    assert "value" in refusal.value.fields


def test_end_contact_takes_it_out_of_use_once() -> None:
    person = a_person()
    contact = add_contact(of=person, kind="email", value="a@example.org", **SIGNED)
    end_contact(contact=contact, **SIGNED)
    assert contacts_of(person) == []
    for act in (end_contact, confirm_contact):
        with pytest.raises(IllegalStep):
            act(contact=contact, **SIGNED)
    assert AuditEntry.objects.filter(act="registry.end_contact").count() == 1


def test_erase_person_forgets_name_contacts_account_and_leaves_the_trail_whole() -> None:
    an_association()
    person = a_person("Forgotten Name")
    mandate = a_mandate(person, a_post("expert"))
    user = an_account(person, "forgotten@example.org", factor=True)
    end_mandate(mandate=mandate, ends_on=date(2026, 6, 1), **SIGNED)
    erasure = erase_person(person=person, reason="asked for it", **SIGNED)
    assert not erasure.name_kept
    assert erasure.contacts == 1
    user.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()
    everything = json.dumps(
        [
            list(AuditEntry.objects.values("actor", "target_labels", "before", "after")),
            list(PersonalValue.objects.values("value")),
            list(User.objects.values("email")),
            as_words(erasure.person.names),
            [c.value for c in person.contacts.all()],
        ]
    )
    assert "Forgotten" not in everything
    assert "forgotten@" not in everything
    assert list(trail_faults()) == []
    assert erasure.person.mandates.count() == 1


def test_erase_person_forgets_an_invitation_too() -> None:
    an_association()
    person = a_person()
    invite_person(person=person, email="x@example.org", door=lambda token: token, **SIGNED)
    erase_person(person=person, reason="asked", **SIGNED)
    invitation = Invitation.objects.get()
    assert invitation.withdrawn_at
    assert "x@example.org" not in invitation.email


def test_erase_person_keeps_the_name_of_an_office_holder() -> None:
    person = a_person("Former President")
    mandate = a_mandate(person, a_post("president"))
    end_mandate(mandate=mandate, ends_on=date(2026, 6, 1), **SIGNED)
    erasure = erase_person(person=person, reason="asked", **SIGNED)
    assert erasure.name_kept
    assert as_words(erasure.person.names) == {"en": "Former President"}


def test_erase_person_in_office_is_refused() -> None:
    person = a_person("Present Holder")
    a_mandate(person, a_post("expert"))
    with pytest.raises(IllegalStep):
        erase_person(person=person, reason="asked", **SIGNED)
    person.refresh_from_db()
    assert as_words(person.names) == {"en": "Present Holder"}
