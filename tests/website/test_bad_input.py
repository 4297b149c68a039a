"""Every public address asked for what nobody should ask: never a fault, always a page that helps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver

from dabir.core import firstday, kept
from tests.factories.people import AT
from tests.house.test_house import PUBLIC, PUBLIC_PREFIXES
from tests.website.public_record import a_public_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RIGHT = {200, 301, 302, 400, 404, 405, 410, 413, 422}
# What stands in an address in the place of an id.
IDS = ("none", "x%00y", "%FF%FE", "%ED%A0%80", "a%0D%0AX-Bad:%201", "%E2%80%AEdlrow", "%DB%B1", "-1",
       "9" * 40, "NaN")  # fmt: skip
# What stands in the place of words, and beside it in the place of numbers and days.
WORDS = ("%00a%00b", "%FF%FE%C3", "%ED%A0%80ab", "a%0D%0ASet-Cookie:%20x=1", "%E2%80%AEab%E2%81%A6cd",
         "%3Cscript%3Ealert(1)%3C/script%3E", "x" * 10_000)  # fmt: skip
NUMBERS = ("0", "-1", "9" * 30, "NaN", "%DB%B1", "2026-13-40", "1e5")
BY_WORDS = (
    "q",
    "words",
    "status",
    "text",
    "kind",
    "country",
    "category",
    "next",
    "language",
    "after",
)
BY_NUMBER = ("page", "limit", "on", "due_from")
RAW = re.compile("[\x00\u202a-\u202e\u2066-\u2069]|<script>alert")


def _addresses(resolver: Any, before: str = "", space: str = "") -> Iterator[tuple[str, str, bool]]:
    """Each named address with `{}` for each value in it, and whether it has any."""
    for one in resolver.url_patterns:
        route = before + str(one.pattern).lstrip("^").rstrip("$")
        if hasattr(one, "url_patterns"):
            yield from _addresses(
                one, route, f"{space}{one.namespace}:" if one.namespace else space
            )
        elif one.name:
            filled = re.sub(r"<[^>]+>", "{}", route)
            yield space + one.name, filled, filled != route


OPEN = sorted(
    {
        (
            route.removeprefix("en/").removeprefix("fa/"),
            has_ids,
            not route.startswith(("en/", "fa/")),
        )
        for name, route, has_ids in _addresses(get_resolver())
        if (name in PUBLIC or name.startswith(PUBLIC_PREFIXES)) and not re.search(r"[\\(*]", route)
    }
)


@pytest.fixture(autouse=True)
def record(settings: Any) -> Iterator[None]:
    settings.API_LIMIT = 100_000
    firstday.forget()
    kept.forget_kept()
    with time_machine.travel(AT, tick=False):
        a_public_record()
        yield


def _asked(route: str, has_ids: bool) -> Iterator[str]:
    if has_ids:
        yield from (route.replace("{}", bad) for bad in IDS)
    known = route.replace("{}", "1")
    for words, number in zip(WORDS, NUMBERS, strict=True):
        query = [f"{name}={words}" for name in BY_WORDS] + [f"{n}={number}" for n in BY_NUMBER]
        yield f"{known}?{'&'.join(query)}"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_whatever_stands_in_an_address_the_answer_is_a_page_that_helps(language: str) -> None:
    client = Client(raise_request_exception=False)
    faults = []
    for route, has_ids, is_for_all in OPEN:
        for number, asked in enumerate(_asked(route, has_ids)):
            if number % 2 != (language == "fa"):
                continue  # each language meets every second one; the next address the others
            address = f"/{asked}" if is_for_all else f"/{language}/{asked}"
            answer = client.get(address, headers={"Accept-Language": language})
            faults += [f"{address[:120]}: {fault}" for fault in _faults(answer, language)]
    assert not faults, "\n".join(faults)
    assert len(OPEN) > 60


def _faults(answer: Any, language: str) -> Iterator[str]:
    if answer.status_code not in RIGHT:
        yield f"answers {answer.status_code}"
    if "X-Bad" in answer.headers or "\n" in str(answer.headers.get("Location", "")):
        yield "takes a header from the address"
    if answer.streaming or not answer.content:
        return
    told = answer.content.decode()
    if RAW.search(told):
        yield f"echoes {RAW.search(told)!r}"
    page = answer.status_code >= 400 and answer["Content-Type"].startswith("text/html")
    if page and not all(part in told for part in (f'<html lang="{language}"', "<h1", 'href="/')):
        yield f"{answer.status_code} does not help in the reader's language"


def test_an_unknown_language_is_told_in_the_language_of_the_browser() -> None:
    answer = Client().get("/xx/decisions/", headers={"Accept-Language": "fa"})
    assert answer.status_code == 404
    assert '<html lang="fa"' in answer.content.decode()
    assert unquote_to_bytes("%00") not in answer.content
