"""A link belongs to whoever it was given to: not opened by staff, and who saw it stands in the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dabir.accounts.models import User
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.messaging.models import Letter
from dabir.messaging.services import LinkRefused, issue_link, open_link, write_letter
from dabir.messaging.services.outbox import LinkOfAnother
from dabir.messaging.services.reading import carries_link, record_reading
from tests.factories.people import ON, SIGNED, a_holder, a_person, an_account, an_association

pytestmark = pytest.mark.django_db
CITY = Reference("city", "city-1", {"en": "A city"})
TARGET = Reference("commitment", "a/1/1", {"en": "A commitment"})


def a_link() -> str:
    return issue_link(
        purpose="report", target=TARGET, recipient=CITY, language="en", days=30, **SIGNED
    )[1]


def a_letter(body: str, kind: str = "report_request") -> Letter:
    return write_letter(
        key=f"{kind}/{body[:20]}",
        kind=kind,
        language="en",
        recipient=CITY,
        subject="Please report",
        body=body,
        **SIGNED,
    )[0]


@pytest.fixture(autouse=True)
def association() -> None:
    cache.clear()
    an_association()


@pytest.mark.parametrize(
    "power", ["secretary_general", "expert", "member_affairs", "administrator"]
)
def test_open_link_in_a_session_of_the_secretariat_is_refused(power: str) -> None:
    token, user = a_link(), a_holder(power)
    with pytest.raises(LinkOfAnother) as refusal:
        open_link(token=token, purpose="report", on=ON, reader=user)
    assert isinstance(refusal.value, LinkRefused)
    assert (refusal.value.status, refusal.value.code) == (403, "link_of_another")
    assert "sign out" in str(refusal.value.cure)


@pytest.mark.parametrize("power", ["president", "board_member"])
def test_open_link_by_others_who_are_signed_in_is_allowed(power: str) -> None:
    token = a_link()
    assert open_link(token=token, purpose="report", on=ON, reader=a_holder(power))
    nobody = an_account(a_person("No Post"), "n@example.org")
    assert open_link(token=token, purpose="report", on=ON, reader=nobody)


def test_open_link_past_its_day_says_so_to_the_secretariat_too() -> None:
    token, user = a_link(), a_holder("expert")
    with pytest.raises(LinkRefused) as refusal:
        open_link(token=token, purpose="report", on=ON + timedelta(days=30), reader=user)
    assert refusal.value.code == "link_refused"


def test_letters_with_links_are_known_by_kind_or_by_what_they_hold() -> None:
    assert carries_link(a_letter(f"Open http://localhost/en/answer/{a_link()}/ please"))
    assert carries_link(a_letter("http://localhost/", kind="recovery"))
    assert carries_link(a_letter("http://localhost/", kind="address"))
    assert not carries_link(a_letter("The link-like word link-2222222222 opens nothing"))
    assert not carries_link(a_letter("Dear colleague", kind="letter"))


def test_record_reading_once_a_day_for_each_person_and_way() -> None:
    letter = a_letter(f"http://localhost/{a_link()}")
    assert record_reading(letter=letter, how="screen", **SIGNED)
    assert record_reading(letter=letter, how="screen", **SIGNED) is None
    assert record_reading(letter=letter, how="pdf", **SIGNED)
    assert record_reading(letter=letter, how="screen", **(SIGNED | {"on": ON + timedelta(days=1)}))
    other = SIGNED | {"by": a_person("Second Reader").as_actor()}
    assert record_reading(letter=letter, how="screen", **other)
    assert record_reading(letter=a_letter("No link", kind="letter"), how="pdf", **SIGNED) is None
    entries = AuditEntry.objects.filter(act="messaging.open_letter")
    assert entries.count() == 4
    assert set(entries.values_list("target_id", flat=True)) == {letter.public_id}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, letter: Letter) -> Any:
    return client.get(f"/en/office/outbox/{letter.public_id}/")


def test_pages_that_show_or_print_a_link_enter_the_reader_in_the_trail() -> None:
    letter = a_letter(f"http://localhost/{a_link()}")
    plain = a_letter("Dear colleague", kind="letter")
    client = signed_in(a_holder("expert"))
    assert client.get("/en/office/outbox/").status_code == 200
    assert not AuditEntry.objects.filter(act="messaging.open_letter").exists()
    page = read(client, letter).content.decode()
    assert "Who has seen its link" in page
    assert "Who has seen its link" not in read(client, plain).content.decode()
    client.get(f"/en/office/outbox/{letter.public_id}/letter.docx")
    ways = AuditEntry.objects.filter(act="messaging.open_letter").order_by("sequence")
    assert [entry.after["how"] for entry in ways] == ["screen", "docx"]
    assert ways[0].actor["kind"] == "person"


def test_answer_page_is_refused_in_words_while_staff_is_signed_in() -> None:
    today = timezone.localdate()
    _link, token = issue_link(
        purpose="report",
        target=TARGET,
        recipient=CITY,
        language="en",
        days=30,
        **(SIGNED | {"on": today}),
    )
    page = reverse("decisions:answer", args=[token])
    staff = signed_in(a_holder("expert"))
    for answer in (staff.get(page), staff.post(page, {"text": "Done", "name": "The city"})):
        assert answer.status_code == 403
        assert "belongs to whoever it was given to" in answer.content.decode()
    assert Client().get(page).status_code == 404  # the commitment is invented
