"""Tables of decisions: tried without effect, entered whole, refused in words, never half."""

from __future__ import annotations

import io
import json
import zipfile
from argparse import Namespace
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dabir.core.errors import InvalidInput
from dabir.core.models import AuditEntry
from dabir.decisions.commands import import_decisions
from dabir.decisions.importing.rows import RowRefused, read_deadline, read_row
from dabir.decisions.models import ActivityReport, Commitment, Decision
from dabir.decisions.services.importing import DECISIONS
from dabir.decisions.services.themes import name_theme
from dabir.documents.importing import confirm_import, drop_import, plan_table, try_import
from dabir.documents.models import ImportRun
from dabir.documents.tabular.reading import SheetRow
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.decisions.worker import do_waiting_work
from tests.factories.people import ON, SIGNED, a_holder

pytestmark = pytest.mark.django_db

HEAD = (
    "Decision number,Organ,Decided on,Decision in English,What is to be done in English,"
    "Lead,Deadline"
)
PERSIAN = (
    "شمارهٔ تصمیم,رکن,تاریخ تصمیم,عنوان تصمیم به فارسی,تعهد به فارسی,مسئول,مهلت,"
    "گزارش پیشین,تاریخ گزارش\n"
    "board-1405/1,هيئت اجرايي,۱۴۰۴/۱۰/۲۰,وب‌گاه,ساخت وب‌گاه,isfahan,"
    "۱۴۰۵/۰۳/۱۱,کار آغاز شد,۱۴۰۴/۱۱/۰۱\n"
)


@pytest.fixture
def organs() -> Any:
    found = two_organs()
    a_city()
    return found


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def tried(data: bytes, name: str = "board.csv") -> ImportRun:
    return try_import(DECISIONS, data=data, name=name, media_type="text/csv", **SIGNED)


def confirmed(run: ImportRun, *, leave_out: bool = False) -> ImportRun:
    return confirm_import(run=run, leave_out_refused=leave_out, **SIGNED)


def refusal(run: ImportRun, place: int = 0) -> str:
    wrong = run.plan["rows"][place]["refused"]
    return wrong["code"] if wrong else ""


GOOD = "board-2026/1,executive-board,2026-01-10,Website,Build it,isfahan,2026-06-01"


def test_trying_writes_nothing_in_the_register(organs: Any) -> None:
    run = tried(csv(GOOD))
    assert run.plan["counts"]["decision"] == 1
    assert run.plan["counts"]["commitment"] == 1
    assert not Decision.objects.exists()
    assert AuditEntry.objects.filter(act="decisions.try_import").count() == 1


def test_confirming_enters_decision_commitment_lead_and_deadline(organs: Any) -> None:
    run = confirmed(tried(csv(GOOD)))
    commitment = Commitment.objects.get()
    assert commitment.public_id == "board-2026/1/c1"
    assert commitment.lead_city == a_city()
    assert commitment.deadline_on == date(2026, 6, 1)
    assert commitment.decision.source == "board.csv, 2"
    assert run.state == "confirmed"
    assert AuditEntry.objects.filter(act="decisions.confirm_import").count() == 1


def test_persian_headings_calendar_digits_and_arabic_letters_are_understood(organs: Any) -> None:
    confirmed(tried(PERSIAN.encode()))
    decision = Decision.objects.get()
    assert decision.decided_on == date(2026, 1, 10)
    assert decision.organ.key == "executive-board"
    assert Commitment.objects.get().deadline_on == date(2026, 6, 1)
    report = ActivityReport.objects.get()
    assert (report.language, report.on) == ("fa", date(2026, 1, 21))
    assert report.on_behalf_of["id"] == "isfahan"


def test_themes_and_addressees_are_known_by_name_in_any_language(organs: Any) -> None:
    name_theme(key="water", names={"en": "Water", "fa": "آب"}, **SIGNED)
    head = HEAD + ",Themes,Addressed to"
    row = GOOD + ',"WATER، parks؛ آب","isfahan؛ organ:general-assembly; the host"'
    run = tried(csv(row, head=head))
    confirmed(run)
    commitment = Commitment.objects.get()
    assert commitment.decision.themes == ["water", "parks"]
    (terms,) = commitment.terms.all()
    assert [(a["kind"], a["id"]) for a in terms.addressees] == [
        ("city", "isfahan"),
        ("organ", "general-assembly"),
        ("words", ""),
    ]
    assert terms.addressees[2]["labels"] == {"en": "the host"}
    again = tried(csv(row, head=head))
    assert again.plan["counts"]["nothing"] == 1
    other = tried(csv(GOOD + ",,Isfahan", head=head))
    assert other.plan["rows"][0]["acts"][0]["changes"]["addressees"]["after"] == ["city:isfahan"]
    confirmed(other)
    assert len(commitment.terms.order_by("-id")[0].addressees) == 1


