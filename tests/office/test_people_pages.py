"""People, posts, accounts and rights in the office: who gets in, and what each act does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from dabir.accounts.models import Invitation, User
from dabir.accounts.queries import has_second_factor
from dabir.core.words import as_words
from dabir.messaging.models import Letter
from dabir.registry.models import Association, City, ContactPoint, Mandate, Person, Post
from dabir.registry.rights import POWERS, RIGHTS
from dabir.registry.services import add_contact
from tests.factories.people import (
    PASSWORD,
    SIGNED,
    a_holder,
    a_mandate,
    a_person,
    a_post,
    an_account,
    an_association,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def association() -> None:
    cache.clear()
    an_association()


@pytest.fixture
def keeper(client: Client) -> Client:
    """A browser in which an administrator is signed in."""
    client.force_login(a_holder("administrator"))
    return client


def pages(person: Person, post: Post, mandate: Mandate, contact: ContactPoint) -> dict[str, str]:
    own = f"/en/office/people/{person.public_id}"
    return {
        "/en/office/rights/": "registry.view_rights",
        "/en/office/people/": "registry.view_people",
        f"{own}/": "registry.view_people",
        "/en/office/people/add/": "registry.add_person",
        f"{own}/change/": "registry.add_person",
        f"{own}/address/": "registry.add_person",
        f"{own}/address/{contact.pk}/confirm/": "registry.add_person",
        f"{own}/address/{contact.pk}/end/": "registry.add_person",
        f"{own}/forget/": "registry.erase_person",
        f"{own}/invite/": "accounts.invite",
        f"{own}/withdraw/": "accounts.invite",
        f"{own}/recover/": "accounts.recover",
        f"{own}/factor/": "accounts.recover",
        f"{own}/close/": "accounts.recover",
        f"{own}/reopen/": "accounts.recover",
        "/en/office/association/": "registry.change_association",
        "/en/office/places/add/": "registry.add_place",
        "/en/office/posts/add/": "registry.give_mandate",
        f"/en/office/posts/{post.public_id}/mandate/": "registry.give_mandate",
        f"/en/office/mandates/{mandate.pk}/end/": "registry.give_mandate",
        f"/en/office/mandates/{mandate.pk}/hand-over/": "registry.give_mandate",
    }


@pytest.fixture
def every_page() -> dict[str, str]:
    person, post = a_person("Shown"), a_post("expert")
    mandate = a_mandate(person, post)
    contact = add_contact(of=person, kind="email", value="s@example.org", **SIGNED)
    return pages(person, post, mandate, contact)


def test_every_page_refuses_a_stranger(client: Client, every_page: dict[str, str]) -> None:
    for path in every_page:
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 302, path
            assert "/account/login/" in answer.headers["Location"], path


@pytest.mark.parametrize("power", [*POWERS, ""])
def test_every_page_opens_to_the_powers_of_its_right_and_to_no_other(
    client: Client, every_page: dict[str, str], power: str
) -> None:
    user = a_holder(*([power] if power else []))
    client.force_login(user)
    for path, right in every_page.items():
        allowed = power in RIGHTS[right].powers
        # A verb without a form answers a GET with 405, whoever asks.
        answer = client.get(path)
        expected = (200, 405) if allowed else (403, 405)
        assert answer.status_code in expected, (power, path)
        if not allowed:
            assert client.post(path).status_code == 403, (power, path)


def test_refusal_says_who_has_the_right(client: Client) -> None:
    client.force_login(a_holder("expert", factor=False))
    page = client.get("/en/office/people/add/").content.decode()
    assert "Secretary General" in page


def test_rights_page_shows_every_right_and_who_holds_its_powers(keeper: Client) -> None:
    a_mandate(a_person("Treasurer Test"), a_post("treasurer", name="Treasury"))
    answer = keeper.get("/en/office/rights/")
    page = answer.content.decode()
    for right in RIGHTS.values():
        assert escape(str(right.label)) in page
    assert "Treasurer Test" in page
    shown = {
        row.right.name: [may for _label, may in row.cells]
        for _key, _label, rows in answer.context["groups"]
        for row in rows
    }
    assert shown == {
        name: [power in right.powers for power in POWERS] for name, right in RIGHTS.items()
    }


def test_rights_page_tells_a_city_officer_no_names(client: Client) -> None:
    a_mandate(a_person("Treasurer Test"), a_post("treasurer"))
    client.force_login(a_holder("city_officer", factor=False))
    page = client.get("/en/office/rights/").content.decode()
    assert "Treasurer Test" not in page


def test_people_page_shows_the_holders_of_the_day_asked_for(keeper: Client) -> None:
    post = a_post("secretary_general", name="Head")
    a_mandate(a_person("Earlier One"), post, starts_on=date(2014, 1, 1), ends_on=date(2018, 1, 1))
    a_mandate(a_person("Present One"), post, starts_on=date(2018, 1, 1))

    def holders(query: str) -> list[str]:
        answer = keeper.get(f"/en/office/people/{query}")
        assert answer.status_code == 200
        return [str(m.person) for p, ms in answer.context["posts"] if p == post for m in ms]

    assert holders("") == ["Present One"]
    assert holders("?on=2015-05-05") == ["Earlier One"]
    assert holders("?on=۱۳۹۴/۰۲/۱۵") == ["Earlier One"]
    assert holders("?on=nonsense") == ["Present One"]


@pytest.mark.parametrize("count", [1, 3])
def test_people_page_asks_the_database_the_same_number_of_times(
    keeper: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        person = a_person(f"Person {number}")
        a_mandate(person, a_post("expert", name=f"Post {number}"))
        an_account(person, f"p{number}@example.org")
    keeper.get("/en/office/people/")
    with django_assert_max_num_queries(14):
        keeper.get("/en/office/people/")


def test_add_person_with_an_address_makes_both(keeper: Client) -> None:
    keeper.post(
        "/en/office/people/add/",
        {"names_fa": "مینا", "language": "fa", "email": "mina@example.org"},
    )
    person = Person.objects.get(contacts__value="mina@example.org")
    assert str(person) == "مینا"
    assert person.contacts.get().language == "fa"


def test_add_person_without_a_name_keeps_what_was_typed(keeper: Client) -> None:
    answer = keeper.post("/en/office/people/add/", {"language": "fa", "email": "mina@example.org"})
    assert answer.status_code == 422
    assert "mina@example.org" in answer.content.decode()


def test_change_person_of_an_old_version_says_so(keeper: Client) -> None:
    person = a_person("Before")
    path = f"/en/office/people/{person.public_id}/change/"
    keeper.post(path, {"names_en": "First", "language": "en", "version": 1})
    answer = keeper.post(path, {"names_en": "Second", "language": "en", "version": 1})
    assert answer.status_code == 422
    assert "Somebody else has changed" in answer.content.decode()
    person.refresh_from_db()
    assert str(person) == "First"


def test_post_is_created_filled_handed_over_and_ended(keeper: Client) -> None:
    first, second = a_person("First"), a_person("Second")
    answer = keeper.post(
        "/en/office/posts/add/", {"names_en": "Treasurer", "powers": ["treasurer"]}
    )
    post = Post.objects.get(public_id=answer.headers["Location"].split("/")[-3])
    given = {"person": first.pk, "starts_on": "۱۴۰۴/۱۰/۱۱", "basis": "Board 7"}
    keeper.post(answer.headers["Location"], given)
    mandate = Mandate.objects.get(post=post)
    assert mandate.starts_on == date(2026, 1, 1)
    assert mandate.basis["labels"] == {"en": "Board 7"}
    refused = keeper.post(answer.headers["Location"], given | {"person": second.pk})
    assert refused.status_code == 422
    assert "is held by First" in refused.content.decode()
    keeper.post(
        f"/en/office/mandates/{mandate.pk}/hand-over/",
        {"person": second.pk, "hands_over_on": "2026-06-01", "version": 1},
    )
    newer = Mandate.objects.get(post=post, person=second)
    assert newer.starts_on == date(2026, 6, 1)
    keeper.post(f"/en/office/mandates/{newer.pk}/end/", {"ends_on": "2026-07-01", "version": 1})
    newer.refresh_from_db()
    assert newer.ends_on == date(2026, 7, 1)


def test_invite_shows_the_link_once_and_puts_the_letter_into_the_outbox(keeper: Client) -> None:
    person = a_person("Mina")
    answer = keeper.post(
        f"/en/office/people/{person.public_id}/invite/", {"email": "mina@example.org"}
    )
    letter = Letter.objects.get()
    link = next(word for word in letter.body.split() if "/invitation/" in word)
    assert link in answer.content.decode()
    browser = Client()
    path = link.removeprefix("http://testserver")
    browser.post(path, {"password": PASSWORD, "password_again": PASSWORD})
    assert User.objects.get(email="mina@example.org").person == person
    page = keeper.get(f"/en/office/people/{person.public_id}/").content.decode()
    assert "/invitation/" not in page


def test_withdraw_ends_the_invitation(keeper: Client) -> None:
    person = a_person("Mina")
    own = f"/en/office/people/{person.public_id}"
    keeper.post(f"{own}/invite/", {"email": "mina@example.org"})
    keeper.post(f"{own}/withdraw/")
    assert Invitation.objects.get().withdrawn_at


def test_recover_link_opens_the_page_for_a_new_password(keeper: Client) -> None:
    person = a_person("Mina")
    user = an_account(person, "mina@example.org")
    answer = keeper.post(f"/en/office/people/{person.public_id}/recover/")
    link = answer.context["link"].removeprefix("http://testserver")
    browser = Client()
    page = browser.get(link, follow=True)
    new = "another-inkwell-1405"
    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


def test_reset_factor_close_and_reopen_act_on_others_never_on_oneself(keeper: Client) -> None:
    person = a_person("Mina")
    user = an_account(person, "mina@example.org", factor=True)
    own = f"/en/office/people/{person.public_id}"
    keeper.post(f"{own}/factor/", {"reason": "lost phone"})
    assert not has_second_factor(user)
    keeper.post(f"{own}/close/", {"reason": ""})
    user.refresh_from_db()
    assert not user.is_active
    keeper.post(f"{own}/reopen/")
    user.refresh_from_db()
    assert user.is_active
    mine = Person.objects.get(user=User.objects.get(email="holder@example.org"))
    answer = keeper.post(f"/en/office/people/{mine.public_id}/factor/", {"reason": "x"})
    assert answer.status_code == 403
    answer = keeper.post(f"/en/office/people/{mine.public_id}/close/", {"reason": ""})
    assert answer.status_code == 422
    assert has_second_factor(User.objects.get(email="holder@example.org"))


def test_forget_person_needs_a_reason_and_no_mandate(keeper: Client) -> None:
    person = a_person("Mina")
    path = f"/en/office/people/{person.public_id}/forget/"
    assert keeper.post(path, {"reason": ""}).status_code == 422
    a_mandate(person, a_post("expert"), ends_on=timezone.localdate())
    keeper.post(path, {"reason": "asked for it"})
    person.refresh_from_db()
    assert "Mina" not in str(person)


def test_contact_is_added_confirmed_and_ended(keeper: Client) -> None:
    person = a_person("Mina")
    own = f"/en/office/people/{person.public_id}"
    wrong = keeper.post(f"{own}/address/", {"kind": "email", "value": "no", "language": "fa"})
    assert wrong.status_code == 422
    keeper.post(f"{own}/address/", {"kind": "phone", "value": "+98 21 1", "language": "fa"})
    contact = person.contacts.get()
    keeper.post(f"{own}/address/{contact.pk}/confirm/")
    contact.refresh_from_db()
    assert contact.confirmed_on == timezone.localdate()
    keeper.post(f"{own}/address/{contact.pk}/end/")
    contact.refresh_from_db()
    assert contact.ended_on == timezone.localdate()
    assert keeper.post(f"{own}/address/{contact.pk}/end/").status_code == 409


def test_association_page_changes_what_is_said_and_keeps_the_emblem(keeper: Client) -> None:
    given = {
        "names_fa": "نام نو",
        "names_en": "New Name",
        "abbreviation": "NN",
        "seat_en": "Tabriz",
        "languages": ["fa", "en"],
        "first_language": "en",
        "calendars": ["gregorian"],
        "version": 1,
    }
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"
    emblem = SimpleUploadedFile("emblem.svg", drawing, "image/svg+xml")
    keeper.post("/en/office/association/", given | {"emblem": emblem})
    association = Association.objects.get()
    assert association.languages == ["en", "fa"]
    assert association.calendars == ["gregorian"]
    assert as_words(association.seat) == {"en": "Tabriz"}
    assert "<path" in association.emblem
    stale = keeper.post("/en/office/association/", given)
    assert stale.status_code == 422
    given |= {"version": association.version, "abbreviation": "NNN"}
    keeper.post("/en/office/association/", given)
    association.refresh_from_db()
    assert association.abbreviation == "NNN"
    assert association.emblem
    keeper.post(
        "/en/office/association/",
        given | {"version": association.version, "remove_emblem": "on"},
    )
    association.refresh_from_db()
    assert association.emblem == ""


def test_place_is_added_once_with_its_country(keeper: Client) -> None:
    given = {"names_fa": "شهر آزمون", "names_en": "Test City", "country_code": "ir"}
    keeper.post("/en/office/places/add/", given | {"country_fa": "ایران", "country_en": "Iran"})
    city = City.objects.get()
    assert city.country is not None
    assert city.country.code == "IR"
    keeper.post("/en/office/places/add/", given | {"names_en": "Second City"})
    assert City.objects.count() == 2
    assert City.objects.latest("pk").country == city.country
    refused = keeper.post("/en/office/places/add/", given | {"country_code": "de"})
    assert refused.status_code == 422
    assert City.objects.count() == 2
