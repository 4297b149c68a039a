"""Progress reports as people make them: drafted, edited, signed, frozen, sent, verified."""

from __future__ import annotations

import json
import re
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core.models import AuditEntry
from dabir.decisions.models import Decision, Edition, ProgressReport, Remark
from dabir.decisions.report.rendering import FORMATS
from dabir.decisions.services import progress
from dabir.decisions.services.register import correct_wording
from dabir.decisions.tasks import begin_freezing, freezing_of
from dabir.documents.services import read_file
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import revoke_link
from dabir.organs.models import Organ
from tests.decisions.reported import a_city, a_decision, a_register
from tests.decisions.worker import do_waiting_work
from tests.factories.people import AT, ON, SIGNED, a_holder

pytestmark = pytest.mark.django_db

PAGE = "/en/office/reports/general-assembly-2026-11-01/"


@pytest.fixture
def organs() -> tuple[Organ, Organ]:
    return a_register()


def client_of(*powers: str) -> Client:
    client = Client()
    client.force_login(a_holder(*powers, email=f"{'-'.join(powers) or 'nobody'}@example.org"))
    return client


def a_draft(organ: Organ, as_of: date = date(2026, 11, 1)) -> ProgressReport:
    return progress.draft_report(organ=organ, as_of=as_of, **SIGNED)


def frozen(organ: Organ) -> Edition:
    signed = progress.sign_off_report(report=a_draft(organ), **SIGNED)
    return progress.freeze_report(report=signed, **SIGNED)


def test_drafting_answers_with_the_page_of_the_draft(organs: Any) -> None:
    answer = client_of("expert").post(
        "/en/office/reports/draft/", {"organ": "general-assembly", "as_of": "۱۴۰۵/۰۸/۱۰"}
    )
    assert answer.status_code == 302
    report = ProgressReport.objects.get()
    assert report.as_of == date(2026, 11, 1)
    assert AuditEntry.objects.filter(act="decisions.draft_report").count() == 1


def test_drafting_for_a_day_to_come_is_refused_in_words(organs: Any) -> None:
    answer = client_of("expert").post(
        "/en/office/reports/draft/", {"organ": "general-assembly", "as_of": "2099-01-01"}
    )
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert not ProgressReport.objects.exists()


def test_drafting_without_the_right_is_refused_in_words(organs: Any) -> None:
    answer = client_of("auditor").get("/en/office/reports/draft/")
    assert answer.status_code == 403
    assert "Draft a progress report" in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_draft_says_what_is_missing_and_shows_the_counts(organs: Any, language: str) -> None:
    a_decision(organs[1], "lonely")
    a_draft(organs[1])
    said = client_of("expert").get(PAGE.replace("/en/", f"/{language}/")).content.decode()
    assert "lonely" in said
    assert 'id="missing"' in said
    assert said.count("<svg class=") >= 1 or "chart-bar" in said


def test_list_costs_the_same_statements_for_one_and_three_reports(organs: Any) -> None:
    client = client_of("expert")
    a_draft(organs[1])
    counted = []
    for _round in range(2):
        client.get("/en/office/reports/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/en/office/reports/").status_code == 200
        counted.append(len(queries))
        a_draft(organs[0])
        a_draft(organs[1], date(2026, 10, 1))
    assert counted[0] == counted[1]


def test_draft_costs_the_same_statements_for_one_and_three_decisions() -> None:
    _board, assembly = a_register(1)
    a_draft(assembly)
    client = client_of("expert")
    counted = []
    for names in ((), ("x", "y")):
        for name in names:
            a_decision(assembly, name)
        client.get(f"{PAGE}?remarks=all")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{PAGE}?remarks=all").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_introduction_is_saved_and_entered_in_the_trail(organs: Any) -> None:
    report = a_draft(organs[1])
    answer = client_of("expert").post(
        f"{PAGE}edit/",
        {"version": report.version, "title_en": "Report", "introduction_en": "We met often."},
    )
    assert answer.status_code == 302
    report.refresh_from_db()
    assert "We met often." in str(report.introduction)
    assert AuditEntry.objects.filter(act="decisions.edit_report").count() == 1


