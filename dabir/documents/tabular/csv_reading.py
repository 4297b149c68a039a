"""Reads CSV: any of the usual separators and encodings of the region."""

from __future__ import annotations

import csv
import io

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

_SEPARATORS = (",", ";", "\t", "|")


def read(data: bytes, name: str, limits: Limits) -> SheetTable:
    """The table of a CSV file."""
    warnings: list[Notice] = []
    text = _decoded(data, name, warnings)
    separator, text = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, list[Cell]]] = []
    started = 1
    try:
        for cells in reader:
            if len(cells) > limits.columns:
                raise TableRefused(
                    "too_many_columns",
                    message("Row %(row)s has more than %(limit)s columns."),
                    row=started,
                    limit=limits.columns,
                )
            if any(len(cell) > limits.cell for cell in cells):
                raise TableRefused(
                    "cell_too_long", message("A cell in row %(row)s is too long."), row=started
                )
            lines.append((started, [_unguarded(cell, started) for cell in cells]))
            if len(lines) > limits.rows + 1 and _filled(lines) > limits.rows + 1:
                raise too_many_rows(limits)
            started = reader.line_num + 1
    except csv.Error as error:
        raise TableRefused(
            "damaged",
            message(
                "“%(name)s” cannot be read from row %(row)s on: a quotation mark is not closed."
            ),
            name=name,
            row=started,
        ) from error
    return headed(lines, name, limits, warnings)


def _filled(lines: list[tuple[int, list[Cell]]]) -> int:
    return sum(any(cells) for _, cells in lines)


def _unguarded(cell: str, row: int) -> str:
    """The text of a cell; a formula is refused; one that an export guarded is given back."""
    plain = cell.strip()
    if plain[:1] == "'" and plain[1:2] in {"=", "+", "-", "@", "|", "%"} and len(plain) > 1:
        return plain[1:].replace("\\|", "|")
    if plain[:1] == "=" and len(plain) > 1:
        raise TableRefused(
            "formula",
            message(
                "Row %(row)s holds the formula “%(formula)s”. Paste values instead of formulas."
            ),
            row=row,
            formula=plain[:60],
        )
    return cell


def _decoded(data: bytes, name: str, warnings: list[Notice]) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding, name)
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return _strictly(data, unmarked, name)
    if b"\x00" in data:
        raise _unreadable(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(data, "windows-1256", name)
    if any(ord(sign) < 32 and sign not in "\t\r\n" for sign in text):
        raise _unreadable(name)
    warnings.append(
        Notice(
            "guessed_encoding",
            message("The file is not in UTF-8; it was read as %(encoding)s. Check the letters."),
            {"encoding": "windows-1256"},
        )
    )
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """Separators, spaces and line ends of UTF-16 have a zero byte on one side, at even places."""
    if len(data) % 2:
        return None
    even, odd = data[:4000:2], data[1:4000:2]
    for encoding, zeros, signs in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        hits = sum(
            sign in b",;|\t\n " and not zero for sign, zero in zip(signs, zeros, strict=True)
        )
        if hits >= 2:
            return encoding
    return None


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> TableRefused:
    return TableRefused(
        "encoding",
        message("The letters of “%(name)s” cannot be read. Save it as CSV in UTF-8, or as XLSX."),
        name=name,
    )


def _separator(text: str) -> tuple[str, str]:
    """The separator that gives most columns in the first lines; a line `sep=` is obeyed."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], "\n" + rest
    head = [line for line in text[:20_000].splitlines() if line.strip()][:8]
    counts = {sign: _columns(head, sign) for sign in _SEPARATORS}
    return max(_SEPARATORS, key=lambda sign: counts[sign]), text


def _columns(lines: list[str], sign: str) -> tuple[int, int]:
    """How many columns the header has, and how many lines agree with it."""
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] < 2:
        return (0, 0)
    agreeing = sum(width == widths[0] for width in widths)
    return (agreeing if agreeing > len(widths) / 2 else 1, widths[0])
