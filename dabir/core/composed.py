"""A query whose statement is composed once and asked as often as wanted.

Composing a statement takes Django far longer than the database takes to answer it. A list that never
changes its shape is therefore written once, with `given` where a value comes in:

    HELD = Composed(lambda: Meeting.objects.filter(starts_on__lte=given("today", DateField())))
    meetings = HELD.read(today=day)

The records, their order, their annotations and what was selected with them are those that the query
itself would give: its own compiler makes them, and plain records and single values are made as it would
make them. A query of another shape is another `Composed`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable

from dabir.core.together import put_in

Ready = tuple[QuerySet[Any], Any, str, tuple[Any, ...]]
Make = Callable[[tuple[Any, ...]], Any]


class Composed:
    """One query, composed once for each kind of database."""

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self._rows = rows
        self._known: dict[str, tuple[Ready, Make | None]] = {}

    def _ready(self, vendor: str) -> tuple[Ready, Make | None]:
        found = self._known.get(vendor)
        if found is None:
            rows = self._rows()
            compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
            sql, params = compiler.as_sql()
            ready = (rows, compiler, sql, tuple(params))
            found = self._known[vendor] = (ready, _maker(rows, compiler))
        return found

    def read(self, **values: Any) -> list[Any]:
        """The records as the query gives them, with these values put in."""
        return self._read("", values)

    def part(self, first: int, end: int, **values: Any) -> list[Any]:
        """Of the same records those from the one to before the other, both counted from 0."""
        return self._read(f" LIMIT {max(end - first, 0):d} OFFSET {first:d}", values)

    def _read(self, cut: str, values: dict[str, Any]) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        ready, make = self._ready(connection.vendor)
        told = put_in(ready[3], values)
        if make is None:
            return _by_its_compiler(connection, ready, ready[2] + cut, told)
        with connection.cursor() as cursor:
            cursor.execute(ready[2] + cut, told)
            return [make(row) for row in cursor.fetchall()]


def _by_its_compiler(connection: Any, ready: Ready, sql: str, told: list[Any]) -> list[Any]:
    """What the query gives, made by its own compiler."""
    rows, composed, _sql, _params = ready
    compiler, query = copy.copy(composed), copy.copy(rows.query)
    vars(compiler).update(connection=connection, as_sql=lambda *_a, **_k: (sql, told))
    vars(query).update(get_compiler=lambda *_a, **_k: compiler)
    asked: QuerySet[Any] = QuerySet.__new__(type(rows))
    vars(asked).update(vars(rows), _query=query, _result_cache=None)
    return list(asked)


def _maker(rows: QuerySet[Any], compiler: Any) -> Make | None:
    """How a plain record, or a single value, is made of a row; None where there is more to it."""
    fields = [column[0] for column in compiler.select]
    converters = [(at, *told) for at, told in compiler.get_converters(fields).items()]

    def converted(row: tuple[Any, ...]) -> list[Any]:
        values, connection = list(row), connections[DEFAULT_DB_ALIAS]
        for at, turns, expression in converters:
            for turn in turns:
                values[at] = turn(values[at], expression, connection)
        return values

    told: Any = rows
    if told._iterable_class is FlatValuesListIterable:
        return lambda row: converted(row)[0]
    known = compiler.klass_info
    if (
        told._iterable_class is not ModelIterable or told._known_related_objects
        or told._prefetch_related_lookups or known.get("related_klass_infos")
        or list(known["select_fields"]) != list(range(len(known["select_fields"])))
    ):  # fmt: skip
        return None
    model, beside = known["model"], compiler.annotation_col_map or {}
    names = [fields[at].target.attname for at in known["select_fields"]]

    def record(row: tuple[Any, ...]) -> Any:
        values = converted(row)
        made = model.from_db(DEFAULT_DB_ALIAS, names, values[: len(names)])
        for name, at in beside.items():
            setattr(made, name, values[at])
        return made

    return record
