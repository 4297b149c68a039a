"""Another sign-in address: proved by a link, refused in words, followed by the registry."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dabir.accounts.errors import AddressLinkRefused
from dabir.accounts.models import AddressChange, User
from dabir.accounts.queries import address_change_of
from dabir.accounts.services import (
    create_demonstration_account,
    deactivate,
    open_account,
    take_back_new_address,
)
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.models import AuditEntry, PersonalValue
from dabir.core.trail import trail_faults
from dabir.messaging.models import Letter
from dabir.registry.models import ContactPoint, Person
from dabir.registry.services import (
    add_contact,
    ask_address_for,
    ask_own_address,
    erase_person,
    prove_address,
)
from tests.accounts.test_pages import code_of, sign_in
from tests.factories.people import (
    AT,
    ON,
    PASSWORD,
    SIGNED,
    a_holder,
    a_person,
    an_account,
    an_association,
)

pytestmark = pytest.mark.django_db
OLD, NEW = "old@example.org", "new@example.org"


@pytest.fixture(autouse=True)
def association() -> None:
    cache.clear()
    an_association()


@pytest.fixture
def person() -> Person:
    mina = a_person("Mina Example")
    an_account(mina, OLD)
    mina.refresh_from_db()
    return mina


def user_of(person: Person) -> User:
    return User.objects.get(pk=person.user_id)


def door(token: str) -> str:
    return f"http://localhost/en/sign-in-address/{token}/"


def asked(person: Person, email: str = NEW, **when: Any) -> str:
    """The token in the letter to the new address."""
    own = SIGNED | {"by": person.as_actor()} | when
    ask_own_address(user=user_of(person), email=email, door=door, **own)
    body = Letter.objects.filter(kind="address").latest("id").body
    return body.split("/sign-in-address/")[1].split("/")[0]


def proved(token: str, **when: Any) -> User:
    return prove_address(token=token, **({"on": ON, "at": AT} | when))


def test_new_address_counts_only_after_its_link(person: Person, client: Client) -> None:
    token = asked(person)
    assert user_of(person).email == OLD
    assert sign_in(client, NEW).status_code == 200
    proved(token)
    assert user_of(person).email == NEW
    assert sign_in(client, OLD).status_code == 200
    assert sign_in(client, NEW).status_code == 302
    stored = EmailAddress.objects.get(user=user_of(person))
    assert (stored.email, stored.verified, stored.primary) == (NEW, True, True)


def test_new_address_has_a_letter_there_and_a_note_at_the_old_one(person: Person) -> None:
    token = asked(person)
    proof, note = Letter.objects.get(kind="address"), Letter.objects.get(kind="notice")
    assert (proof.mail_address(), token in proof.body) == (NEW, True)
    assert (note.mail_address(), token in note.body) == (OLD, False)
    assert note.recipient["id"] == person.public_id
    assert "secretariat at once" in note.body


def test_new_address_of_a_shared_mailbox_is_a_letter_of_its_own(person: Person) -> None:
    add_contact(of=a_person("Somebody Else"), kind="email", value=NEW, **SIGNED)
    asked(person)
    assert Letter.objects.get(kind="address").recipient["id"] == NEW


def test_proved_address_moves_the_contact_of_the_person(person: Person) -> None:
    proved(asked(person))
    known = ContactPoint.objects.filter(person=person, kind="email")
    assert [c.value for c in known.filter(ended_on=None)] == [NEW]
    assert known.get(value=OLD).ended_on == ON
    assert known.get(value=NEW).confirmed_on == ON


def test_proved_address_already_known_is_confirmed_not_doubled(person: Person) -> None:
    add_contact(of=person, kind="email", value=NEW, **SIGNED)
    proved(asked(person))
    assert ContactPoint.objects.get(person=person, value=NEW).confirmed_on == ON


def test_change_of_address_keeps_values_beside_the_trail(person: Person) -> None:
    proved(asked(person))
    for act in ("accounts.ask_new_address", "accounts.change_address"):
        entry = AuditEntry.objects.get(act=act)
        told = json.dumps([entry.before, entry.after, entry.target_id, entry.actor])
        assert "example.org" not in told
        assert entry.actor["id"] == person.public_id
    entry = AuditEntry.objects.get(act="accounts.change_address")
    values = PersonalValue.objects.filter(entry=entry).values_list("path", "value")
    assert sorted(value for _path, value in values) == [NEW, OLD]
    assert list(trail_faults()) == []


def test_link_of_a_new_address_works_once(person: Person) -> None:
    token = asked(person)
    proved(token)
    with pytest.raises(AddressLinkRefused):
        proved(token)


def test_link_of_a_new_address_is_refused_after_its_day(person: Person) -> None:
    token = asked(person)
    with pytest.raises(AddressLinkRefused):
        proved(token, on=ON + timedelta(days=7))
    proved(token, on=ON + timedelta(days=6))


@pytest.mark.parametrize("token", ["", "address-2222222222", "address-2222222222:forged"])
def test_forged_link_of_a_new_address_is_refused(person: Person, token: str) -> None:
    asked(person)
    with pytest.raises(AddressLinkRefused):
        proved(token)


def test_new_wish_ends_the_one_before(person: Person) -> None:
    first = asked(person, "first@example.org")
    second = asked(person)
    with pytest.raises(AddressLinkRefused):
        proved(first)
    assert proved(second).email == NEW


def test_taken_back_change_proves_nothing_and_is_not_taken_back_twice(person: Person) -> None:
    token = asked(person)
    change = AddressChange.objects.get()
    take_back_new_address(change=change, **SIGNED)
    with pytest.raises(AddressLinkRefused):
        proved(token)
    with pytest.raises(AddressLinkRefused):
        take_back_new_address(change=change, **SIGNED)
    assert address_change_of(user_of(person), on=ON) is None


@pytest.mark.parametrize("email", [OLD, " OLD@example.org", "taken@example.org", "nobody"])
def test_new_address_in_use_the_same_or_none_is_refused(person: Person, email: str) -> None:
    open_account(email="taken@example.org", password=PASSWORD, language="en", **SIGNED)
    before = Letter.objects.count()
    with pytest.raises(InvalidInput) as refusal:
        ask_own_address(user=user_of(person), email=email, door=door, **SIGNED)
    assert "email" in refusal.value.fields
    assert not AddressChange.objects.exists()
    assert Letter.objects.count() == before


def test_address_taken_meanwhile_is_refused_at_the_proof(person: Person) -> None:
    token = asked(person)
    open_account(email=NEW, password=PASSWORD, language="en", **SIGNED)
    with pytest.raises(InvalidInput):
        proved(token)
    assert user_of(person).email == OLD


def test_closed_account_gets_no_new_address(person: Person) -> None:
    token = asked(person)
    deactivate(user=user_of(person), **SIGNED)
    with pytest.raises(AddressLinkRefused):
        proved(token)
    with pytest.raises(IllegalStep):
        ask_own_address(user=user_of(person), email="a@example.org", door=door, **SIGNED)


def test_demonstration_account_keeps_its_address() -> None:
    user = create_demonstration_account(role="expert", password=PASSWORD, **SIGNED)
    with pytest.raises(IllegalStep) as refusal:
        ask_own_address(user=user, email=NEW, door=door, **SIGNED)
    assert refusal.value.code == "demonstration"


def test_secretariat_names_an_address_with_a_reason_for_others_only(person: Person) -> None:
    given: dict[str, Any] = {"email": NEW, "door": door} | SIGNED
    with pytest.raises(InvalidInput) as unsaid:
        ask_address_for(person=person, reason=" ", **given)
    assert "reason" in unsaid.value.fields
    with pytest.raises(IllegalStep) as own:
        ask_address_for(person=person, reason="lost", **(given | {"by": person.as_actor()}))
    assert own.value.code == "own_account"
    with pytest.raises(IllegalStep):
        ask_address_for(person=a_person("Without Account"), reason="lost", **given)
    ask_address_for(person=person, reason="Mailbox lost, called back", **given)
    entry = AuditEntry.objects.get(act="accounts.ask_new_address")
    assert entry.reason == "Mailbox lost, called back"
    assert "The secretariat" in Letter.objects.get(kind="notice").body


def test_erased_person_leaves_no_new_address_behind(person: Person) -> None:
    asked(person)
    erase_person(person=person, reason="asked", **SIGNED)
    kept = json.dumps(
        [
            list(AddressChange.objects.values_list("email", flat=True)),
            list(Letter.objects.values_list("recipient", flat=True)),
            list(PersonalValue.objects.values_list("value", "subject")),
            list(AuditEntry.objects.values_list("target_id", "target_labels", "before", "after")),
        ]
    )
    assert NEW not in kept
    assert list(trail_faults()) == []


def again(client: Client, page: str, user: User) -> Any:
    """Prove once more who one is, on the way to a page."""
    answer = client.get(page)
    assert answer.status_code == 302
    if "2fa" in answer.headers["Location"]:
        return client.post(answer.headers["Location"], {"code": code_of(user)})
    return client.post(answer.headers["Location"], {"password": PASSWORD})


def test_account_page_leads_to_a_new_address_after_the_password(
    person: Person, client: Client
) -> None:
    sign_in(client, OLD)
    assert "/sign-in-address/" in client.get("/en/account/email/").headers["Location"]
    page = "/en/sign-in-address/"
    assert "reauthenticate" in client.get(page).headers["Location"]
    again(client, page, user_of(person))
    refused = client.post(page, {"email": OLD})
    assert refused.status_code == 422
    assert client.post(page, {"email": NEW}).status_code == 302
    token = Letter.objects.get(kind="address").body.split("/sign-in-address/")[1].split("/")[0]
    assert NEW in client.get(page).content.decode()
    seen = Client().get(f"{page}{token}/").content.decode()
    assert NEW in seen
    assert user_of(person).email == OLD
    assert NEW in Client().post(f"{page}{token}/").content.decode()
    assert user_of(person).email == NEW
    assert Client().get(f"{page}{token}/").status_code == 410


def test_holder_of_a_factor_is_asked_for_it_again(client: Client) -> None:
    user = a_holder("treasurer", email="t@example.org")
    sign_in(client, "t@example.org")
    client.post("/en/account/2fa/authenticate/", {"code": code_of(user)})
    answer = client.get("/en/sign-in-address/")
    assert "/account/2fa/reauthenticate/" in answer.headers["Location"]
    wrong = client.post(answer.headers["Location"], {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/en/sign-in-address/").status_code == 302


def test_take_back_keeps_the_address(person: Person, client: Client) -> None:
    asked(person, on=timezone.localdate())
    client.force_login(user_of(person))
    assert client.post("/en/sign-in-address/take-back/").status_code == 302
    change = AddressChange.objects.get()
    assert change.withdrawn_at is not None


def test_link_of_a_new_address_is_refused_while_another_is_signed_in(person: Person) -> None:
    token = asked(person, on=timezone.localdate())
    staff = Client()
    staff.force_login(a_holder("administrator", email="admin@example.org"))
    for answer in (staff.get(door(token)), staff.post(door(token))):
        assert answer.status_code == 409
    assert user_of(person).email == OLD


def test_secretariat_page_needs_the_right_and_the_factor_again(person: Person) -> None:
    page = f"/en/office/people/{person.public_id}/sign-in-address/"
    expert = Client()
    expert.force_login(a_holder("expert", email="expert@example.org"))
    assert expert.get(page).status_code == 403
    staff = Client()
    admin = a_holder("administrator", email="admin@example.org")
    sign_in(staff, "admin@example.org")
    staff.post("/en/account/2fa/authenticate/", {"code": code_of(admin)})
    assert "/account/2fa/reauthenticate/" in staff.get(page).headers["Location"]
    assert not AddressChange.objects.exists()
