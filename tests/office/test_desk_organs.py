"""What waits in the organs stands on the desk of those who can do something about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from dabir.organs import services
from dabir.statutes.services import adopt_rules
from tests.decisions.reported import a_city
from tests.factories.people import AT, SIGNED, a_holder, a_person, a_post, an_association

pytestmark = pytest.mark.django_db
RULES = '[treasurer]\nappointment = { value = ["approved by executive-board"], article = { en = "a" } }\n'


@pytest.fixture(autouse=True)
def today() -> Any:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


def desk_of(power: str) -> dict[str, Any]:
    client = Client()
    client.force_login(a_holder(power, email=f"{power}@example.org"))
    return {w.key: w for w in client.get("/en/office/").context["waiting"]}


def test_terms_vacancies_and_appointments_wait_for_those_who_fill_seats() -> None:
    an_association()
    board = services.enter_organ(
        key="board", kind="board", names={"en": "Board"}, seats_foreseen=3, **SIGNED
    )
    ends = {"isfahan": date(2026, 12, 1), "shiraz": date(2027, 6, 1)}
    for city, day in ends.items():
        services.give_seat(
            organ=board,
            city=a_city(city),
            starts_on=date(2024, 12, 1),
            term_ends_on=day,
            **SIGNED,
        )
    office = services.enter_organ(key="treasurer", kind="office", names={"en": "T"}, **SIGNED)
    rules = {"key": "r", "names": {"en": "R"}, "in_force_from": date(2019, 1, 1)}
    adopt_rules(text=RULES, **rules, **SIGNED)
    post = a_post("treasurer", name="Treasurer", organ_key="treasurer")
    services.open_appointment(organ=office, post=post, person=a_person("Mina"), **SIGNED)
    desk = desk_of("secretary_general")
    (term,) = desk["terms"].things
    assert (term.names, term.day, term.note) == ({"en": "Board"}, date(2026, 12, 1), "seats: 1")
    assert [t.note for t in desk["vacancies"].things] == ["2 of 3 seats are held"]
    assert [(t.names, t.note) for t in desk["appointments"].things] == [
        ({"en": "Treasurer"}, "Mina")
    ]
    assert not {"terms", "vacancies", "appointments"} & set(desk_of("expert"))
