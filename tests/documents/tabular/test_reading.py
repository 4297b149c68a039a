"""Wrong tables are refused or read, always with words, never half."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dabir.documents.tabular.reading import Limits, SheetTable, TableRefused, read_table

pytestmark = pytest.mark.pure


def workbook(*rows: list[Any], change: Any = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(data: bytes, name: str = "t.xlsx", limits: Limits | None = None) -> TableRefused:
    with pytest.raises(TableRefused) as caught:
        read_table(data, name, limits=limits)
    error = caught.value
    assert error.message_id % error.params == str(error)
    return error


def codes(table: SheetTable) -> list[str]:
    return [notice.code for notice in table.warnings]


HEADER = ["شناسه", "عنوان", "موعد"]


def test_read_sheet_with_both_calendars_and_persian_digits_gives_the_same_dates() -> None:
    data = workbook(
        HEADER,
        ["d-1", "وب‌گاه", date(2014, 11, 25)],
        ["d-2", "بانک", "۱۳۹۳/۰۹/۰۴"],
        ["d-3", "جایزه", "۴ آذر ۱۳۹۳"],
        ["d-4", "کمیته", "25 November 2014"],
        ["d-5", "میزبان", None],
        ["d-6", "میزبان", "۲۰۱۴-۱۱-۲۵"],
    )
    table = read_table(data, "x.xlsx")
    assert table.header == tuple(HEADER)
    assert [row.number for row in table.rows] == [2, 3, 4, 5, 6, 7]
    assert [row.date("موعد") for row in table.rows] == [
        *[date(2014, 11, 25)] * 4,
        None,
        date(2014, 11, 25),
    ]
    assert table.rows[0].text("موعد") == "2014-11-25"
    assert table.warnings == ()


def test_read_number_as_text_loses_nothing() -> None:
    table = read_table(workbook(["a", "b"], [12, 3.5], ["۱۲", True]), "x.xlsx")
    assert [row.text("a") for row in table.rows] == ["12", "۱۲"]
    assert [row.whole_number("a") for row in table.rows] == [12, 12]
    assert table.rows[0].text("b") == "3.5"


def test_read_date_that_is_no_date_says_so() -> None:
    row = read_table(workbook(["a", "d"], ["x", "soon"]), "x.xlsx").rows[0]
    with pytest.raises(ValueError, match="soon"):
        row.date("d")


@pytest.mark.parametrize(
    "data", [b"", b"  \r\n ", workbook(), workbook(["a", "b"]), workbook([None, " "])]
)
def test_read_empty_file_is_refused(data: bytes) -> None:
    assert refused(data).code == "empty"


@pytest.mark.parametrize(
    "rows",
    [
        [["1", "2", "3"], ["4", "5", "6"]],
        [["d-1", date(2014, 1, 1)], ["d-2", date(2014, 1, 2)]],
        [[1, 2, "x"], [1, 2, "y"]],
    ],
)
def test_read_sheet_without_header_is_refused(rows: list[list[Any]]) -> None:
    assert refused(workbook(*rows)).code == "no_header"


def test_read_duplicate_header_is_refused_with_its_name() -> None:
    error = refused(workbook(["Title", "title ", "x"], ["a", "b", "c"]))
    assert (error.code, error.params["column"]) == ("duplicate_header", "title")


def test_read_formula_is_refused_with_its_cell() -> None:
    error = refused(workbook(["a", "b"], ["x", "=1+1"]))
    assert (error.code, error.params["cell"], error.params["formula"]) == ("formula", "B2", "=1+1")


def test_read_merged_cells_keeps_the_first_value_and_warns() -> None:
    def merge(book: Workbook) -> None:
        book.active.merge_cells("A2:A3")

    table = read_table(workbook(["a", "b"], ["x", "1st"], ["y", "2nd"], change=merge), "x.xlsx")
    assert [row.text("a") for row in table.rows] == ["x", ""]
    assert codes(table) == ["merged_cells"]
    assert table.warnings[0].params["ranges"] == "A2:A3"


def test_read_only_the_first_visible_sheet_and_says_so() -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("second").append(["q"])

    table = read_table(workbook(["a"], ["x"], change=add), "x.xlsx")
    assert codes(table) == ["other_sheets"]
    assert table.rows[0].text("a") == "x"


def test_read_empty_rows_keeps_the_numbers_of_the_file() -> None:
    table = read_table(workbook([], ["a", "b"], ["x", 1], [], ["y", 2]), "x.xlsx")
    assert [row.number for row in table.rows] == [3, 5]
    assert codes(table) == ["empty_rows"]


def test_read_exactly_the_limit_is_read() -> None:
    limits = Limits(rows=3)
    assert len(read_table(workbook(["a"], ["1x"], ["2x"], ["3x"]), "x", limits=limits).rows) == 3
    assert (
        refused(workbook(["a"], ["1x"], ["2x"], ["3x"], ["4x"]), limits=limits).code
        == "too_many_rows"
    )
    assert refused(b"a,b\n" + b"x,y\n" * 4, limits=limits).code == "too_many_rows"


def rezipped(data: bytes, change: Any) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


SMALL = workbook(["a", "b"], ["x", "y"])


def test_read_too_many_rows_is_refused_in_bounded_time() -> None:
    lines = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>row %d</t></is></c></row>' % (n, n, n)
        for n in range(3, 200_003)
    )

    def lengthen(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        return content.replace(b"</sheetData>", lines + b"</sheetData>")

    data = rezipped(SMALL, lengthen)
    started = time.process_time()
    assert refused(data).code == "too_many_rows"
    assert time.process_time() - started < 8


def test_read_zip_bomb_is_refused_before_it_is_opened() -> None:
    def swell(name: str, content: bytes) -> bytes:
        return content + b" " * 60_000_000 if name == "xl/worksheets/sheet1.xml" else content

    started = time.process_time()
    assert refused(rezipped(SMALL, swell)).code == "zip_bomb"
    assert time.process_time() - started < 2


def test_read_zip_bomb_with_lying_sizes_is_refused() -> None:
    def swell(name: str, content: bytes) -> bytes:
        return content + b" " * 60_000_000 if name == "xl/worksheets/sheet1.xml" else content

    data = bytearray(rezipped(SMALL, swell))
    true_size = struct.pack(
        "<L", len(zipfile.ZipFile(io.BytesIO(bytes(data))).read("xl/worksheets/sheet1.xml"))
    )
    assert bytes(data).count(true_size) >= 2
    lied = bytes(data).replace(true_size, struct.pack("<L", 5000))
    assert refused(lied).code in {"zip_bomb", "damaged"}


def test_read_entities_are_refused() -> None:
    def laugh(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        start = content.index(b"<worksheet")
        kept = content[start:].replace(b"<t>x</t>", b"<t>&l;</t>")
        return b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l "ha">]>' + kept

    assert refused(rezipped(SMALL, laugh)).code == "damaged"


def test_read_row_number_beyond_every_sheet_is_refused_in_bounded_time() -> None:
    def far(name: str, content: bytes) -> bytes:
        return (
            content.replace(b'r="2"', b'r="99999999999"')
            if name == "xl/worksheets/sheet1.xml"
            else content
        )

    started = time.process_time()
    assert refused(rezipped(SMALL, far)).code in {"too_many_rows", "damaged"}
    assert time.process_time() - started < 8


def test_read_columns_beyond_the_limit_are_refused() -> None:
    assert refused(workbook(["a", *[None] * 300, "z"], ["x"])).code == "too_many_columns"
    assert refused(b",".join(b"c%d" % i for i in range(300)) + b"\n").code == "too_many_columns"


def test_read_row_longer_than_header_is_refused() -> None:
    error = refused(b"a,b\nx,y\nx,y,z\n")
    assert (error.code, error.params["row"]) == ("ragged_row", 3)


def test_read_row_shorter_than_header_is_read_with_a_warning() -> None:
    table = read_table(b"a,b\nx\ny,z\n", "x.csv")
    assert [row.text("b") for row in table.rows] == ["", "z"]
    assert codes(table) == ["short_rows"]


def compound(word: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + word.encode("utf-16-le") + b"\0" * 600
    )


def test_read_file_under_a_password_is_refused() -> None:
    assert refused(compound("EncryptedPackage")).code == "encrypted"


def test_read_old_excel_named_xlsx_is_refused() -> None:
    assert refused(compound("Workbook")).code == "old_excel"


def test_read_open_document_named_xlsx_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", "<x/>")
    assert refused(out.getvalue()).code == "open_document"


@pytest.mark.parametrize(
    "start", [b"%PDF-1.7\n", b"\x89PNG\r\n", b"<!DOCTYPE html><html>", b"<?xml version='1.0'?>"]
)
def test_read_other_kinds_are_refused(start: bytes) -> None:
    assert refused(start + b"a,b\nc,d\n", "t.csv").code == "not_a_table"


def test_read_truncated_workbook_is_refused() -> None:
    assert refused(SMALL[: len(SMALL) // 2]).code == "damaged"


def test_read_workbook_named_csv_is_read_by_its_content() -> None:
    assert read_table(SMALL, "wrong.csv").rows[0].text("a") == "x"


TEXT = "شناسه{0}عنوان\r\nd-1{0}گزارش پیشرفت\r\nd-2{0}یک کار\r\n"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_read_csv_in_every_separator_and_encoding(sign: str, encoding: str) -> None:
    table = read_table(TEXT.format(sign).encode(encoding), "x.csv")
    assert table.header == ("شناسه", "عنوان")
    assert [row.text("عنوان") for row in table.rows] == ["گزارش پیشرفت", "یک کار"]
    assert [row.number for row in table.rows] == [2, 3]


def test_read_csv_in_windows_1256_is_read_with_a_warning() -> None:
    text = "عنوان,شماره\nگزارش,d-1\nكتاب,d-2\n"
    table = read_table(text.encode("windows-1256"), "x.csv")
    assert [row.text("عنوان") for row in table.rows] == ["گزارش", "كتاب"]
    assert codes(table) == ["guessed_encoding"]


def test_read_csv_quoted_lines_keep_their_line_numbers() -> None:
    table = read_table(b'a,b\n"one\ntwo",x\ny,z\n', "x.csv")
    assert [(row.number, row.text("a")) for row in table.rows] == [(2, "one\ntwo"), (4, "y")]


def test_read_csv_with_open_quotation_is_refused_whole() -> None:
    error = refused(b'a,b\nx,y\n"open,z\nq,w\n', "x.csv")
    assert (error.code, error.params["row"]) == ("damaged", 3)


def test_read_csv_formula_is_refused_and_an_exported_one_given_back() -> None:
    assert refused(b"a,b\nx,=1+1\n", "x.csv").code == "formula"
    assert read_table(b"a,b\nx,'=1+1\n", "x.csv").rows[0].text("b") == "=1+1"


def test_read_csv_with_binary_is_refused() -> None:
    assert refused(bytes(range(256)) * 8, "x.csv").code in {"encoding", "damaged"}


def test_read_too_large_file_is_refused() -> None:
    assert refused(b"a,b\n" * 100, limits=Limits(bytes=100)).code == "too_large"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_read_anything_is_read_or_refused(data: bytes) -> None:
    try:
        table = read_table(data, "x")
    except TableRefused:
        return
    assert table.rows


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
def test_read_damaged_workbook_is_read_or_refused(place: int, value: int) -> None:
    data = bytearray(SMALL)
    data[place] = value
    try:
        table = read_table(bytes(data), "x.xlsx")
    except TableRefused:
        return
    assert table.rows


def test_workbook_of_the_tests_is_itself_readable() -> None:
    assert load_workbook(io.BytesIO(SMALL)).active["A1"].value == "a"
