"""A session at its public address: planned and held apart, what it adopted, its entry in a calendar."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from dabir.core import firstday, kept
from dabir.meetings.models import Meeting
from dabir.meetings.services import foresee_meeting
from dabir.organs.models import Organ
from tests.factories.people import AT, SIGNED
from tests.website.declared import a_declaration
from tests.website.public_record import a_public_record

pytestmark = pytest.mark.django_db
PAGE = "/en/forum/sessions/assembly-2/"


@pytest.fixture(scope="module")
def record(standing_rows: Any) -> Any:
    """Entered once for every question of this module."""
    with standing_rows():
        firstday.forget()
        with time_machine.travel(AT, tick=False):
            a_public_record()
        yield


@pytest.fixture(autouse=True)
def today(record: None) -> Any:
    firstday.forget()
    kept.forget_kept()
    with time_machine.travel(AT, tick=False):
        yield


def test_a_session_tells_plan_fact_and_what_it_adopted() -> None:
    shown = Client().get(PAGE).content.decode()
    for words in (
        "Assembly, session 2",
        "Tehran, 2025",
        "Isfahan",
        "Sources contradict each other",
    ):
        assert words in shown, words
    assert 'href="/en/decisions/second-2026/"' in shown
    assert 'href="/en/decisions/azmoon-2026/"' not in shown
    assert '"@type": "Event"' in shown
    for path in ("/en/forum/history/", "/en/decisions/", "/en/decisions/second-2026/"):
        assert PAGE in Client().get(path).content.decode(), path


def test_a_session_goes_into_a_calendar_only_with_its_day() -> None:
    answer = Client().get("/en/forum/sessions/assembly-2.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["url"]).endswith(PAGE)
    assembly = Organ.objects.get(key="general-assembly")
    names = {"fa": "نشست سوم", "en": "Third session"}
    foresee_meeting(public_id="assembly-3", organ=assembly, names=names, **SIGNED)
    assert "Third session" in Client().get("/en/forum/sessions/assembly-3/").content.decode()
    assert Client().get("/en/forum/sessions/assembly-3.ics").status_code == 404


def test_a_session_of_an_office_has_no_page() -> None:
    secretariat = Organ.objects.exclude(kind__in=("assembly", "board", "commission")).first()
    if secretariat is None:
        secretariat = Organ.objects.create(
            key="office-x", kind="secretariat", names={"en": "Office"}, version=1
        )
    foresee_meeting(public_id="inside-1", organ=secretariat, names={"en": "Inside"}, **SIGNED)
    assert Client().get("/en/forum/sessions/inside-1/").status_code == 404
    assert Client().get("/api/v1/sessions/inside-1").status_code == 404


def test_a_session_asks_the_database_as_often_for_many_texts_as_for_one() -> None:
    meeting = Meeting.objects.get(public_id="assembly-2")
    Client().get(f"{PAGE}?n=first")
    counts = []
    for number in range(2):
        kept.forget_kept()
        with CaptureQueriesContext(connection) as asked:
            Client().get(f"{PAGE}?n={number}")
        counts.append(len(asked))
        for more in range(3):
            a_declaration(f"more-{number}-{more}", session=meeting.reference())
    assert counts[0] == counts[1] <= 6