def test_same_file_twice_changes_nothing(organs: Any) -> None:
    for data in (csv(GOOD), PERSIAN.encode()):
        confirmed(tried(data))
        before = (
            Decision.objects.count(),
            Commitment.objects.count(),
            ActivityReport.objects.count(),
        )
        again = tried(data)
        assert again.plan["counts"]["nothing"] == len(again.plan["rows"])
        confirmed(again)
        assert before == (
            Decision.objects.count(),
            Commitment.objects.count(),
            ActivityReport.objects.count(),
        )


def test_rows_without_number_are_found_by_their_content(organs: Any) -> None:
    rows = [
        ",executive-board,2026-01-10,Website,Build it,,",
        ",executive-board,2026-01-10,Website,Feed it,,",
        ",executive-board,2026-01-10,Awards,Found them,,",
    ]
    confirmed(tried(csv(*rows)))
    assert list(Decision.objects.values_list("public_id", flat=True)) == [
        "executive-board-2026/1",
        "executive-board-2026/2",
    ]
    assert Commitment.objects.count() == 3
    assert tried(csv(*rows)).plan["counts"]["nothing"] == 3


def test_changed_terms_are_told_and_entered(organs: Any) -> None:
    a_city("shiraz")
    confirmed(tried(csv(GOOD)))
    run = tried(csv(GOOD.replace("isfahan", "shiraz").replace("2026-06-01", "2027-06-01")))
    act = run.plan["rows"][0]["acts"][0]
    assert act["kind"] == "terms"
    assert act["changes"]["lead"] == {"before": "city:isfahan", "after": "city:shiraz"}
    confirmed(run)
    commitment = Commitment.objects.get()
    assert commitment.lead_city == a_city("shiraz")
    assert commitment.deadline_on == date(2027, 6, 1)
    assert commitment.terms.count() == 2


def test_open_readings_schedule_nothing(organs: Any) -> None:
    confirmed(tried(csv(GOOD.replace("2026-06-01", "۲۰۲۶|2028"))))
    commitment = Commitment.objects.get()
    assert commitment.deadline_type == "candidates"
    assert commitment.deadline_on is None
    assert commitment.terms.get().deadline_candidates == ["2026", "2028"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("b-1/1,nobody,2026-01-10,W,B,,", "unknown_organ"),
        ("b-1/1,executive-board,2026-13-45,W,B,,", "unreadable_date"),
        ("b-1/1,executive-board,someday,W,B,,", "unreadable_date"),
        ("b-1/1,executive-board,2014|2015,W,B,,", "open_date"),
        ("b-1/1,executive-board,2026-01-10,W,B,atlantis,", "unknown_lead"),
        ("b-1/1,executive-board,2026-01-10,W,B,,2025-01-01", "deadline_before_decision"),
        ("b-1/1,executive-board,2099-01-10,W,B,,", "future"),
        ("b-1/1,executive-board,,W,B,,", "incomplete"),
        ("B 1,executive-board,2026-01-10,W,B,,", "bad_number"),
        ("assembly-2026/d1,executive-board,2026-01-10,W,B,,", "number_taken"),
        ("b-1/1,executive-board,2026-01-10,W,B,,before next nobody", "unknown_organ"),
    ],
)
def test_row_is_refused_in_words(organs: Any, row: str, code: str) -> None:
    a_decision(organs[1])
    run = tried(csv(row, GOOD))
    assert refusal(run) == code
    wrong = run.plan["rows"][0]["refused"]
    assert wrong["text"] % wrong["params"]
    assert refusal(run, 1) == ""


def test_two_rows_that_contradict_each_other_are_refused(organs: Any) -> None:
    run = tried(csv(GOOD, GOOD.replace("2026-06-01", "2028-06-01")))
    assert refusal(run, 1) == "contradicts_row"


def test_refused_rows_are_left_out_only_knowingly(organs: Any) -> None:
    run = tried(csv(GOOD, "b-1/9,nobody,2026-01-10,W,B,,"))
    with pytest.raises(InvalidInput) as caught:
        confirmed(run)
    assert caught.value.code == "rows_refused"
    assert not Decision.objects.exists()
    confirmed(run, leave_out=True)
    assert Decision.objects.count() == 1


def test_plan_that_has_become_another_is_not_entered(organs: Any) -> None:
    run = tried(csv(GOOD))
    a_decision(organs[0], public_id="board-2026/1", titles={"en": "Website"})
    with pytest.raises(InvalidInput) as caught:
        confirmed(run)
    assert caught.value.code == "plan_changed"
    assert not Commitment.objects.exists()


