"""Letters that arrive: numbered once, on one desk, answered or filed with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from dabir.accounts.models import User
from dabir.core.errors import IllegalStep, InvalidInput, SealedRecord, StaleRecord
from dabir.core.models import AuditEntry, Counter, PersonalValue
from dabir.core.reference import Reference
from dabir.core.trail import trail_faults
from dabir.documents.services import store_file
from dabir.messaging.models import IncomingLetter, Letter, LetterMovement
from dabir.messaging.queries.incoming import incoming_waiting, named_reference
from dabir.messaging.services import (
    answer_letter,
    correct_letter,
    file_letter,
    forward_letter,
    register_letter,
    reopen_letter,
    withdraw_letter,
    write_letter,
)
from dabir.registry.models import Post
from tests.factories.people import AT, ON, SIGNED, a_holder, a_post, an_association

pytestmark = pytest.mark.django_db
CITY = Reference("city", "isfahan", {"en": "Isfahan", "fa": "اصفهان"})


def a_letter(**changes: Any) -> IncomingLetter:
    given: dict[str, Any] = {
        "sender": CITY,
        "subject": "Dues of 2026",
        "received_on": date(2026, 11, 20),
        "channel": "post",
        "language": "en",
        "dated_on": date(2026, 11, 12),
    }
    holder = changes.pop("holder", None) or a_post("expert", name="Desk")
    return register_letter(**(given | changes), holder=holder, **SIGNED)


def a_reply(**changes: Any) -> Letter:
    given: dict[str, Any] = {
        "key": "reply/1",
        "kind": "notice",
        "language": "en",
        "recipient": CITY,
        "subject": "Your dues",
        "body": "Dear city",
    }
    return write_letter(**(given | SIGNED | changes))[0]


def test_register_letter_numbers_it_by_the_year_received_and_tells_no_name() -> None:
    letter = a_letter()
    assert (letter.number, letter.state) == ("IN-2026/0001", "waiting")
    assert a_letter(received_on=date(2025, 12, 30), dated_on=None).number == "IN-2025/0001"
    assert [m.kind for m in letter.movements.all()] == ["register"]
    entry = AuditEntry.objects.get(act="messaging.register_letter", target_id=letter.public_id)
    assert entry.after is not None
    assert "Isfahan" not in str(entry.after)
    assert list(trail_faults()) == []


def test_register_letter_from_the_future_or_dated_later_is_refused_and_takes_no_number() -> None:
    with pytest.raises(InvalidInput, match="after today"):
        a_letter(received_on=date(2026, 11, 23))
    with pytest.raises(InvalidInput, match="not dated after"):
        a_letter(dated_on=date(2026, 11, 21))
    assert not IncomingLetter.objects.exists()
    assert not Counter.objects.filter(series__startswith="incoming").exists()


def test_forward_letter_moves_it_and_keeps_where_it_was() -> None:
    first, second = a_post("expert", name="First"), a_post("events", name="Second")
    letter = forward_letter(letter=a_letter(holder=first), holder=second, **SIGNED)
    assert list(incoming_waiting(posts=[second.pk])) == [letter]
    assert list(incoming_waiting(posts=[first.pk])) == []
    assert [m.holder for m in letter.movements.all()] == [first, second]
    with pytest.raises(InvalidInput, match="already on this desk"):
        forward_letter(letter=letter, holder=second, **SIGNED)


def test_answer_letter_links_both_ways_and_stops_the_waiting() -> None:
    letter = a_letter()
    reply = a_reply()
    done = answer_letter(letter=letter, reply=reply, **SIGNED)
    assert (done.state, done.closed_on) == ("answered", ON)
    assert reply.replies_to.get().letter == done
    entry = AuditEntry.objects.get(act="messaging.answer_incoming")
    assert entry.after is not None
    assert entry.after["reply"] == reply.number


def test_answer_letter_refuses_silence_older_and_withdrawn_replies() -> None:
    letter = a_letter()
    with pytest.raises(InvalidInput, match="how the letter was answered"):
        answer_letter(letter=letter, **SIGNED)
    older = a_reply(on=date(2026, 11, 1))
    with pytest.raises(InvalidInput, match="before this one arrived"):
        answer_letter(letter=letter, reply=older, **SIGNED)
    withdrawn = withdraw_letter(letter=a_reply(key="reply/2"), **SIGNED)
    with pytest.raises(InvalidInput, match="withdrawn"):
        answer_letter(letter=letter, reply=withdrawn, **SIGNED)
    letter.refresh_from_db()
    assert (letter.state, letter.movements.count()) == ("waiting", 1)


def test_file_letter_needs_a_reason_and_can_be_opened_again() -> None:
    letter = a_letter()
    with pytest.raises(InvalidInput, match="needs a reason"):
        file_letter(letter=letter, words="", **SIGNED)
    filed = file_letter(letter=letter, words="for information", **SIGNED)
    with pytest.raises(IllegalStep):
        forward_letter(letter=filed, holder=a_post("events", name="Other"), **SIGNED)
    again = reopen_letter(letter=filed, words="they wrote again", **SIGNED)
    assert (again.state, again.closed_on) == ("waiting", None)


def test_steps_on_an_overtaken_letter_are_refused() -> None:
    letter = a_letter()
    file_letter(letter=letter, words="known", version=letter.version, **SIGNED)
    with pytest.raises(StaleRecord):
        answer_letter(letter=letter, words="by phone", version=letter.version, **SIGNED)


def test_correct_letter_keeps_what_stood_before_and_refuses_no_change() -> None:
    letter = a_letter()
    fixed = correct_letter(
        letter=letter, changes={"subject": "Dues of 2025"}, words="misread", **SIGNED
    )
    assert fixed.subject == "Dues of 2025"
    entry = AuditEntry.objects.get(act="messaging.correct_incoming")
    assert entry.before == {"subject": "Dues of 2026"}
    with pytest.raises(InvalidInput, match="Nothing is different"):
        correct_letter(letter=fixed, changes={"subject": "Dues of 2025"}, words="x", **SIGNED)
    with pytest.raises(InvalidInput, match="not dated after"):
        correct_letter(letter=fixed, changes={"dated_on": ON}, words="x", **SIGNED)


def test_confidential_letter_is_told_nowhere_in_the_clear() -> None:
    letter = a_letter(is_confidential=True, subject="Complaint of a clerk")
    correct_letter(letter=letter, changes={"subject": "Complaint"}, words="of a clerk", **SIGNED)
    for entry in AuditEntry.objects.filter(target_id=letter.public_id):
        told = f"{entry.target_labels} {entry.before} {entry.after} {entry.reason}"
        assert "omplaint" not in told
        assert "clerk" not in told.replace("Clerk", "")
    assert PersonalValue.objects.filter(subject=letter.public_id).exists()


def test_impossible_letters_and_movements_are_refused_by_the_database() -> None:
    letter = a_letter()
    for wrong in ({"dated_on": ON}, {"state": "filed"}, {"closed_on": ON}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IncomingLetter.objects.filter(pk=letter.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterMovement.objects.create(
            letter=letter, kind="answer", holder=letter.holder, on=ON, at=AT, by={}
        )
    with pytest.raises((SealedRecord, IntegrityError)), transaction.atomic():
        LetterMovement.objects.update(words="other")


# --- Pages


@pytest.fixture
def expert(client: Client) -> User:
    an_association()
    user = a_holder("expert")
    client.force_login(user)
    return user


def desk_of(user: User) -> Post:
    return Post.objects.get(mandates__person__user=user)


ENTRY = {
    "subject": "Invitation",
    "received_on": "1405/08/29",
    "channel": "email",
    "language": "fa",
    "dated_on": "۲۰ آبان ۱۴۰۵",
}


def test_letter_is_entered_read_and_answered_on_the_pages(client: Client, expert: User) -> None:
    desk = desk_of(expert)
    file = store_file(data=b"%PDF-1.7 x", name="x.pdf", media_type="application/pdf", at=AT)
    given = ENTRY | {"sender": "شهرداری نایاب", "holder": desk.public_id}
    answer = client.post(reverse("messaging:register_incoming"), given)
    letter = IncomingLetter.objects.get()
    letter.files.add(file)
    assert answer.status_code == 302
    assert (letter.received_on, letter.dated_on) == (date(2026, 11, 20), date(2026, 11, 11))
    assert letter.sender["kind"] == "words"
    page = client.get(reverse("messaging:incoming_letter", args=[letter.public_id]))
    assert "sender not in the registry" in page.content.decode()
    url = reverse("messaging:incoming_file", args=[letter.public_id, file.sha256])
    assert client.get(url)["Content-Disposition"].startswith("attachment")
    assert letter.number in client.get(reverse("office:desk")).content.decode()
    act = reverse("messaging:incoming_act", args=[letter.public_id, "answer"])
    refused = client.post(act, {"version": 1})
    assert refused.status_code == 422
    assert client.post(act, {"version": 1, "words": "by telephone"}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "answered"


def test_entry_that_names_two_cities_asks_which(client: Client, expert: User) -> None:
    from dabir.registry.services import add_city

    add_city(public_id="haikou", names={"en": "Haikou"}, **SIGNED)
    add_city(public_id="haikou-2", names={"en": "Haikou"}, **SIGNED)
    assert len(named_reference("haikou", ["city"])) == 2
    given = ENTRY | {"sender": "HAIKOU", "holder": desk_of(expert).public_id}
    refused = client.post(reverse("messaging:register_incoming"), given)
    assert refused.status_code == 422
    assert "haikou-2" in refused.content.decode()
    given["sender"] = "haikou-2"
    assert client.post(reverse("messaging:register_incoming"), given).status_code == 302
    assert IncomingLetter.objects.get().sender["id"] == "haikou-2"


def test_confidential_letter_is_closed_to_other_desks_and_counted_in_the_book(
    client: Client, expert: User
) -> None:
    other = a_post("events", name="Other desk")
    letter = a_letter(holder=other, is_confidential=True, subject="Quarrel")
    page = reverse("messaging:incoming_letter", args=[letter.public_id])
    assert client.get(page).status_code == 403
    assert "Quarrel" not in client.get(reverse("messaging:incoming")).content.decode()
    assert letter.number not in client.get(f"{reverse('office:search')}?q=Quarrel").content.decode()
    book = client.get(reverse("messaging:book", args=["csv"]) + "?first=2026-11-01&last=2026-11-30")
    told = book.content.decode()
    assert letter.number in told
    assert "Quarrel" not in told
    forward_letter(letter=letter, holder=desk_of(expert), **SIGNED)
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions(
    client: Client, expert: User, number: int, django_assert_max_num_queries: Any
) -> None:
    desk = desk_of(expert)
    for _ in range(number):
        a_letter(holder=desk)
    with django_assert_max_num_queries(12):
        client.get(reverse("messaging:incoming"))


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "pdf", "docx", "json"])
def test_letter_book_of_a_period_is_exported(client: Client, expert: User, fmt: str) -> None:
    a_letter(holder=desk_of(expert))
    a_reply()
    answer = client.get(reverse("messaging:book", args=[fmt]))
    assert answer.status_code == 200
    assert len(answer.content) > 100
    page = client.get(reverse("messaging:book_page") + "?first=1405/01/01&last=2020-01-01")
    assert "ends before it starts" in page.content.decode()
