"""Reminders: seen before they are written, written once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dabir.decisions.services.agreed import Deadline
from dabir.decisions.services.reminders import reminders_owed, send_reminders
from dabir.messaging.models import Letter
from tests.decisions.ladder import set_the_ladder
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import SIGNED, a_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def owing() -> Any:
    _board, assembly = two_organs()
    set_the_ladder()
    return a_commitment(a_decision(assembly), deadline=Deadline(type="date", on=date(2026, 3, 1)))


def test_run_twice_sends_one_letter(owing: Any) -> None:
    first = send_reminders(**SIGNED)
    assert [letter.recipient["id"] for letter in first] == [a_city().public_id]
    assert send_reminders(**SIGNED) == []
    assert Letter.objects.count() == 1
    assert all(one.is_written for one in reminders_owed(on=SIGNED["on"]))


def test_asking_what_is_owed_writes_nothing(owing: Any) -> None:
    assert len(reminders_owed(on=SIGNED["on"])) == 1
    assert not Letter.objects.exists()


def test_page_shows_and_writes(owing: Any) -> None:
    client = Client()
    client.force_login(a_holder("expert"))
    if timezone.localdate() < date(2026, 3, 1):
        pytest.skip("the machine's clock is before the deadline of this test")
    assert "Something to do" in client.get("/en/office/reminders/").content.decode()
    assert client.post("/en/office/reminders/")["Location"].endswith("/outbox/")
    assert "was written already" in client.get("/en/office/reminders/").content.decode()
    assert Letter.objects.filter(kind="reminder").count() == 1
