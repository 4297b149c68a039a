"""Pages of doubles and of addresses that are asked; what is kept on a person, and forgotten."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dabir.core.models import AuditEntry
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import write_letter
from dabir.registry.models import City, ContactPoint, Merge, Person
from dabir.registry.personal import kept_about
from dabir.registry.queries import stale_contacts
from dabir.registry.services import add_city, add_contact, erase_person, merge_records
from tests.factories.people import (
    SIGNED,
    a_holder,
    a_mandate,
    a_person,
    a_post,
    an_account,
    an_association,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client: Client) -> Client:
    an_association()
    client.force_login(a_holder("secretary_general"))
    return client


def test_doubles_are_listed_compared_merged_and_undone(keeper: Client) -> None:
    add_city(names={"en": "Haikou"}, public_id="haikou", **SIGNED)
    add_city(names={"fa": "هایکو", "en": "HAIKOU"}, public_id="haikou-2", **SIGNED)
    assert "haikou-2" in keeper.get("/en/office/doubles/").content.decode()
    own = "/en/office/doubles/city/haikou/haikou-2/"
    assert "Which record is kept" in keeper.get(own).content.decode()
    assert keeper.post(own, {"kept": "haikou", "version": "1"}).status_code == 422
    given = {"kept": "haikou", "reason": "one city", "version": "1"}
    assert keeper.post(own, given).status_code == 302
    led = keeper.get("/en/office/places/haikou-2/")
    assert led["Location"].endswith("/office/places/haikou/")
    assert "Also entered as" in keeper.get(led["Location"]).content.decode()
    assert "cannot be merged" in keeper.get(own).content.decode()
    merge = Merge.objects.get()
    answer = keeper.post(f"/en/office/doubles/{merge.pk}/undo/", {"reason": "two", "version": "1"})
    assert answer.status_code == 302
    assert City.objects.filter(merged_into=None).count() == 2
    assert "undone" in keeper.get("/en/office/doubles/").content.decode()


def test_merged_person_answers_at_the_old_address(keeper: Client) -> None:
    one, other = a_person("One"), a_person("Other")
    merge_records(kept=one, double=other, reason="r", **SIGNED)
    answer = keeper.get(f"/en/office/people/{other.public_id}/")
    assert answer["Location"].endswith(f"/{one.public_id}/")
    assert other.public_id not in keeper.get("/en/office/people/").content.decode()


def asked(keeper: Client) -> tuple[ContactPoint, str]:
    contact = add_contact(of=a_person("Far"), kind="email", value="far@example.org", **SIGNED)
    assert "far@example.org" in keeper.get("/en/office/addresses/").content.decode()
    assert keeper.post(f"/en/office/addresses/{contact.pk}/ask/").status_code == 302
    body = Letter.objects.get(key__startswith="contact-check/").body
    found = re.search(r"http://testserver(/\S+)", body)
    assert found
    return contact, found[1]


@pytest.mark.parametrize(
    ("given", "value", "is_used"),
    [
        ({"answer": "right"}, "far@example.org", True),
        ({"answer": "changed", "value": "new@example.org"}, "new@example.org", True),
        ({"answer": "ended"}, "", True),
        ({"answer": "changed"}, "far@example.org", False),
        ({"answer": "changed", "value": "no address"}, "far@example.org", False),
    ],
)
def test_address_is_confirmed_by_a_link_without_an_account(
    keeper: Client, given: dict[str, str], value: str, is_used: bool
) -> None:
    contact, address = asked(keeper)
    stranger = Client()
    assert "far@example.org" in stranger.get(address).content.decode()
    answer = stranger.post(address, given)
    assert answer.status_code == (200 if is_used else 422)
    used = ContactPoint.objects.filter(ended_on=None, person=contact.person)
    assert [row.value for row in used] == ([value] if value else [])
    if is_used:
        assert all(row.confirmed_on for row in used)
        assert stranger.get(address).status_code == 410
        assert SignedLink.objects.get().used_at
    else:
        assert SignedLink.objects.get().used_at is None


def test_address_is_asked_once(keeper: Client) -> None:
    contact, _address = asked(keeper)
    answer = keeper.post(f"/en/office/addresses/{contact.pk}/ask/")
    assert answer.status_code == 409
    assert Letter.objects.filter(key__startswith="contact-check/").count() == 1


def test_fresh_address_is_not_stale() -> None:
    today = timezone.localdate()
    add_contact(of=a_person(), kind="email", value="a@example.org", confirmed_on=today, **SIGNED)
    assert not stale_contacts(before=today - timedelta(days=360)).exists()
    assert stale_contacts(before=today + timedelta(days=1)).exists()


def a_known_person() -> Person:
    person = a_person("Known Person")
    an_account(person, "known@example.org")
    a_mandate(person, a_post("expert"), ends_on=SIGNED["on"])
    write_letter(
        key="k", kind="notice", language="en", recipient=person.reference(), subject="Hello",
        body="Text", **SIGNED,
    )  # fmt: skip
    person.refresh_from_db()
    return person


def test_everything_kept_on_a_person_is_given_as_a_file(keeper: Client) -> None:
    person = a_known_person()
    answer = keeper.get(f"/en/office/people/{person.public_id}/kept/")
    kept = json.loads(answer.content)
    assert kept["record"]["names"] == {"en": "Known Person"}
    assert kept["account"]["email"] == "known@example.org"
    assert [row["address"] for row in kept["addresses"]] == ["known@example.org"]
    assert [row["subject"] for row in kept["letters"]] == ["Hello"]
    assert len(kept["posts"]) == 1
    assert kept["personal_values_in_the_trail"]
    assert AuditEntry.objects.filter(act="registry.export_person").count() == 1


def test_person_takes_the_own_file_and_nobody_elses(client: Client) -> None:
    an_association()
    user = a_holder("city_officer")
    client.force_login(user)
    own = Person.objects.get(user=user)
    other = a_person("Other")
    led = client.get("/en/office/kept-on-me/")
    assert client.get(led["Location"]).status_code == 200
    assert own.public_id in led["Location"]
    assert client.get(f"/en/office/people/{other.public_id}/kept/").status_code == 403


def test_forgotten_person_is_nowhere_in_what_is_kept() -> None:
    an_association()
    person, double = a_known_person(), a_person("Known Person Again")
    merge_records(kept=person, double=double, reason="r", **SIGNED)
    erase_person(person=person, reason="asked", **SIGNED)
    person.refresh_from_db()
    text = json.dumps(kept_about(person), default=str)
    assert "Known" not in text
    assert "known@example.org" not in text
    double.refresh_from_db()
    assert "Known" not in str(double)
    assert "Known" not in str(Letter.objects.get(key="k").recipient)


def test_pages_of_doubles_are_closed_to_readers(client: Client) -> None:
    an_association()
    client.force_login(a_holder("expert"))
    for address in ("doubles/", "addresses/", "doubles/city/a/b/"):
        assert client.get(f"/en/office/{address}").status_code in (403, 404), address
    answer: Any = client.get("/en/office/doubles/")
    assert answer.status_code == 403
