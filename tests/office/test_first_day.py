"""The first day: an installation that belongs to nobody, founded once, by whoever has the code."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabir.accounts.models import User
from dabir.accounts.queries import first_run_code
from dabir.core import firstday
from dabir.core.models import AuditEntry
from dabir.core.words import as_words
from dabir.registry.models import Association, City, Person, Post
from tests.factories.people import PASSWORD, an_association

pytestmark = pytest.mark.django_db
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><path d='M0 0h1v1z'/></svg>"


@pytest.fixture(autouse=True)
def nobody_yet() -> Any:
    firstday.forget()
    cache.clear()
    yield
    firstday.forget()


def answers(**changes: Any) -> dict[str, Any]:
    given = {
        "code": first_run_code(),
        "names_fa": "اتحادیهٔ شهرهای آزمون",
        "names_en": "Union of Test Cities",
        "abbreviation": "UTC",
        "seat_en": "Tehran",
        "languages": ["fa", "en"],
        "first_language": "fa",
        "calendars": ["solar_hijri", "gregorian"],
        "person_fa": "شیرین",
        "email": "shirin@example.org",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }
    return {key: value for key, value in (given | changes).items() if value is not None}


@pytest.mark.parametrize(
    "path", ["/", "/en/", "/fa/office/", "/en/account/login/", "/en/account/password/reset/"]
)
def test_every_page_leads_to_the_first_run_page(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/first-run/")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_first_run_page_asks_in_either_language(client: Client, language: str) -> None:
    page = client.get(f"/{language}/first-run/").content.decode()
    assert f'lang="{language}"' in page
    assert first_run_code() not in page


def test_first_run_founds_signs_in_and_leads_to_the_second_factor(client: Client) -> None:
    emblem = SimpleUploadedFile("emblem.svg", DRAWING, "image/svg+xml")
    answer = client.post("/fa/first-run/", answers(emblem=emblem))
    assert answer.headers["Location"] == "/fa/office/"
    association = Association.objects.get()
    assert as_words(association.names)["en"] == "Union of Test Cities"
    assert association.languages == ["fa", "en"]
    assert "<path" in association.emblem
    assert not association.example
    assert client.get("/fa/office/").headers["Location"] == "/fa/account/second-factor/"
    user = User.objects.get()
    assert user.language == "fa"
    assert user.has_perm("accounts.invite")
    assert AuditEntry.objects.filter(act="registry.found_association").count() == 1


def test_first_run_brings_nothing_of_any_example(client: Client) -> None:
    client.post("/en/first-run/", answers())
    assert Person.objects.count() == 1
    assert Post.objects.count() == 1
    assert not City.objects.exists()


def test_first_run_a_second_time_is_closed(client: Client) -> None:
    an_association()
    for answer in (
        client.get("/en/first-run/"),
        client.post("/en/first-run/", answers(names_en="Thief")),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/en/office/"
    assert Association.objects.count() == 1
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "2222-2222-2222"}, "code"),
        ({"code": None}, "code"),
        ({"names_en": None}, "names_en"),
        ({"names_fa": None, "names_en": None}, "names_fa"),
        ({"abbreviation": None}, "abbreviation"),
        ({"languages": ["en"], "first_language": "fa"}, "first_language"),
        ({"calendars": None}, "calendars"),
        ({"person_fa": None}, "person_fa"),
        ({"email": "nobody"}, "email"),
        ({"password": "short", "password_again": "short"}, "password"),
        ({"password_again": "different-inkwell"}, "password_again"),
        ({"emblem": SimpleUploadedFile("e.svg", b"<html/>")}, "emblem"),
    ],
)
def test_first_run_with_a_wrong_field_says_so_and_founds_nothing(
    client: Client, changes: dict[str, Any], field: str
) -> None:
    answer = client.post("/en/first-run/", answers(**changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Association.objects.exists()
    assert not User.objects.exists()
    page = answer.content.decode()
    assert PASSWORD not in page


def test_first_run_by_guessing_codes_ends_with_429(client: Client) -> None:
    wrong = answers(code="2222-2222-2222")
    statuses = [client.post("/en/first-run/", wrong).status_code for _attempt in range(11)]
    assert statuses[:10] == [422] * 10
    assert statuses[10] == 429
    assert client.post("/en/first-run/", answers()).status_code == 429
    assert not Association.objects.exists()
