"""The pages of the intake: receiving, the list, the review and its refusals, comparison."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabir.documents.models import Document, StoredFile
from dabir.intake.models import Receipt, WaitingBytes
from dabir.intake.review.numbers import candidates_of
from dabir.intake.services.confirming import confirm_reading
from dabir.intake.services.receiving import Nature
from dabir.intake.services.reviewing import make_ready, questions_of
from dabir.intake.views.showing import term_said
from tests.decisions.worker import do_waiting_work
from tests.factories.people import a_holder as an_account_of
from tests.factories.people import an_association
from tests.intake.readings import BY_REVIEWER, BY_SECOND, a_receipt, a_review, settle_all

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _founded() -> None:
    an_association()


def signed_in(power: str) -> Client:
    """Somebody with that power, at the office."""
    client = Client()
    client.force_login(an_account_of(power, email=f"{power}@example.org"), backend=BACKEND)
    return client


@pytest.fixture
def expert() -> Client:
    return signed_in("expert")


def page(receipt: Receipt, rest: str = "") -> str:
    """An address of a received text."""
    return f"/en/office/intake/{receipt.public_id}/{rest}"


def upload(client: Client, *files: SimpleUploadedFile, **given: Any) -> Any:
    """Send files as the form does."""
    fields = {"language": "en", "purpose": "new", "kind": "declaration", "files": list(files)}
    return client.post("/en/office/intake/receive/", fields | given, follow=True)


CLEAN = b"Test Declaration\n\nWe, the mayors,\n\n1. We thank Tehran.\n\n2. We approve the budget.\n"


def test_receive_file_is_read_by_the_worker_and_opens_its_review(expert: Client) -> None:
    answer = upload(expert, SimpleUploadedFile("declaration.txt", CLEAN))
    receipt = Receipt.objects.get()
    assert "Waiting for the worker" in answer.content.decode()
    assert receipt.by["labels"] == {"en": "Holder expert"}
    do_waiting_work()
    receipt.refresh_from_db()
    assert receipt.state == "review"
    assert [part["text"] for part in receipt.reading.parts][-1] == "We approve the budget."
    shown = expert.get(page(receipt)).content.decode()
    assert "We thank Tehran." in shown
    asked = expert.get(page(receipt, "progress/"), headers={"hx-request": "true"})
    assert asked["HX-Redirect"] == page(receipt)


def test_receive_several_files_and_a_pasted_text_each_with_its_own_result(expert: Client) -> None:
    answer = upload(
        expert,
        SimpleUploadedFile("../../declaration.txt", CLEAN),
        SimpleUploadedFile("empty.pdf", b""),
        SimpleUploadedFile("scan.jpg", b"\xff\xd8\xff" + b"0" * 200),
        text="Pasted.\n\n1. One.\n\n2. Two.",
    )
    states = dict(Receipt.objects.values_list("name", "state"))
    assert states == {
        "declaration.txt": "waiting",
        "empty.pdf": "refused",
        "scan.jpg": "refused",
        "Pasted text.txt": "waiting",
    }
    shown = answer.content.decode()
    assert "The file is empty." in shown
    assert "The file is a picture." in shown
    assert WaitingBytes.objects.count() == 2
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("locked.pdf", b"%PDF-1.7\nnonsense", "damaged"),
        ("letter.docx", b"PK\x03\x04broken", "damaged"),
        ("report.pdf", b"Plain words, no PDF at all.", "named like"),
        ("page.txt", b"\x00\x01\x02\x03" * 300, "holds no text"),
    ],
)
def test_receive_bad_file_ends_in_a_refusal_in_words(
    expert: Client, name: str, data: bytes, said: str
) -> None:
    upload(expert, SimpleUploadedFile(name, data))
    do_waiting_work()
    receipt = Receipt.objects.get()
    assert receipt.state == "refused"
    shown = expert.get(page(receipt)).content.decode()
    assert said in shown
    assert not StoredFile.objects.exists()
    assert not WaitingBytes.objects.exists()


def test_receive_too_large_file_is_refused_without_being_taken_in(
    expert: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dabir.intake.views.receiving.MOST_BYTES", 100)
    upload(expert, SimpleUploadedFile("large.txt", b"words " * 100))
    receipt = Receipt.objects.get()
    assert (receipt.state, receipt.refusal["code"]) == ("refused", "too_large")
    assert receipt.size == 600


def test_step_decides_a_doubt_and_leads_to_the_next(expert: Client) -> None:
    receipt = a_review()
    found = questions_of(receipt)[1]
    words = [q for q in found if q.kind == "words"]
    answer = expert.post(
        page(receipt, "step/"),
        {
            "verb": "choose_words",
            "part": words[1].part,
            "key": words[1].key,
            "choice": "0",
            "version": receipt.version,
            "next": words[0].key,
        },
    )
    assert answer["Location"].endswith(f"?doubt={words[0].key}#question")
    shown = expert.get(answer["Location"].partition("#")[0]).content.decode()
    assert "گرما نقشه" in shown
    assert "Are these the words?" in shown


def test_step_of_an_overtaken_reviewer_is_told_and_nothing_is_lost(expert: Client) -> None:
    receipt = a_review()
    old = receipt.version
    settle_all(receipt)
    before = receipt.acts.count()
    part = receipt.reading.parts[-1]["key"]
    given = {"verb": "set_findings", "part": part, "key": part, "version": old}
    answer = expert.post(page(receipt, "step/"), given)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Somebody else has changed this record" in shown
    assert "Mina" in shown
    assert receipt.acts.count() == before


def test_retyping_that_is_refused_comes_back_with_the_reason(expert: Client) -> None:
    receipt = a_review()
    words = next(q for q in questions_of(receipt)[1] if q.kind == "words")
    given = {
        "verb": "retype_words",
        "part": words.part,
        "key": words.key,
        "text": "other",
        "version": receipt.version,
    }
    answer = expert.post(page(receipt, "step/"), given)
    assert answer.status_code == 422
    assert "Say how the right reading is known." in answer.content.decode()


def test_act_pages_of_a_part_open_and_take_their_step(expert: Client) -> None:
    receipt = a_review()
    part = next(p["key"] for p in receipt.reading.parts if p["id"] == "2")
    for act in ("retype", "split", "merge", "place", "findings"):
        assert expert.get(page(receipt, f"parts/{part}/{act}/")).status_code == 200, act
    text = next(p["text"] for p in receipt.reading.parts if p["key"] == part)
    typed = text.replace("تا سال", "\nتا سال")
    expert.post(page(receipt, f"parts/{part}/split/"), {"text": typed, "version": receipt.version})
    receipt.refresh_from_db()
    new = receipt.acts.get()
    expert.post(
        page(receipt, f"parts/s{new.number}/findings/"),
        {"kinds": ["budget_approval"], "version": receipt.version, "flag_en": "Look again"},
    )
    found = receipt.acts.get(verb="set_findings")
    assert found.data["kinds"] == ["budget_approval"]
    assert found.data["found"]["flags"] == [{"en": "Look again"}]


def test_ready_names_what_is_left_with_links(expert: Client) -> None:
    receipt = a_review()
    answer = expert.get(page(receipt, "ready/"))
    assert answer.status_code == 409
    assert f"{page(receipt)}?doubt=n0#question" in answer.content.decode()


def test_second_person_confirms_and_the_reviewer_may_not() -> None:
    deputy, other = signed_in("executive_deputy"), signed_in("member_affairs")
    receipt = a_review()
    about = {
        "public_id": "azmoon-2026",
        "kind": "declaration",
        "titles_en": "Test Declaration",
        "adopted_on": "2026-10-02",
        "adopted_precision": "day",
        "state": "received",
        "source": "file",
        "version": receipt.version,
    }
    assert deputy.post(page(receipt, "about/"), about).status_code == 302
    receipt = make_ready(receipt=settle_all(receipt), **BY_REVIEWER)
    refused = deputy.get(page(receipt, "confirm/"))
    assert refused.status_code == 403
    assert "Nobody confirms a review" in refused.content.decode()
    assert other.get(page(receipt, "confirm/")).status_code == 200
    done = other.post(page(receipt, "confirm/"), {"version": receipt.version}, follow=True)
    assert Document.objects.get().public_id == "azmoon-2026"
    assert "The text is in the register." in done.content.decode()
    compared = other.get(page(receipt, "compare/")).content.decode()
    assert "Read by the machine" in compared
    assert "left a number open" in compared


def test_set_aside_stops_a_reading(expert: Client) -> None:
    receipt = a_receipt()
    expert.post(page(receipt, "set-aside/"), {"version": receipt.version})
    receipt.refresh_from_db()
    assert receipt.state == "dropped"
    do_waiting_work()
    assert not StoredFile.objects.exists()


def test_original_bytes_are_given_back_as_they_came(expert: Client) -> None:
    receipt = a_review()
    answer = expert.get(page(receipt, "file"))
    assert answer.content.decode().startswith("بیانیه آزمون")
    assert answer["Content-Type"] == "application/octet-stream"
    assert expert.get(page(receipt, "pages/1.png")).status_code == 404


def test_desk_shows_readings_to_review_and_for_a_second_person(expert: Client) -> None:
    a_review()
    make_ready(receipt=settle_all(a_review()), **BY_REVIEWER)
    assert "Received texts to review" in expert.get("/en/office/").content.decode()
    second = signed_in("member_affairs")
    assert "Readings for a second person" in second.get("/en/office/").content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_list_asks_the_database_the_same_number_of_times(
    expert: Client, size: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(size):
        a_review()
    expert.get("/en/office/intake/")
    with django_assert_max_num_queries(12):
        assert expert.get("/en/office/intake/").status_code == 200


def test_review_asks_the_database_a_fixed_number_of_times(
    expert: Client, django_assert_max_num_queries: Any
) -> None:
    receipt = a_review()
    with django_assert_max_num_queries(16):
        assert expert.get(page(receipt)).status_code == 200


@pytest.mark.pure
def test_candidates_of_an_open_number_are_every_combination() -> None:
    assert candidates_of("201{4|5|8}") == ["2014", "2015", "2018"]
    assert candidates_of("{1|2}{3|4}") == ["13", "14", "23", "24"]
    assert candidates_of("{0|1|2|3|4|5|6|7|8|9}" * 4) == []


def test_document_leads_to_its_received_files_and_to_a_further_one(expert: Client) -> None:
    receipt = make_ready(receipt=settle_all(a_review()), **BY_REVIEWER)
    confirm_reading(receipt=receipt, **BY_SECOND)
    shown = expert.get("/en/office/documents/azmoon-2026/").content.decode()
    assert page(receipt, "compare/") in shown
    asked = "/en/office/intake/receive/?document=azmoon-2026&amp;purpose=version"
    assert asked in shown
    form = expert.get(asked.replace("&amp;", "&")).content.decode()
    assert '<option value="azmoon-2026" selected>' in form


def test_difference_of_languages_is_settled_on_its_own_page(expert: Client) -> None:
    receipt = make_ready(receipt=settle_all(a_review()), **BY_REVIEWER)
    document = confirm_reading(receipt=receipt, **BY_SECOND).document
    english = "Test Declaration\n\nWe, the mayors,\n\nThank.\n\n1. One.\n\n2. Until 2016:\n"
    other = a_review(Nature("en", purpose="version", document=document), english)
    conflict = next(q for q in questions_of(other)[1] if q.kind == "conflict")
    address = page(other, f"differences/{conflict.data['key']}/")
    assert "A reason is needed." not in expert.get(address).content.decode()
    given = {"choice": "open", "version": other.version}
    assert expert.post(address, given).status_code == 422
    assert expert.post(address, given | {"reason": "ask the host"}).status_code == 302
    settled = other.acts.get(verb="settle_conflict")
    assert (settled.reason, settled.data["choice"]) == ("ask the host", "open")


def test_findings_take_days_in_any_digits_and_refuse_what_is_none(expert: Client) -> None:
    text = "Test Declaration\n\nWe, the mayors,\n\n1. We do it by 2030.\n\n2. We thank.\n"
    receipt = a_review(Nature("en"), text)
    part = next(p["key"] for p in receipt.reading.parts if p["id"] == "1")
    address = page(receipt, f"parts/{part}/findings/")
    given = {"version": receipt.version, "date_0_role": "due"}
    refused = expert.post(address, given | {"date_0_value": "2014-13|2030"})
    assert refused.status_code == 422
    assert "2014-13" in refused.content.decode()
    assert expert.post(address, given | {"date_0_value": "۲۰۳۰-۱۲"}).status_code == 302
    found = receipt.acts.get().data["found"]["dates"]
    assert [(row["role"], row["candidates"]) for row in found] == [("due", ["2030-12"])]


@pytest.mark.parametrize(
    ("term", "role", "said"),
    [
        ("P1Y", "recurrence", "every 1 year"),
        ("P6M", "due", "within 6 months"),
        ("before the next session", "due", "before the next session"),
        ("", "", ""),
    ],
)
def test_a_term_in_a_text_is_said_in_words(term: str, role: str, said: str) -> None:
    assert term_said(term, role) == said
