"""A frozen edition is shown to everybody by an act, and taken down by another with its reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dabir.core import kept
from dabir.core.errors import InvalidInput
from dabir.core.models import AuditEntry
from dabir.decisions.models import Edition, Publication
from dabir.decisions.services.progress import draft_report, freeze_report, sign_off_report
from dabir.decisions.services.publishing import publish_edition, take_edition_down
from tests.decisions.reported import a_register
from tests.factories.people import AT, ON, SIGNED, a_holder

pytestmark = pytest.mark.django_db
LATER: dict[str, Any] = SIGNED | {"at": AT + timedelta(hours=1)}


@pytest.fixture
def edition() -> Edition:
    kept.forget_kept()
    draft = draft_report(organ=a_register(1)[1], as_of=ON, **SIGNED)
    return freeze_report(report=sign_off_report(report=draft, **SIGNED), **SIGNED)


def a_file(edition: Edition) -> str:
    return f"/en/reports/{edition.report.public_id}/{edition.number}/fa.json"


def test_an_edition_is_public_only_between_the_two_acts(edition: Edition) -> None:
    stranger = Client()
    seen = [stranger.get(a_file(edition)).status_code]
    assert edition.verification_code not in stranger.get("/en/reports/").content.decode()
    publish_edition(edition=edition, **SIGNED)
    assert edition.verification_code in stranger.get("/en/reports/").content.decode()
    shown = stranger.get(a_file(edition))
    assert shown["X-Content-Type-Options"] == "nosniff"
    seen.append(shown.status_code)
    take_edition_down(edition=edition, reason="A name must go.", **LATER)
    seen.append(stranger.get(a_file(edition)).status_code)
    assert seen == [404, 200, 404]
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last is not None
    assert (last.act, last.reason) == ("decisions.take_edition_down", "A name must go.")
    assert last.after == {"edition": 1, "public": False}


def test_what_is_public_is_not_published_again_nor_the_other_taken_down(edition: Edition) -> None:
    with pytest.raises(InvalidInput):
        take_edition_down(edition=edition, reason="x", **SIGNED)
    publish_edition(edition=edition, **SIGNED)
    with pytest.raises(InvalidInput):
        publish_edition(edition=edition, **LATER)
    assert Publication.objects.count() == 1
    for nothing in ("", " \n\t "):
        with pytest.raises(InvalidInput):
            take_edition_down(edition=edition, reason=nothing, **LATER)
    row = Publication(edition=edition, is_public=False, on=ON, at=AT, by={})
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_only_the_secretary_general_publishes_by_the_page(edition: Edition) -> None:
    address = f"/en/office/reports/{edition.report.public_id}/1/publish/"
    deputy, head = Client(), Client()
    deputy.force_login(a_holder("executive_deputy", email="deputy@example.org"))
    head.force_login(a_holder("secretary_general", email="sg@example.org"))
    assert deputy.post(address).status_code == 403
    assert "Show this edition to everybody" in head.get(address).content.decode()
    assert head.post(address, {"version": ""}).status_code == 302
    assert Client().get(a_file(edition)).status_code == 200
    assert head.get(f"/en/office/reports/{edition.report.public_id}/1/").status_code == 200
