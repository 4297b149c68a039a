"""A query whose statement is composed once and asked as often as wanted.

Composing a statement takes Django far longer than the database takes to answer it. A list that never
changes its shape is therefore written once, with `given` where a value comes in:

    HELD = Composed(lambda: Meeting.objects.filter(starts_on__lte=given("today", DateField())))
    meetings = HELD.read(today=day)

The records, their order, their annotations and what was selected with them are those that the query
itself would give: its own compiler makes them. A query of another shape is another `Composed`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from dabir.core.together import put_in

Ready = tuple[QuerySet[Any], Any, str, tuple[Any, ...]]


class Composed:
    """One query, composed once for each kind of database."""

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self._rows = rows
        self._known: dict[str, Ready] = {}

    def _ready(self, vendor: str) -> Ready:
        found = self._known.get(vendor)
        if found is None:
            rows = self._rows()
            compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            found = self._known[vendor] = (rows, compiler, sql, tuple(params))
        return found

    def read(self, **values: Any) -> list[Any]:
        """The records as the query gives them, with these values put in."""
        return self._read("", values)

    def part(self, first: int, end: int, **values: Any) -> list[Any]:
        """Of the same records those from the one to before the other, both counted from 0."""
        return self._read(f" LIMIT {max(end - first, 0):d} OFFSET {first:d}", values)

    def _read(self, cut: str, values: dict[str, Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        rows, composed, sql, params = self._ready(connection.vendor)
        told = put_in(params, values)
        compiler, query = copy.copy(composed), copy.copy(rows.query)
        vars(compiler).update(connection=connection, as_sql=lambda *_a, **_k: (sql + cut, told))
        vars(query).update(get_compiler=lambda *_a, **_k: compiler)
        asked: QuerySet[Any] = QuerySet.__new__(type(rows))
        vars(asked).update(vars(rows), _query=query, _result_cache=None)
        return list(asked)
