"""The forms of the website by which readers write, and the pages of the office on which it is answered."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from dabir.messaging.models import Letter
from dabir.readers.models import Enquiry
from dabir.registry.models import Person
from tests.factories.people import AT, a_holder, an_association
from tests.readers.test_enquiries import WORDS, an_enquiry
from tests.website.crawling import _Page

pytestmark = pytest.mark.django_db
GIVEN = {"text": WORDS, "name": "Nika", "address": "nika@example.net"}


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Any:
    cache.clear()
    an_association()
    with time_machine.travel(AT, tick=False) as moved:
        yield moved


def mark_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.context["form"]["mark"].value())


def send(client: Client, path: str, clock: Any, wait: int = 10, **changes: Any) -> Any:
    """Open the form, read it for a while, send it."""
    headers = changes.pop("headers", {})
    mark = changes.pop("mark", None) or mark_of(client, path)
    clock.shift(timedelta(seconds=wait))
    return client.post(path, GIVEN | {"mark": mark} | changes, headers=headers)


def test_a_question_is_taken_in_without_a_cookie_and_the_receipt_tells_its_number(
    clock: Any,
) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = send(client, "/fa/contact/", clock)
    assert answer.status_code == 302
    receipt = client.get(answer["Location"])
    row = Enquiry.objects.get()
    assert row.number in receipt.content.decode()
    assert "nika" not in receipt.content.decode().lower()
    assert (row.kind, row.language, row.text, row.page) == ("question", "fa", WORDS, "")
    assert not client.cookies
    assert receipt["Cache-Control"].startswith("max-age=0")
    clock.shift(timedelta(hours=2))
    assert client.get(answer["Location"]).status_code == 404


def test_a_correction_knows_the_page_and_the_clause_and_needs_no_address(clock: Any) -> None:
    path = "/en/contact/page/"
    shown = Client().get(f"{path}?page=/en/decisions/azmoon-2026/1.a/").content.decode()
    assert 'value="/en/decisions/azmoon-2026/1.a/"' in shown
    page = "http://testserver/en/decisions/azmoon-2026/1.a/?x=1#c"
    answer = send(Client(), path, clock, page=page, address="", name="")
    assert answer.status_code == 302
    row = Enquiry.objects.get()
    assert (row.page, row.about["id"]) == ("/en/decisions/azmoon-2026/1.a/", "azmoon-2026/1.a")


def test_every_page_leads_to_the_form_with_its_own_address(clock: Any) -> None:
    for path in ("/en/", "/fa/decisions/", "/en/cities/"):
        page = _Page()
        page.feed(Client().get(path).content.decode())
        assert f"{path[:3]}/contact/page/?page={path.replace('/', '%2F')}" in page.links


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "This field is required"),
        ({"address": "nowhere"}, "valid email"),
        ({"address": ""}, "This field is required"),
        ({"text": "x" * 5001}, "at most 5000"),
        ({"further": "buy"}, "must stay empty"),
        ({"mark": "forged"}, "open too long"),
        ({"wait": 0}, "quicker than one can read"),
        ({"wait": 25 * 3600}, "open too long"),
        ({"headers": {"Origin": "https://evil.example"}}, "another site"),
        ({"headers": {"Sec-Fetch-Site": "cross-site"}}, "another site"),
    ],
)
def test_what_is_refused_keeps_every_word(clock: Any, changes: dict[str, Any], said: str) -> None:
    answer = send(Client(), "/en/contact/", clock, **changes)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert changes.get("text", WORDS) in shown
    assert 'value="Nika"' in shown
    assert not answer.cookies
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("changes", [{"further": "buy" * 99}, {"address": "nowhere"}])
def test_the_field_that_people_do_not_see_stays_unseen_and_empty_after_a_refusal(
    clock: Any, changes: dict[str, Any]
) -> None:
    client = Client()
    refused = send(client, "/en/contact/", clock, **changes)
    shown = refused.content.decode()
    trap = re.search(r'<div class="unseen" aria-hidden="true">(.*?)</div>', shown, re.DOTALL)
    assert trap
    field = re.search(r'<input[^>]*name="further"[^>]*>', trap[1])
    assert field
    assert 'tabindex="-1"' in field[0]
    assert "value=" not in field[0]
    assert shown.count("id_further") == trap[1].count("id_further"), "nothing leads to it"
    given = {name: refused.context["form"][name].value() or "" for name in ("mark", "further")}
    assert send(client, "/en/contact/", clock, **given).status_code == 302


def test_after_a_refusal_the_same_form_goes_through(clock: Any) -> None:
    client = Client()
    late = send(client, "/en/contact/", clock, wait=25 * 3600)
    again = send(client, "/en/contact/", clock, mark=late.context["form"]["mark"].value())
    assert again.status_code == 302


def test_a_mark_of_one_form_does_not_open_the_other(clock: Any) -> None:
    mark = mark_of(Client(), "/en/contact/page/")
    assert send(Client(), "/en/contact/", clock, mark=mark).status_code == 422


def test_the_sixth_message_within_ten_minutes_waits_and_loses_nothing(clock: Any) -> None:
    client = Client()
    for _turn in range(5):
        assert send(client, "/en/contact/", clock).status_code == 302
    refused = send(client, "/en/contact/", clock)
    assert refused.status_code == 429
    assert WORDS in refused.content.decode()
    clock.shift(timedelta(minutes=11))
    assert send(client, "/en/contact/", clock).status_code == 302
    assert Enquiry.objects.count() == 6


def test_readers_behind_one_web_server_are_limited_each_for_themselves(
    clock: Any, settings: Any
) -> None:
    settings.PROXIES = 1

    def sent_from(told: str) -> int:
        headers = {"X-Forwarded-For": told}
        return int(send(Client(), "/en/contact/", clock, headers=headers).status_code)

    forged = [sent_from(f"198.51.100.{n}, 203.0.113.1") for n in range(6)]
    assert forged == [302] * 5 + [429]
    assert sent_from("203.0.113.1, 203.0.113.2") == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Nika\r\nBcc: all@example.org"},
        {"text": "a\x0bb\u202e\u0007 c \u200c می‌کنیم"},
        {"name": "😀 نیکا"},
        {"page": "//evil.example/x"},
        {"page": "/en/" + "%FF" * 40},
    ],
)
def test_strange_signs_do_no_harm(clock: Any, changes: dict[str, Any]) -> None:
    path = "/en/contact/page/" if "page" in changes else "/en/contact/"
    assert send(Client(), path, clock, **changes).status_code == 302
    row = Enquiry.objects.get()
    assert not {"\r", "\n"} & set(row.name)
    assert "\u202e" not in row.text


def test_persian_arrives_as_it_was_typed(clock: Any) -> None:
    changes = {
        "name": "علی\u200cرضا مهدوی",
        "text": "می\u200cخواهم\u00a0بدانم نامه\u200cها کی می\u200cرسند؟",
    }
    assert send(Client(), "/fa/contact/", clock, **changes).status_code == 302
    row = Enquiry.objects.get()
    assert row.name == changes["name"]
    assert row.text == changes["text"].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("/en/decisions/azmoon-2026/1.a/", True),
        ("/fa/cities/?q=1#map", True),
        ("/\\evil.example/x", False),
        ("//evil.example/x", False),
        ("/\t/evil.example", False),
        ("///evil.example", False),
        ("javascript:x", False),
        ("the page of my city", False),
    ],
)
def test_the_office_links_to_a_page_of_ours_and_never_elsewhere(
    clock: Any, page: str, link: bool
) -> None:
    enquiry = an_enquiry(kind="correction", page=page)
    client = Client()
    client.force_login(a_holder("expert", email="e@example.org"))
    shown = _Page()
    shown.feed(client.get(f"/en/office/readers/{enquiry.public_id}/").content.decode())
    abroad = {found for found in shown.links if "evil" in found or "javascript" in found}
    assert not abroad
    assert (page.partition("?")[0] in shown.links) is link


@pytest.mark.parametrize(
    "query", ["?page=%00", "?page=%FF%FE", "?page=" + "x" * 9000, "?page=javascript:x"]
)
def test_a_strange_page_in_the_address_of_the_form_breaks_nothing(clock: Any, query: str) -> None:
    shown = Client().get(f"/fa/contact/page/{query}")
    assert shown.status_code == 200
    assert 'value="javascript' not in shown.content.decode()


def test_a_broken_body_is_told_in_the_readers_language(clock: Any) -> None:
    client, mark = Client(), mark_of(Client(), "/fa/contact/")
    clock.shift(timedelta(seconds=9))
    body = f"mark={mark}&text=%FF%FE&name=%C3%28&address=a%40b.example".encode()
    kind = "application/x-www-form-urlencoded"
    assert client.post("/fa/contact/", body, content_type=kind).status_code in (302, 422)
    broken = client.post("/fa/contact/", b"\xff", content_type="multipart/form-data; boundary=")
    assert broken.status_code == 400
    assert client.put("/fa/contact/").status_code == 405


def test_staff_answer_by_the_pages_and_others_are_refused(clock: Any) -> None:
    enquiry = an_enquiry(language="en")
    client = Client()
    client.force_login(a_holder("expert", email="e@example.org"))
    assert enquiry.number in client.get("/en/office/readers/?state=received").content.decode()
    page = f"/en/office/readers/{enquiry.public_id}/"
    assert WORDS in client.get(page).content.decode()
    for act in ("take", "put_back"):
        version = Enquiry.objects.get().version
        assert client.post(f"{page}{act}/", {"version": version}).status_code == 302
    form = client.get(f"{page}answer/")
    assert "Dear Nika Reader," in form.content.decode()
    given = {"version": 3, "subject": "Your question", "body": "In May."}
    assert client.post(f"{page}answer/", given)["Location"] == page
    letter = Letter.objects.get(kind="reply")
    assert letter.number in client.get(page).content.decode()
    assert client.get(f"/en/office/outbox/{letter.public_id}/").status_code == 200
    assert client.post(f"{page}close/", {"outcome": "spam"}).status_code == 422
    assert client.get(f"{page}none/").status_code == 404
    assert client.post(f"{page}erase/", {"version": 4}).status_code == 302
    assert WORDS not in client.get(page).content.decode()
    other = Client()
    other.force_login(a_holder("treasurer", email="t@example.org"))
    assert {other.get(p).status_code for p in (page, f"{page}close/", "/en/office/readers/")} == {
        403
    }
    assert Person.objects.exists()


def test_the_list_asks_the_same_number_of_statements_for_one_and_for_three(
    clock: Any, django_assert_max_num_queries: Any
) -> None:
    client = Client()
    client.force_login(a_holder("expert", email="e@example.org"))
    for _turn in range(3):
        an_enquiry()
        with django_assert_max_num_queries(9):
            assert client.get("/en/office/readers/").status_code == 200
