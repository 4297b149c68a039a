"""The timeline, the calendar of expiries and the Popolo export: complete, valid, both directions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar
from jsonschema import Draft3Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from dabir.meetings.services import foresee_meeting, record_meeting_held
from dabir.organs import services
from dabir.organs.models import Organ
from tests.decisions.reported import a_city, two_organs
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, a_post

pytestmark = pytest.mark.django_db
BASE = "office/organs/"
SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (Path(__file__).parent / "popolo").glob("*.json")
}
KINDS = {
    "organizations": "organization",
    "posts": "post",
    "persons": "person",
    "memberships": "membership",
}


@pytest.fixture
def reader() -> Client:
    cache.clear()
    client = Client()
    client.force_login(a_holder("expert", email="expert@example.org"))
    return client


@pytest.fixture
def life() -> Organ:
    """A Board with two cities, one chair, a presidency of unknown holder, a Treasurer, a session."""
    board, assembly = two_organs()
    seat = services.give_seat(
        organ=board,
        city=a_city(),
        starts_on=date(2025, 3, 1),
        term_ends_on=date(2027, 3, 1),
        function="chair",
        source="https://example.org/minutes",
        **SIGNED,
    )
    assert seat.number == 1
    services.give_seat(organ=board, city=a_city("shiraz"), **SIGNED)
    office = services.enter_organ(
        key="president",
        kind="office",
        names={"en": "President", "fa": "رئیس"},
        parent=assembly,
        founded_on=date(2008, 11, 1),
        founded_precision="month",
        **SIGNED,
    )
    services.give_seat(
        organ=office,
        holder_unknown=True,
        starts_on=date(2008, 11, 1),
        ends_on=date(2011, 4, 1),
        precision="month",
        **SIGNED,
    )
    post = a_post("treasurer", name="Treasurer, of the Board; and <more>", organ_key=board.key)
    a_mandate(a_person("Roxana"), post, ends_on=date(2027, 1, 1))
    meeting = foresee_meeting(
        public_id="assembly-1",
        organ=assembly,
        names={"en": "First Assembly"},
        city=a_city(),
        **SIGNED,
    )
    day = date(2008, 11, 19)
    record_meeting_held(meeting=meeting, starts_on=day, ends_on=day, **SIGNED)
    return board


def test_popolo_export_is_valid_and_its_references_are_kept(reader: Client, life: Organ) -> None:
    data = json.loads(reader.get(f"/en/{BASE}popolo.json").content)
    resources = [
        (schema["id"].rstrip("#"), Resource(contents=schema, specification=DRAFT3))
        for schema in SCHEMAS.values()
    ]
    registry: Any = Registry().with_resources(resources)
    for name, kind in KINDS.items():
        assert data[name], name
        validator = Draft3Validator(SCHEMAS[kind], registry=registry)
        for row in data[name]:
            assert [e.message for e in validator.iter_errors(row)] == [], row["id"]
    organisations = {row["id"] for row in data["organizations"]}
    posts, people = ({row["id"] for row in data[n]} for n in ("posts", "persons"))
    for row in data["memberships"]:
        assert row["organization_id"] in organisations
        assert row.get("post_id") in posts | {None}
        assert row.get("person_id") in people | {None}
        assert row.get("member", {}).get("id") in organisations | {None}
    roles = [row["role"] for row in data["memberships"]]
    assert sorted(roles)[:2] == ["Treasurer, of the Board; and <more>", "chair"]
    unknown = next(r for r in data["memberships"] if r["start_date"] == "2008-11")
    assert "member" not in unknown


def test_calendar_of_expiries_reads_back_with_every_end(reader: Client, life: Organ) -> None:
    answer = reader.get(f"/fa/{BASE}expiries.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    events = {str(e["uid"]): e for e in calendar.walk("VEVENT")}
    days = {uid: event.decoded("dtstart") for uid, event in events.items()}
    assert days["seat-executive-board-1@dabir"] == date(2027, 3, 1)
    assert sorted(days.values()) == [date(2027, 1, 1), date(2027, 3, 1)]
    summaries = " ".join(str(event["summary"]) for event in events.values())
    assert "Treasurer, of the Board; and <more>" in summaries
    assert "پایان دوره" in summaries
    assert all(str(e["url"]).startswith("http://testserver/fa/") for e in events.values())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_timeline_is_a_drawing_for_either_direction_and_a_table(
    reader: Client, life: Organ, language: str
) -> None:
    answer = reader.get(f"/{language}/{BASE}timeline/")
    kinds = [row["event"].kind for row in answer.context["rows"]]
    assert kinds[-1] in {"found", "office"}  # the earliest one, November 2008
    assert {"session", "office", "found"} <= set(kinds)
    drawing = ElementTree.fromstring(answer.context["drawing"])
    circles = [float(c.get("cx") or 0) for c in drawing.iter() if c.tag.endswith("circle")]
    years = [t for t in drawing.iter() if t.tag.endswith("text") and t.get("text-anchor")]
    first, last = float(years[0].get("x") or 0), float(years[-1].get("x") or 0)
    assert (first < last) is (language == "en")
    assert all(0 <= x <= 960 for x in circles)
    assert (circles[0] > 480) is (language == "fa")  # 2008 lies at the reader's start


def test_lists_and_files_ask_the_database_the_same_number_of_times(
    reader: Client, life: Organ, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        services.give_seat(organ=life, city=a_city(f"c{number}"), **SIGNED)
    reader.get(f"/en/{BASE}timeline/")
    for path, most in (
        ("timeline/", 10),
        ("popolo.json", 14),
        ("expiries.ics", 8),
        ("findings/", 22),
    ):
        with django_assert_max_num_queries(most):
            reader.get(f"/en/{BASE}{path}")
