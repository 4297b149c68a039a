"""A resolution or minutes are shown to everybody by an act, and taken down by another with its reason."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from dabir.core import kept
from dabir.core.errors import InvalidInput, StaleRecord
from dabir.core.models import AuditEntry
from dabir.documents.models import Document, TextPublication
from dabir.documents.services import add_document, publish_text, take_text_down
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_holder
from tests.website.declared import a_declaration

pytestmark = pytest.mark.django_db
LATER: dict[str, Any] = SIGNED | {"at": AT + timedelta(hours=1)}
PAGES = (
    "/en/decisions/minutes-2026/", "/en/decisions/minutes-2026/1/",
    "/en/decisions/minutes-2026.json", "/api/v1/texts/minutes-2026",
    "/api/v1/clauses/minutes-2026/1", "/api/v1/decisions/minutes-2026/1",
)  # fmt: skip
LISTS = (
    "/en/decisions/", "/en/follow-up/", "/en/decisions.atom", "/sitemap.xml", "/api/v1/texts",
    "/api/v1/decisions", "/api/v1/follow-up", "/en/search/?q=minutes-2026",
)  # fmt: skip


@pytest.fixture(autouse=True)
def today() -> Any:
    kept.forget_kept()
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def minutes() -> Document:
    _board, assembly = two_organs()
    document = a_declaration("minutes-2026", kind="minutes")
    node = document.nodes.get(node_id="1")
    decision = a_decision(assembly, public_id="minutes-2026/1", document=document, node=node)
    a_commitment(decision)
    return document


def seen() -> tuple[set[int], list[bool]]:
    """What a stranger gets at the addresses of the text, and whether the lists name it."""
    client = Client()
    codes = {client.get(path).status_code for path in PAGES}
    named = [b"minutes-2026" in client.get(path).content.replace(b"q=minutes-2026", b"").replace(
        b'value="minutes-2026"', b"") for path in LISTS]  # fmt: skip
    return codes, named


def test_minutes_are_public_everywhere_only_between_the_two_acts(minutes: Document) -> None:
    codes, named = seen()
    assert (codes, any(named[:-1])) == ({404}, False)
    publish_text(document=minutes, **SIGNED)
    codes, named = seen()
    assert (codes, all(named)) == ({200}, True)
    take_text_down(document=minutes, reason="A name must go.", **LATER)
    codes, named = seen()
    assert (codes, any(named[:-1])) == ({404}, False)
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last is not None
    assert (last.act, last.reason, last.after) == (
        "documents.take_text_down", "A name must go.", {"public": False},
    )  # fmt: skip
    assert [row.is_public for row in TextPublication.objects.order_by("id")] == [True, False]


def test_what_stands_already_or_shows_nothing_is_refused(minutes: Document) -> None:
    with pytest.raises(InvalidInput):
        take_text_down(document=minutes, reason="x", **SIGNED)
    publish_text(document=minutes, **SIGNED)
    with pytest.raises(InvalidInput):
        publish_text(document=minutes, **LATER)
    for nothing in ("", " \n\t "):
        with pytest.raises(InvalidInput):
            take_text_down(document=minutes, reason=nothing, **LATER)
    with pytest.raises(InvalidInput):
        publish_text(document=a_declaration("other-2026"), **SIGNED)
    empty = add_document(public_id="empty", kind="resolution", titles={"en": "Empty"}, **SIGNED)
    with pytest.raises(InvalidInput):
        publish_text(document=empty, **SIGNED)
    with pytest.raises(StaleRecord):
        take_text_down(document=minutes, reason="x", version=1, **LATER)
    row = TextPublication(document=minutes, is_public=False, on=ON, at=AT, by={})
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    assert TextPublication.objects.count() == 1


def test_only_the_secretary_general_shows_a_text_by_its_page(minutes: Document) -> None:
    address = "/en/office/documents/minutes-2026/publication/publish/"
    deputy, head = Client(), Client()
    deputy.force_login(a_holder("executive_deputy", email="deputy@example.org"))
    head.force_login(a_holder("secretary_general", email="head@example.org"))
    assert deputy.get(address).status_code == 403
    page = "/en/office/documents/minutes-2026/"
    assert address not in deputy.get(page).content.decode()
    assert address in head.get(page).content.decode()
    assert "minutes name people" in head.get(address).content.decode()
    answer = head.post(address, {"version": minutes.version})
    assert answer.status_code == 302
    assert json.loads(Client().get("/api/v1/texts/minutes-2026").content)["kind"] == {
        "code": "minutes", "label": "minutes",
    }  # fmt: skip
    assert "take-down" in head.get(page).content.decode()
