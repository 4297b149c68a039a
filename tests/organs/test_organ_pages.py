"""Organs: powers, seats on a day, founded by which decision or unknown; what the register knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dabir.core.reference import Reference
from dabir.meetings.services import foresee_meeting
from dabir.organs.services import enter_organ, give_seat
from dabir.statutes.services import adopt_rules
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, a_post

pytestmark = pytest.mark.django_db
LIST = "/en/office/organs/"


@pytest.fixture
def organs() -> Any:
    cache.clear()
    return two_organs()


def client_of(power: str) -> Client:
    client = Client()
    client.force_login(a_holder(power, email=f"{power}@example.org"))
    return client


def test_list_counts_the_seats_held_today_only(organs: Any) -> None:
    board = organs[0]
    give_seat(organ=board, city=a_city(), **SIGNED)
    give_seat(organ=board, city=a_city("shiraz"), ends_on=date(2020, 1, 1), **SIGNED)
    rows = client_of("expert").get(LIST).context["rows"]
    assert {row["organ"].key: row["seats"] for row in rows} == {
        "executive-board": 1,
        "general-assembly": 0,
    }


def test_page_shows_seats_and_posts_of_the_day_asked_for(organs: Any) -> None:
    board = organs[0]
    give_seat(
        organ=board, city=a_city(), starts_on=date(2010, 1, 1), ends_on=date(2020, 1, 1), **SIGNED
    )
    a_mandate(a_person("Present Chair"), a_post(name="Chair", organ_key="executive-board"))
    client = client_of("expert")
    now = client.get(f"{LIST}executive-board/")
    assert now.context["sittings"] == []
    assert "Present Chair" in now.content.decode()
    then = client.get(f"{LIST}executive-board/", {"on": "1394/02/15"})
    assert [row["sitting"].names["en"] for row in then.context["sittings"]] == ["Isfahan"]
    assert "Present Chair" not in then.content.decode()


def test_page_tells_the_founding_decision_or_that_it_is_unknown(organs: Any) -> None:
    enter_organ(
        key="jury",
        kind="committee",
        names={"en": "Jury"},
        powers={"en": "judges works\nproposes winners"},
        basis=Reference("decision", "x/1", {"en": "Resolution 1"}),
        **SIGNED,
    )
    client = client_of("expert")
    known = client.get(f"{LIST}jury/").content.decode()
    assert "Resolution 1" in known
    assert known.count("<li>judges works") + known.count("<li><span") >= 1
    assert "proposes winners" in known
    unknown = client.get(f"{LIST}executive-board/").content.decode()
    assert "unknown" in unknown


def test_page_links_to_what_the_register_knows_of_the_organ(organs: Any) -> None:
    a_commitment(a_decision(organs[1]))
    page = client_of("expert").get(f"{LIST}general-assembly/").content.decode()
    assert "register/?organ=general-assembly&amp;force=in_force" in page
    assert "1 commitment is open" in page


@pytest.mark.parametrize("size", [1, 3])
def test_list_and_page_ask_the_database_the_same_number_of_times(
    organs: Any, size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(size):
        give_seat(organ=organs[0], city=a_city(f"city-{number}"), **SIGNED)
        a_mandate(a_person(f"P{number}"), a_post(name=f"Q{number}", organ_key="executive-board"))
    client = client_of("expert")
    client.get(LIST)
    with django_assert_max_num_queries(7):
        client.get(LIST)
    with django_assert_max_num_queries(19):
        client.get(f"{LIST}executive-board/")


def test_pages_are_closed_to_those_without_the_right(organs: Any) -> None:
    officer = client_of("city_officer")
    for path in (LIST, f"{LIST}executive-board/"):
        assert officer.get(path).status_code == 403
        assert Client().get(path).status_code == 302
    assert client_of("expert").get(f"{LIST}nothing/").status_code == 404


def test_organ_page_tells_the_report_that_is_due_where_the_statute_wants_one(
    client: Client,
) -> None:
    client.force_login(a_holder("expert"))
    board = enter_organ(key="executive-board", kind="board", names={"en": "Board"}, **SIGNED)
    page = f"{LIST}{board.key}/"
    assert "due before its next session" not in client.get(page).content.decode()
    adopt_rules(
        key="test",
        names={"en": "Test"},
        text='[follow_up]\nreport_to = { value = ["executive-board"], '
        'article = { en = "art. 9", fa = "م ۹" } }\n',
        in_force_from=date(2020, 1, 1),
        **SIGNED,
    )
    shown = client.get(page).content.decode()
    assert "due before its next session" in shown
    assert "none is foreseen" in shown
    assert "art. 9" in shown
    foresee_meeting(
        public_id="board-5", organ=board, names={"en": "Session 5"}, ordinal=5, **SIGNED
    )
    shown = client.get(page).content.decode()
    assert "Session 5" in shown
    assert "not called yet" in shown
