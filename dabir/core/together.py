"""Rows of several tables in one statement, composed once.

A page about one record needs a few rows from each of many tables. Asked table by table, composing
the statements takes far longer than the database takes to answer them. Here every table is a named
part, written as an ordinary query with `Given` where a value comes in; the parts are composed once
for each kind of database, and read together:

    PAGE = Together(
        decision=lambda: Decision.objects.filter(public_id=given("id")),
        effects=lambda: Effect.objects.filter(decision__public_id=given("id")),
    )
    found = PAGE.read(id="haikou-2014/4")   # {"decision": [Decision], "effects": [Effect, …]}

The records are those that the query would have given, with its annotations. Their order is not kept
between the parts: `in_order` sorts, `link` and `gather` join them to each other. Long lists that only
tell values name them, also across relations, with `values_of(query, "public_id", "organ__key")`:
plain rows take a fraction of the time of records.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import getattr_static
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import (
    Expression,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    QuerySet,
    TextField,
)
from django.db.models.base import ModelState
from django.db.models.fields.files import FileDescriptor
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init
from django.db.models.sql import Query

from dabir.core.readback import reader_of

Rows = Callable[[], "QuerySet[Any] | ValuesOf"]
Found = dict[str, list[Any]]
MOST_COMPOSED = 400  # statements of one `Together`, after which they are composed anew
MOST_KEYS = 50  # records that one statement reads by their keys


class Given(Expression):
    """A value that is not known yet when a statement is composed."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name
        self.key = (name, type(output_field))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # wider in Django
        """A place in the statement, with itself as the mark of what belongs there."""
        return "%s", [self]

    def told(self, value: Any) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


def given(name: str, field: models.Field[Any, Any] | None = None) -> Given:
    """The value called `name`, text unless another field is named."""
    return Given(name, field or TextField())


KEYS: list[Any] = [given(f"key{n}", IntegerField()) for n in range(MOST_KEYS)]


def keyed(keys: Sequence[int]) -> dict[str, Any]:
    """The values of `KEYS` for one to `MOST_KEYS` records; the first stands for those left over."""
    return {f"key{n}": keys[n] if n < len(keys) else keys[0] for n in range(MOST_KEYS)}


def in_parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """The keys or rows, as many at a time as one statement reads by their keys."""
    return (rows[at : at + MOST_KEYS] for at in range(0, len(rows), MOST_KEYS))


def by_keys(keys: Sequence[int], read: Callable[[Sequence[int]], Iterable[Any]]) -> list[Any]:
    """The records of these keys in the order of the keys, read by `read` a part at a time."""
    known = {row.pk: row for part in in_parts(keys) for row in read(part)}
    return [known[key] for key in keys if key in known]


@dataclass(frozen=True)
class ValuesOf:
    """A query of which only these values are wanted."""

    rows: QuerySet[Any]
    names: tuple[str, ...]


def values_of(rows: QuerySet[Any], *names: str) -> ValuesOf:
    """The values of these names, as attributes of plain rows; `a__b` follows a relation."""
    return ValuesOf(rows, names)


def as_kept(name: str) -> ExpressionWrapper[F]:
    """A name of data as it is kept: told apart into its languages only where it is drawn."""
    return ExpressionWrapper(F(name), output_field=TextField())


class _Line(Func):
    """The columns of a row as one line of JSON."""

    output_field = TextField()
    function = "JSON_ARRAY"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL builds JSON as a type of its own; it travels as text."""
        template = "JSON_BUILD_ARRAY(%(expressions)s)::text"
        return super().as_sql(compiler, connection, template=template)


class _Held(Func):
    """JSON as it is kept: a part of the line, not a text within it."""

    output_field = TextField()
    function = "JSON"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL knows what it is."""
        return compiler.compile(self.source_expressions[0])


@dataclass(frozen=True)
class Part:
    """A composed query: its statement, what is put in, and how a line becomes a record."""

    sql: str
    params: tuple[Any, ...]
    make: Callable[[list[Any]], Any]