def test_second_of_two_editors_is_told_and_loses_nothing(organs: Any) -> None:
    report = a_draft(organs[1])
    seen = report.version
    progress.edit_report(report=report, introduction={"en": "The first text"}, **SIGNED)
    answer = client_of("expert").post(
        f"{PAGE}edit/", {"version": seen, "title_en": "Report", "introduction_en": "The second"}
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "The first text" in said
    assert "The second" in said
    assert said.count("What stands now") == 1  # the remarks were not overtaken
    report.refresh_from_db()
    assert "The first text" in str(report.introduction)


def test_remark_is_saved_by_itself_and_a_stale_one_is_refused(organs: Any) -> None:
    report = a_draft(organs[1])
    key = Decision.objects.get(public_id="assembly-2026/d2").pk
    client = client_of("expert")
    address = f"{PAGE}remarks/{key}/"
    assert client.post(address, {f"remark-{key}-text_en": "Delayed by flood"}).status_code == 302
    assert Remark.objects.get().version == 1
    again = client.post(address, {f"remark-{key}-text_en": "Another hand"})
    said = again.content.decode()
    assert again.status_code == 422
    assert "Delayed by flood" in said
    assert "Another hand" in said
    part = client.post(
        address,
        {f"remark-{key}-text_en": "Agreed", f"remark-{key}-version": "1"},
        headers={"HX-Request": "true"},
    )
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert report.remarks.get().version == 2


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("fmt", FORMATS)
def test_preview_is_the_same_when_made_again(organs: Any, language: str, fmt: str) -> None:
    a_draft(organs[1])
    client = client_of("expert")
    first = client.get(f"{PAGE}preview/{language}.{fmt}")
    assert first.status_code == 200
    assert first.content == client.get(f"{PAGE}preview/{language}.{fmt}").content
    if fmt == "html":
        policy = first["Content-Security-Policy"]
        assert "sandbox" in policy
        assert "style-src 'sha256-" in policy
        assert "unsafe-inline" not in policy


def test_only_the_secretary_general_signs(organs: Any) -> None:
    report = a_draft(organs[1])
    refused = client_of("expert").post(f"{PAGE}sign/", {"version": report.version})
    assert refused.status_code == 403
    head = client_of("secretary_general")
    assert "can no longer be edited" in head.get(f"{PAGE}sign/").content.decode()
    assert head.post(f"{PAGE}sign/", {"version": report.version}).status_code == 302
    report.refresh_from_db()
    assert report.state == "signed_off"
    assert AuditEntry.objects.filter(act="decisions.sign_off_report").count() == 1


def test_signing_what_was_changed_meanwhile_is_refused(organs: Any) -> None:
    report = a_draft(organs[1])
    progress.edit_report(report=report, introduction={"en": "New"}, **SIGNED)
    answer = client_of("secretary_general").post(f"{PAGE}sign/", {"version": report.version})
    assert answer.status_code == 422
    assert ProgressReport.objects.get().state == "draft"


def test_edition_gives_its_frozen_bytes_whatever_happens_underneath(organs: Any) -> None:
    edition = frozen(organs[1])
    client = client_of("secretary_general")
    files = [(lang, fmt) for lang in ("fa", "en") for fmt in FORMATS]
    before = {f: client.get(f"{PAGE}1/{f[0]}.{f[1]}").content for f in files}
    decision = Decision.objects.get(public_id="assembly-2026/d1")
    correct_wording(
        decision=decision, titles={"en": "Other"}, themes=["x"], reason="wrong", **SIGNED
    )
    Organ.objects.update(names={"en": "Renamed"})
    a_decision(organs[1], "late")
    assert {f: client.get(f"{PAGE}1/{f[0]}.{f[1]}").content for f in files} == before
    page = client.get(f"{PAGE}1/").content.decode()
    assert edition.verification_code in page
    for row in edition.files.select_related("file"):
        assert row.file.sha256 in page
        assert read_file(row.file) == before[row.language, row.format]


def test_new_edition_tells_its_reason_and_the_old_one_stays(organs: Any) -> None:
    frozen(organs[1])
    client = client_of("secretary_general")
    assert client.post(f"{PAGE}reopen/", {"reason": ""}).status_code == 422
    assert client.post(f"{PAGE}reopen/", {"reason": "Wrong year"}).status_code == 302
    report = ProgressReport.objects.get()
    progress.sign_off_report(report=report, **SIGNED)
    client.post(f"{PAGE}freeze/")
    do_waiting_work()
    second = Edition.objects.get(number=2)
    assert second.reason == "Wrong year"
    assert client.get(f"{PAGE}1/").status_code == 200


def test_freezing_is_done_later_and_tells_how_far_it_is(organs: Any) -> None:
    report = progress.sign_off_report(report=a_draft(organs[1]), **SIGNED)
    client = client_of("secretary_general")
    assert client.post(f"{PAGE}freeze/")["Location"].endswith("/freezing/")
    assert "Waiting for the worker" in client.get(f"{PAGE}freezing/").content.decode()
    assert begin_freezing(report, by=SIGNED["by"], on=ON) == freezing_of(report)
    do_waiting_work()
    assert client.get(f"{PAGE}freezing/").status_code == 302
    assert Edition.objects.get().files.count() == 8


def test_freezing_killed_in_the_middle_freezes_nothing(organs: Any) -> None:
    report = progress.sign_off_report(report=a_draft(organs[1]), **SIGNED)

    def die(done: int, total: int, words: str) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        progress.freeze_report(report=report, progress=die, **SIGNED)
    report.refresh_from_db()
    assert report.state == "signed_off"
    assert not Edition.objects.exists()
    assert progress.freeze_report(report=report, **SIGNED).number == 1


def test_sending_writes_one_letter_each_however_often(organs: Any) -> None:
    from dabir.organs.models import Seat

    edition = frozen(organs[1])
    Seat.objects.create(organ=organs[1], city=a_city(), starts_on=date(2020, 1, 1))
    client = client_of("secretary_general")
    assert "Isfahan" in client.get(f"{PAGE}1/send/").content.decode()
    sent = {
        "to-0-included": "on",
        "to-0-language": "fa",
        "others": "Guest of honour\n\nGuest of honour",
        "others_language": "en",
    }
    for _twice in range(2):
        assert client.post(f"{PAGE}1/send/", sent).status_code == 302
    assert Letter.objects.filter(kind="dispatch").count() == 2
    assert sorted(Letter.objects.values_list("language", flat=True)) == ["en", "fa"]
    dispatch = edition.dispatches.first()
    assert dispatch is not None
    answer = client.post(
        f"{PAGE}1/receipt/{dispatch.pk}/", {"received_on": "2000-01-01", "received_by": "X"}
    )
    assert answer.status_code == 422
    client.post(
        f"{PAGE}1/receipt/{dispatch.pk}/", {"received_on": "1499/01/01", "received_by": "Clerk"}
    )
    assert "Clerk" in client.get(f"{PAGE}1/").content.decode()
    _receives_by_the_link(Letter.objects.get(language="en", kind="dispatch"), edition)
    said = client.get(f"{PAGE}1/").content.decode()
    assert "Guest, Clerk of honour" in said
    assert "link opened" in said


def _receives_by_the_link(letter: Letter, edition: Edition) -> None:
    """Somebody without an account opens the link of the letter and says who they are."""
    found = re.search(r"http://testserver(/en/received/\S+)", letter.body)
    assert found
    page, stranger = found[1], Client()
    assert stranger.get(f"{page}fa.pdf")["Location"].endswith(page)
    asked = stranger.get(page).content.decode()
    assert "I have received it" in asked
    assert "fa.pdf" not in asked
    assert not edition.dispatches.filter(receipts__how="opened").exists()
    assert stranger.post(page, {"received_by": ""}).status_code == 422
    stranger.post(page, {"received_by": "Guest, Clerk of honour"})
    for row in edition.files.select_related("file"):
        given = stranger.get(f"{page}{row.language}.{row.format}")
        assert sha256(given.content).hexdigest() == row.file.sha256
    link = SignedLink.objects.get(language="en")
    revoke_link(link=link, **SIGNED)
    assert stranger.get(page).status_code == 410
    assert stranger.get(f"{page}fa.pdf").status_code == 410


def test_sending_to_nobody_is_refused(organs: Any) -> None:
    frozen(organs[1])
    answer = client_of("secretary_general").post(f"{PAGE}1/send/", {"others_language": "en"})
    assert answer.status_code == 422
    assert "at least one recipient" in answer.content.decode()


def test_stranger_verifies_a_code_and_learns_nothing_else(organs: Any) -> None:
    edition = frozen(organs[1])
    stranger = Client()
    code = edition.verification_code.upper().replace("-", " ")
    said = stranger.get("/en/verify/", {"code": code}).content.decode()
    assert "was given by this association" in said
    for row in edition.files.select_related("file"):
        assert row.file.sha256 in said
    assert not re.search(r"Decision d1|Isfahan", said)
    unknown = stranger.get("/en/verify/0000-0000-0000-0000/")
    assert unknown.status_code == 404
    assert "No report of this association" in unknown.content.decode()
    assert stranger.get(f"{PAGE}1/en.json").status_code == 302


def test_frozen_data_name_edition_and_code(organs: Any) -> None:
    edition = frozen(organs[1])
    data = json.loads(progress.edition_bytes(edition, language="en", fmt="json"))
    assert data["edition"]["verification_code"] == edition.verification_code
    assert data["edition"]["frozen_at"].startswith(AT.date().isoformat())