def test_confirmed_or_dropped_import_is_closed(organs: Any) -> None:
    run = confirmed(tried(csv(GOOD)))
    with pytest.raises(InvalidInput):
        confirmed(run)
    dropped = drop_import(run=tried(csv(GOOD)), **SIGNED)
    with pytest.raises(InvalidInput):
        confirmed(dropped)


def test_fault_in_the_middle_enters_nothing(organs: Any) -> None:
    rows = [
        GOOD.replace("board-2026/1", f"board-2026/{n}").replace("Website", f"W{n}")
        for n in range(1, 40)
    ]
    run = tried(csv(*rows))

    def die(done: int, total: int) -> None:
        if done >= 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        confirm_import(run=run, leave_out_refused=False, progress=die, **SIGNED)
    assert not Decision.objects.exists()
    run.refresh_from_db()
    assert run.state == "tried"


def book(fill: Any) -> bytes:
    made = Workbook()
    fill(made.active)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
    return out.getvalue()


def formulas(sheet: Any) -> None:
    sheet.append(HEAD.split(","))
    sheet.append(['=HYPERLINK("x")', "executive-board", "2026-01-10", "W", "B", "", ""])


def no_header(sheet: Any) -> None:
    sheet.append([1, 2, 3])
    sheet.append([4, 5, 6])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (HEAD.encode(), "empty"),
        (b"\x00\x01\x02\x03", None),
        (b"a,b\n1,2\n", "no_decision_column"),
        (b"Organ,Decided on,Date\nx,y,z\n", "column_twice"),
        (b"%PDF-1.7 whatever", "not_a_table"),
        (b"PK\x03\x04 not a zip", None),
    ],
)
def test_wrong_table_is_refused_in_words(organs: Any, data: bytes, code: str | None) -> None:
    with pytest.raises(InvalidInput) as caught:
        tried(data)
    assert code is None or caught.value.code == code
    assert str(caught.value.message)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("fill", "code"), [(formulas, "formula"), (no_header, "no_header")], ids=["formula", "header"]
)
def test_wrong_sheet_is_refused_in_words(organs: Any, fill: Any, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        tried(book(fill), "b.xlsx")
    assert caught.value.code == code


def test_zip_bomb_and_endless_table_are_refused(organs: Any) -> None:
    with pytest.raises(InvalidInput):
        tried(zip_bomb(), "bomb.xlsx")
    with pytest.raises(InvalidInput) as caught:
        tried(csv(*[GOOD] * 200_000))
    assert caught.value.code == "too_many_rows"
    assert not ImportRun.objects.exists()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=12),
                st.sampled_from(
                    ["executive-board", "2026-01-10", "۱۴۰۵/۰۱/۰۱", "2016|2018", "=1+1", "isfahan"]
                ),
            ),
            min_size=7,
            max_size=7,
        ),
        max_size=6,
    )
)
def test_any_table_is_planned_or_refused_and_writes_nothing(
    organs: Any, rows: list[list[str]]
) -> None:
    import csv as plain

    out = io.StringIO()
    writer = plain.writer(out)
    writer.writerow(HEAD.split(","))
    writer.writerows(rows)
    data = out.getvalue().encode("utf-8", "replace")
    with suppress(InvalidInput):
        trial = plan_table(DECISIONS, data=data, name="x.csv", on=ON)
        assert all((row.wrong is not None) or row.given for row in trial.rows)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", None),
        ("ندارد", "none"),
        ("به‌موقع", "on_time"),
        ("2026", "date"),
        ("۴ آذر ۱۴۰۵", "date"),
        ("2016|2018", "candidates"),
        ("before the next session of the General Assembly", "before_next"),
        ("پیش از نشست بعدی مجمع عمومی", "before_next"),
        ("هر ۲ سال از ۱۳۹۴/۰۱/۰۱", "recurring"),
        ("every 6 months from 2015-01-01", "recurring"),
    ],
)
def test_deadline_is_read_in_both_languages(text: str, kind: str | None) -> None:
    found = read_deadline(text)
    assert (found.type if found else None) == kind


def test_recurring_deadline_gives_its_period() -> None:
    found = read_deadline("هر ۲ سال از ۱۳۹۴/۰۱/۰۱")
    assert found is not None
    assert (found.recurrence, found.recurrence_from) == ("P2Y", date(2015, 3, 21))


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(RowRefused):
        read_row(SheetRow(2, {"Kind": "sometimes"}), {"kind": "Kind"})


def client_of(*powers: str) -> Client:
    client = Client()
    client.force_login(a_holder(*powers, email=f"{'-'.join(powers)}@example.org"))
    return client


