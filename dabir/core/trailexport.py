"""The trail for others: one act a line, so that the chain can be verified without us."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from dabir.core.canonical import canonical_bytes
from dabir.core.models import AuditEntry

FIELDS = (
    "sequence",
    "act",
    "actor",
    "target_kind",
    "target_id",
    "target_labels",
    "happened_on",
    "recorded_at",
    "before",
    "after",
    "basis",
    "reason",
    "previous_hash",
    "hash",
)
# Signs with which a spreadsheet begins a formula; a text that starts so gets a quote before it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _plain(value: Any) -> Any:
    return json.loads(DjangoJSONEncoder().encode(value))


def entry_line(entry: AuditEntry) -> str:
    """One act as canonical JSON; personal values stay behind their digests."""
    data = {name: getattr(entry, name) for name in FIELDS}
    data |= {"before": _plain(data["before"]), "after": _plain(data["after"])}
    return canonical_bytes(data).decode()


def entry_of_line(line: str) -> AuditEntry:
    """The act of an exported line, not of this installation; raises ValueError, KeyError or TypeError."""
    data = json.loads(line)
    return AuditEntry(**{name: data[name] for name in FIELDS})


def json_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """One line for each act."""
    for entry in entries:
        yield f"{entry_line(entry)}\n"


def csv_lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The same for a spreadsheet; what is nested stays JSON in its cell."""
    yield "\ufeff" + _csv(FIELDS)
    for entry in entries:
        cells = [getattr(entry, name) for name in FIELDS]
        yield _csv([_cell(value) for value in cells])


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if value is None:
        return ""
    said = _plain(value)
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, sort_keys=True)


def _csv(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()
