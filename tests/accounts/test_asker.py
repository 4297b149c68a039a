"""For whom tries and requests are counted: exactly the web servers of this installation are believed."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache, caches
from django.test import Client, RequestFactory

from dabir.accounts.public import asker_of, seconds_to_wait
from tests.factories.people import an_association

FORGED = "198.51.100.1, "


@pytest.mark.parametrize(
    ("proxies", "told", "asker"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, f"{FORGED}203.0.113.9", "203.0.113.9"),
        (2, f"{FORGED}203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, f"{FORGED}nonsense", "127.0.0.1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8:1:2:3::4]:4711", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::9", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_asker_is_who_the_last_believed_server_names(
    proxies: int, told: str, asker: str, settings: Any
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told})
    assert asker_of(request) == asker
    assert get_adapter().get_client_ip(request) == asker


def test_where_no_address_is_told_all_such_are_one() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="")
    assert asker_of(request) == get_adapter().get_client_ip(request) == "unknown"


def test_requests_are_counted_by_asker_and_purpose_in_one_entry_each(settings: Any) -> None:
    settings.PROXIES = 1
    caches["requests"].clear()

    def wait(purpose: str, told: str) -> int:
        request = RequestFactory().get("/", headers={"X-Forwarded-For": told})
        return seconds_to_wait(request, purpose, most=2, within=3600)

    waits = [wait("api", f"192.0.2.{n}, 203.0.113.9") for n in range(4)]
    assert waits[:2] == [0, 0]
    assert all(0 < seconds <= 3600 for seconds in waits[2:])
    assert wait("link", "203.0.113.9") == wait("api", "203.0.113.10") == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/v1/rules", "/en/answer/none/"])
def test_visitors_behind_one_web_server_are_limited_each_for_themselves(
    path: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_association()
    settings.PROXIES, settings.API_LIMIT = 1, 1
    monkeypatch.setattr("dabir.decisions.views.answer.TRIES_AN_HOUR", 1)
    caches["requests"].clear()

    def answered(*told: str) -> list[bool]:
        client = Client()
        return [
            client.get(path, headers={"X-Forwarded-For": one}).status_code == 429 for one in told
        ]

    assert answered("203.0.113.1", f"{FORGED}203.0.113.1", "203.0.113.2") == [False, True, False]


@pytest.mark.django_db
def test_signing_in_behind_one_web_server_is_limited_for_each_asker(settings: Any) -> None:
    an_association()
    cache.clear()
    settings.PROXIES = 1
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}

    def tried_from(told: str) -> int:
        given = {"login": "nobody@example.org", "password": "wrong"}
        headers = {"X-Forwarded-For": told}
        return int(Client().post("/en/account/login/", given, headers=headers).status_code)

    forged = [tried_from(f"198.51.100.{n}, 203.0.113.1") for n in range(3)]
    assert forged == [200, 200, 429]
    assert tried_from("203.0.113.1, 203.0.113.2") == 200
