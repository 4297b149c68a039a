"""Every kind of page is valid HTML: the office in Persian, what strangers see in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dabir.core import firstday, kept
from tests.browser.test_every_page import BY_LINK, PAGES, PUBLIC_PAGES, places
from tests.factories.people import a_holder
from tests.website.validity import faults_of

__all__ = ["places"]  # the places that the addresses need are those of the browser's test
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_every_kind_of_page_is_valid_html(request: pytest.FixtureRequest) -> None:
    firstday.forget()
    kept.forget_kept()
    known: dict[str, str] = request.getfixturevalue("places")
    desk, stranger = Client(), Client()
    user: Any = a_holder("secretary_general", "administrator", email="sg@example.org")
    desk.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    seen_by_all = (*BY_LINK, *PUBLIC_PAGES, "no-such-page/")
    visits = [(desk, "fa", path) for path in PAGES]
    visits += [(stranger, language, path) for language in ("fa", "en") for path in seen_by_all]
    faults = []
    for client, language, path in visits:
        answer = client.get(f"/{language}/{path.format(**known)}", follow=True)
        html = answer.content.decode()
        faults += [f"{language}/{path}: {fault}" for fault in faults_of(html, language)]
    assert not faults, "\n".join(sorted(set(faults)))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h1>a</h1><p id=x></p><p id=x></p>", "id 'x' stands 2 times"),
        ("<h1>a</h1><h3>b</h3>", "h3 after h1"),
        ("<h1>a</h1><label for=z>q</label>", "label for 'z': None"),
        ("<h1>a</h1><a href=x><button>b</button></a>", "button inside a"),
        ("<h1>a</h1><ul><p>b</p></ul>", "p directly in ul"),
        ("<h1>a</h1><img src=x>", "img without alt"),
        ("<h1>a</h1><p><div></p>", "unexpected-end-tag"),
    ],
)
def test_faults_are_found(body: str, said: str) -> None:
    html = f"<!doctype html><html lang=en dir=ltr><head><title>t</title></head><body>{body}</body></html>"
    assert any(said in fault for fault in faults_of(html, "en"))
    assert faults_of(html.replace(body, "<h1>a</h1>"), "en") == []
