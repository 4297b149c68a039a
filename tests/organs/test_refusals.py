"""Acts on organs that cannot stand: refused in words at their field, leaving nothing behind."""

from __future__ import annotations

from datetime import date

import pytest

from dabir.organs import services
from dabir.organs.services.electing import record_election
from tests.decisions.reported import a_city
from tests.factories.people import SIGNED, a_person, a_post
from tests.organs.test_acts import a_seat, an_organ, ground, refused

pytestmark = pytest.mark.django_db
DAY = date(2022, 1, 1)


def test_an_election_names_each_city_once_and_at_least_one() -> None:
    organ, city = an_organ(), a_city()
    given = {"organ": organ, "starts_on": DAY, "ground": ground()}
    for cities in ([], [city, city]):
        refusal = refused("invalid_input", record_election, **given, cities=cities)
        assert "cities" in refusal.fields


def test_a_seat_has_functions_and_terms_that_exist() -> None:
    organ = an_organ()
    given = {"organ": organ, "city": a_city(), "starts_on": DAY}
    unknown = refused("invalid_input", services.give_seat, **given, function="emperor")
    assert "function" in unknown.fields
    backwards = refused("invalid_input", services.give_seat, **given, term_ends_on=DAY)
    assert "term_ends_on" in backwards.fields
    seat = a_seat(organ, "tabriz")
    later = {"seat": seat, "function": "emperor", "starts_on": DAY, "ground": ground()}
    refused("invalid_input", services.entrust_function, **later)


def test_a_seat_ends_after_it_began() -> None:
    seat = a_seat(an_organ())
    given = {"seat": seat, "ends_on": seat.starts_on, "ground": ground()}
    refusal = refused("invalid_input", services.end_seat, **given)
    assert "ends_on" in refusal.fields
    assert refusal.cure


def test_an_organ_keeps_a_name() -> None:
    given = {"organ": an_organ(), "effective_on": DAY, "ground": ground()}
    assert "names" in refused("invalid_input", services.change_organ, **given, names={}).fields


def test_an_appointment_is_to_a_post_of_an_organ_that_is_there() -> None:
    organ, person = an_organ(), a_person()
    strange = a_post("treasurer")
    given = {"organ": organ, "person": person}
    refusal = refused("invalid_input", services.open_appointment, **given, post=strange)
    assert "post" in refusal.fields
    own = a_post("expert", organ_key=organ.key)
    services.abolish_organ(organ=organ, effective_on=DAY, ground=ground(), **SIGNED)
    refused("organ_gone", services.open_appointment, **given, post=own)
