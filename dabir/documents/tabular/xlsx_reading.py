"""Reads XLSX: sizes are checked before anything is unpacked, formulas are never evaluated."""

from __future__ import annotations

import io
import re
import warnings as python_warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from dabir.documents.tabular.reading import (
    Cell,
    Limits,
    Notice,
    SheetTable,
    TableRefused,
    headed,
    message,
    too_many_rows,
)

_MERGED = re.compile(rb'<mergeCell[^>]*\bref="([A-Z0-9:]+)"')
_ROW = re.compile(rb"<row[\s>/]")
_DECLARES_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 16
_LARGEST_STRINGS = 40 * 1024 * 1024
_MOST_WIDE_ROWS = 200


def read(data: bytes, name: str, limits: Limits) -> SheetTable:
    """The table of the first visible sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_other_archives(packed, name)
            merged = _weighed(packed, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(name) from error
    notices: list[Notice] = []
    try:
        lines = _lines(data, name, limits, notices)
    except TableRefused:
        raise
    except Exception as error:  # the parser meets hostile files: whatever it raises is a refusal
        raise _damaged(name) from error
    if merged:
        notices.append(
            Notice(
                "merged_cells",
                message(
                    "Merged cells were read with their value in the first cell only: %(ranges)s."
                ),
                {"ranges": ", ".join(merged[:8]) + (" …" if len(merged) > 8 else "")},
            )
        )
    return headed(lines, name, limits, notices)


def _damaged(name: str) -> TableRefused:
    return TableRefused("damaged", message("“%(name)s” is damaged and cannot be read."), name=name)


def _refuse_other_archives(packed: zipfile.ZipFile, name: str) -> None:
    members = set(packed.namelist())
    if "mimetype" in members and packed.getinfo("mimetype").file_size < 200:
        kind = packed.read("mimetype")
        if b"opendocument" in kind:
            raise TableRefused(
                "open_document",
                message("“%(name)s” is an OpenDocument table. Save it as XLSX or CSV."),
                name=name,
            )
    if "[Content_Types].xml" not in members or not any(each.startswith("xl/") for each in members):
        raise TableRefused(
            "not_a_table",
            message(
                "“%(name)s” is neither an XLSX nor a CSV file. Save the table as one of these."
            ),
            name=name,
        )
    if any(info.flag_bits & 1 for info in packed.infolist()):
        raise TableRefused(
            "encrypted",
            message("“%(name)s” is protected by a password. Save it without one."),
            name=name,
        )


def _weighed(packed: zipfile.ZipFile, name: str, limits: Limits) -> list[str]:
    """Unpacks every part once, counting, before the parser may see it; gives the merged ranges.

    The declared sizes may lie, so the real ones are counted while unpacking, and unpacking stops
    at the limit.
    """
    parts = packed.infolist()
    if sum(info.file_size for info in parts) > limits.unpacked_bytes or len(parts) > 5_000:
        _refuse_bomb(name)
    room = limits.unpacked_bytes
    merged: list[str] = []
    for info in parts:
        part = _Part(info, name, limits)
        with packed.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                room -= len(chunk)
                if room < 0:
                    _refuse_bomb(name)
                part.take(chunk)
        merged += part.merged
    return merged


class _Part:
    """Looks at one part of the archive piece by piece, without keeping it."""

    def __init__(self, info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.packed_size = max(1, info.compress_size)
        self.is_xml = info.filename.endswith((".xml", ".rels"))
        self.is_sheet = info.filename.startswith("xl/worksheets/") and self.is_xml
        self.largest = (
            _LARGEST_STRINGS if info.filename == "xl/sharedStrings.xml" else limits.unpacked_bytes
        )
        self.size = self.rows = 0
        self.tail = b""
        self.merged: list[str] = []

    def take(self, chunk: bytes) -> None:
        """The next piece; raises as soon as a limit is passed."""
        if self.is_xml and self.size == 0 and chunk[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raise _damaged(self.name)
        self.size += len(chunk)
        too_dense = self.size > 1_000_000 and self.size > self.limits.ratio * self.packed_size
        if too_dense or self.size > self.largest:
            _refuse_bomb(self.name)
        seen = self.tail + chunk
        if self.is_xml and _DECLARES_ENTITIES.search(seen):
            raise _damaged(self.name)
        if self.is_sheet:
            # A match may lie across two pieces; what the tail held was counted before.
            self.rows += len(_ROW.findall(seen)) - len(_ROW.findall(self.tail))
            found = (ref.decode() for ref in _MERGED.findall(seen))
            self.merged += [ref for ref in found if ref not in self.merged[-50:]]
            if self.rows > _most_lines(self.limits):
                raise too_many_rows(self.limits)
        self.tail = seen[-80:]


def _most_lines(limits: Limits) -> int:
    """Empty rows between filled ones are borne with up to here."""
    return 20 * limits.rows + 1000


def _refuse_bomb(name: str) -> NoReturn:
    raise TableRefused(
        "zip_bomb",
        message("“%(name)s” unpacks to far more than its size. It was not opened."),
        name=name,
    )


def _lines(
    data: bytes, name: str, limits: Limits, notices: list[Notice]
) -> list[tuple[int, list[Cell]]]:
    with python_warnings.catch_warnings():
        # openpyxl warns about parts it leaves out (validations, printer settings): nothing that a
        # table holds.
        python_warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not visible:
                raise TableRefused("empty", message("The file “%(name)s” is empty."), name=name)
            if len(visible) > 1:
                notices.append(
                    Notice(
                        "other_sheets",
                        message("Only the first sheet “%(sheet)s” was read."),
                        {"sheet": visible[0].title},
                    )
                )
            # The file's own statement of its extent may lie: it is measured while reading.
            visible[0].reset_dimensions()
            lines = list(_sheet_lines(visible[0], limits, notices))
        finally:
            book.close()
    # A sheet does not store empty cells at the end of a row: that is no short row.
    width = max((len(cells) for _, cells in lines), default=0)
    return [(number, [*cells, *[""] * (width - len(cells))]) for number, cells in lines]


def _sheet_lines(
    sheet: Any, limits: Limits, notices: list[Notice]
) -> Iterator[tuple[int, list[Cell]]]:
    filled = errors = wide = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _most_lines(limits):
            raise too_many_rows(limits)
        wide += len(row) > limits.columns
        if wide > _MOST_WIDE_ROWS or any(c.value is not None for c in row[limits.columns :]):
            raise TableRefused(
                "too_many_columns",
                message("Row %(row)s has more than %(limit)s columns."),
                row=number,
                limit=limits.columns,
            )
        errors += sum(cell.data_type == "e" for cell in row)
        cells = [
            _value(cell, place, number, limits)
            for place, cell in enumerate(row[: limits.columns], 1)
        ]
        if any(cells):
            filled += 1
            if filled > limits.rows + 1:
                raise too_many_rows(limits)
            yield number, cells
    if errors:
        notices.append(
            Notice(
                "error_value",
                message("%(count)s cells hold an error such as #N/A."),
                {"count": errors},
            )
        )


def _value(cell: Any, place: int, row: int, limits: Limits) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        formula = getattr(value, "text", None) or value
        raise TableRefused(
            "formula",
            message(
                "Cell %(cell)s holds the formula “%(formula)s”. Paste values instead of formulas."
            ),
            cell=f"{get_column_letter(place)}{row}",
            formula=str(formula)[:60],
        )
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, time | timedelta):
        return str(value)
    text = str(value)
    if len(text) > limits.cell:
        raise TableRefused("cell_too_long", message("A cell in row %(row)s is too long."), row=row)
    return text
