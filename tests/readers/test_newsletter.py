"""The newsletter: asked for, confirmed by a letter's link, written, looked at twice, sent once, ended."""

from __future__ import annotations

import re
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dabir.config import working
from dabir.core import kept
from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.models import AuditEntry
from dabir.core.work import DAILY, tell_progress
from dabir.meetings.models import Meeting
from dabir.meetings.services import (
    call_meeting,
    cancel_meeting,
    foresee_meeting,
    record_meeting_held,
)
from dabir.messaging.models import Letter
from dabir.organs.services import enter_organ
from dabir.readers import services, tasks
from dabir.readers.composing import issue_text, stop_token
from dabir.readers.models import Delivery, Issue, Subscriber
from dabir.readers.queries.newsletter import delivery_counts, receiver_counts
from dabir.readers.services import sending
from dabir.registry.services import add_contact, erase_person
from tests.factories.people import AT, ON, SIGNED, a_holder, a_person, an_association
from tests.factories.statute import a_notice
from tests.readers.test_enquiry_pages import mark_of

pytestmark = pytest.mark.django_db
OTHER = Actor("person", "person-other", {"en": "Other"})


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Any:
    cache.clear()
    an_association()
    with time_machine.travel(AT, tick=False) as moved:
        yield moved


class Refusing(EmailBackend):
    """A mail server that does not know one address, and says so as the real ones do."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["none@example.net"]:
            raise SMTPRecipientsRefused({"none@example.net": (550, b"No such user")})
        return int(super().send_messages(messages))


def ask(client: Client, address: str, clock: Any, language: str = "fa") -> Any:
    path = f"/{language}/newsletter/"
    mark = mark_of(client, path)
    clock.shift(timedelta(seconds=10))
    return client.post(path, {"address": address, "mark": mark})


def link_in(letter: Letter) -> str:
    found = re.search(r"http://testserver(\S+)", letter.body)
    assert found
    return found[1]


def a_reader(address: str = "nika@example.net", language: str = "en") -> Subscriber:
    return Subscriber.objects.create(
        address=address, language=language, asked_at=AT, confirmed_on=ON
    )


def an_issue(approved: bool = True) -> Issue:
    issue = services.begin_issue(since=date(2026, 1, 1), until=date(2026, 11, 1), **SIGNED)
    words = {"fa": "سلام", "en": "Hello"}
    issue = services.edit_issue(issue=issue, titles=issue.titles, words=words, chosen=[], **SIGNED)
    if approved:
        issue = services.submit_issue(issue=issue, **SIGNED)
        given = SIGNED | {"by": OTHER}
        issue = services.approve_issue(issue=issue, site="https://city.example", **given)
    return issue


def a_session() -> Meeting:
    names = {"en": "Seventh Assembly", "fa": "اجلاس هفتم"}
    organ = enter_organ(key="general-assembly", kind="assembly", names={"en": "Assembly"}, **SIGNED)
    return foresee_meeting(organ=organ, public_id="assembly-7", names=names, ordinal=7, **SIGNED)


def deliver(issue: Issue) -> int:
    return services.deliver_issue(issue=issue, now=timezone.now, on=ON)


def test_it_begins_only_by_the_link_of_the_letter_and_only_once(clock: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = ask(client, "Nika@example.net", clock)
    assert (answer.status_code, answer["Location"]) == (302, "/fa/newsletter/asked/")
    row, letter = Subscriber.objects.get(), Letter.objects.get()
    assert (row.confirmed_on, row.language, letter.language) == (None, "fa", "fa")
    assert letter.mail_address() == "Nika@example.net"
    assert "nika" not in (letter.body + str(letter.recipient)).lower()
    link = link_in(letter)
    assert client.get(link).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_on is None, "looking at it confirms nothing"
    assert client.post(link).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_on == ON
    assert client.get(link).status_code == client.post(link).status_code == 410
    assert not client.cookies


def test_nobody_learns_from_the_form_who_receives_it(clock: Any) -> None:
    a_reader("known@example.net")
    clock.shift(timedelta(days=2))
    answers = [
        ask(Client(), address, clock) for address in ("known@example.net", "new@example.net")
    ]
    assert len({(a.status_code, a["Location"], a.content) for a in answers}) == 1
    bodies = [letter.body for letter in Letter.objects.order_by("id")]
    assert "newsletter/stop/" in bodies[0]
    assert "newsletter/confirm/" in bodies[1]


def test_one_address_is_written_to_once_a_day_however_often_it_is_typed(clock: Any) -> None:
    for address in ("a@example.net", "A@example.net", "a@EXAMPLE.net"):
        assert ask(Client(), address, clock).status_code == 302
    assert Letter.objects.count() == Subscriber.objects.count() == 1
    clock.shift(timedelta(days=1, minutes=1))
    ask(Client(), "a@example.net", clock)
    assert (Letter.objects.count(), Subscriber.objects.count()) == (2, 1)


def test_the_secretariat_cannot_confirm_for_somebody_else(clock: Any) -> None:
    ask(Client(), "nika@example.net", clock)
    client = Client()
    client.force_login(a_holder("expert"))
    assert client.post(link_in(Letter.objects.get())).status_code == 403
    assert Subscriber.objects.get().confirmed_on is None


def test_unconfirmed_addresses_are_erased_with_their_letters(clock: Any, settings: Any) -> None:
    ask(Client(), "nika@example.net", clock)
    a_reader("kept@example.net")
    later = AT + timedelta(days=settings.KEEP_UNCONFIRMED_DAYS + 1)
    assert services.forget_unconfirmed(later.date(), later) == 1
    assert sorted(Subscriber.objects.values_list("address", flat=True)) == ["", "kept@example.net"]
    assert Letter.objects.get().state == "withdrawn"


def test_one_press_of_a_mail_program_ends_it_and_erases_the_address() -> None:
    row = a_reader()
    path = f"/en/newsletter/stop/{stop_token(row)}/"
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    row.refresh_from_db()
    assert row.ended_on is None, "looking at it ends nothing"
    for _turn in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.refresh_from_db()
    assert (row.address, row.ended_on) == ("", ON)
    assert client.post(f"{path[:-3]}xx/").status_code == 404


def test_a_second_person_sends_it_and_only_what_tells_something() -> None:
    empty = services.begin_issue(since=date(2026, 1, 1), until=date(2026, 2, 1), **SIGNED)
    with pytest.raises(InvalidInput):
        services.submit_issue(issue=empty, **SIGNED)
    issue = services.submit_issue(issue=an_issue(approved=False), **SIGNED)
    with pytest.raises(IllegalStep, match="else"):
        services.approve_issue(issue=issue, site="https://x.example", **SIGNED)
    with pytest.raises(IllegalStep):
        deliver(issue)
    returned = services.return_issue(issue=issue, reason="a word", **SIGNED)
    assert returned.state == "draft"


def test_it_goes_to_each_confirmed_reader_in_their_language_with_a_way_to_end_it(
    settings: Any,
) -> None:
    settings.EMAIL_HOST = "mail.example"
    a_reader("en@example.net"), a_reader("fa@example.net", "fa")
    Subscriber.objects.create(address="asked@example.net", language="en", asked_at=AT)
    issue, far = an_issue(), list[tuple[int, int]]()

    def told(done: int, total: int) -> None:
        far.append((done, total))

    assert services.deliver_issue(issue=issue, now=timezone.now, on=ON, told=told) == 2
    assert far == [(0, 2), (1, 2), (2, 2), (2, 2)]
    sent = {message.to[0]: message for message in mail.outbox}
    assert sorted(sent) == ["en@example.net", "fa@example.net"]
    stop = sent["fa@example.net"].extra_headers["List-Unsubscribe"]
    assert stop.startswith("<https://city.example/fa/newsletter/stop/subscriber-")
    assert stop[1:-1] in sent["fa@example.net"].body
    post = sent["en@example.net"].extra_headers["List-Unsubscribe-Post"]
    assert post == "List-Unsubscribe=One-Click"
    assert (sent["en@example.net"].body[:5], sent["fa@example.net"].body[:4]) == ("Hello", "سلام")
    issue.refresh_from_db()
    assert issue.state == "sent"
    assert delivery_counts(issue)["left"] == 2


@pytest.mark.parametrize("killed_at", ["write", "before mail", "after mail"])
def test_killed_in_the_middle_it_goes_on_and_nobody_gets_it_twice(
    killed_at: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.example"
    monkeypatch.setattr(sending, "PORTION", 2)
    readers = [a_reader(f"r{n}@example.net") for n in range(5)]
    issue = an_issue()
    real = {"write": sending._write, "send": sending.send_letter}
    calls = {"number": 0}

    def dies(name: str, before: bool) -> Any:
        def _act(*args: Any, **given: Any) -> Any:
            calls["number"] += 1
            if calls["number"] == 4 and before:
                raise SystemExit
            done = real[name](*args, **given)
            if calls["number"] == 4:
                raise SystemExit
            return done

        return _act

    name = "write" if killed_at == "write" else "send"
    target = "_write" if name == "write" else "send_letter"
    with monkeypatch.context() as patched:
        patched.setattr(sending, target, dies(name, before=killed_at != "after mail"))
        with pytest.raises(SystemExit):
            deliver(issue)
    deliver(issue)
    deliver(issue)
    reached = [message.to[0] for message in mail.outbox]
    assert len(reached) == len(set(reached))
    assert Delivery.objects.count() == len(readers)
    counts = delivery_counts(issue)
    unclear = 1 if killed_at == "before mail" else 0
    assert (counts["left"], counts["unclear"]) == (5 - unclear, unclear)


def test_whoever_ends_it_in_the_middle_of_the_sending_gets_none_and_the_others_do(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.example"
    readers = [a_reader(f"r{n}@example.net") for n in range(4)]
    issue = an_issue()
    real = sending.send_letter

    def ends_meanwhile(*, letter: Letter, **given: Any) -> Letter:
        if letter.recipient["id"] == readers[0].public_id:  # another of the portion, and itself
            services.end_newsletter(subscriber=readers[2], **SIGNED)
        if letter.recipient["id"] == readers[1].public_id:
            services.end_newsletter(subscriber=readers[1], **SIGNED)
        return real(letter=letter, **given)

    monkeypatch.setattr(sending, "send_letter", ends_meanwhile)
    deliver(issue)
    assert [message.to[0] for message in mail.outbox] == ["r0@example.net", "r3@example.net"]
    counts = delivery_counts(issue)
    assert (counts["left"], counts["waiting"], counts["failed"], counts["unclear"]) == (2, 0, 0, 0)
    issue.refresh_from_db()
    assert issue.state == "sent"


def test_one_refused_reader_is_noted_and_stops_nobody(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    fails = a_reader("none@example.net", "fa")
    a_reader("fa@example.net", "fa")
    passed_over = a_reader("en@example.net")
    a_reader("last@example.net", "fa")
    issue = an_issue()
    Issue.objects.filter(pk=issue.pk).update(titles=issue.titles | {"en": "x" * 500})
    assert deliver(issue) == 3
    assert [message.to[0] for message in mail.outbox] == ["fa@example.net", "last@example.net"]
    failed = Letter.objects.get(recipient__id=fails.public_id)
    assert failed.state == "failed"
    trail = AuditEntry.objects.get(act="readers.pass_over_subscriber")
    assert (trail.target_id, trail.after) == (
        issue.public_id,
        {"subscriber": passed_over.public_id},
    )
    said = repr(list(AuditEntry.objects.values_list("reason", "after", "before")))
    assert "No such user" in failed.failure
    assert "example.net" not in said + failed.failure
    issue.refresh_from_db()
    assert issue.state == "sent"


def test_sent_is_sent_for_whoever_confirms_later() -> None:
    a_reader()
    issue = an_issue()
    assert deliver(issue) == 1
    a_reader("later@example.net")
    assert deliver(issue) == 1
    assert Letter.objects.count() == 1


def test_killed_between_the_second_look_and_the_handing_over_neither_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issue = services.submit_issue(issue=an_issue(approved=False), **SIGNED)
    given = SIGNED | {"by": OTHER, "site": "https://city.example"}

    def dies(_issue: Issue) -> str:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "begin_sending", dies)
        with pytest.raises(SystemExit):
            tasks.approve_and_send(issue=issue, **given)
    issue.refresh_from_db()
    assert (issue.state, tasks.sending_of(issue)) == ("checking", None)
    tasks.approve_and_send(issue=issue, **given)
    issue.refresh_from_db()
    assert (issue.state, tasks.is_going_on(tasks.sending_of(issue))) == ("sending", True)


def test_every_day_what_was_left_half_sent_is_handed_over_again_once() -> None:
    half, done = an_issue(), an_issue()
    deliver(done)
    working.register_daily_jobs()
    act = DAILY["newsletters"].act
    assert (act(ON, AT), act(ON, AT)) == (1, 0)
    assert tasks.is_going_on(tasks.sending_of(half))
    DBTaskResult.objects.get().set_failed(SystemError("killed"))
    assert act(ON, AT) == 1


def test_the_page_shows_the_progress_and_calls_interrupted_only_what_is() -> None:
    a_reader()
    issue = an_issue()
    client = Client()
    client.force_login(a_holder("expert"))

    def shown() -> str:
        return str(client.get(f"/en/office/newsletter/{issue.public_id}/").content.decode())

    assert "The sending was interrupted" in shown()
    work_id = tasks.begin_sending(issue)
    assert "Waiting for the worker" in shown()
    services.deliver_issue(issue=issue, now=timezone.now, on=ON)
    Delivery.objects.update(tried_at=AT)
    Issue.objects.filter(pk=issue.pk).update(state="sending")
    DBTaskResult.objects.filter(pk=work_id).update(status="RUNNING")
    tell_progress(work_id, done=1, total=4)
    during = shown()
    assert 'max="4" value="1"' in during
    assert "1 of 4 letters" in during
    assert "interrupted" not in during
    assert "Nobody knows" not in during
    DBTaskResult.objects.get().set_failed(SystemError("killed"))
    assert "The sending was interrupted" in shown()
    assert "Nobody knows whether some letters left" in shown()


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        ("month", "مارس ۲۰۲۶"),
        ("year", "۲۰۲۶"),
        ("candidates", "۱۱ اسفند ۱۴۰۴ · ۲ مارس ۲۰۲۶ (چند خوانش ممکن است)"),
        ("unknown", ""),
        ("day", "۱۱ اسفند ۱۴۰۴ · ۲ مارس ۲۰۲۶"),
    ],
)
def test_a_day_is_told_no_more_exactly_than_it_is_known(precision: str, said: str) -> None:
    meeting = a_session()
    days = {"starts_on": date(2026, 3, 2), "precision": precision}
    record_meeting_held(meeting=meeting, ends_on=None, **days, **SIGNED)
    issue = services.begin_issue(since=date(2026, 1, 1), until=date(2026, 11, 1), **SIGNED)
    _heading, line, link = issue_text(issue, "fa").splitlines()[:3]
    assert line == f"– اجلاس هفتم{' · ' if said else ''}{said}"
    assert link.strip() == "/fa/forum/sessions/assembly-7/"


def test_what_was_taken_down_since_is_named_and_does_not_go_out() -> None:
    a_notice(30)
    meeting = call_meeting(meeting=a_session(), starts_on=date(2027, 5, 12), ends_on=None, **SIGNED)
    issue = services.begin_issue(since=date(2026, 1, 1), until=date(2026, 11, 1), **SIGNED)
    assert [item["key"] for item in issue.items] == ["to_come:assembly-7"]
    issue = services.submit_issue(issue=issue, **SIGNED)
    cancel_meeting(meeting=meeting, reason="flood", **SIGNED)
    with pytest.raises(IllegalStep, match="Seventh Assembly"):
        services.approve_issue(issue=issue, site="https://x.example", **SIGNED | {"by": OTHER})
    issue.refresh_from_db()
    assert issue.state == "checking"


def test_what_was_sent_is_read_by_everybody_without_what_was_taken_down_since() -> None:
    a_notice(30)
    meeting = call_meeting(meeting=a_session(), starts_on=date(2027, 5, 12), ends_on=None, **SIGNED)
    issue = an_issue(approved=False)
    chosen = ["to_come:assembly-7"]
    issue = services.edit_issue(issue=issue, titles={"en": "News of the year", "fa": "خبرهای سال"},
                                words={"en": "Hello <b>", "fa": "سلام"}, chosen=chosen, **SIGNED)  # fmt: skip
    gone = {"key": "decision:gone-2026/1", "kind": "decision", "titles": {"en": "Gone"}, "day": "",
            "view": ["website:clause", "gone-2026", "1"]}  # fmt: skip
    issue = services.submit_issue(issue=issue, **SIGNED)
    address = f"/en/newsletter/issues/{issue.number.replace('/', '-')}/"
    given = SIGNED | {"by": OTHER}
    issue = services.approve_issue(issue=issue, site="https://city.example", **given)
    client = Client()
    assert client.get(address).status_code == 404  # approved, and not yet with everybody
    assert "No newsletter was sent yet" in client.get("/en/newsletter/issues/").content.decode()
    deliver(issue)
    cancel_meeting(meeting=meeting, reason="flood", **SIGNED)
    assert "taken down since" not in client.get(address).content.decode()
    Issue.objects.update(items=[*issue.items, gone])
    kept.forget_kept()
    page = client.get(address).content.decode()
    assert "Hello &lt;b&gt;" in page
    assert 'href="/en/forum/sessions/assembly-7/"' in page
    assert "Gone" not in page
    assert "taken down since" in page
    assert "سلام" in client.get(address.replace("/en/", "/fa/")).content.decode()
    assert f'href="{address}"' in client.get("/en/newsletter/issues/").content.decode()
    assert "News of the year" in client.get("/en/newsletter.atom").content.decode()
    assert address in client.get("/sitemap.xml").content.decode()
    assert client.get("/en/newsletter/issues/none/").status_code == 404


def test_without_a_mail_server_the_letters_wait_and_whoever_ends_it_gets_none() -> None:
    row = a_reader()
    issue = an_issue()
    assert deliver(issue) == 1
    assert delivery_counts(issue)["waiting"] == 1
    services.end_newsletter_of(address=" NIKA@example.net", **SIGNED)
    assert Letter.objects.get(recipient__id=row.public_id).state == "withdrawn"
    with pytest.raises(InvalidInput):
        services.end_newsletter_of(address="nika@example.net", **SIGNED)
    assert receiver_counts() == {"fa": 0, "en": 0, "": 0}


def test_it_is_part_of_what_is_kept_on_a_person_and_goes_with_them() -> None:
    person = a_person("Nika Reader")
    add_contact(of=person, kind="email", value="Nika@example.net", language="en", **SIGNED)
    row = a_reader()
    erase_person(person=person, reason="asked", **SIGNED)
    row.refresh_from_db()
    assert row.address == ""


def test_the_office_writes_looks_twice_and_sends(clock: Any) -> None:
    a_reader()
    writer, sender = Client(), Client()
    writer.force_login(a_holder("expert"))
    sender.force_login(a_holder("secretary_general", email="sg@example.org"))
    given = {"since": "2026-01-01", "until": "2026-11-01"}
    assert writer.post("/en/office/newsletter/begin/", given).status_code == 302
    issue = Issue.objects.get()
    base = f"/en/office/newsletter/{issue.public_id}/"
    words = {"titles_fa": "خبر", "titles_en": "News", "words_fa": "سلام", "words_en": "Hello"}
    answer = writer.post(f"{base}edit/", words | {"version": issue.version})
    assert answer.status_code == 302, answer.context["form"].errors
    assert "Hello" in writer.get(base).content.decode()
    issue.refresh_from_db()
    assert writer.post(f"{base}submit/", {"version": issue.version}).status_code == 302
    issue.refresh_from_db()
    assert writer.post(f"{base}approve/", {"version": issue.version}).status_code == 403
    assert issue.number in sender.get("/en/office/").content.decode()
    assert sender.post(f"{base}approve/", {"version": issue.version}).status_code == 302
    issue.refresh_from_db()
    assert (issue.state, issue.site) == ("sending", "http://testserver")
    assert sender.get(base).status_code == sender.get("/en/office/newsletter/").status_code == 200


@pytest.mark.parametrize("changes", [{"address": ""}, {"ended_on": ON}])
def test_impossible_rows_are_refused_by_the_database(changes: dict[str, Any]) -> None:
    row = a_reader()
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.filter(pk=row.pk).update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_reader("NIKA@example.net")
