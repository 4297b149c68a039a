"""Members on the screen: the list and its filters, one member, the way in, the certificate."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core.money import Money
from dabir.membership.models import Application, Certificate, Member
from dabir.membership.services.certificates import issue_certificate
from dabir.membership.services.steps import change_membership
from tests.decisions.reported import a_decision, two_organs
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, a_post
from tests.membership.admitted import (
    BOARD,
    CATEGORIES,
    a_statute,
    a_town,
    an_admitted,
    an_application,
    an_entered,
    examined,
    owes,
)

pytestmark = pytest.mark.django_db
LIST = "/en/office/members/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def union() -> None:
    cache.clear()
    board, _assembly = two_organs()
    a_decision(board, "d1", decided_on=date(2026, 10, 1))
    a_statute()


def client_of(power: str) -> Client:
    client = Client()
    client.force_login(a_holder(power, email=f"{power}@example.org"))
    return client


def test_list_asks_the_same_number_of_statements_for_one_member_and_for_three() -> None:
    client = client_of("expert")
    an_entered("One")
    client.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    an_entered("Two")
    an_entered("Three")
    with CaptureQueriesContext(connection) as for_three:
        answer = client.get(LIST)
    assert len(answer.context["rows"]) == 3
    assert len(for_three) == len(for_one)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "نمونك"}, ["nemunak"]),
        ({"q": "TWO"}, ["two"]),
        ({"state": "gone"}, ["two"]),
        ({"state": "belonging", "category": "full"}, ["nemunak"]),
        ({"country": "XA", "state": "suspended"}, []),
    ],
)
def test_list_is_narrowed_by_words_in_any_spelling_state_and_country(
    query: dict[str, str], found: list[str]
) -> None:
    an_entered("Nemunak", a_town("Nemunak", names={"fa": "نمونک", "en": "Nemunak"}))
    an_entered("Two", state="left", ended_on=date(2020, 1, 1))
    rows = client_of("expert").get(LIST, query).context["rows"]
    assert [row["member"].public_id for row in rows] == found


@pytest.mark.parametrize("fmt", ["csv", "json", "xlsx"])
def test_export_holds_what_is_shown(fmt: str) -> None:
    an_entered("Nemunak")
    an_entered("Two", state="left", ended_on=date(2020, 1, 1))
    answer = client_of("expert").get(LIST, {"state": "belonging", "export": fmt})
    assert answer.status_code == 200
    if fmt != "xlsx":
        assert "Nemunak" in answer.content.decode()
        assert "Two" not in answer.content.decode()


def test_member_page_tells_decision_dues_and_history() -> None:
    member = an_admitted()
    owes(member, 2025, 100_000, 40_000)
    page = client_of("expert").get(f"{LIST}{member.public_id}/").content.decode()
    assert "board-2026/3" in page
    assert "1,000" in page
    assert "600" in page
    assert "Admitted" in page


def test_member_page_of_an_honoured_person_shows_no_act_of_dues_to_an_expert() -> None:
    member = an_entered("x", a_person("Professor Test"), category="honorary")  # type: ignore[arg-type]  # a person too
    page = client_of("expert").get(f"{LIST}{member.public_id}/").content.decode()
    assert "Professor Test" in page
    assert "/dues/" not in page


def test_letter_is_received_examined_and_decided_on_its_pages() -> None:
    town = a_town()
    mayor = a_person("Mayor Test")
    a_mandate(mayor, a_post(name="Mayor", city=town), starts_on=date(2015, 1, 1))
    client = client_of("member_affairs")
    answer = client.post(
        "/en/office/applications/receive/",
        {
            "applicant": "city:nemunak",
            "category": "full",
            "received_on": "۱۴۰۵/۰۶/۱۰",
            "letter": SimpleUploadedFile("letter.pdf", PDF),
            "signer": mayor.public_id,
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    application = Application.objects.get()
    place = f"/en/office/applications/{application.public_id}/"
    assert client.get(f"{place}letter/").content == PDF
    for point in ("statute-accepted", "contact-named"):
        done = client.post(f"{place}examine/{point}/", {"outcome": "met", "note": "seen"})
        assert done.status_code == 302
    decided = {"on_day": "2026-11-22", "basis": "assembly-2026/d1", "category": "full"}
    unknown = client.post(f"{place}decide/admit/", decided | {"basis": "board-9999/1"})
    assert unknown.status_code == 422
    assert "no decision “board-9999/1”" in unknown.content.decode()
    assert client.post(f"{place}decide/admit/", decided).status_code == 302
    member = Member.objects.get()
    assert (member.state, member.number) == ("admitted", 1)
    code = Certificate.objects.get().verification_code
    paper = client.get(f"/en/office/certificates/{code}.fa.pdf")
    assert paper.content.startswith(b"%PDF")
    told = Client().get("/en/certificates/", {"code": code.replace("-", " ").upper()})
    assert "Nemunak" in told.content.decode()
    assert Client().get("/en/certificates/0000-0000-0000-0000/").status_code == 404


def test_admission_is_not_offered_while_points_are_open_or_the_article_is_unset() -> None:
    application = an_application()
    client = client_of("member_affairs")
    place = f"/en/office/applications/{application.public_id}/"
    assert "The examination is not complete" in client.get(place).content.decode()
    examined(application)
    assert f"{place}decide/admit/" in client.get(place).content.decode()
    a_statute(CATEGORIES, key="bare", in_force_from=date(2021, 1, 1))
    page = client.get(place).content.decode()
    assert f"{place}decide/admit/" not in page
    assert "members.admission" in page


@pytest.mark.parametrize(
    ("power", "address"),
    [
        ("auditor", "/en/office/applications/receive/"),
        ("expert", f"{LIST}nemunak/suspend/"),
        ("member_affairs", f"{LIST}nemunak/dues/"),
        ("city_officer", LIST),
    ],
)
def test_page_without_the_right_is_refused(power: str, address: str) -> None:
    an_entered("Nemunak")
    assert client_of(power).get(address).status_code == 403


def test_certificate_is_the_same_bytes_again_and_asked_twice_is_one() -> None:
    from dabir.documents.services import read_file
    from dabir.membership.printing import certificate_pdf

    member = an_admitted()
    one = issue_certificate(member=member, **SIGNED)
    again = issue_certificate(member=member, **SIGNED)
    assert one.pk == again.pk
    assert read_file(one.english) == certificate_pdf(one.data, "en")
    assert read_file(one.persian) == certificate_pdf(one.data, "fa")


def test_suspended_member_has_no_new_certificate() -> None:
    member = an_admitted()
    gone: Any = change_membership(
        member=member, verb="suspend", basis=BOARD, reason="arrears", **SIGNED
    )
    answer = client_of("secretary_general").post(f"/en/office/certificates/{gone.public_id}/issue/")
    assert answer.status_code == 409


def test_dues_are_corrected_by_an_entry_below_zero_that_says_why() -> None:
    member = an_entered("Nemunak")
    client = client_of("treasurer")
    given = {
        "kind": "due",
        "year": "2025",
        "amount": "۱٬۲۵۰٫۵۰",
        "currency": "eur",
        "day": "2025-03-31",
        "source": "ledger of 2025",
    }
    assert client.post(f"{LIST}nemunak/dues/", given).status_code == 302
    refused = client.post(f"{LIST}nemunak/dues/", given | {"amount": "-250.50"})
    assert refused.status_code == 422
    done = client.post(
        f"{LIST}nemunak/dues/", given | {"amount": "-250.50", "reason": "typed wrong"}
    )
    assert done.status_code == 302
    assert [entry.money for entry in member.dues.all()] == [
        Money(125_050, "EUR", 2),
        Money(-25_050, "EUR", 2),
    ]
