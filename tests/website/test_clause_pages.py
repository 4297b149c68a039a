"""A clause at its permanent address: what a stranger sees, and what nobody outside may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from dabir.core import kept
from dabir.core.publicsearch import rebuild
from dabir.decisions.services.register import record_decision, relate_decisions
from dabir.documents.services import publish_text
from tests.decisions.reported import a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_holder, an_association
from tests.website.declared import PRIVATE, a_declaration, a_followed_declaration

pytestmark = pytest.mark.django_db
CLAUSE = "/en/decisions/azmoon-2026/1/"


@pytest.fixture(autouse=True)
def today() -> Any:
    kept.forget_kept()
    with time_machine.travel(AT, tick=False):
        yield


def test_a_stranger_reads_text_status_lead_evidence_and_citation() -> None:
    a_followed_declaration()
    shown = Client().get(CLAUSE).content.decode()
    for words in ("We plant trees", "درخت می‌کاریم", "Isfahan", "Photographs accepted", "Blocked"):
        assert words in shown, words
    assert "General Assembly, Test Declaration, 10 January 2026 · 20 Dey 1404, azmoon-2026/1" in (
        shown.replace("\u200e", "")
    )
    assert 'href="/en/decisions/azmoon-2026/P1/"' in shown
    assert 'href="/en/decisions/azmoon-2026/1.a/"' in shown


def test_a_later_decision_is_named_only_where_its_text_is_public() -> None:
    commitment = a_followed_declaration()
    minutes = a_declaration("minutes-2026", kind="minutes")
    later = a_decision(
        commitment.decision.organ, public_id="minutes-2026/1", document=minutes,
        node=minutes.nodes.get(node_id="1"), titles={"en": "Said in confidence"},
        decided_on=date(2026, 2, 1),
    )  # fmt: skip
    relate_decisions(later=later, earlier=commitment.decision, kind="amends", **SIGNED)
    seen = [CLAUSE, "/en/decisions/azmoon-2026/", "/api/v1/decisions/azmoon-2026/1?language=en",
            "/api/v1/clauses/azmoon-2026/1", "/en/decisions/azmoon-2026.json"]  # fmt: skip
    for address in seen:
        told = Client().get(address).content.decode()
        assert "azmoon-2026/1" in told, address
        assert "confidence" not in told, address
        assert "minutes-2026" not in told, address
    publish_text(document=minutes, **SIGNED)
    assert Client().get(CLAUSE).content.decode().count("Said in confidence") == 2


def test_a_decision_of_another_text_is_not_shown_at_the_address_of_a_clause() -> None:
    _board, assembly = two_organs()
    a_declaration()
    minutes = a_declaration("minutes-2026", kind="minutes")
    given: dict[str, Any] = {"titles": {"en": "Said in confidence"}, "document": minutes}
    a_decision(assembly, public_id="azmoon-2026/1", **given)
    rebuild()
    for address in (CLAUSE, "/en/decisions/azmoon-2026/", "/en/search/?q=trees"):
        told = Client().get(address).content.decode()
        assert "plant" in told
        assert "confidence" not in told, address
    assert Client().get("/api/v1/decisions/azmoon-2026/1").status_code == 404


@pytest.mark.parametrize("address", ["1/", "", ".json", "P1/"])
def test_nothing_private_is_on_any_page_of_the_declaration(address: str) -> None:
    a_followed_declaration()
    answer = Client().get(f"/en/decisions/azmoon-2026{'' if address[:1] == '.' else '/'}{address}")
    assert answer.status_code == 200
    shown = answer.content.decode()
    for words in (*PRIVATE, "Photographs waiting", "Clerk", "Writer"):
        assert words not in shown, words


def test_open_digits_are_shown_as_open_and_hostile_words_are_only_words() -> None:
    a_followed_declaration()
    shown = Client().get("/en/decisions/azmoon-2026/P1/").content.decode()
    assert "{4|5}" not in shown.split("application/ld+json")[0]
    assert "<b>&" not in shown
    assert shown.count("</script>") == shown.count("<script")


@pytest.mark.parametrize("kind", ["minutes", "resolution"])
def test_a_text_that_is_not_listed_is_not_there_for_strangers(kind: str) -> None:
    an_association()
    a_declaration(kind=kind)
    for address in ("/", ".json", ".akn.xml", "/1/"):
        assert Client().get(f"/en/decisions/azmoon-2026{address}").status_code == 404


def test_a_declaration_that_is_not_adopted_is_not_there_for_strangers() -> None:
    an_association()
    a_declaration(adopted_on=None)
    assert Client().get("/en/decisions/azmoon-2026/").status_code == 404
    assert b"azmoon" not in Client().get("/sitemap.xml").content


def test_the_signed_in_get_a_bar_to_the_office_and_the_page_is_their_own() -> None:
    a_followed_declaration()
    client = Client()
    client.force_login(a_holder("secretary_general", email="sg@example.org"))
    answer = client.get(CLAUSE)
    assert "/en/office/decisions/azmoon-2026/1/" in answer.content.decode()
    assert "private" in answer["Cache-Control"]
    assert "ETag" not in answer
    assert b"/office/decisions" not in Client().get(CLAUSE).content


def test_an_old_office_address_of_what_is_not_public_leads_on_for_those_with_the_right() -> None:
    board, _assembly = two_organs()
    given = {"titles": {"en": "Closed"}, "decided_on": ON}
    record_decision(public_id="board-2026/1", organ=board, **given, **SIGNED)
    client = Client()
    client.force_login(a_holder("secretary_general", email="sg@example.org"))
    answer = client.get("/en/decisions/board-2026/1/")
    assert answer["Location"] == "/en/office/decisions/board-2026/1/"
    assert client.get(answer["Location"]).status_code == 200
    assert Client().get("/en/decisions/board-2026/1/").status_code == 404
