"""How public pages answer: the first address, kept pages, wrong addresses, and forms for programs."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from lxml import etree

from dabir.core import kept
from dabir.core.models import PublicEntry
from dabir.core.publicsearch import rebuild
from dabir.core.publicsearch.keeping import renew_by_day
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.meetings.services import foresee_meeting, record_meeting_held
from dabir.organs.models import Organ
from tests.factories.people import AT, ON, SIGNED, an_association
from tests.website.declared import a_declaration, a_followed_declaration

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).parent / "schemas" / "akomantoso30.xsd"


@pytest.fixture(autouse=True)
def today() -> Any:
    kept.forget_kept()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.mark.parametrize(
    ("asked", "language"),
    [("fa-IR,fa;q=0.9,en;q=0.5", "fa"), ("en-GB", "en"), ("de,tr;q=0.8", "fa"), ("", "fa"),
     (";;q=x,\u00e4", "fa")],
)  # fmt: skip
def test_the_bare_address_follows_the_browser_then_the_association(
    asked: str, language: str
) -> None:
    an_association(languages=["fa", "en"])
    answer = Client().get("/", headers={"Accept-Language": asked})
    assert answer["Location"] == f"/{language}/"


def test_visitors_get_no_cookie_and_an_unchanged_page_costs_one_statement() -> None:
    a_followed_declaration()
    client = Client()
    first = client.get("/en/")
    assert not first.cookies
    assert "Cookie" in first["Vary"]
    with CaptureQueriesContext(connection) as asked:
        again = client.get("/en/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(asked) == 1


def test_a_kept_page_is_drawn_anew_after_an_act_and_on_another_day() -> None:
    a_followed_declaration()
    client = Client()
    first = client.get("/en/decisions/")
    assert client.get("/en/decisions/").content == first.content
    a_declaration("another-2026", titles={"en": "Another Declaration"})
    second = client.get("/en/decisions/")
    assert b"Another Declaration" in second.content
    assert second["ETag"] != first["ETag"]
    with time_machine.travel("2027-06-01", tick=False):
        assert client.get("/en/decisions/")["ETag"] != second["ETag"]


@pytest.mark.parametrize(
    "address",
    [
        "/de/decisions/", "/en/decisions/none/", "/en/decisions/azmoon-2026/99/",
        "/en/decisions/azmoon-2026/1%00/", "/en/decisions/azmoon-2026/%FF%FE/",
        "/fa/follow-up/?page=0", "/fa/follow-up/?page=999999", "/fa/follow-up/?page=x",
        "/en/forum/organs/none/", "/en/reports/none/1/fa.pdf", "/en/decisions/none.json",
        "/en/decisions/azmoon-2026/' OR 1=1/",
    ],
)  # fmt: skip
def test_a_wrong_address_is_told_in_the_readers_language_without_a_cookie(address: str) -> None:
    a_followed_declaration()
    answer = Client().get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    wanted = "There is no such page" if not address.startswith("/fa/") else "چنین صفحه‌ای نیست"
    assert wanted in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize(
    "query",
    ["?status=none&text=none", "?words=" + "x" * 5000, "?words=%00", "?words=%FF", "?status=%C3%28",
     "?words='--"],
)  # fmt: skip
def test_a_strange_query_narrows_or_says_so_and_never_breaks(query: str) -> None:
    a_followed_declaration()
    for page in ("follow-up/", "search/"):
        query = query if page == "follow-up/" else query.replace("words", "q")
        assert Client().get(f"/en/{page}{query}").status_code == 200


def test_a_page_leads_programs_on(settings: Any) -> None:
    settings.DATA_LICENCE_URL = "https://example.org/licence"
    a_followed_declaration()
    led = Client().get("/en/decisions/").headers["Link"]
    for part in (
        '<http://testserver/fa/decisions/>; rel="alternate"; hreflang="fa"',
        '</api/v1/openapi.json>; rel="service-desc"',
        '</en/api/>; rel="service-doc"',
        '<https://example.org/licence>; rel="license"',
    ):
        assert part in led
    strange = Client().get("/en/decisions/%22%3E%0d%0aX:%201/")
    assert "X" not in strange.headers


def test_only_reading_is_answered() -> None:
    an_association()
    assert Client().post("/en/decisions/").status_code == 405


def test_the_declaration_as_json_says_what_the_page_says() -> None:
    a_followed_declaration()
    data = json.loads(Client().get("/en/decisions/azmoon-2026.json").content)
    assert [clause["id"] for clause in data["clauses"]] == [
        "azmoon-2026/P1", "azmoon-2026/1", "azmoon-2026/1.a",
    ]  # fmt: skip
    assert data["clauses"][2]["parent"] == "azmoon-2026/1"
    assert data["clauses"][1]["decisions"][0]["statuses"] == {"delayed": 1}


def test_akoma_ntoso_is_valid_and_has_the_same_ids_in_each_language() -> None:
    a_followed_declaration()
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    found = []
    for language in ("fa", "en"):
        content = Client().get(f"/{language}/decisions/azmoon-2026.akn.xml").content
        document = etree.parse(io.BytesIO(content))
        schema.assertValid(document)
        found.append([e.get("eId") for e in document.iter() if e.get("eId")])
    assert found[0] == found[1]
    assert {"rec_P1", "cl_1", "cl_1__point_a"} <= set(found[0])


def test_the_feed_and_the_map_are_well_formed_and_name_the_clause() -> None:
    a_followed_declaration()
    for address in ("/en/decisions.atom", "/sitemap.xml"):
        content = Client().get(address).content
        ET.fromstring(content)
        assert b"/en/decisions/azmoon-2026/1/" in content
    assert b"/fa/decisions/azmoon-2026/1/" in Client().get("/sitemap.xml").content
    assert b"Disallow: /en/office/" in Client().get("/robots.txt").content


def test_a_feed_without_entries_is_not_new_each_time() -> None:
    a_followed_declaration()
    assert b"<updated>1970-01-01T00:00:00" in Client().get("/en/news.atom").content
    assert b"<updated>1970" not in Client().get("/en/decisions.atom").content


def test_the_calendar_has_the_sessions_whose_day_is_known() -> None:
    a_followed_declaration()
    organ = Organ.objects.get(key="general-assembly")
    names = {"fa": "مجمع; ۲", "en": "Assembly, 2"}
    meeting = foresee_meeting(public_id="assembly-2", organ=organ, names=names, **SIGNED)
    client = Client()
    assert not Calendar.from_ical(client.get("/en/meetings.ics").content).walk("VEVENT")
    record_meeting_held(meeting=meeting, starts_on=ON, ends_on=ON, **SIGNED)
    events = Calendar.from_ical(client.get("/en/meetings.ics").content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Assembly, 2"]


@pytest.mark.parametrize("typed", ["planting TREES", "درخت مي كاريم", "azmoon-2026/1", "tree"])
def test_search_finds_a_clause_in_any_spelling_and_says_why(typed: str) -> None:
    a_followed_declaration()
    shown = Client().get("/en/search/", {"q": typed}).content.decode()
    assert "/en/decisions/azmoon-2026/1/" in shown
    assert ("without “<bdi>planting</bdi>”" in shown) == (typed == "planting TREES")


def test_a_kept_page_is_the_page_as_it_was_answered_for_one_statement() -> None:
    a_followed_declaration()
    client = Client()
    drawn = client.get("/en/follow-up/")
    with CaptureQueriesContext(connection) as asked:
        again = client.get("/en/follow-up/")
    assert len(asked) == 1
    assert again.content == drawn.content
    assert dict(again.items()) == dict(drawn.items())
    assert "Content-Security-Policy" in again.headers
    assert client.head("/en/follow-up/").status_code == 200
    unchanged = client.get("/en/follow-up/", headers={"if-none-match": drawn["ETag"]})
    assert (unchanged.status_code, unchanged["ETag"]) == (304, drawn["ETag"])


def test_whoever_brings_a_session_another_host_or_no_language_gets_no_kept_page() -> None:
    a_followed_declaration()
    Client().get("/en/")
    assert len(kept.SHELF) == 1
    with_session = Client()
    with_session.cookies["sessionid"] = "gone"
    other_host = Client(SERVER_NAME="127.0.0.1")
    for client in (with_session, other_host):
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/")
        assert len(asked) > 1
    assert Client(SERVER_NAME="evil.example").get("/en/").status_code == 400
    before = len(kept.SHELF)
    Client().get("/robots.txt")
    Client().get("/en/no-such-page/")
    Client().get("/en/contact/")
    assert len(kept.SHELF) == before


def test_what_is_kept_is_bounded_and_the_longest_unasked_goes_first() -> None:
    shelf = kept.Shelf(most_bytes=5000)
    for name in "abc":
        shelf.keep(name, HttpResponse(b"x" * 1000))
    shelf.find("a")
    shelf.keep("d", HttpResponse(b"x" * 1000))
    assert [name for name in "abcd" if shelf.find(name)] == ["a", "c", "d"]
    assert shelf.bytes <= 5000
    shelf.keep("large", HttpResponse(b"x" * (kept.LARGEST_KEPT + 1)))
    assert shelf.find("large") is None


def test_the_search_renewed_by_the_day_names_a_new_state() -> None:
    a_followed_declaration()
    first = Client().get("/en/search/", {"q": "trees"})["ETag"]
    renew_by_day()
    assert Client().get("/en/search/", {"q": "trees"})["ETag"] == first
    PublicEntry.objects.filter(kind="organ").update(day=date(1999, 1, 1))
    renew_by_day()
    second = Client().get("/en/search/", {"q": "trees"})["ETag"]
    assert second != first
    rebuild()
    assert Client().get("/en/search/", {"q": "trees"})["ETag"] != second


def test_a_sign_in_leaves_what_the_public_sees_as_it_is() -> None:
    a_followed_declaration()
    first = Client().get("/en/decisions/")["ETag"]
    target = Reference("person", "p1", {"en": "P"}, ON)
    record_act("accounts.sign_in", target=target, **SIGNED)
    assert Client().get("/en/decisions/")["ETag"] == first
    record_act("organs.change_organ", target=target, **SIGNED)
    assert Client().get("/en/decisions/")["ETag"] != first
