"""The trail and the checks as an auditor meets them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core.models import AuditEntry
from dabir.core.sealing import seal, unseal
from tests.factories.people import a_holder, a_person, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    an_association()
    made = Client()
    made.force_login(a_holder("auditor"))
    return made


def test_trail_lists_filters_and_opens_an_entry(client: Client) -> None:
    a_person("Mina Example")
    said = client.get("/en/office/trail/").content.decode()
    assert "registry.found_association" in said
    narrowed = client.get("/en/office/trail/?act=registry.add_person").content.decode()
    assert 'class="ident" dir="ltr">registry.found_association' not in narrowed
    entry = AuditEntry.objects.order_by("sequence").first()
    assert entry is not None
    page = client.get(f"/en/office/trail/{entry.sequence}/").content.decode()
    assert entry.hash in page


@pytest.mark.parametrize(("language", "said"), [("en", "Person entered"), ("fa", "ثبت شخص")])
def test_trail_says_acts_in_words_with_the_code_beside(
    client: Client, language: str, said: str
) -> None:
    listed = client.get(f"/{language}/office/trail/").content.decode()
    assert f"{said} · registry.add_person</option>" in listed
    entry = AuditEntry.objects.filter(act="registry.add_person")[0]
    page = client.get(f"/{language}/office/trail/{entry.sequence}/").content.decode()
    assert said in page
    assert "registry.add_person" in page


def test_trail_is_closed_to_others(client: Client) -> None:
    other = Client()
    other.force_login(a_holder("expert", email="expert@example.org"))
    assert other.get("/en/office/trail/").status_code == 403
    assert other.get("/en/office/trail/trail.csv").status_code == 403
    assert other.get("/en/office/trail/checks/").status_code == 403


def test_trail_costs_the_same_however_long(client: Client) -> None:
    counted = []
    for _round in range(2):
        client.get("/en/office/trail/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/office/trail/")
        counted.append(len(queries))
        for name in ("A", "B", "C"):
            a_person(name)
    assert counted[0] == counted[1]


def test_verifying_a_whole_chain_says_so(client: Client) -> None:
    assert "The trail is whole" in client.post("/en/office/trail/").content.decode()


def test_verifying_a_broken_chain_names_the_entry(client: Client) -> None:
    table = AuditEntry._meta.db_table
    unseal(connection, table)
    AuditEntry.objects.filter(sequence=2).update(reason="forged")
    seal(connection, table)
    said = client.post("/en/office/trail/").content.decode()
    assert "The trail is not whole" in said
    assert "entry 2 of the trail" in said
    checked = client.post("/en/office/trail/checks/").content.decode()
    assert "Something does not hold" in checked


def test_exports_give_every_entry_in_order(client: Client) -> None:
    count = AuditEntry.objects.count()
    lines = client.get("/en/office/trail/trail.jsonl").getvalue().decode().splitlines()
    assert [json.loads(line)["sequence"] for line in lines] == list(range(1, count + 1))
    text = client.get("/en/office/trail/trail.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["hash"] for row in rows] == [json.loads(line)["hash"] for line in lines]


def test_checks_run_when_asked(client: Client) -> None:
    assert "All checks are clean" not in client.get("/en/office/trail/checks/").content.decode()
    assert "All checks are clean" in client.post("/en/office/trail/checks/").content.decode()
