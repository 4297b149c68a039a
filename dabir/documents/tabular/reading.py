"""Reads a table that somebody made: whole, or not at all, with words about what is wrong.

A cell is delivered as text, or as a date where the sheet itself holds one; dates written as text
are read by `SheetRow.date`. Nothing is calculated: a formula is refused, because the value stored
beside it may be stale.

Refusals (`TableRefused.code`): `empty`, `too_large`, `zip_bomb`, `encrypted`, `old_excel`,
`open_document`, `not_a_table`, `damaged`, `encoding`, `no_header`, `duplicate_header`,
`too_many_rows`, `too_many_columns`, `formula`, `ragged_row`, `cell_too_long`.
Warnings (`Notice.code`): `merged_cells`, `other_sheets`, `empty_rows`, `guessed_encoding`,
`error_value`, `short_rows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dabir.text.calendars import parse_date
from dabir.text.digits import to_latin

Cell = str | date
"""What a cell holds: text ("" when empty) or a date that the sheet knows as one."""


def message(text: str) -> str:
    """Marks an English message that the caller translates; its placeholders are named."""
    return text


@dataclass(frozen=True)
class Limits:
    """How much is read before the table is refused."""

    rows: int = 20_000
    columns: int = 200
    bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 100 * 1024 * 1024
    ratio: int = 200
    """Unpacked to packed size of one part; a sheet of real rows stays under it."""
    cell: int = 32_767


class TableRefused(ValueError):
    """The table is not read: `message_id` is an English message, `params` fill its placeholders."""

    def __init__(self, code: str, message_id: str, **params: str | int) -> None:
        self.code = code
        self.message_id = message_id
        self.params = params
        super().__init__(message_id % params)


@dataclass(frozen=True)
class Notice:
    """Something that was read all the same, and that the person should know."""

    code: str
    message_id: str
    params: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message_id % self.params


@dataclass(frozen=True)
class SheetRow:
    """One row: `number` is its line as seen in the file; `cells` follow the header."""

    number: int
    cells: dict[str, Cell]

    def text(self, key: str) -> str:
        """A cell as text, dates as ISO; an absent column is empty."""
        value = self.cells.get(key, "")
        return value.isoformat() if isinstance(value, date) else value

    def date(self, key: str) -> date | None:
        """A cell as a date in either calendar and any digits, None when empty."""
        value = self.cells.get(key, "")
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        return parse_date(value) if value.strip() else None

    def whole_number(self, key: str) -> int | None:
        """A cell as a whole number in any digits, None when empty; else ValueError."""
        plain = to_latin(self.text(key)).strip().replace("٬", "").replace(",", "")
        return int(plain) if plain else None


@dataclass(frozen=True)
class SheetTable:
    """A whole table: its header, its rows with their line numbers, and what was noticed."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    warnings: tuple[Notice, ...] = ()


def read_table(data: bytes, name: str, *, limits: Limits | None = None) -> SheetTable:
    """The table in an XLSX or CSV file, judged by its content and not by its name.

    Raises TableRefused; then nothing was read.
    """
    from dabir.documents.tabular import csv_reading, xlsx_reading

    limits = limits or Limits()
    if not data.strip():
        raise TableRefused("empty", message("The file “%(name)s” is empty."), name=name)
    if len(data) > limits.bytes:
        raise TableRefused(
            "too_large",
            message("The file “%(name)s” is larger than %(megabytes)s MB."),
            name=name,
            megabytes=limits.bytes // (1024 * 1024),
        )
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        return xlsx_reading.read(data, name, limits)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        _refuse_compound_file(data, name)
    if _is_other_kind(data):
        raise TableRefused(
            "not_a_table",
            message(
                "“%(name)s” is neither an XLSX nor a CSV file. Save the table as one of these."
            ),
            name=name,
        )
    return csv_reading.read(data, name, limits)


