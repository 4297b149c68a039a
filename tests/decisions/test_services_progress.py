"""Progress reports: drafted, signed, frozen for ever, sent once to each, received."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.core.trail import trail_faults
from dabir.core.words import as_words
from dabir.decisions.models import (
    Dispatch,
    DispatchReceipt,
    Edition,
    EditionFile,
    ProgressReport,
    Remark,
)
from dabir.decisions.queries.cut import Cut
from dabir.decisions.report.building import ReportRequest, build_report
from dabir.decisions.services.activity import file_report
from dabir.decisions.services.progress import (
    draft_report,
    edit_report,
    edition_bytes,
    freeze_report,
    remark_on_decision,
    reopen_report,
    sign_off_report,
    take_back_signature,
)
from dabir.decisions.services.sending import (
    EDITION_PURPOSE,
    Addressee,
    note_receipt,
    open_edition,
    send_edition,
)
from dabir.decisions.services.themes import name_theme
from dabir.documents.services import read_file
from dabir.messaging.models import Letter
from dabir.messaging.services import LinkRefused, open_link
from dabir.organs.models import Organ
from tests.decisions.reported import a_decision, a_register
from tests.decisions.schema import faults
from tests.factories.people import AT, ON, SIGNED

pytestmark = pytest.mark.django_db
SIGNER = SIGNED | {"by": Actor("person", "person-sg", {"en": "Secretary General", "fa": "دبیرکل"})}


@pytest.fixture
def assembly() -> Organ:
    return a_register(2)[1]


@pytest.fixture
def draft(assembly: Organ) -> ProgressReport:
    return draft_report(organ=assembly, as_of=ON, **SIGNED)


def _entry(name: str) -> AuditEntry:
    return AuditEntry.objects.get(act=f"decisions.{name}")


def test_draft_report_is_named_by_organ_and_day(assembly: Organ) -> None:
    first = draft_report(organ=assembly, as_of=ON, **SIGNED)
    second = draft_report(organ=assembly, as_of=ON, **SIGNED)
    assert first.public_id == "general-assembly-2026-11-22"
    assert second.public_id == "general-assembly-2026-11-22-2"
    assert (first.state, first.version) == ("draft", 1)
    told = AuditEntry.objects.filter(act="decisions.draft_report").first()
    assert told.after == {"organ": "general-assembly", "as_of": "2026-11-22", "since": None}


def test_draft_report_of_a_day_to_come_is_refused(assembly: Organ) -> None:
    with pytest.raises(InvalidInput) as refusal:
        draft_report(organ=assembly, as_of=ON + timedelta(days=1), **SIGNED)
    assert "as_of" in refusal.value.fields
    assert not ProgressReport.objects.exists()


def test_draft_report_compared_with_one_never_frozen_is_refused(
    assembly: Organ, draft: ProgressReport
) -> None:
    with pytest.raises(InvalidInput, match="frozen"):
        draft_report(organ=assembly, as_of=ON, since=draft, **SIGNED)
    assert ProgressReport.objects.count() == 1


def test_edit_report_and_remarks_keep_what_stood_before(draft: ProgressReport) -> None:
    decision = draft.organ.decisions.order_by("id").first()
    fresh = edit_report(report=draft, introduction={"en": "One"}, version=1, **SIGNED)
    edit_report(report=fresh, introduction={"en": "Two"}, titles={"en": "T"}, **SIGNED)
    kept = ProgressReport.objects.get()
    assert (as_words(kept.introduction), as_words(kept.titles)) == ({"en": "Two"}, {"en": "T"})
    told = AuditEntry.objects.filter(act="decisions.edit_report").last()
    assert told.before["introduction"] == {"en": "One"}
    remark = remark_on_decision(report=kept, decision=decision, text={"en": "Late"}, **SIGNED)
    again = remark_on_decision(report=kept, decision=decision, text={}, version=1, **SIGNED)
    assert (remark.pk, again.version) == (again.pk, 2)
    assert Remark.objects.count() == 1


def test_edits_from_a_stale_page_are_refused(draft: ProgressReport) -> None:
    decision = draft.organ.decisions.order_by("id").first()
    edit_report(report=draft, introduction={"en": "One"}, version=1, **SIGNED)
    for act in (edit_report, sign_off_report):
        given = {"introduction": {"en": "Two"}} if act is edit_report else {}
        with pytest.raises(StaleRecord):
            act(report=draft, version=1, **given, **SIGNED)
    remark_on_decision(report=draft, decision=decision, text={"en": "A"}, **SIGNED)
    remark_on_decision(report=draft, decision=decision, text={"en": "B"}, version=1, **SIGNED)
    with pytest.raises(StaleRecord):
        remark_on_decision(report=draft, decision=decision, text={"en": "C"}, version=1, **SIGNED)
    kept = ProgressReport.objects.get()
    assert (as_words(kept.introduction), kept.state) == ({"en": "One"}, "draft")
    assert as_words(Remark.objects.get().text) == {"en": "B"}


def test_a_signed_report_is_edited_no_more_until_the_signature_is_taken_back(
    draft: ProgressReport,
) -> None:
    decision = draft.organ.decisions.order_by("id").first()
    signed = sign_off_report(report=draft, **SIGNER)
    assert (signed.state, signed.signed_off_on, signed.signed_off_by["id"]) == (
        "signed_off",
        ON,
        "person-sg",
    )
    with pytest.raises(IllegalStep):
        edit_report(report=signed, introduction={"en": "x"}, **SIGNED)
    with pytest.raises(IllegalStep):
        remark_on_decision(report=signed, decision=decision, text={"en": "x"}, **SIGNED)
    with pytest.raises(IllegalStep):
        sign_off_report(report=signed, **SIGNER)
    back = take_back_signature(report=signed, reason="A slip", **SIGNER)
    assert back.state == "draft"
    assert _entry("take_back_report").reason == "A slip"
    edit_report(report=back, introduction={"en": "x"}, **SIGNED)


def test_an_unsigned_report_is_not_frozen_and_nothing_is_kept(draft: ProgressReport) -> None:
    with pytest.raises(IllegalStep):
        freeze_report(report=draft, **SIGNER)
    for model in (Edition, EditionFile):
        assert not model.objects.exists()


@pytest.fixture
def edition(draft: ProgressReport) -> Edition:
    return freeze_report(report=sign_off_report(report=draft, **SIGNER), **SIGNER)


def test_freeze_report_keeps_data_and_files_for_ever(edition: Edition) -> None:
    report = edition.report
    report.refresh_from_db()
    assert (report.state, edition.number) == ("frozen", 1)
    assert {(f.language, f.format) for f in edition.files.all()} == {
        (language, fmt) for language in ("fa", "en") for fmt in ("json", "html", "pdf", "docx")
    }
    assert edition_bytes(edition, language="fa", fmt="pdf").startswith(b"%PDF")
    data = json.loads(read_file(edition.data))
    assert data["edition"]["verification_code"] == edition.verification_code
    assert data["edition"]["signed_off_by"]["en"] == "Secretary General"
    told = _entry("keep_edition")
    assert told.after["data"] == edition.data.sha256
    assert (told.sequence, told.hash) == (edition.trail_sequence, edition.trail_hash)
    assert len(told.after["files"]) == 8
    assert list(trail_faults()) == []
    with pytest.raises(InvalidInput):
        edition_bytes(edition, language="fa", fmt="odt")


def test_an_edition_stays_as_it_was_when_the_register_goes_on(edition: Edition) -> None:
    before = edition_bytes(edition, language="en", fmt="json")
    commitment = edition.report.organ.decisions.order_by("id").first().commitments.get()
    file_report(commitment=commitment, text="News", language="en", **SIGNED)
    assert edition_bytes(Edition.objects.get(), language="en", fmt="json") == before


def test_a_new_edition_says_what_was_wrong_and_the_old_one_stays(edition: Edition) -> None:
    report = ProgressReport.objects.get()
    with pytest.raises(InvalidInput):
        reopen_report(report=report, reason=" ", **SIGNER)
    reopened = reopen_report(report=report, reason="A wrong lead", **SIGNER)
    signed = sign_off_report(report=reopened, **SIGNER)
    with pytest.raises(InvalidInput, match="what was wrong"):
        freeze_report(report=signed, **SIGNER)
    assert Edition.objects.count() == 1
    assert EditionFile.objects.count() == 8
    assert ProgressReport.objects.get().state == "signed_off"
    second = freeze_report(report=signed, reason="A wrong lead", **SIGNER)
    assert (second.number, Edition.objects.count()) == (2, 2)
    assert second.verification_code != edition.verification_code


CITY = Reference("city", "isfahan", {"en": "Isfahan", "fa": "اصفهان"})
YAZD = Reference("city", "yazd", {"en": "Yazd", "fa": "یزد"})


def _send(edition: Edition, *who: Reference) -> list[Dispatch]:
    addressees = [Addressee(one, "en") for one in who]
    return send_edition(
        edition=edition, addressees=addressees, address_of=lambda token, _l: f"at/{token}", **SIGNER
    )


def test_send_edition_twice_adds_nothing_and_receipts_are_told(edition: Edition) -> None:
    (first,) = _send(edition, CITY)
    again = _send(edition, CITY, YAZD)
    assert again[0] == first
    assert (Dispatch.objects.count(), Letter.objects.count()) == (2, 2)
    assert AuditEntry.objects.filter(act="decisions.send_edition").count() == 2
    letter = first.letter
    assert edition.verification_code in letter.body
    assert letter.attachments.get() == edition.files.get(language="en", format="pdf").file
    receipt = note_receipt(dispatch=first, received_on=ON, received_by="Ms Karimi", **SIGNED)
    assert (receipt.on, receipt.how) == (ON, "noted")
    told = _entry("note_receipt")
    assert (told.after["letter"], told.after["received_on"]) == (letter.number, ON.isoformat())
    assert "Karimi" not in str(told.after)
    with pytest.raises(InvalidInput, match="before"):
        note_receipt(dispatch=first, received_on=ON - timedelta(days=1), received_by="x", **SIGNED)
    with pytest.raises(InvalidInput):
        note_receipt(dispatch=first, received_on=ON, received_by="x" * 201, **SIGNED)
    assert DispatchReceipt.objects.count() == 1


def test_opening_the_link_of_a_sent_edition_is_its_receipt_once(edition: Edition) -> None:
    (first,) = _send(edition, CITY)
    token = first.letter.body.rsplit("at/", 1)[1]
    link = open_link(token=token, purpose=EDITION_PURPOSE, on=ON, reader=None)
    assert (link.recipient["id"], link.target["id"]) == (
        "isfahan",
        f"{edition.report.public_id}/1",
    )
    with pytest.raises(LinkRefused):
        open_link(token=token, purpose="report", on=ON, reader=None)
    for _twice in range(2):
        receipt = open_edition(link=link, received_by="Ms Karimi", on=ON, at=AT)
    assert (receipt.dispatch, receipt.how, receipt.by["id"]) == (first, "opened", "isfahan")
    told = _entry("open_edition")
    assert told.after["letter"] == first.letter.number
    assert "Karimi" not in str(told.after)
    with pytest.raises(InvalidInput):
        open_edition(link=link, received_by="x" * 201, on=ON, at=AT)
    assert DispatchReceipt.objects.count() == 1
    link.recipient = YAZD.as_dict()
    with pytest.raises(LinkRefused):
        open_edition(link=link, received_by="Ms Karimi", on=ON, at=AT)


def test_a_report_carries_the_names_of_themes_as_they_were_known(edition: Edition) -> None:
    organ = edition.report.organ
    a_decision(organ, "themed", themes=["water", "nameless"])
    for minute, name in enumerate(("Water", "Rivers")):
        at = AT + timedelta(minutes=minute)
        name_theme(key="water", names={"en": name}, **(SIGNED | {"at": at}))
    told = [build_report(ReportRequest(organ, Cut(ON, AT + timedelta(minutes=m)))) for m in (0, 1)]
    assert [data["themes"] for data in told] == [
        {"water": {"en": "Water"}},
        {"water": {"en": "Rivers"}},
    ]
    assert told[0]["clauses"][-1]["themes"] == ["water", "nameless"]
    assert list(faults(told[1])) == []


def test_a_report_compared_with_a_later_one_is_refused(edition: Edition) -> None:
    organ = edition.report.organ
    with pytest.raises(InvalidInput):
        draft_report(organ=organ, as_of=date(2026, 6, 1), since=edition.report, **SIGNED)
    later = SIGNED | {"on": ON + timedelta(days=9), "at": AT + timedelta(days=9)}
    report = draft_report(organ=organ, as_of=ON + timedelta(days=9), since=edition.report, **later)
    told: Any = AuditEntry.objects.filter(act="decisions.draft_report").last()
    assert told.after["since"] == edition.report.public_id
    assert report.since == edition.report
