"""The pages of one decision and one commitment: what they show, and how little they ask for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.decisions.places import commitment_url
from dabir.decisions.services import activity
from dabir.decisions.services.terms import start_commitment
from dabir.documents.services import add_clause, add_document, add_version
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_holder, a_person, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(a_holder("secretary_general", email="sg@example.org"))
    return client


@pytest.fixture
def decision() -> Any:
    return a_decision(two_organs()[1])


def followed(decision: Any) -> Any:
    """A commitment under way, with a step and a report of somebody else."""
    commitment = a_commitment(decision)
    start_commitment(commitment=commitment, **SIGNED)
    activity.plan_action(commitment=commitment, titles={"en": "A step"}, **SIGNED)
    by = a_person("Reporter").as_actor()
    told = {"text": "Done so far", "language": "en"}
    activity.file_report(commitment=commitment, by=by, on=ON, at=AT, **told)
    return commitment


def statements(client: Client, address: str) -> tuple[int, Any]:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked), answer


def test_decision_page_asks_as_little_of_three_commitments_as_of_one(
    client: Client, decision: Any
) -> None:
    followed(decision)
    address = f"/en/office/decisions/{decision.public_id}/"
    one, _answer = statements(client, address)
    for _more in range(2):
        followed(decision)
    three, answer = statements(client, address)
    assert answer.context["number"] == 3 == answer.content.count(b'data-label="Due on"')
    assert one == three <= 4


def test_commitment_page_asks_as_little_of_three_reports_as_of_one(
    client: Client, decision: Any
) -> None:
    commitment = followed(decision)
    address = f"/en/office/commitments/{commitment.public_id}/"
    one, _answer = statements(client, address)
    for name in ("Second", "Third"):
        by = a_person(name).as_actor()
        told = {"text": name, "language": "en"}
        activity.file_report(commitment=commitment, by=by, on=ON, at=AT, **told)
    three, answer = statements(client, address)
    assert len(answer.context["reports"]) == 3
    assert one == three <= 4


def test_decision_page_before_the_decision_tells_no_standing(client: Client, decision: Any) -> None:
    commitment = a_commitment(decision)
    with time_machine.travel(datetime(2026, 1, 9, 9, tzinfo=UTC), tick=False):
        answer = client.get(f"/en/office/decisions/{decision.public_id}/")
    line = answer.context["lines"]
    assert commitment_url(commitment) in line
    assert 'data-label="Due on">none\n</td>' in line
    assert 'class="number-cell">—</td>' in line


def test_acts_ask_no_more_than_they_need(client: Client, decision: Any) -> None:
    told = {
        "titles_en": "Something to do", "kind": "one_off", "deadline_type": "date",
        "deadline_on": "2026-12-01", "budget": "unknown",
    }  # fmt: skip
    entered = {
        "organ": decision.organ.key, "decided_on": "2026-01-10", "titles_en": "A decision",
        "themes": "transport", "source": "minutes",
    }  # fmt: skip
    for at_most, address, typed in (
        (16, f"/en/office/decisions/{decision.public_id}/commit/", lambda _turn: told),
        (19, "/en/office/decisions/new/", lambda turn: entered | {"public_id": f"x-2026/{turn}"}),
    ):
        for turn in range(2):
            with CaptureQueriesContext(connection) as asked:
                answer = client.post(address, typed(turn))
            assert answer.status_code == 302, answer.content
        assert len(asked) <= at_most, [q["sql"][:90] for q in asked.captured_queries]


def test_declaration_page_asks_as_little_of_three_clauses_as_of_one(client: Client) -> None:
    an_association()
    titles = {"en": "A declaration"}
    document = add_document(
        public_id="city-2026", kind="declaration", titles=titles, adopted_on=ON, **SIGNED
    )
    numbers = []
    for ids in ("1", "23"):
        for node_id in ids:
            add_clause(document=document, node_id=node_id, texts={"en": "Text"}, **SIGNED)
        number, answer = statements(client, f"/en/office/documents/{document.public_id}/")
        numbers.append(number)
    assert len(answer.context["clauses"]) == 3
    assert numbers[0] == numbers[1] <= 5  # the fifth asks which received file it came from


def test_beside_a_clause_stands_what_each_version_is_worth(client: Client) -> None:
    an_association()
    titles = {"en": "A declaration"}
    document = add_document(
        public_id="city-2026", kind="declaration", titles=titles, adopted_on=ON, **SIGNED
    )
    add_version(document=document, language="fa", state="authentic", **SIGNED)
    add_version(document=document, language="en", state="official", **SIGNED)
    add_clause(document=document, node_id="1", texts={"en": "Text", "fa": "متن"}, **SIGNED)
    for page in ("documents/city-2026/", "decisions/city-2026/1/"):
        said = client.get(f"/en/office/{page}").content.decode()
        assert "authentic text" in said, page
        assert "official translation" in said, page
        assert "unofficial" not in said, page