def _refuse_compound_file(data: bytes, name: str) -> None:
    """The container of old Excel files is also that of XLSX files under a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise TableRefused(
            "encrypted",
            message("“%(name)s” is protected by a password. Save it without one."),
            name=name,
        )
    raise TableRefused(
        "old_excel",
        message("“%(name)s” is in the old Excel format. Save it as XLSX or CSV."),
        name=name,
    )


def _is_other_kind(data: bytes) -> bool:
    starts = (
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"Rar!",
        b"7z\xbc\xaf",
        b"{\\rtf",
    )
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return data.startswith(starts) or head.startswith(
        (b"<!doctype", b"<html", b"<?xml", b'{"', b"[{")
    )


def headed(
    lines: Sequence[tuple[int, list[Cell]]], name: str, limits: Limits, warnings: list[Notice]
) -> SheetTable:
    """The table of raw lines: the first line that is not empty is the header.

    `lines` hold the line number in the file and its cells.
    """
    filled = [(number, cells) for number, cells in lines if any(_said(cell) for cell in cells)]
    if not filled:
        raise TableRefused("empty", message("The file “%(name)s” is empty."), name=name)
    start, first = filled[0]
    header = _header(first, start, name)
    rows: list[SheetRow] = []
    short = 0
    for number, cells in filled[1:]:
        if len(cells) < len(header):
            short += 1
        beyond = [cell for cell in cells[len(header) :] if _said(cell)]
        if beyond:
            raise TableRefused(
                "ragged_row",
                message("Row %(row)s has more cells than the header has columns."),
                row=number,
            )
        padded = [*cells, *[""] * (len(header) - len(cells))]
        rows.append(
            SheetRow(
                number, {key: _clean(v) for key, v in zip(header, padded, strict=False) if key}
            )
        )
    if not rows:
        raise TableRefused("empty", message("“%(name)s” has a header and no rows."), name=name)
    if len(rows) > limits.rows:
        raise too_many_rows(limits)
    if short:
        warnings.append(
            Notice(
                "short_rows",
                message("%(count)s rows are shorter than the header."),
                {"count": short},
            )
        )
    between = filled[-1][0] - start - len(rows)
    if between > 0:
        warnings.append(
            Notice(
                "empty_rows", message("%(count)s empty rows were passed over."), {"count": between}
            )
        )
    return SheetTable(tuple(key for key in header if key), tuple(rows), tuple(warnings))


def too_many_rows(limits: Limits) -> TableRefused:
    """The refusal of a table that is too long; raised as soon as it is seen."""
    return TableRefused(
        "too_many_rows",
        message("The table has more than %(limit)s rows. Divide it into smaller files."),
        limit=limits.rows,
    )


def _said(cell: Cell) -> bool:
    return isinstance(cell, date) or bool(cell.strip("\ufeff\u200b\u200c\u200e\u200f \t\r\n\u00a0"))


def _clean(cell: Cell) -> Cell:
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date()
    return cell.strip() if isinstance(cell, str) else cell


def _header(cells: list[Cell], number: int, name: str) -> list[str]:
    """Header names; empty columns at the end are left out, one between others has no name."""
    names = [cell.strip("\ufeff \t\r\n\u00a0") if isinstance(cell, str) else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    dated = any(isinstance(cell, date) for cell in cells)
    numbers = sum(_is_number(each) for each in names)
    if dated or numbers > len(names) / 2 or len([each for each in names if each]) < 1:
        raise TableRefused(
            "no_header",
            message(
                "Row %(row)s should name the columns, and holds values instead. Add a header row."
            ),
            row=number,
        )
    seen: set[str] = set()
    for each in filter(None, names):
        if each.casefold() in seen:
            raise TableRefused(
                "duplicate_header",
                message("Two columns are named “%(column)s”. Give each its own name."),
                column=each,
            )
        seen.add(each.casefold())
    return names


def _is_number(text: str) -> bool:
    try:
        float(to_latin(text))
    except ValueError:
        return False
    return True
