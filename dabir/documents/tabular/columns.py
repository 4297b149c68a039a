"""The columns that a table brought in may have, and which heading of a file is which of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from dabir.documents.tabular.reading import TableRefused, message
from dabir.text.folding import fold


@dataclass(frozen=True)
class ImportColumn:
    """A column: its key, its heading per language, other headings understood, what it takes."""

    key: str
    headings: dict[str, str]
    others: tuple[str, ...]
    help: dict[str, str]


def import_column(
    key: str, en: str, fa: str, help_en: str, help_fa: str, *others: str
) -> ImportColumn:
    """A column by its headings and what it takes, in both languages."""
    return ImportColumn(key, {"en": en, "fa": fa}, others, {"en": help_en, "fa": help_fa})


@dataclass(frozen=True)
class Headings:
    """Which heading of the file is which column, and headings that nobody knows."""

    by_key: dict[str, str]
    unknown: tuple[str, ...]


def understood_headings(header: Iterable[str], columns: Sequence[ImportColumn]) -> Headings:
    """Recognise the columns, whatever their order and spelling; two of one meaning are refused."""
    known: dict[str, str] = {}
    for column in columns:
        for heading in (column.key, *column.headings.values(), *column.others):
            known.setdefault(fold(heading), column.key)
    found: dict[str, str] = {}
    unknown: list[str] = []
    for heading in header:
        key = known.get(fold(heading.replace("_", " "))) or known.get(fold(heading))
        if key is None:
            unknown.append(heading)
        elif key in found:
            raise TableRefused(
                "column_twice",
                message("The columns “%(first)s” and “%(second)s” mean the same. Keep one."),
                first=found[key],
                second=heading,
            )
        else:
            found[key] = heading
    return Headings(found, tuple(unknown))


def refuse_headings(code: str, text: str, /, **params: str) -> NoReturn:
    """The table lacks a column without which its rows say nothing."""
    raise TableRefused(code, text, **params)
