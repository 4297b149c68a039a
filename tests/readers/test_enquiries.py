"""What readers write: received, taken, answered by a letter, closed, handed over, erased, given out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry, PersonalValue
from dabir.core.search import stale_entries
from dabir.core.trail import trail_faults
from dabir.messaging.models import Letter
from dabir.messaging.services import record_letter_printed, record_receipt, send_letter
from dabir.office.waiting import what_waits
from dabir.readers.models import Enquiry
from dabir.readers.public import clause_of
from dabir.readers.services import (
    answer_enquiry,
    close_enquiry,
    erase_enquiries,
    erase_enquiry,
    put_back_enquiry,
    receive_enquiry,
    reopen_enquiry,
    take_enquiry,
)
from dabir.registry.models import Person
from dabir.registry.personal import kept_about
from dabir.registry.services import add_contact
from dabir.registry.services.people import erase_person
from tests.factories.people import AT, ON, SIGNED, a_holder, a_person, an_association

pytestmark = pytest.mark.django_db
WORDS = "When does the Assembly meet?"


def an_enquiry(**changes: Any) -> Enquiry:
    given: dict[str, Any] = {
        "kind": "question",
        "language": "en",
        "text": WORDS,
        "name": "Nika Reader",
        "address": "nika@example.net",
        "on": ON,
        "at": AT,
    }
    return receive_enquiry(**(given | changes))


def by(person: Person) -> dict[str, Any]:
    return SIGNED | {"by": person.as_actor()}


def last_act() -> AuditEntry:
    return AuditEntry.objects.order_by("-sequence")[0]


def whole_trail() -> str:
    entries = AuditEntry.objects.values_list(
        "after", "before", "target_labels", "target_id", "reason"
    )
    return repr(list(entries))


def test_receive_enquiry_numbers_it_and_tells_the_trail_nothing_personal() -> None:
    first = an_enquiry()
    second = an_enquiry(kind="correction", name="", address="", page="/en/decisions/a-1/4.b/")
    assert (first.number, second.number) == ("Q-2026/0001", "Q-2026/0002")
    assert (first.state, first.holder) == ("received", None)
    entry = AuditEntry.objects.get(act="readers.receive_enquiry", target_id=first.public_id)
    assert entry.after == {"number": first.number, "kind": "question", "language": "en", "page": ""}
    assert not PersonalValue.objects.exists()
    assert "nika" not in whole_trail().lower()


@pytest.mark.parametrize(
    "changes",
    [
        {"address": ""},
        {"text": ""},
        {"address": "no address"},
        {"kind": "other"},
        {"language": "xx"},
    ],
)
def test_receive_enquiry_refuses_what_cannot_be_answered(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        an_enquiry(**changes)
    assert not Enquiry.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("page", "clause"),
    [
        ("/fa/decisions/haikou-2014/4.b/", "haikou-2014/4.b"),
        ("/en/decisions/haikou-2014/", None),
        ("/en/decisions/a b/4/", None),
        ("", None),
    ],
)
def test_clause_of_a_page(page: str, clause: str | None) -> None:
    found = clause_of(page)
    assert (found and found.public_id) == clause


def test_answer_enquiry_writes_a_letter_in_the_readers_language_that_reaches_the_reader(
    settings: Any,
) -> None:
    person, enquiry = a_person("Clerk"), an_enquiry(language="fa")
    take_enquiry(enquiry=enquiry, **by(person))
    letter = answer_enquiry(enquiry=enquiry, subject="پاسخ", body="درود", **by(person))
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.answer, enquiry.holder) == ("answered", letter, person)
    assert (letter.language, letter.state, letter.kind) == ("fa", "queued", "reply")
    assert letter.subject == f"پاسخ [{enquiry.number}]"
    assert last_act().after == {"state": "answered", "letter": letter.number}
    settings.EMAIL_HOST = "mail.example"
    send_letter(letter=letter, **SIGNED)
    assert mail.outbox[0].to == ["nika@example.net"]
    assert "nika@example.net" not in whole_trail()


def test_the_states_refuse_what_is_not_possible() -> None:
    person, enquiry = a_person("Clerk"), an_enquiry(kind="correction", address="")
    with pytest.raises(InvalidInput):
        answer_enquiry(enquiry=enquiry, subject="s", body="b", **by(person))
    with pytest.raises(InvalidInput):
        close_enquiry(enquiry=enquiry, outcome="", words="", **by(person))
    enquiry = take_enquiry(enquiry=enquiry, **by(person))
    with pytest.raises(IllegalStep):
        take_enquiry(enquiry=enquiry, **by(person))
    with pytest.raises(StaleRecord):
        put_back_enquiry(enquiry=enquiry, version=1, **by(person))
    other = take_enquiry(enquiry=enquiry, **by(a_person("Colleague")))
    closed = close_enquiry(enquiry=other, outcome="corrected", words="done", **by(person))
    assert last_act().reason == "done"
    with pytest.raises(IllegalStep):
        close_enquiry(enquiry=closed, outcome="spam", words="", **by(person))
    again = reopen_enquiry(enquiry=closed, words="more", **by(person))
    assert (again.state, again.holder, again.outcome, again.closed_on) == (
        "received",
        None,
        "",
        None,
    )
    assert not Letter.objects.exists()


def test_erase_enquiries_forgets_after_the_period_and_leaves_the_trail_valid(settings: Any) -> None:
    settings.KEEP_ENQUIRIES_DAYS = 30
    person = a_person("Clerk")
    answered, waiting, fresh = an_enquiry(), an_enquiry(), an_enquiry()
    letter = answer_enquiry(enquiry=answered, subject="s", body="Our own words", **by(person))
    later = ON + timedelta(days=31)
    close_enquiry(enquiry=fresh, outcome="spam", words="", **(by(person) | {"on": later}))
    assert erase_enquiries(later, AT + timedelta(days=31)) == 1
    for row in (answered, waiting, fresh, letter):
        row.refresh_from_db()
    assert (answered.name, answered.address, answered.text) == ("", "", "")
    assert (answered.number, answered.state, answered.erased_on) == (
        "Q-2026/0001",
        "answered",
        later,
    )
    assert waiting.text == fresh.text == WORDS
    assert (letter.mail_address(), letter.body) == ("", "Our own words")
    assert "Nika" not in repr(letter.recipient)
    assert "Nika" not in repr(list(PersonalValue.objects.values_list("value", flat=True)))
    assert list(trail_faults()) == []
    assert erase_enquiries(later, AT + timedelta(days=31)) == 0
    with pytest.raises(IllegalStep):
        reopen_enquiry(enquiry=answered, words="why", **by(person))


@pytest.mark.parametrize("leaves", [True, False])
def test_after_erasing_nothing_anywhere_holds_name_address_or_words(leaves: bool) -> None:
    clerk = a_person("Clerk")
    enquiry = an_enquiry(kind="correction", page="Nika: my street is wrong")
    body = f"Dear Nika,\n\nyou, nika  reader (Nika@example.net), asked:\n> {WORDS}\n\nIn May."
    letter = answer_enquiry(enquiry=enquiry, subject="Your question", body=body, **by(clerk))
    if leaves:
        record_letter_printed(letter=letter, **SIGNED)
        record_receipt(letter=letter, received_on=ON, received_by="Nika herself", **SIGNED)
    enquiry.refresh_from_db()
    erase_enquiry(enquiry=enquiry, **by(clerk))
    rows = [repr(list(model.objects.values())) for model in apps.get_models()]
    kept = "\n".join(rows).casefold()
    for piece in ("nika", "example.net", WORDS.casefold(), "my street"):
        assert piece not in kept
    letter.refresh_from_db()
    assert letter.state == ("printed" if leaves else "withdrawn")
    assert "In May." in letter.body
    assert letter.received_by == ("—" if leaves else "")
    assert list(trail_faults()) == []
    assert list(stale_entries()) == []


def test_an_answer_whose_subject_would_keep_the_name_is_refused() -> None:
    enquiry = an_enquiry()
    with pytest.raises(InvalidInput):
        answer_enquiry(
            enquiry=enquiry, subject="For NIKA Reader", body="b", **by(a_person("Clerk"))
        )
    assert not Letter.objects.exists()


def test_erase_enquiry_at_once_closes_what_was_open() -> None:
    erased = erase_enquiry(enquiry=an_enquiry(), **by(a_person("Clerk")))
    assert (erased.state, erased.outcome, erased.text) == ("closed", "no_answer", "")


def test_what_a_known_person_wrote_is_given_out_and_forgotten_with_them() -> None:
    person = a_person("Nika Reader")
    add_contact(of=person, kind="email", value="Nika@example.net", language="en", **SIGNED)
    mine, other = an_enquiry(), an_enquiry(address="else@example.net")
    told = kept_about(person)["enquiries"]
    assert [(row["number"], row["text"]) for row in told] == [(mine.number, WORDS)]
    erase_person(person=person, reason="asked", **SIGNED)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.text, other.text) == ("", WORDS)


def test_the_desk_shows_what_waits_to_those_who_answer_and_what_one_took_to_oneself() -> None:
    an_association()
    enquiry = an_enquiry()
    expert, colleague = (a_holder("expert", email=f"{n}@example.org") for n in ("a", "b"))
    treasurer = a_holder("treasurer", email="t@example.org")
    today = timezone.localdate()

    def shown(user: Any) -> list[str]:
        parts = {part.key: part for part in what_waits(user, today)}
        return [thing.code for thing in parts["enquiries"].things] if "enquiries" in parts else []

    assert shown(expert) == shown(colleague) == [enquiry.number]
    assert shown(treasurer) == []
    take_enquiry(enquiry=enquiry, **by(Person.objects.get(user=expert)))
    fresh = {
        "expert": type(expert).objects.get(pk=expert.pk),
        "other": type(expert).objects.get(pk=colleague.pk),
    }
    assert (shown(fresh["expert"]), shown(fresh["other"])) == ([enquiry.number], [])


@pytest.mark.parametrize(
    "changes",
    [{"state": "taken"}, {"state": "answered"}, {"outcome": "spam"}, {"text": ""}],
)
def test_impossible_rows_are_refused_by_the_database(changes: dict[str, Any]) -> None:
    enquiry = an_enquiry()
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(**changes)
