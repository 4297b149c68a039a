"""What a browser is told with every public page, and where a weakness is told of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from dabir.core.kept import forget_kept
from tests.factories.people import AT, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_kept()


FILE = "/.well-known/security.txt"
KINDS = (
    "/fa/", "/en/decisions/", "/en/follow-up/", "/en/forum/", "/en/contact/", "/en/newsletter/",
    "/en/security/", "/en/news/feed.xml", "/sitemap.xml", "/robots.txt", "/en/search/?q=x",
    "/en/nowhere/", FILE,
)  # fmt: skip
TOLD = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Strict-Transport-Security": "max-age=31536000",
}


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_tells_the_browser_to_be_careful(path: str, settings: Any) -> None:
    an_association()
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get(path, secure=True)
    for name, value in TOLD.items():
        assert answer.headers.get(name) == value, name
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert not answer.cookies


def test_without_https_nothing_promises_it() -> None:
    an_association()
    assert "Strict-Transport-Security" not in Client().get("/en/").headers


def test_security_txt_has_the_fields_of_the_standard_and_never_runs_out(settings: Any) -> None:
    an_association()
    settings.ADDRESS = "https://city.example"
    settings.SECURITY_CONTACTS = ["mailto:safety@city.example", "javascript:x"]
    answer = Client().get(FILE)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = [line.partition(": ")[::2] for line in answer.content.decode().splitlines()]
    fields = dict(lines)
    assert [name for name, _value in lines].count("Contact") == 1
    assert fields["Contact"] == "mailto:safety@city.example"
    assert fields["Canonical"] == f"https://city.example{FILE}"
    assert fields["Preferred-Languages"] == "fa, en"
    assert ("Policy", "https://city.example/fa/security/") in lines
    ends = datetime.fromisoformat(fields["Expires"])
    now = datetime.now(UTC)
    assert now + timedelta(days=30) < ends < now + timedelta(days=365)
    with time_machine.travel(AT + timedelta(days=900), tick=False):
        later = Client().get(FILE).content.decode()
    assert f"Expires: {(AT + timedelta(days=1080)).year}" in later


def test_what_is_not_set_is_named(settings: Any) -> None:
    an_association()
    settings.ADDRESS, settings.SECURITY_CONTACTS = "http://here", ["safety@city.example"]
    answer = Client().get(FILE)
    assert answer.status_code == 404
    assert "DABIR_SECURITY_CONTACT" in answer.content.decode()
    assert "DABIR_ADDRESS" in answer.content.decode()
