"""Exports a table as XLSX, CSV, PDF, DOCX or JSON; equal tables give equal bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from defusedcsv import csv

from dabir.core.uncollected import uncollected
from dabir.documents.tabular.table import Column, Status, Table, Value, practice_word
from dabir.documents.typesetting.blocks import Block, Grid, Head, Heading, Paper, Paragraph, Run
from dabir.documents.typesetting.press import print_pdf
from dabir.documents.typesetting.writers import write_docx
from dabir.text.calendars import GREGORIAN, SOLAR_HIJRI, format_date
from dabir.text.digits import localize_digits

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
_WEIGHTS = {"text": 2.2, "date": 1.2, "number": 0.8, "status": 1.3, "identifier": 1.2}
_RUNS_IN_A_SHEET = "=+-@|%\t\r\n＝＋－＠"


def write_xlsx(table: Table, language: str) -> bytes:
    """The table as a workbook; what writes one is loaded when the first is asked for."""
    from dabir.documents.tabular import sheet

    return sheet.write_xlsx(table, language)


@uncollected()
def export_table(table: Table, fmt: str, language: str) -> bytes:
    """The table in one format and language; `fmt` is a key of `MEDIA_TYPES`."""
    writers: dict[str, Callable[[Table, str], bytes]] = {
        "xlsx": write_xlsx,
        "csv": write_csv,
        "json": write_json,
        "pdf": lambda table, language: print_pdf(table_paper(table, language)),
        "docx": lambda table, language: write_docx(table_paper(table, language)),
    }
    if fmt not in writers:
        raise ValueError(f"a table is exported as {', '.join(writers)}, not as {fmt!r}")
    return writers[fmt](table, language)


def write_csv(table: Table, language: str) -> bytes:
    """CSV in UTF-8 with its mark, dates as ISO, and no cell that a sheet would run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    practice = [practice_word(language)] if table.practice else []
    writer.writerow([*practice, *(_harmless(column.label) for column in table.columns)])
    for row in table.rows:
        writer.writerow([*practice, *(_csv_value(row.get(column.key)) for column in table.columns)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_value(value: Value) -> Any:
    plain = plain_value(value)
    return _harmless(plain) if isinstance(plain, str) else plain


def _harmless(text: str) -> str:
    """Also what hides a formula behind white space or wide signs is put in words."""
    stripped = text.lstrip()
    hidden = stripped[:1] in set(_RUNS_IN_A_SHEET) and stripped[:1] and stripped != text
    return f"'{text}" if hidden or (text[:1] in set("\t\r\n＝＋－＠") and text) else text


def plain_value(value: Value) -> str | int | float | Decimal:
    """A value for machines: ISO dates, the word of a state, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, Status):
        return value.word
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def write_json(table: Table, language: str) -> bytes:
    """The table for machines: columns, rows, notes."""

    def cell(value: Value) -> Any:
        if isinstance(value, Status):
            return value.mark
        if isinstance(value, Decimal):
            return str(value)
        return None if value is None else plain_value(value)

    data = {
        "schema": "dabir/table/1",
        "title": table.title,
        "language": language,
        "source": table.source,
        "practice": table.practice,
        "notes": list(table.notes),
        "columns": [{"key": c.key, "label": c.label, "kind": c.kind} for c in table.columns],
        "rows": [{c.key: cell(row.get(c.key)) for c in table.columns} for row in table.rows],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def table_paper(table: Table, language: str) -> Paper:
    """The table as a landscape paper."""
    blocks: list[Block] = [Heading(1, (Run(table.title),))]
    blocks += [Paragraph((Run(note),), "note") for note in table.notes]
    heads = tuple(Head(c.label, c.kind, c.weight * _WEIGHTS[c.kind]) for c in table.columns)
    rows = [_cells(table.columns, row, language) for row in table.rows]
    blocks.append(Grid("", heads, rows))
    return Paper(
        language=language,
        title=table.title,
        author=table.source or table.title,
        written_at=table.written_at,
        blocks=blocks,
        running_title=f"{table.source} · {table.title}" if table.source else table.title,
        practice=practice_word(language) if table.practice else "",
        landscape=True,
    )


def _cells(columns: Sequence[Column], row: Any, language: str) -> tuple[tuple[Run, ...], ...]:
    return tuple(_runs(row.get(column.key), column.kind, language) for column in columns)


def _runs(value: Value, kind: str, language: str) -> tuple[Run, ...]:
    if value is None or value == "":
        return (Run("–", "quiet"),)
    if isinstance(value, Status):
        return (Run(value.word, "status", mark=value.mark),)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        calendar = SOLAR_HIJRI if language == "fa" else GREGORIAN
        return (Run(format_date(value, language, calendar)),)
    if kind == "identifier":
        return (Run(str(value), "code"),)
    if isinstance(value, str):
        return (Run(value),)
    return (Run(localize_digits(str(value), language)),)
