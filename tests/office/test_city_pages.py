"""Cities in the office: the list, a city with its values and sources, the acts on it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.registry.models import City, CityFact
from dabir.registry.services import add_city, add_country, tell_fact
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, a_post, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    an_association()
    china = add_country(code="CN", names={"en": "China", "fa": "چین"}, **SIGNED)
    return add_city(
        names={"en": "Haikou", "fa": "هایکو"}, country=china, public_id="haikou", **SIGNED
    )


@pytest.fixture
def keeper(client: Client, city: City) -> Client:
    client.force_login(a_holder("member_affairs"))
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_list_narrows_by_name_in_any_spelling_and_by_country(keeper: Client) -> None:
    add_city(names={"en": "İstanbul"}, public_id="istanbul", **SIGNED)
    assert "Haikou" not in text(keeper, "/en/office/places/?q=istanbul")
    assert "İstanbul" in text(keeper, "/en/office/places/?q=istanbul")
    assert "هایکو" in text(keeper, "/fa/office/places/?q=هايكو")
    assert "İstanbul" not in text(keeper, "/en/office/places/?country=CN")
    assert "İstanbul" in text(keeper, "/en/office/places/?country=unknown")
    assert "Nothing matches" in text(keeper, "/en/office/places/?q=nowhere")
    assert "China" in text(keeper, "/en/office/places/countries/")


def test_list_is_exported_as_shown(keeper: Client, city: City) -> None:
    tell_fact(city=city, kind="population", value="2873358", year=2020, source="Census", **SIGNED)
    table = json.loads(keeper.get("/en/office/places/?export=json").content)
    assert table["rows"] == [
        {
            "id": "haikou",
            "fa": "هایکو",
            "en": "Haikou",
            "country": "CN",
            "place": "",
            "population": 2873358,
            "year": 2020,
        }
    ]


def test_value_is_entered_contradicted_made_official_and_withdrawn(
    keeper: Client, city: City
) -> None:
    own = "/en/office/places/haikou"
    given = {"kind": "population", "value": "2,873,358", "year": "2020", "source": "Census"}
    given |= {"confidence": "certain", "version": "1"}
    assert keeper.post(f"{own}/values/add/", given).status_code == 302
    keeper.post(f"{own}/values/add/", given | {"value": "2300000", "source": "Brochure"})
    assert "Contradicted, none is official" in text(keeper, f"{own}/")
    census = CityFact.objects.get(source="Census")
    answer = keeper.post(f"{own}/values/{census.pk}/official/", {"reason": "Counted."})
    assert answer.status_code == 302
    assert "Counted." in text(keeper, f"{own}/")
    brochure = CityFact.objects.get(source="Brochure")
    keeper.post(f"{own}/values/{brochure.pk}/withdraw/", {"reason": "Misprint."})
    assert "Misprint." in text(keeper, f"{own}/")
    refused = keeper.post(f"{own}/values/{brochure.pk}/official/", {"reason": "No."})
    assert refused.status_code == 422
    assert "was withdrawn" in refused.content.decode()


def test_refused_value_stands_at_its_field(keeper: Client) -> None:
    given = {"kind": "population", "value": "many", "year": "2020", "source": "S"}
    given |= {"confidence": "certain"}
    answer = keeper.post("/en/office/places/haikou/values/add/", given)
    assert answer.status_code == 422
    assert "no number of inhabitants" in answer.content.decode()
    assert not CityFact.objects.exists()


def test_proposal_is_accepted_value_by_value(keeper: Client, city: City) -> None:
    shown = text(keeper, "/en/office/places/haikou/proposals/")
    assert "1809077" in shown
    assert "1809078" in shown
    own = "/en/office/places/haikou/proposals/1809078/"
    assert keeper.post(own, {"version": "1"}).status_code == 422
    assert keeper.post(own, {"population": "on"}).status_code == 422
    assert keeper.post(own, {"coordinates": "on"}).status_code == 302
    assert list(CityFact.objects.values_list("kind", flat=True)) == ["coordinates"]
    assert keeper.get("/en/office/places/haikou/proposals/1/").status_code == 404


def test_city_is_renamed_and_its_former_name_is_told(keeper: Client, city: City) -> None:
    own = "/en/office/places/haikou/change/"
    given = {"names_fa": "هایکو", "names_en": "Hoihow", "version": "1", "reason": "old name"}
    assert keeper.post(own, given).status_code == 302
    said = text(keeper, "/en/office/places/haikou/")
    assert "Former name" in said
    assert "old name" in said
    assert keeper.post(own, given | {"names_en": "H"}).status_code == 409


def test_city_shows_its_posts_and_who_holds_them(keeper: Client, city: City) -> None:
    post = a_post("city_officer", name="Mayor", city=city)
    a_mandate(a_person("Mayor Present"), post)
    said = text(keeper, "/en/office/places/haikou/")
    assert "Mayor Present" in said
    held = text(keeper, f"/en/office/posts/{post.public_id}/?on=2025-12-31")
    assert "Vacant" in held


@pytest.mark.parametrize("address", ["change/", "values/add/", "proposals/"])
def test_acts_on_cities_are_closed_to_readers(client: Client, city: City, address: str) -> None:
    client.force_login(a_holder("auditor"))
    assert client.get("/en/office/places/haikou/").status_code == 200
    assert client.get(f"/en/office/places/haikou/{address}").status_code == 403


def test_lists_cost_the_same_for_few_and_many_cities(keeper: Client) -> None:
    counted: list[int] = []
    for size in (1, 3):
        while City.objects.count() < size:
            made: Any = add_city(names={"en": f"City {City.objects.count()}"}, **SIGNED)
            tell_fact(city=made, kind="coordinates", value="1 1", source="S", **SIGNED)
        keeper.get("/en/office/places/")
        with CaptureQueriesContext(connection) as queries:
            keeper.get("/en/office/places/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
