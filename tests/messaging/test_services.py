"""Letters are written once, leave once and are received; links open one door until their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from dabir.core.errors import DomainError, IllegalStep, InvalidInput
from dabir.core.models import AuditEntry, Counter, PersonalValue
from dabir.core.reference import Reference
from dabir.core.trail import trail_faults
from dabir.documents.services import store_file
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.queries import counts_by_state, letters_listed
from dabir.messaging.services import (
    LinkRefused,
    issue_link,
    open_link,
    record_letter_printed,
    record_receipt,
    revoke_link,
    send_letter,
    use_link,
    withdraw_letter,
    write_letter,
)
from dabir.registry.models import ContactPoint
from dabir.registry.services import add_contact
from tests.factories.people import AT, ON, SIGNED, a_person

pytestmark = pytest.mark.django_db
CITY = Reference("city", "isfahan", {"en": "Isfahan", "fa": "اصفهان"})
TARGET = Reference("commitment", "assembly-2026/d1/c1", {"en": "Something"})


def _letter(key: str = "reminder/1", **changes: Any) -> Letter:
    given: dict[str, Any] = {
        "kind": "notice",
        "language": "en",
        "recipient": CITY,
        "subject": "A notice",
        "body": "Dear city",
    }
    return write_letter(key=key, **(given | changes), **SIGNED)[0]


@pytest.fixture
def contact() -> ContactPoint:
    person = a_person()
    return add_contact(of=person, kind="email", value="city@example.org", language="en", **SIGNED)


def test_a_subject_of_several_lines_puts_no_header_into_the_mail() -> None:
    assert _letter(subject="A notice\r\nBcc: all@example.org").subject == (
        "A notice Bcc: all@example.org"
    )


def test_write_letter_is_numbered_and_told_without_its_recipient() -> None:
    letter = _letter()
    assert (letter.state, letter.number) == ("queued", "2026/0001")
    entry = AuditEntry.objects.get(act="messaging.write_letter")
    assert entry.target_id == letter.public_id
    assert "Isfahan" not in str(entry.after)
    assert PersonalValue.objects.get(entry=entry).value["labels"]["en"] == "Isfahan"
    assert list(trail_faults()) == []


def test_write_letter_with_a_key_already_used_gives_the_letter_already_written() -> None:
    first = _letter()
    again, is_new = write_letter(
        key="reminder/1",
        kind="notice",
        language="fa",
        recipient=CITY,
        subject="Another",
        body="Another",
        **SIGNED,
    )
    assert (again, is_new) == (first, False)
    assert Letter.objects.count() == 1
    assert AuditEntry.objects.filter(act="messaging.write_letter").count() == 1


def test_write_letter_that_cannot_stand_takes_no_number() -> None:
    for changes in ({"kind": "poem"}, {"subject": ""}, {"subject": "x" * 401}, {"body": ""}):
        with pytest.raises(InvalidInput):
            _letter(**changes)
    assert not Letter.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not Counter.objects.filter(last__gt=0).exists()
    assert _letter().number == "2026/0001"


def test_letter_numbers_begin_anew_each_year() -> None:
    _letter()
    next_year = SIGNED | {"on": date(2027, 1, 1)}
    letter, _ = write_letter(
        key="k2",
        kind="notice",
        language="en",
        recipient=CITY,
        subject="s",
        body="b",
        **next_year,
    )
    assert letter.number == "2027/0001"


@pytest.mark.parametrize(
    ("act", "state"), [(record_letter_printed, "printed"), (withdraw_letter, "withdrawn")]
)
def test_a_letter_is_printed_or_withdrawn_once(act: Any, state: str) -> None:
    letter = act(letter=_letter(), **SIGNED)
    assert letter.state == state
    assert (letter.sent_at is not None) == (state == "printed")
    for again in (record_letter_printed, withdraw_letter):
        with pytest.raises(IllegalStep):
            again(letter=letter, **SIGNED)
    steps = AuditEntry.objects.filter(
        act__in=["messaging.print_letter", "messaging.withdraw_letter"]
    )
    assert steps.get().after == {"state": state}
    assert counts_by_state()[state] == 1
    assert counts_by_state()["queued"] == 0


def test_send_letter_without_a_mail_server_is_refused_with_a_cure(contact: ContactPoint) -> None:
    with pytest.raises(DomainError) as refusal:
        send_letter(letter=_letter(contact=contact), **SIGNED)
    assert refusal.value.code == "no_mail_server"
    assert refusal.value.cure
    assert Letter.objects.get().state == "queued"


@pytest.fixture
def post_office(settings: Any) -> Any:
    """A mail server named in the settings; Django's own test backend keeps what is sent."""
    settings.EMAIL_HOST = "mail.example.org"
    return settings


def test_send_letter_goes_with_its_attachments(post_office: Any, contact: ContactPoint) -> None:
    file = store_file(data=b"%PDF-1.7", name="report.pdf", media_type="application/pdf", at=AT)
    letter = send_letter(letter=_letter(contact=contact, attachments=[file]), **SIGNED)
    assert (letter.state, letter.sent_at) == ("sent", AT)
    (sent,) = mail.outbox
    assert sent.to == ["city@example.org"]
    assert sent.attachments[0][0] == "report.pdf"
    assert AuditEntry.objects.get(act="messaging.send_letter").after == {"state": "sent"}
    assert letters_listed().get().attachment_count == 1


def test_send_letter_twice_is_refused(post_office: Any, contact: ContactPoint) -> None:
    letter = send_letter(letter=_letter(contact=contact), **SIGNED)
    with pytest.raises(IllegalStep):
        send_letter(letter=letter, **SIGNED)
    assert len(mail.outbox) == 1


