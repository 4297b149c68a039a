"""What is exported is what was shown: the same rows, readable again, and nothing that runs."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from dabir.documents.tabular.export import MEDIA_TYPES, export_table
from dabir.documents.tabular.reading import read_table
from dabir.documents.tabular.sheet import CellTooLong
from dabir.documents.tabular.table import Column, Status, Table

pytestmark = pytest.mark.pure

COLUMNS = (
    Column("id", "شناسه", "identifier"),
    Column("title", "عنوان"),
    Column("due", "موعد", "date"),
    Column("silence", "سکوت", "number"),
    Column("status", "وضعیت", "status"),
)
ROWS = (
    {
        "id": "laleh-2019/4.b",
        "title": "راه‌اندازی وب‌گاه",
        "due": date(2026, 11, 25),
        "silence": 12,
        "status": Status("blocked", "متوقف"),
    },
    {"id": "laleh-2019/5", "title": "=HYPERLINK(1)", "due": None, "silence": 0, "status": None},
    {"id": "laleh-2019/6", "title": " +cmd|' /C calc'!A0", "due": date(2024, 1, 1), "silence": -3},
)


def table(**changes: object) -> Table:
    given = {"title": "تعهدها", "columns": COLUMNS, "rows": ROWS, "notes": ("صافی: همه",)} | changes
    return Table(**given)  # type: ignore[arg-type] # the changes are typed by their names


@pytest.mark.parametrize("fmt", MEDIA_TYPES)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_export_table_twice_gives_equal_bytes(fmt: str, language: str) -> None:
    assert export_table(table(), fmt, language) == export_table(table(), fmt, language)


@pytest.mark.parametrize("fmt", MEDIA_TYPES)
def test_export_changed_table_gives_other_bytes(fmt: str) -> None:
    assert export_table(table(), fmt, "fa") != export_table(table(rows=ROWS[:2]), fmt, "fa")


def test_export_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="ods"):
        export_table(table(), "ods", "fa")


@pytest.mark.parametrize(("language", "right_to_left"), [("fa", True), ("en", False)])
def test_export_xlsx_has_real_dates_and_no_formula(language: str, right_to_left: bool) -> None:
    book = load_workbook(io.BytesIO(export_table(table(), "xlsx", language)))
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft is right_to_left
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["C2"].value.date() == date(2026, 11, 25)
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert sheet["D2"].value == 12
    assert sheet["E2"].value == "متوقف"
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    assert sheet["B3"].value == "=HYPERLINK(1)"
    assert sheet["B3"].quotePrefix
    assert "صافی: همه" in [row[0].value for row in book.worksheets[1]]


def test_export_csv_starts_with_mark_and_runs_nothing() -> None:
    data = export_table(table(), "csv", "fa")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == [column.label for column in COLUMNS]
    assert rows[1] == ["laleh-2019/4.b", "راه‌اندازی وب‌گاه", "2026-11-25", "12", "متوقف"]
    assert rows[2][1] == "'=HYPERLINK(1)"
    assert rows[3][1].startswith("'")
    assert rows[3][3] == "-3"


@pytest.mark.parametrize(
    "text", ["=1", "+1+1", "-1-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "%0A"]
)
def test_export_csv_cell_that_a_sheet_would_run_is_guarded(text: str) -> None:
    data = export_table(table(rows=[{"title": text}]), "csv", "fa").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data, newline="")))[1][1].startswith("'")


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_export_read_again_gives_the_same_rows(fmt: str) -> None:
    again = read_table(export_table(table(rows=ROWS[:2]), fmt, "fa"), f"t.{fmt}")
    assert [row.text("عنوان") for row in again.rows] == ["راه‌اندازی وب‌گاه", "=HYPERLINK(1)"]
    assert again.rows[0].date("موعد") == date(2026, 11, 25)
    assert again.rows[0].whole_number("سکوت") == 12


def test_export_json_holds_machine_values() -> None:
    data = json.loads(export_table(table(), "json", "en"))
    assert data["schema"] == "dabir/table/1"
    assert data["rows"][0] == {
        "id": "laleh-2019/4.b",
        "title": "راه‌اندازی وب‌گاه",
        "due": "2026-11-25",
        "silence": 12,
        "status": "blocked",
    }
    assert data["rows"][1]["due"] is None


def test_export_pdf_repeats_the_head_on_every_landscape_page() -> None:
    rows = [{**ROWS[0], "id": f"laleh-2019/{n}"} for n in range(120)]
    titled = table(rows=rows, columns=[Column("id", "Identifier", "identifier"), *COLUMNS[1:]])
    pages = PdfReader(io.BytesIO(export_table(titled, "pdf", "en"))).pages
    assert len(pages) > 2
    assert all("Identifier" in page.extract_text() for page in pages)
    assert all(page.mediabox.width > page.mediabox.height for page in pages)


@pytest.mark.parametrize("fmt", MEDIA_TYPES)
def test_export_of_practice_bears_the_word(fmt: str) -> None:
    data = export_table(table(practice=True), fmt, "en")
    if fmt == "xlsx":
        sheet = load_workbook(io.BytesIO(data)).worksheets[0]
        assert all(row[0].value == "PRACTICE" for row in sheet.iter_rows(min_row=2))
        assert "PRACTICE" in sheet.title
    elif fmt == "csv":
        assert all(line.startswith("PRACTICE,") for line in data.decode("utf-8-sig").splitlines())
    elif fmt == "json":
        assert json.loads(data)["practice"] is True
    elif fmt == "pdf":
        assert all("PRACTICE" in page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    else:
        assert "PRACTICE" in Document(io.BytesIO(data)).sections[0].header.paragraphs[0].text


def test_export_xlsx_never_cuts_a_text_silently() -> None:
    with pytest.raises(CellTooLong):
        export_table(table(rows=[{"title": "x" * 40_000}]), "xlsx", "en")


def test_export_takes_its_time_from_the_data() -> None:
    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    book = load_workbook(io.BytesIO(export_table(table(written_at=at), "xlsx", "en")))
    assert book.properties.modified == at.replace(tzinfo=None)
    assert book.properties.created == at.replace(tzinfo=None)
