"""What anyone may see of members: exactly the listed fields, on the page, on the map, for machines."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core.kept import forget_kept
from dabir.core.reference import Reference
from dabir.documents.services import publish_text
from dabir.membership.drawing import EAST, NORTH, SOUTH, WEST, Place, draw_map
from dabir.membership.services.dues import enter_size
from dabir.membership.services.steps import change_membership
from dabir.registry.services.facts import tell_fact
from tests.factories.people import SIGNED, a_person, an_association
from tests.membership.admitted import (
    BOARD,
    a_country,
    a_statute,
    a_town,
    an_application,
    an_entered,
    owes,
)
from tests.website.declared import a_declaration

pytestmark = pytest.mark.django_db
LIST = "/en/cities/"
HAIKOU = Reference(
    "decision", "haikou-2014/5", {"en": "Clause 5", "fa": "بند ۵"}, date(2014, 11, 25)
)


@pytest.fixture(autouse=True)
def union() -> None:
    cache.clear()
    forget_kept()
    an_association()
    a_statute()


def test_directory_lists_members_only_and_never_what_they_owe() -> None:
    owes(an_entered("Nemunak"), 2025, 77_700)
    change_membership(
        member=an_entered("Resting"), verb="suspend", basis=BOARD, reason="secret reason", **SIGNED
    )
    an_entered("Gone", state="left", ended_on=date(2020, 1, 1))
    an_application(a_town("Asking"))
    page = Client().get(LIST)
    assert re.findall(r'href="/en/cities/(\w+)/"', page.text) == ["nemunak", "resting"]
    told = page.content.decode() + Client().get(f"{LIST}resting/").content.decode()
    for hidden in ("777", "suspend", "secret reason", "ledger"):
        assert hidden not in told
    assert Client().get(f"{LIST}gone/").status_code == 404
    assert Client().get(f"{LIST}asking/").status_code == 404


def test_machines_read_exactly_the_listed_fields() -> None:
    an_entered("Nemunak", number=4)
    answer = json.loads(Client().get(f"{LIST}members.json").content)
    (member,) = answer["members"]
    assert set(member) == {
        "id",
        "kind",
        "names",
        "country",
        "category",
        "number",
        "member_since",
        "by_decision",
        "place",
    }
    assert member["category"]["names"] == {"fa": "عضو اصلی", "en": "full member"}
    rows = Client().get(f"{LIST}members.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("id,name,country")
    assert rows[1].startswith("nemunak,Nemunak,XA,full,4,2015-01-01")
    assert Client().get(f"{LIST}members.xlsx").status_code == 404


def test_honorary_member_is_shown_with_its_decision_where_its_text_is_public() -> None:
    person = a_person("Professor Test", public_id="professor-test")
    an_entered("x", person, category="honorary", basis=HAIKOU)  # type: ignore[arg-type]  # a person too
    minutes = a_declaration("haikou-2014", kind="minutes")
    for address in ("professor-test/", "", "members.json"):
        told = Client().get(f"{LIST}{address}").content.decode()
        assert "professor-test" in told
        assert "haikou-2014" not in told
        assert "Clause 5" not in told
    publish_text(document=minutes, **SIGNED)
    page = Client().get(f"{LIST}professor-test/").content.decode()
    assert "haikou-2014/5" in page
    assert "Clause 5" in page


def test_unknown_list_of_cities_is_said_and_sizes_stand_by_source() -> None:
    enter_size(year=2016, number=71, unit={"en": "members"}, source="public-facts", **SIGNED)
    enter_size(
        year=2018, number=80, unit={"en": "members"}, source="news", exactness="about", **SIGNED
    )
    page = Client().get(LIST).content.decode()
    assert "not known here" in page
    assert "public-facts" in page
    assert "about 80" in page
    an_entered("Nemunak")
    assert "not known here" not in Client().get(LIST).content.decode()


def test_map_marks_members_with_a_place_and_says_who_has_none() -> None:
    town = a_town("Nemunak")
    tell_fact(city=town, kind="coordinates", value="35.69439 51.42151", source="atlas", **SIGNED)
    an_entered("Nemunak", town)
    an_entered("Elsewhere")
    page = Client().get(LIST)
    (mark,) = page.context["map"].marks
    assert (mark.name, mark.x, mark.y) == ("Nemunak", 206, -143)
    assert page.context["without_place"] == 1
    assert len(page.content) < 100_000


@pytest.mark.parametrize("language", ["fa", "en"])
def test_page_of_a_member_works_in_both_languages_and_is_light(language: str) -> None:
    town = a_town("Nemunak")
    tell_fact(city=town, kind="coordinates", value="35.69439 51.42151", source="atlas", **SIGNED)
    an_entered("Nemunak", town)
    answer = Client().get(f"/{language}/cities/nemunak/")
    assert answer.status_code == 200
    assert len(answer.content) < 100_000


def test_directory_asks_as_little_for_three_as_for_one_and_once_for_all_who_read_it() -> None:
    found = []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            an_entered(name)
        for address in (LIST, f"{LIST}?q={names[0]}", f"{LIST}{names[0].lower()}/"):
            forget_kept()
            Client().get(f"{LIST}nobody/")
            forget_kept()
            with CaptureQueriesContext(connection) as asked:
                answer = Client().get(address)
            assert answer.status_code == 200
            found.append(len(asked))
    assert found[:3] == found[3:]
    assert max(found) <= 8
    with CaptureQueriesContext(connection) as asked:
        drawn = Client().get(LIST)
        kept = Client().get(LIST)
    assert len(asked) <= 4
    assert kept.content == drawn.content
    assert kept.headers["ETag"] == drawn.headers["ETag"]


def test_a_country_is_offered_only_where_a_member_comes_from_it() -> None:
    an_entered("Nemunak")
    an_application(a_town("Asking", country=a_country("XB", "Otherland")))
    page = Client().get(LIST).text
    assert '<option value="XA">' in page
    assert "XB" not in page


@pytest.mark.parametrize(
    "points",
    [
        [(35.7, 51.4)],
        [(35.7, 51.4), (41.0, 28.9), (20.0, 110.3)],
        [(89.0, 179.9), (-54.0, -179.9)],
        [(0.0, 0.0), (0.0, 0.0)],
    ],
)
def test_map_holds_every_mark_and_stays_on_the_world(points: list[tuple[float, float]]) -> None:
    drawn: Any = draw_map([Place("p", "/", *point) for point in points])
    assert len(drawn.marks) == len(points)
    for mark in drawn.marks:
        assert drawn.left <= mark.x <= drawn.left + drawn.width
    assert drawn.left >= WEST
    assert drawn.left + drawn.width <= EAST
    assert drawn.top >= NORTH
    assert drawn.top + drawn.height <= SOUTH
    assert drawn.land


def test_map_of_nowhere_is_not_drawn() -> None:
    assert draw_map([]) is None