@dataclass(frozen=True)
class Joined:
    """Parts as one statement, and as the embedded database wants it written."""

    names: tuple[str, ...]
    sql: str
    params: tuple[Any, ...]
    embedded: str

    def read(self, values: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """The name of the part and what is wanted of it, for every line."""
        with connection.cursor() as cursor:
            if self.embedded:
                cursor.cursor.convert_query = lambda _sql, **_names: self.embedded
            cursor.execute(self.sql, put_in(self.params, values))
            return [(self.names[at], line) for at, line in cursor.fetchall()]


def _joined(parts: Mapping[str, Part], wanted: str) -> Joined:
    sql = " UNION ALL ".join(
        f"SELECT {at} AS part, {wanted} FROM ({part.sql}) AS part_{at}"  # noqa: S608  composed by Django
        for at, part in enumerate(parts.values())
    )
    params = tuple(p for part in parts.values() for p in part.params)
    embedded = ""
    if connection.vendor == "sqlite":  # it would be rewritten each time that it is asked
        with connection.cursor() as cursor:
            embedded = cursor.cursor.convert_query(sql)
    return Joined(tuple(parts), sql, params, embedded)


# What only keeps a value that is set where the record keeps all of its values.
KEEPERS = (DeferredAttribute, models.ForeignKey.descriptor_class, FileDescriptor)


def _is_plain(model: Any, names: Sequence[str]) -> bool:
    """Whether making a record of the model means no more than keeping its values."""
    made_as_usual = all(
        getattr(getattr(model, name), "__func__", getattr(model, name))
        is getattr(getattr(models.Model, name), "__func__", getattr(models.Model, name))
        for name in ("__init__", "__new__", "__setattr__", "from_db")
    )
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    kept = all(type(getattr_static(model, name)) in KEEPERS for name in names)
    return made_as_usual and kept and not heard


def _maker(model: Any, names: list[str], extra: list[str], readers: list[Any]) -> Any:
    told = [(at, reader) for at, reader in enumerate(readers) if reader]
    own = len(names)

    def as_usual(line: list[Any]) -> Any:
        return model.from_db(DEFAULT_DB_ALIAS, names, line[:own])

    def kept(line: list[Any]) -> Any:
        record = object.__new__(model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        record.__dict__ = dict(zip(names, line, strict=False), _state=state)
        return record

    new = kept if _is_plain(model, names) else as_usual

    def make(line: list[Any]) -> Any:
        for at, reader in told:
            if line[at] is not None:
                line[at] = reader(line[at])
        record = new(line)
        for at, name in enumerate(extra, own):
            setattr(record, name, line[at])
        return record

    return make


def _plain(names: Sequence[str], readers: list[Any]) -> Any:
    told = [(at, reader) for at, reader in enumerate(readers) if reader]

    def make(line: list[Any]) -> Any:
        for at, reader in told:
            if line[at] is not None:
                line[at] = reader(line[at])
        return SimpleNamespace(**dict(zip(names, line, strict=True)))

    return make


def compose(rows: QuerySet[Any] | ValuesOf) -> Part:
    """Compose a query once; its order counts only together with its limit."""
    if isinstance(rows, ValuesOf):
        query = rows.rows.query.clone()
        fields = [query.resolve_ref(name).output_field for name in rows.names]
        make = _plain(rows.names, [reader_of(f) for f in fields])
        return _composed(rows.rows, rows.names, fields, make)
    wanted = rows.query.get_select_mask()
    fields = [f for f in rows.model._meta.concrete_fields if not wanted or f in wanted]
    names = [field.attname for field in fields]
    extra = list(rows.query.annotations)
    fields += [rows.query.annotations[name].output_field for name in extra]
    make = _maker(rows.model, names, extra, [reader_of(field) for field in fields])
    return _composed(rows, (*names, *extra), fields, make)


def _composed(
    rows: QuerySet[Any], names: Sequence[str], fields: Sequence[Any],
    make: Callable[[list[Any]], Any],
) -> Part:  # fmt: skip
    if not rows.query.is_sliced:
        rows = rows.order_by()
    told = [
        _Held(F(name)) if isinstance(field, models.JSONField) else F(name)
        for name, field in zip(names, fields, strict=True)
    ]
    lines = rows.select_related(None).annotate(one_line=_Line(*told))
    sql, params = lines.values_list("one_line").query.sql_with_params()
    return Part(sql, tuple(params), make)


class Together:
    """Named parts that are read in one statement."""

    def __init__(self, **parts: Rows) -> None:
        self.parts = parts
        self._composed: dict[tuple[str, str], Part] = {}
        self._together: dict[tuple[str, ...], Joined] = {}

    def __or__(self, other: Together) -> Together:
        return Together(**self.parts, **other.parts)

    def _part(self, name: str, rows: Rows) -> Part:
        key = (connection.vendor, name)
        if key not in self._composed:
            self._compose(key, compose(rows()))
        return self._composed[key]

    def _compose(self, key: tuple[str, str], part: Part) -> None:
        """Keep a statement; whoever asks in ever new ways does not fill the memory."""
        if len(self._composed) >= MOST_COMPOSED:
            self._composed.clear()
            self._together.clear()
        self._composed[key] = part

    def _lines(
        self, parts: dict[str, Part], wanted: str, values: Mapping[str, Any]
    ) -> list[tuple[str, Any]]:
        """What is wanted of all parts, line by line with the name of its part."""
        if not parts:
            return []
        key = (connection.vendor, wanted, *parts)
        if key not in self._together:
            if len(self._together) >= MOST_COMPOSED:
                self._together.clear()
            self._together[key] = _joined(parts, wanted)
        return self._together[key].read(values)

    def read(self, parts: Mapping[str, Rows] | None = None, **values: Any) -> Found:
        """The records of every part, or of those named here: what a name stands for never changes."""
        asked = self.parts if parts is None else parts
        composed = {name: self._part(name, rows) for name, rows in asked.items()}
        found: Found = {name: [] for name in composed}
        lines = self._lines(composed, "one_line", values)
        told = json.loads(f"[{','.join([line for _name, line in lines])}]")
        for (name, _line), values_told in zip(lines, told, strict=True):
            found[name].append(composed[name].make(values_told))
        return found

    def count(
        self, parts: Mapping[str, Callable[[], QuerySet[Any]]], **values: Any
    ) -> dict[str, int]:
        """How many records each of the parts named has, whatever its limit."""
        composed = {}
        for name, rows in parts.items():
            key = (connection.vendor, f"count of {name}")
            if key not in self._composed:
                counted = rows().order_by().values("pk").query.sql_with_params()
                self._compose(key, Part(counted[0], tuple(counted[1]), list))
            composed[name] = self._composed[key]
        return dict(self._lines(composed, "COUNT(*)", values))


def put_in(params: Iterable[Any], values: Mapping[str, Any]) -> list[Any]:
    """What a statement is asked with: each `Given` by its value, made ready once."""
    told: dict[Any, Any] = {}
    found = []
    for p in params:
        if isinstance(p, Given):
            if p.key not in told:
                told[p.key] = p.told(values[p.name])
            p = told[p.key]
        found.append(p)
    return found


def in_order(rows: Iterable[Any], *names: str) -> list[Any]:
    """The records sorted by these fields; with `-` before the first, the newest come first."""
    plain = [name.lstrip("-") for name in names]
    back = names[0].startswith("-")
    return sorted(rows, key=lambda row: tuple(getattr(row, n) for n in plain), reverse=back)


def link(rows: Iterable[Any], name: str, targets: Iterable[Any]) -> None:
    """Tell records which of the targets their foreign key names, so that nobody asks again."""
    known = {target.pk: target for target in targets}
    for row in rows:
        field = row._meta.get_field(name)
        key = getattr(row, field.attname)
        if key in known:
            setattr(row, name, known[key])


def gather(parents: Sequence[Any], name: str, rows: Iterable[Any]) -> None:
    """Lay records beside those they belong to, as `prefetch_related` does; an only one as itself."""
    if not parents:
        return
    relation = parents[0]._meta.get_field(name)
    beside: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        beside[getattr(row, relation.field.attname)].append(row)
    for parent in parents:
        own = beside.get(parent.pk, [])
        for row in own:
            relation.field.set_cached_value(row, parent)
        if relation.one_to_one:
            relation.set_cached_value(parent, own[0] if own else None)
        else:
            keep(parent, name, own)


@cache
def _everything(model: Any) -> Query:
    """The query behind records that were read already; whoever narrows it works on a copy."""
    return Query(model)


def keep(record: Any, name: str, rows: Sequence[Any]) -> None:
    """Lay records beside one, under the name of the relation that would have read them."""
    model = record._meta.get_field(name).related_model
    kept: QuerySet[Any] = QuerySet(model, query=_everything(model))
    vars(kept).update(_result_cache=list(rows), _prefetch_done=True)
    vars(record).setdefault("_prefetched_objects_cache", {})[name] = kept
