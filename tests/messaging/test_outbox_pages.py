"""The outbox as people use it: read, printed, sent, withdrawn, received."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import issue_link, write_letter
from dabir.registry.models import ContactPoint
from tests.decisions.reported import a_city
from tests.factories.people import AT, ON, SIGNED, a_holder, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _founded() -> None:
    an_association()


def client_of(*powers: str) -> Client:
    client = Client()
    client.force_login(a_holder(*powers, email=f"{'-'.join(powers)}@example.org"))
    return client


def a_letter(key: str = "k1", **changes: Any) -> Letter:
    given: dict[str, Any] = {
        "kind": "reminder",
        "language": "fa",
        "recipient": Reference("city", "isfahan", {"en": "Isfahan", "fa": "اصفهان"}),
        "subject": "یادآوری",
        "body": "لطفاً گزارش دهید.",
    }
    return write_letter(key=key, **(given | changes), **SIGNED)[0]


def by_mail() -> ContactPoint:
    return ContactPoint.objects.create(
        city=a_city(), kind="email", value="city@example.org", language="fa"
    )


def test_outbox_lists_filters_and_counts() -> None:
    a_letter()
    a_letter("k2", subject="Another", kind="notice")
    client = client_of("expert")
    both = client.get("/en/office/outbox/").content.decode()
    assert "یادآوری" in both
    assert "Another" in both
    one = client.get("/en/office/outbox/?kind=notice").content.decode()
    assert "یادآوری" not in one


def test_outbox_costs_the_same_for_one_and_three_letters() -> None:
    client = client_of("expert")
    counted = []
    for keys in (("a",), ("b", "c")):
        for key in keys:
            a_letter(key, contact=None)
        client.get("/en/office/outbox/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/office/outbox/")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_outbox_is_closed_to_others() -> None:
    assert client_of("auditor").get("/en/office/outbox/").status_code == 403


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_letter_is_printed_on_letterhead_and_the_same_again(fmt: str) -> None:
    letter = a_letter()
    client = client_of("expert")
    address = f"/en/office/outbox/{letter.public_id}/letter.{fmt}"
    first = client.get(address)
    assert first.status_code == 200
    assert first.content == client.get(address).content


def test_ticked_letters_are_printed_together_and_marked() -> None:
    letters = [a_letter(key) for key in ("a", "b", "c")]
    client = client_of("expert")
    ids = [letter.public_id for letter in letters[:2]]
    printed = client.post("/en/office/outbox/together/", {"act": "print", "letter": ids})
    whole = pypdfium2.PdfDocument(printed.content)
    assert len(whole) == 2
    whole.close()
    assert Letter.objects.filter(state="queued").count() == 3
    client.post("/en/office/outbox/together/", {"act": "printed", "letter": ids})
    assert Letter.objects.filter(state="printed").count() == 2
    assert AuditEntry.objects.filter(act="messaging.print_letter").count() == 2


def test_marking_is_all_or_nothing() -> None:
    letters = [a_letter(key) for key in ("a", "b")]
    client = client_of("expert")
    client.post(f"/en/office/outbox/{letters[1].public_id}/withdraw/")
    ids = [letter.public_id for letter in letters]
    answer = client.post("/en/office/outbox/together/", {"act": "printed", "letter": ids})
    assert answer.status_code == 409
    assert Letter.objects.get(key="a").state == "queued"


def test_nothing_ticked_is_refused_in_words() -> None:
    answer = client_of("expert").post("/en/office/outbox/together/", {"act": "print"})
    assert answer.status_code == 422
    assert "Tick them" in answer.content.decode()


def test_letter_without_mail_server_is_not_sent_and_says_why() -> None:
    letter = a_letter(contact=by_mail())
    client = client_of("expert")
    page = f"/en/office/outbox/{letter.public_id}/"
    assert "No mail server is set up" in client.get(page).content.decode()
    assert client.post(f"{page}send/").status_code == 409
    letter.refresh_from_db()
    assert letter.state == "queued"


def test_letter_is_sent_with_a_mail_server_and_received(settings: Any) -> None:
    settings.EMAIL_HOST = "localhost"
    letter = a_letter(contact=by_mail())
    client = client_of("expert")
    page = f"/en/office/outbox/{letter.public_id}/"
    assert client.post(f"{page}send/").status_code == 302
    assert [message.to for message in mail.outbox] == [["city@example.org"]]
    assert client.post(f"{page}receipt/", {"received_on": "x"}).status_code == 422
    day = (ON + timedelta(days=1)).isoformat()
    client.post(f"{page}receipt/", {"received_on": day, "received_by": "Mayor"})
    letter.refresh_from_db()
    assert (letter.state, letter.received_by) == ("sent", "Mayor")


def test_withdrawing_has_a_second_look() -> None:
    letter = a_letter()
    client = client_of("expert")
    page = f"/en/office/outbox/{letter.public_id}/withdraw/"
    assert "cannot be put back" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "withdrawn"


def test_letter_that_opens_an_account_is_not_printed_by_staff() -> None:
    letter = a_letter(kind="invitation")
    client = client_of("expert")
    assert client.get(f"/en/office/outbox/{letter.public_id}/").status_code == 403
    assert client.get(f"/en/office/outbox/{letter.public_id}/letter.pdf").status_code == 403
    sent = {"act": "print", "letter": [letter.public_id]}
    assert client.post("/en/office/outbox/together/", sent).status_code == 403


def test_links_are_listed_and_revoked_with_a_second_look() -> None:
    city = Reference("city", "isfahan", {"en": "Isfahan", "fa": "اصفهان"})
    about = Reference("commitment", "board-2026/1/c1", {"en": "Build it"})
    link, _token = issue_link(
        purpose="report", target=about, recipient=city, language="fa", days=30, **SIGNED
    )
    client = client_of("secretary_general")
    with time_machine.travel(AT, tick=False):
        said = client.get("/en/office/links/").content.decode()
        assert "Isfahan" in said
        assert "board-2026/1/c1" in said
        page = f"/en/office/links/{link.public_id}/revoke/"
        assert "Whoever has the link" in client.get(page).content.decode()
        assert SignedLink.objects.get().revoked_at is None
        assert client.post(page, {"reason": "sent to the wrong city"}).status_code == 302
        assert (
            AuditEntry.objects.get(act="messaging.revoke_link").reason == "sent to the wrong city"
        )
        assert client.post(page).status_code == 422
        assert "revoked" in client.get("/en/office/links/").content.decode()
        assert client_of("auditor").get("/en/office/links/").status_code == 403
