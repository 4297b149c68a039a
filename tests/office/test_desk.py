"""The desk: each person finds what waits for them, and nothing that is another's."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.decisions.services import activity
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.asking import ask_for_report
from dabir.decisions.services.register import exhaust_decision
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_holder, a_mandate, a_person, a_post, an_account

pytestmark = pytest.mark.django_db
PAGE = "/en/office/"


@pytest.fixture(autouse=True)
def today() -> Any:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def assembly() -> Any:
    return two_organs()[1]


def holder(power: str, *more: str, **post: Any) -> tuple[Client, Any]:
    person = a_person(f"Holder of {power}")
    a_mandate(person, a_post(power, *more, name=power, **post))
    client = Client()
    client.force_login(an_account(person, f"{power}@example.org", factor=True))
    return client, person


def waiting(client: Client, **query: str) -> dict[str, list[str]]:
    answer = client.get(PAGE, query)
    assert answer.status_code == 200
    return {p.key: [t.code for t in p.things] for p in answer.context["waiting"]}


def reported(commitment: Any, by: Any, **changes: Any) -> Any:
    given = {"text": "Done so far", "language": "en", **changes}
    return activity.file_report(commitment=commitment, by=by.as_actor(), on=ON, at=AT, **given)


def test_desk_of_a_city_officer_shows_what_the_city_leads_and_nothing_else(assembly: Any) -> None:
    decision = a_decision(assembly)
    mine = a_commitment(decision)
    a_commitment(decision, lead=Lead(city=a_city("shiraz")))
    client, _person = holder("city_officer", city=a_city())
    assert waiting(client) == {"mine": [mine.public_id]}
    page = client.get(PAGE).content.decode()
    assert "Delayed" in page
    assert f"/commitments/{mine.public_id}/" in page


def test_desk_of_a_city_officer_shows_open_requests_until_they_are_answered(assembly: Any) -> None:
    commitment = a_commitment(a_decision(assembly), lead=Lead(city=a_city()))
    asked = ask_for_report(
        commitment=commitment,
        language="en",
        days=30,
        address_of=lambda t: f"http://x/{t}",
        **SIGNED,
    )
    client, _person = holder("city_officer", city=a_city())
    assert waiting(client)["requests"] == [commitment.public_id]
    asked.link.revoked_at = AT
    asked.link.save()
    assert "requests" not in waiting(client)


def test_desk_shows_reports_to_verify_but_never_ones_own(assembly: Any) -> None:
    commitment = a_commitment(a_decision(assembly))
    head, person = holder("secretary_general")
    reported(commitment, person)
    assert "verify" not in waiting(head)
    other = a_person("Somebody else")
    reported(commitment, other, on_behalf_of=person.reference(), source="a letter")
    assert "verify" not in waiting(head)
    reported(commitment, other)
    assert waiting(head)["verify"] == [commitment.public_id]


def test_desk_shows_fulfilled_and_reopened_decisions(assembly: Any) -> None:
    decision = a_decision(assembly)
    commitment = a_commitment(decision)
    head, person = holder("secretary_general")
    report = reported(commitment, a_person("Reporter"), claims_done=True)
    assert "fulfilled" not in waiting(head)
    activity.accept_report(report=report, by=person.as_actor(), on=ON, at=AT)
    assert waiting(head)["fulfilled"] == [decision.public_id]
    exhaust_decision(decision=decision, **SIGNED)
    assert "fulfilled" not in waiting(head)
    activity.reverse_acceptance(
        report=report, reason="wrong", by=a_person("Third").as_actor(), on=ON, at=AT
    )
    assert waiting(head)["reopened"] == [decision.public_id]


def test_desk_shows_commitments_without_a_lead_to_those_who_assign(assembly: Any) -> None:
    commitment = a_commitment(a_decision(assembly), lead=Lead())
    assert waiting(holder("secretary_general")[0])["unled"] == [commitment.public_id]
    assert "unled" not in waiting(holder("expert")[0])


def test_desk_shows_all_of_one_kind_when_asked(assembly: Any) -> None:
    decision = a_decision(assembly)
    for _number in range(9):
        a_commitment(decision, lead=Lead())
    head = holder("secretary_general")[0]
    assert len(waiting(head)["unled"]) == 6
    assert len(waiting(head, all="unled")["unled"]) == 9


@pytest.mark.parametrize("size", [1, 3])
def test_desk_asks_the_database_the_same_number_of_times(
    assembly: Any, size: int, django_assert_max_num_queries: Any
) -> None:
    reporter = a_person("Reporter")
    for number in range(size):
        decision = a_decision(assembly, f"d{number}")
        reported(a_commitment(decision), reporter)
        a_commitment(decision, lead=Lead())
    head = holder("secretary_general")[0]
    head.get(PAGE)
    with django_assert_max_num_queries(26):
        head.get(PAGE)


def test_first_sign_in_shows_three_things_to_do() -> None:
    two_organs()
    client = Client()
    client.force_login(a_holder("administrator"))
    answer = client.get(PAGE)
    assert len(answer.context["first_steps"]) == 3
    assert not answer.context["waiting"]


def test_desk_asks_as_little_of_three_waiting_things_as_of_one(assembly: Any) -> None:
    client, _person = holder("secretary_general", "board_member")
    a_commitment(a_decision(assembly))
    numbers = []
    for name in ("d2", "d3"):
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            assert waiting(client)["late"]
        numbers.append(len(asked))
        for lead in (Lead(), Lead(city=a_city())):
            a_commitment(a_decision(assembly, f"{name}-{bool(lead.city)}"), lead=lead)
    assert numbers[0] == numbers[1] <= 6
