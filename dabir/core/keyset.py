"""A long list read in slices that stay in place while others write.

A slice begins after, or ends before, a row that is named by the values it is sorted by: the cursor. So
the tenth slice costs what the first does, and a row that comes in meanwhile is neither shown twice nor
makes another one be left out. What a cursor says is no secret; whoever invents one gets a slice or a
refusal.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

from dabir.core import together
from dabir.core.together import Together, ValuesOf, given, values_of

Row = TypeVar("Row")
LONGEST = 400
FIRST_YEAR, LAST_YEAR = 1900, 9000


class UnknownCursor(ValueError):
    """The cursor is none that a slice of this list has given."""


class TwoCursors(UnknownCursor):
    """A slice has one beginning: after a row or before one."""


@dataclass(frozen=True)
class Asked:
    """How much of a list is asked for, and from where; raises TwoCursors."""

    limit: int
    after: str = ""
    before: str = ""

    def __post_init__(self) -> None:
        if self.after and self.before:
            raise TwoCursors


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Rows in their order, and the cursors to what comes next and what came before."""

    rows: list[Row]
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: fields that are never empty, the last of them unique."""

    fields: tuple[str, ...]
    readers: tuple[Callable[[str], Any], ...]
    descending: bool = False

    def terms(self, *, backwards: bool = False) -> list[str]:
        """The fields as a query sorts by them."""
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{field}" for field in self.fields]

    def places(self) -> list[str]:
        """The names under which a composed statement is given the values of a cursor."""
        return [f"beyond_{field}" for field in self.fields]

    def of(self, row: Any) -> list[Any]:
        """The values by which a row is sorted."""
        return [getattr(row, field) for field in self.fields]

    def beyond(self, values: Sequence[Any], *, backwards: bool = False) -> Q:
        """The condition that a row comes after these values, or before them."""
        than = "lt" if self.descending != backwards else "gt"
        condition, equal = Q(), Q()
        for field, value in zip(self.fields, values, strict=True):
            condition |= equal & Q(**{f"{field}__{than}": value})
            equal &= Q(**{field: value})
        first = {f"{self.fields[0]}__{than}e": values[0]}
        return Q(**first) & condition  # the first part lets the database begin at an index


def by(field: str, reader: Callable[[str], Any] = str, *, descending: bool = False) -> Order:
    """Sorted by one unique field."""
    return Order((field,), (reader,), descending)


def by_day(day: str, field: str, *, descending: bool = False) -> Order:
    """Sorted by a day, then by a unique field of text."""
    return Order((day, field), (date.fromisoformat, str), descending)


def in_order(*, descending: bool = False, **fields: Callable[[str], Any]) -> Order:
    """Sorted by these fields in turn, each with what reads it from a cursor; the last is unique."""
    return Order(tuple(fields), tuple(fields.values()), descending)


def number(told: str) -> int:
    """A whole number that a database can hold."""
    if not (told.isascii() and told.isdigit() and len(told) < 10):
        raise ValueError(told)
    return int(told)


def instant(told: str) -> datetime:
    """An instant with its offset, which every database can hold."""
    at = datetime.fromisoformat(told)
    if at.tzinfo is None or not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(told)
    return at


def cursor(values: Sequence[Any]) -> str:
    """The values of a row as a cursor that may stand in an address."""
    told = json.dumps([str(value) for value in values], ensure_ascii=False)
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_cursor(told: str, readers: Sequence[Callable[[str], Any]]) -> list[Any]:
    """The values that a cursor says; raises UnknownCursor."""
    try:
        padded = told + "=" * (-len(told) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(values, list) or len(values) != len(readers) or len(told) > LONGEST:
            raise UnknownCursor(told)
        if not all(_is_text(value) for value in values):
            raise UnknownCursor(told)
        return [read(value) for read, value in zip(readers, values, strict=True)]
    except (ValueError, RecursionError) as error:
        raise UnknownCursor(told) from error


def _is_text(value: Any) -> bool:
    """Whether it is text that a database takes: no NUL, and no half of a sign (surrogate)."""
    if not isinstance(value, str) or "\x00" in value:
        return False
    return not any("\ud800" <= sign <= "\udfff" for sign in value)


def slice_of(rows: QuerySet[Any], order: Order, asked: Asked) -> Slice[Any]:
    """A slice of a query of records. One statement."""
    backwards, beyond = bool(asked.before), asked.before or asked.after
    if beyond:
        rows = rows.filter(order.beyond(read_cursor(beyond, order.readers), backwards=backwards))
    found = list(rows.order_by(*order.terms(backwards=backwards))[: asked.limit + 1])
    return _cut(found, order, asked)


class Slices:
    """Slices of long lists whose statements are composed once for each way of asking."""

    def __init__(self) -> None:
        self._statements = Together()

    def read(
        self, rows: Callable[[], ValuesOf], named: str, order: Order, asked: Asked,
        values: Mapping[str, Any],
    ) -> Slice[Any]:  # fmt: skip
        """A slice of a list, its rows with the values told and those they are sorted by.

        `rows` composes the query, with `given` where one of the values comes in; `named` tells it
        from every other query of the same list. One statement.
        """
        backwards = bool(asked.before)
        beyond = asked.before or asked.after
        put_in = dict(values)
        if beyond:
            read = read_cursor(beyond, order.readers)
            put_in |= dict(zip(order.places(), read, strict=True))

        def _composed() -> ValuesOf:
            told = rows()
            query = told.rows
            if beyond:
                model = query.model._meta
                places = [
                    given(place, model.get_field(field))
                    for place, field in zip(order.places(), order.fields, strict=True)
                ]
                query = query.filter(order.beyond(places, backwards=backwards))
            terms = order.terms(backwards=backwards)
            shown = query.order_by(*terms)[: asked.limit + 1]
            return values_of(shown, *dict.fromkeys((*order.fields, *told.names)))

        name = f"{named} {order.terms()} {backwards} {bool(beyond)} {asked.limit}"
        found = self._statements.read({name: _composed}, **put_in)[name]
        found = together.in_order(found, *order.terms(backwards=backwards))
        return _cut(found, order, asked)


def slice_of_list(rows: Sequence[Row], asked: Asked, key: Callable[[Row], str]) -> Slice[Row]:
    """A slice of a short list that is read whole; `key` names a row for ever."""
    start, named = 0, asked.before or asked.after
    if named:
        wanted = read_cursor(named, (str,))[0]
        places = [at for at, row in enumerate(rows) if key(row) == wanted]
        if not places:
            raise UnknownCursor(named)
        start = max(0, places[0] - asked.limit) if asked.before else places[0] + 1
        end = places[0] if asked.before else start + asked.limit
    else:
        end = asked.limit
    shown = list(rows[start:end])
    return _told(shown, lambda row: (key(row),), further=end < len(rows), earlier=start > 0)


def _cut(found: list[Any], order: Order, asked: Asked) -> Slice[Any]:
    """The slice of rows that were read in the direction asked for, one more than wanted."""
    backwards, beyond = bool(asked.before), bool(asked.before or asked.after)
    more, found = len(found) > asked.limit, found[: asked.limit]
    if backwards:
        found.reverse()
    return _told(found, order.of, further=beyond if backwards else more,
                 earlier=more if backwards else beyond)  # fmt: skip


def _told(
    found: list[Any], key: Callable[[Any], Sequence[Any]], *, further: bool, earlier: bool
) -> Slice[Any]:
    if not found:
        return Slice([])
    return Slice(
        found,
        cursor(key(found[-1])) if further else "",
        cursor(key(found[0])) if earlier else "",
    )