def upload(client: Client, data: bytes, name: str = "board.csv") -> Any:
    return client.post(
        "/en/office/import/decisions/", {"file": SimpleUploadedFile(name, data, "text/csv")}
    )


def test_page_tries_shows_and_enters_a_table(organs: Any) -> None:
    client = client_of("expert")
    assert "Decision number" in client.get("/en/office/import/decisions/").content.decode()
    address = upload(client, csv(GOOD, "b-1/9,nobody,2026-01-10,W,B,,"))["Location"]
    said = client.get(address).content.decode()
    assert "New commitment" in said
    assert "is not registered" in said
    run = ImportRun.objects.get()
    refused = client.post(f"{address}confirm/", {"version": run.version})
    assert refused.status_code == 422
    assert "Tick this" in refused.content.decode()
    done = client.post(f"{address}confirm/", {"version": run.version, "leave_out_refused": "on"})
    assert done.status_code == 302
    assert "board-2026/1/c1" in client.get(address).content.decode()


def test_subjects_are_offered_by_right_and_a_noted_address_leads_on(organs: Any) -> None:
    client = client_of("expert")
    assert "/office/import/decisions/" in client.get("/en/office/import/").content.decode()
    run = tried(csv(GOOD))
    answer = client.get(f"/en/office/import/{run.public_id}/")
    assert answer["Location"] == f"/en/office/import/run/{run.public_id}/"
    assert client.get("/en/office/import/unknown/").status_code == 404


def test_page_refuses_a_wrong_file_in_words(organs: Any) -> None:
    answer = upload(client_of("expert"), b"%PDF-1.7", "x.csv")
    assert answer.status_code == 422
    assert "neither an XLSX nor a CSV" in answer.content.decode()


def test_page_is_closed_to_others(organs: Any) -> None:
    assert client_of("auditor").get("/en/office/import/decisions/").status_code == 403


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_template_is_understood_by_the_import(organs: Any, language: str, fmt: str) -> None:
    answer = client_of("expert").get(f"/{language}/office/import/decisions/template.{fmt}")
    with pytest.raises(InvalidInput) as caught:
        plan_table(DECISIONS, data=answer.content, name=f"t.{fmt}", on=ON)
    assert caught.value.code == "empty"


def test_trial_page_costs_the_same_for_few_and_many_rows(organs: Any) -> None:
    client = client_of("expert")
    counted = []
    for size in (1, 3):
        rows = [
            GOOD.replace("board-2026/1", f"board-2026/{n}").replace("Website", f"W{n}")
            for n in range(1, size + 1)
        ]
        address = upload(client, csv(*rows))["Location"]
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_past_report_on_a_closed_commitment_is_refused(organs: Any) -> None:
    commitment = a_commitment(a_decision(organs[1]))
    Commitment.objects.filter(pk=commitment.pk).update(status="not_applicable")
    head = "Decision number,Past report,Reported on"
    run = tried(csv("assembly-2026/d1,We did it,2026-02-01", head=head))
    assert refusal(run) == "closed"


def many_rows(count: int) -> list[str]:
    return [
        GOOD.replace("board-2026/1", f"board-2026/{n}").replace("Website", f"W{n}")
        for n in range(1, count + 1)
    ]


def test_large_table_is_entered_by_the_worker(organs: Any) -> None:
    client = client_of("expert")
    address = upload(client, csv(*many_rows(101)))["Location"]
    run = ImportRun.objects.get()
    client.post(f"{address}confirm/", {"version": run.version})
    assert not Decision.objects.exists()
    assert "The table is being entered" in client.get(address).content.decode()
    client.post(f"{address}confirm/", {"version": run.version})
    do_waiting_work()
    assert Commitment.objects.count() == 101
    run.refresh_from_db()
    assert run.state == "confirmed"


def asked(path: Path, **changes: Any) -> Namespace:
    given = {"dry_run": False, "confirm": False, "leave_out_refused": False, "json": True}
    return Namespace(file=path, **(given | changes))


def test_command_says_enters_and_refuses(organs: Any, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "board.csv"
    path.write_bytes(csv(GOOD, "b-1/9,nobody,2026-01-10,W,B,,"))
    assert import_decisions(asked(path)) == 2
    assert json.loads(capsys.readouterr().out)["counts"]["refused"] == 1
    assert import_decisions(asked(path, confirm=True)) == 2
    assert not Decision.objects.exists()
    assert not ImportRun.objects.exists()
    assert import_decisions(asked(path, confirm=True, leave_out_refused=True, json=False)) == 0
    assert Decision.objects.count() == 1
    path.write_bytes(csv(GOOD))
    assert import_decisions(asked(path, json=False)) == 0
    assert "nothing changes" in capsys.readouterr().out
