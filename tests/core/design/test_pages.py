"""Pages as served: the living page, the doors, the pages of faults."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from dabir.accounts.models import User
from tests.factories.people import PASSWORD, a_holder, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> User:
    """Somebody signed in, without any power."""
    an_association()
    user = a_holder()
    client.force_login(user)
    return user


def address(name: str, language: str, *args: str) -> str:
    """The address of a view in a language."""
    with override(language):
        return reverse(name, args=args)


@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("en", "ltr")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sample_in_a_language_has_its_direction_and_scheme(
    client: Client, clerk: User, language: str, direction: str, scheme: str
) -> None:
    page = client.get(address("office:design_sample", language, scheme))
    html = page.content.decode()
    assert page.status_code == 200
    assert f'<html lang="{language}" dir="{direction}" data-scheme="{scheme}">' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_sample_in_no_known_scheme_is_not_there(client: Client, clerk: User) -> None:
    assert client.get(address("office:design_sample", "en", "sepia")).status_code == 404


def test_living_page_shows_every_language_in_every_scheme(client: Client, clerk: User) -> None:
    html = client.get(address("office:design", "en")).content.decode()
    for language in ("fa", "en"):
        for scheme in ("light", "dark"):
            assert f'src="{address("office:design_sample", language, scheme)}"' in html


def test_glossary_explains_in_persian(client: Client, clerk: User) -> None:
    html = client.get(address("office:glossary", "fa")).content.decode()
    assert 'id="quorum"' in html


def test_page_of_the_practice_union_bears_the_word(client: Client) -> None:
    an_association(is_practice=True)
    html = client.get(address("account_login", "en")).content.decode()
    assert 'class="ribbon"' in html
    assert "Practice" in html


def test_language_switch_keeps_the_place_and_the_query(client: Client, clerk: User) -> None:
    html = client.get(address("office:glossary", "en") + "?q=seat").content.decode()
    assert f'href="{address("office:glossary", "fa")}?q=seat" hreflang="fa"' in html


@pytest.mark.parametrize(
    "door",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_signup",
        "account_inactive",
    ],
)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_door_has_our_look_and_one_heading(client: Client, door: str, language: str) -> None:
    an_association()
    page = client.get(address(door, language))
    html = page.content.decode()
    assert page.status_code == 200
    assert 'class="sheet' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1


@pytest.mark.parametrize("room", ["account_change_password", "mfa_index", "account_logout"])
def test_room_of_an_account_has_our_look(client: Client, clerk: User, room: str) -> None:
    html = client.get(address(room, "fa"), follow=True).content.decode()
    assert "core/css/tokens.css" in html
    assert len(re.findall(r"<h1[ >]", html)) == 1


def test_sign_in_fails_in_words_and_keeps_the_address(client: Client) -> None:
    an_association()
    page = client.post(
        address("account_login", "en"), {"login": "nobody@example.org", "password": "x"}
    )
    html = page.content.decode()
    assert "data-error-summary" in html
    assert 'value="nobody@example.org"' in html


def test_page_of_nowhere_is_helpful_in_the_readers_language(client: Client, clerk: User) -> None:
    page = client.get("/fa/no/such/place/")
    assert page.status_code == 404
    assert 'lang="fa" dir="rtl"' in page.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_page_of_a_fault_asks_nothing_of_the_database(
    name: str, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    an_association()
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's own fixture
        html = render_to_string(name, request=RequestFactory().get("/"))
    assert "<h1>" in html


@pytest.fixture
def proven(client: Client) -> User:
    """Somebody who signed in with password and second factor, through the pages themselves."""
    cache.clear()  # of attempts counted in other tests
    an_association()
    user = a_holder(factor=True)
    first = client.post(
        address("account_login", "en"), {"login": user.email, "password": PASSWORD}, follow=True
    )
    assert "mfa_webauthn_authenticate" in first.content.decode()
    secret = decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    done = client.post(address("mfa_authenticate", "en"), {"code": code})
    assert done.status_code == 302
    session = client.session
    for proof in session["account_authentication_methods"]:
        proof["at"] -= 3600  # an hour ago: by then the rooms ask again
    session.save()
    door = client.get(address("mfa_deactivate_totp", "en"), follow=True).content.decode()
    assert 'id="reauthenticate"' in door
    client.post(address("account_reauthenticate", "en"), {"password": PASSWORD})
    return user


@pytest.mark.parametrize(
    "room",
    [
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_change_password",
    ],
)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_room_of_the_second_factor_has_our_look(
    client: Client, proven: User, room: str, language: str
) -> None:
    page = client.get(address(room, language))
    html = page.content.decode()
    assert page.status_code == 200
    assert "core/css/tokens.css" in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert 'lang="fa" dir="rtl"' in html if language == "fa" else True


def test_recovery_codes_are_made_shown_and_counted_in_the_readers_digits(
    client: Client, proven: User
) -> None:
    client.post(address("mfa_generate_recovery_codes", "fa"))
    html = client.get(address("mfa_view_recovery_codes", "fa")).content.decode()
    assert html.count("<li>") >= 10
    assert 'class="codes"' in html
    assert "۱۰" in html


def test_authenticator_app_is_offered_with_its_secret(client: Client) -> None:
    an_association()
    user = a_holder(factor=False)
    client.post(address("account_login", "en"), {"login": user.email, "password": PASSWORD})
    html = client.get(address("mfa_activate_totp", "fa")).content.decode()
    assert 'class="qr" src="data:image/svg+xml' in html
    assert '<bdi class="ident" dir="ltr">' in html


@pytest.mark.parametrize("language", ["fa", "en"])
def test_page_weighs_less_than_100_kb_before_images(
    client: Client, clerk: User, language: str
) -> None:
    html = client.get(address("office:design_sample", language, "light")).content
    loaded = re.findall(r'(?:href|src)="/static/([^"#]+\.(?:css|js|svg))', html.decode())
    files = [finders.find(name) for name in sorted(set(loaded))]
    assert None not in files
    assert any("htmx" in name for name in loaded)
    parts = [html, *(Path(str(file)).read_bytes() for file in files)]
    fonts = Path(str(finders.find("core/fonts"))).glob("*.woff2")
    weight = sum(len(gzip.compress(part)) for part in parts) + sum(f.stat().st_size for f in fonts)
    assert weight < 100_000
