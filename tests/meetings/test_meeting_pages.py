"""Meetings: the plan and the fact apart, the acts on them, and who may take them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from dabir.core.models import AuditEntry
from dabir.decisions.queries.register import register_on
from dabir.decisions.services.agreed import Deadline
from dabir.meetings.models import Meeting
from dabir.meetings.services import call_meeting, foresee_meeting, record_meeting_held
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import AT, SIGNED, a_holder
from tests.factories.statute import a_notice

pytestmark = pytest.mark.django_db
LIST = "/en/office/meetings/"
NAMES = {"fa": "اجلاس هشتم", "en": "Eighth session"}


@pytest.fixture(autouse=True)
def today() -> Any:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def assembly() -> Any:
    a_notice(30)
    return two_organs()[1]


def client_of(power: str) -> Client:
    client = Client()
    client.force_login(a_holder(power, email=f"{power}@example.org"))
    return client


def a_meeting(organ: Any, number: int = 8, **changes: Any) -> Meeting:
    given = {"public_id": f"assembly-{number}", "ordinal": number, "names": NAMES} | changes
    return foresee_meeting(organ=organ, **given, **SIGNED)


def held(organ: Any, number: int, year: int) -> Meeting:
    day = date(year, 3, 8)
    return record_meeting_held(
        meeting=a_meeting(organ, number), starts_on=day, ends_on=day, **SIGNED
    )


def test_list_keeps_those_to_come_and_those_held_apart(assembly: Any) -> None:
    a_meeting(assembly)
    held(assembly, 7, 2025)
    answer = client_of("expert").get(LIST)
    assert [r["meeting"].ordinal for r in answer.context["to_come"]] == [8]
    assert [r["meeting"].ordinal for r in answer.context["held"]] == [7]


@pytest.mark.parametrize("size", [1, 3])
def test_list_and_page_ask_the_database_the_same_number_of_times(
    assembly: Any, size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(size):
        held(assembly, number + 1, 2010 + number)
        a_decision(assembly, f"d{number}", meeting=Meeting.objects.first())
    client = client_of("expert")
    client.get(LIST)
    with django_assert_max_num_queries(8):
        client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(f"{LIST}assembly-1/")


def test_foresee_makes_a_meeting_without_a_day(assembly: Any) -> None:
    client = client_of("secretary_general")
    answer = client.post(
        f"{LIST}foresee/",
        {"organ": "general-assembly", "ordinal": 8, "names_fa": "اجلاس هشتم", "names_en": "Eighth"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    meeting = Meeting.objects.get()
    assert (meeting.public_id, meeting.state) == ("general-assembly-8", "foreseen")
    assert meeting.starts_on is None
    assert AuditEntry.objects.filter(act="meetings.foresee_meeting").count() == 1


def test_call_makes_the_deadline_before_the_next_session_a_date(assembly: Any) -> None:
    a_meeting(assembly)
    deadline = Deadline(type="before_next", organ=assembly)
    commitment = a_commitment(a_decision(assembly), deadline=deadline)
    client = client_of("secretary_general")
    client.post(f"{LIST}assembly-8/call/", {"starts_on": "1406/03/01", "version": 1})
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.starts_on) == ("called", date(2027, 5, 22))
    assert register_on(date(2026, 11, 22)).get(pk=commitment.pk).due == date(2027, 5, 22)
    page = client.get(f"{LIST}assembly-8/").content.decode()
    assert 'datetime="2027-05-22"' in page
    assert "Record as held" not in page
    assert "Record that the meeting was held" in page


def test_call_for_a_past_day_is_refused_and_keeps_what_was_typed(assembly: Any) -> None:
    a_meeting(assembly)
    answer = client_of("secretary_general").post(
        f"{LIST}assembly-8/call/", {"starts_on": "2020-01-01", "version": 1}
    )
    assert answer.status_code == 422
    assert "2020-01-01" in answer.content.decode()
    assert Meeting.objects.get().state == "foreseen"


def test_move_of_a_meeting_changed_meanwhile_shows_what_stands_now(assembly: Any) -> None:
    meeting = a_meeting(assembly)
    day = date(2027, 5, 22)
    call_meeting(meeting=meeting, starts_on=day, ends_on=day, **SIGNED)
    asked = {"starts_on": "2027-06-01", "reason": "the hall", "version": 1}
    client = client_of("secretary_general")
    answer = client.post(f"{LIST}assembly-8/move/", asked)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "2027-06-01" in page
    assert 'datetime="2027-05-22"' in page
    assert Meeting.objects.get().starts_on == day
    assert client.post(f"{LIST}assembly-8/move/", asked | {"version": 2}).status_code == 302
    assert Meeting.objects.get().starts_on == date(2027, 6, 1)


def test_hold_in_the_future_is_refused_and_in_the_past_recorded(assembly: Any) -> None:
    a_meeting(assembly)
    client = client_of("events")
    asked = {"starts_on": "2027-06-01", "precision": "day", "version": 1}
    assert client.post(f"{LIST}assembly-8/hold/", asked).status_code == 422
    asked = {"starts_on": "2026-11-01", "ends_on": "2026-11-02", "precision": "day", "version": 1}
    assert client.post(f"{LIST}assembly-8/hold/", asked).status_code == 302
    assert Meeting.objects.get().state == "held"


def test_cancel_needs_a_reason_and_is_final(assembly: Any) -> None:
    a_meeting(assembly)
    client = client_of("secretary_general")
    assert client.post(f"{LIST}assembly-8/cancel/", {"version": 1}).status_code == 422
    client.post(f"{LIST}assembly-8/cancel/", {"version": 1, "reason": "no host"})
    assert Meeting.objects.get().state == "cancelled"
    answer = client.post(f"{LIST}assembly-8/call/", {"starts_on": "2027-06-01", "version": 2})
    assert "not possible" in answer.content.decode()
    assert Meeting.objects.get().state == "cancelled"


def test_attendance_names_its_source_and_each_city_once(assembly: Any) -> None:
    held(assembly, 7, 2025)
    a_city("isfahan")
    client = client_of("secretary_general")
    url = f"{LIST}assembly-7/attendance/"
    assert client.post(url, {"cities": ["isfahan"], "source": ""}).status_code == 422
    assert client.post(url, {"cities": ["isfahan"], "source": "list"}).status_code == 302
    assert client.post(url, {"cities": ["isfahan"], "source": "list"}).status_code == 422
    assert "Isfahan" in client.get(f"{LIST}assembly-7/").content.decode()


def test_page_shows_contradicting_sources_side_by_side_and_its_decisions(assembly: Any) -> None:
    conflict = {
        "field": "held",
        "candidates": ["2014-11-24", "2014-11-25"],
        "said_by": {"en": "The file"},
        "source": "file-1",
    }
    meeting = a_meeting(assembly, conflicts=[conflict])
    record_meeting_held(
        meeting=meeting, starts_on=date(2014, 11, 25), ends_on=date(2014, 11, 25), **SIGNED
    )
    a_decision(assembly, titles={"en": "A garden"}, meeting=meeting)
    page = client_of("expert").get(f"{LIST}assembly-8/").content.decode()
    for words in ("2014-11-24", "The file", "file-1", "A garden", "/in-force/assembly-8/"):
        assert words in page


@pytest.mark.parametrize("act", ["call", "move", "hold", "cancel", "attendance"])
def test_acts_are_refused_in_words_to_those_without_the_right(assembly: Any, act: str) -> None:
    a_meeting(assembly)
    answer = client_of("expert").post(f"{LIST}assembly-8/{act}/", {"version": 1})
    assert answer.status_code == 403
    assert "Secretary General" in answer.content.decode()


def test_pages_are_closed_to_city_officers_and_strangers(assembly: Any) -> None:
    a_meeting(assembly)
    officer = client_of("city_officer")
    for path in (LIST, f"{LIST}assembly-8/", f"{LIST}foresee/"):
        assert officer.get(path).status_code == 403
        assert Client().get(path).status_code == 302