def test_send_letter_without_an_address_is_refused(post_office: Any) -> None:
    with pytest.raises(InvalidInput, match="e-mail"):
        send_letter(letter=_letter(), **SIGNED)
    assert mail.outbox == []


class DeadServer(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("connection refused")


def test_a_letter_that_could_not_be_sent_stays_in_the_outbox_with_the_reason(
    post_office: Any, contact: ContactPoint
) -> None:
    post_office.EMAIL_BACKEND = f"{DeadServer.__module__}.{DeadServer.__qualname__}"
    letter = send_letter(letter=_letter(contact=contact), **SIGNED)
    assert (letter.state, letter.sent_at) == ("failed", None)
    assert "refused" in letter.failure
    assert AuditEntry.objects.get(act="messaging.fail_letter").reason == letter.failure
    post_office.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    again = send_letter(letter=letter, **SIGNED)
    assert (again.state, again.failure) == ("sent", "")


def test_record_receipt_names_who_and_when() -> None:
    letter = record_letter_printed(letter=_letter(), **SIGNED)
    received = record_receipt(letter=letter, received_on=ON, received_by="Ms Karimi", **SIGNED)
    assert (received.received_on, received.received_by) == (ON, "Ms Karimi")
    entry = AuditEntry.objects.get(act="messaging.record_receipt")
    assert entry.after["received_on"] == ON.isoformat()
    assert "Karimi" not in str(entry.after)


def test_record_receipt_of_a_letter_that_has_not_left_is_refused() -> None:
    letter = _letter()
    with pytest.raises(InvalidInput, match="not left"):
        record_receipt(letter=letter, received_on=ON, received_by="x", **SIGNED)


def test_record_receipt_before_the_letter_was_written_is_refused() -> None:
    letter = record_letter_printed(letter=_letter(), **SIGNED)
    with pytest.raises(InvalidInput, match="before"):
        record_receipt(letter=letter, received_on=ON - timedelta(days=1), received_by="x", **SIGNED)
    assert Letter.objects.get().received_on is None


def _link(**changes: Any) -> tuple[SignedLink, str]:
    given: dict[str, Any] = {"purpose": "report", "language": "fa", "days": 30}
    return issue_link(target=TARGET, recipient=CITY, **(given | changes), **SIGNED)


def test_issue_link_opens_its_door_until_the_day_before_its_end() -> None:
    link, token = _link()
    assert link.public_id in token
    assert open_link(token=token, purpose="report", on=ON, reader=None) == link
    assert open_link(token=token, purpose="report", on=ON + timedelta(days=29), reader=None) == link
    with pytest.raises(LinkRefused) as refusal:
        open_link(token=token, purpose="report", on=ON + timedelta(days=30), reader=None)
    assert (refusal.value.code, refusal.value.status) == ("link_refused", 410)
    entry = AuditEntry.objects.get(act="messaging.issue_link")
    assert entry.after == {"link": link.public_id, "purpose": "report", "recipient": "isfahan"}
    assert token not in str(entry.after)


@pytest.mark.parametrize("days", [0, -1])
def test_issue_link_for_no_day_is_refused(days: int) -> None:
    with pytest.raises(InvalidInput):
        _link(days=days)
    assert not SignedLink.objects.exists()
    assert not AuditEntry.objects.exists()


def test_open_link_with_another_purpose_or_a_forged_token_is_refused() -> None:
    link, token = _link()
    other, _ = _link()
    forged = token.replace(link.public_id, other.public_id)
    for shown, purpose in ((token, "invitation"), (forged, "report"), (link.public_id, "report")):
        with pytest.raises(LinkRefused):
            open_link(token=shown, purpose=purpose, on=ON, reader=None)


def test_use_link_twice_is_refused() -> None:
    link, _ = _link()
    assert use_link(link=link, at=AT).used_at == AT
    with pytest.raises(LinkRefused, match="already used"):
        use_link(link=link, at=AT + timedelta(hours=1))
    assert SignedLink.objects.get().used_at == AT


def test_revoke_link_shuts_its_door_also_for_who_had_opened_it() -> None:
    link, token = _link()
    opened = open_link(token=token, purpose="report", on=ON, reader=None)
    revoke_link(link=link, **SIGNED)
    with pytest.raises(LinkRefused):
        open_link(token=token, purpose="report", on=ON, reader=None)
    with pytest.raises(LinkRefused):
        use_link(link=opened, at=AT)
    entry = AuditEntry.objects.get(act="messaging.revoke_link")
    assert (entry.after, entry.reason) == ({"link": link.public_id}, "")


def test_revoke_link_that_opens_nothing_any_more_is_refused() -> None:
    revoked, _token = _link()
    revoke_link(link=revoked, reason="sent to the wrong city", **SIGNED)
    used, _token = _link()
    use_link(link=used, at=AT)
    ended, _token = _link(days=1)
    late = SIGNED | {"on": ON + timedelta(days=1)}
    for link, stamp in ((revoked, SIGNED), (used, SIGNED), (ended, late)):
        with pytest.raises(InvalidInput, match="nothing any more"):
            revoke_link(link=link, **stamp)
    assert AuditEntry.objects.get(act="messaging.revoke_link").reason == "sent to the wrong city"


def test_impossible_letters_and_links_are_refused_by_the_database() -> None:
    letter = _letter()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(state="sent")
    given = {"target": {}, "recipient": {}, "purpose": "report", "language": "fa"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedLink.objects.create(issued_on=ON, expires_on=ON, **given)
