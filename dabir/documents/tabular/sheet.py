"""Writes a table as XLSX: right-to-left where the language is, real dates, no formula ever."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from dabir.documents.tabular.table import Column, Status, Table, Value, practice_word
from dabir.documents.typesetting.blocks import is_right_to_left
from dabir.documents.typesetting.zips import fixed_zip

_NOT_IN_A_SHEET = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_CELL = 32_767
_WIDTHS = {"text": 38, "date": 13, "number": 11, "status": 20, "identifier": 22}
_NOTES = {"fa": "یادداشت", "en": "Notes"}
_MODIFIED = re.compile(rb"(<(?:\w+:)?modified[^>]*>)[^<]*")


class CellTooLong(ValueError):
    """A text is longer than a sheet's cell can hold; it is never cut silently."""


def write_xlsx(table: Table, language: str) -> bytes:
    """The table as a workbook: rows with their head on the first sheet, notes on the second."""
    _refuse_long_texts(table)
    book = Workbook(write_only=True)
    word = practice_word(language) if table.practice else ""
    _main_sheet(book, table, language, word)
    _notes_sheet(book, table, language, word)
    at = table.written_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = book.properties
    properties.title, properties.creator = table.title, table.source or table.title
    properties.lastModifiedBy, properties.language = properties.creator, language
    properties.created = properties.modified = at
    properties.subject = word or None
    out = io.BytesIO()
    book.save(out)
    stamp = rb"\g<1>" + f"{at.isoformat()}Z".encode()

    def change(name: str, content: bytes) -> bytes:
        return _MODIFIED.sub(stamp, content) if name == "docProps/core.xml" else content

    return fixed_zip(out.getvalue(), change)


def _refuse_long_texts(table: Table) -> None:
    """Before a row is written: a workbook that is left half-way cannot be closed."""
    for row in table.rows:
        for value in row.values():
            if isinstance(value, str) and len(value) > _LONGEST_CELL:
                raise CellTooLong(f"a cell holds {_LONGEST_CELL} signs, this text has {len(value)}")


def _main_sheet(book: Workbook, table: Table, language: str, word: str) -> None:
    sheet = book.create_sheet(_sheet_name(f"{word} {table.title}".strip()))
    sheet.sheet_view.rightToLeft = is_right_to_left(language)
    sheet.freeze_panes = "A2"
    columns = [*([Column("", word, "text")] if word else []), *table.columns]
    for place, column in enumerate(columns, 1):
        wide = 12 if word and place == 1 else _WIDTHS[column.kind]
        sheet.column_dimensions[get_column_letter(place)].width = wide
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(table.rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = f"{table.title} {word}".replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"
    bold, wash = Font(name="Vazirmatn", bold=True), PatternFill("solid", fgColor="F3F2ED")
    heads = [_text_cell(sheet, column.label) for column in columns]
    for cell in heads:
        cell.font, cell.fill = bold, wash
    sheet.append(heads)
    wrapped = Alignment(vertical="top", wrap_text=True)
    plain = Font(name="Vazirmatn")
    for row in table.rows:
        cells = [_cell(sheet, row.get(column.key), wrapped, plain) for column in table.columns]
        sheet.append([_text_cell(sheet, word), *cells] if word else cells)


def _notes_sheet(book: Workbook, table: Table, language: str, word: str) -> None:
    sheet = book.create_sheet(_NOTES.get(language, _NOTES["en"]))
    sheet.sheet_view.rightToLeft = is_right_to_left(language)
    sheet.column_dimensions["A"].width = 100
    for line in (word, table.title, table.source, *table.notes):
        if line:
            sheet.append([_text_cell(sheet, line)])


def _sheet_name(title: str) -> str:
    return _NOT_IN_A_NAME.sub(" ", _NOT_IN_A_SHEET.sub("", title))[:31].strip() or "Dabir"


def _text_cell(sheet: Any, text: str) -> Any:
    clean = _NOT_IN_A_SHEET.sub("", text)
    cell = WriteOnlyCell(sheet, value="")
    cell.value = clean
    cell.data_type = "s"
    if clean[:1] in {"=", "+", "-", "@"}:
        cell.quotePrefix = True
    return cell


def _cell(sheet: Any, value: Value, wrapped: Alignment, plain: Font) -> Any:
    if isinstance(value, Status):
        value = value.word
    if isinstance(value, str):
        cell = _text_cell(sheet, value)
    else:
        if isinstance(value, datetime) and value.tzinfo:
            value = value.astimezone(UTC).replace(tzinfo=None)
        cell = WriteOnlyCell(sheet, value="")
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        elif isinstance(value, int | float | Decimal):
            cell.number_format = "General"
    cell.alignment, cell.font = wrapped, plain
    return cell
