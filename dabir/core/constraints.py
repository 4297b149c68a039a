"""What a constraint of the database says of one record, told without asking the database.

A record is checked before it is saved, so that a refusal is told in words; the database checks it once
more when it is saved. Most constraints compare a few fields of the record: those are worked out here,
with the logic of the database, in which what is not known is neither true nor false. Any other is left
to the database.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import CheckConstraint, F, Q

Told = Callable[[Any], "bool | None"]
Fields = dict[str, models.Field[Any, Any]]
Condition = tuple[Told, frozenset[str]]
ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
# The kinds of fields whose values Python compares as both databases do, and what holds the values.
Kinds = tuple[tuple[type[models.Field[Any, Any]], type], ...]
KINDS: Kinds = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.DateField, date),
    (models.CharField, str),
    (models.TextField, str),
)
# Those of which it can be said whether they are known at all.
KNOWN: Kinds = ((models.DateTimeField, datetime), *KINDS)


class LeftToTheDatabase(Exception):
    """The condition, or a value of this record, is none that is worked out here."""


def condition_of(model: type[models.Model], constraint: CheckConstraint) -> Condition | None:
    """What tells whether a record keeps a constraint, and the fields it looks at; None: only the database."""
    return _conditions(model).get(constraint.name)


@cache
def _conditions(model: type[models.Model]) -> dict[str, Condition]:
    checks = [c for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    return {c.name: told for c in checks if (told := worked_out(model, c))}


def worked_out(model: type[models.Model], constraint: CheckConstraint) -> Condition | None:
    """The condition of a constraint as a function; None where the database has to say."""
    fields: Fields = {}
    try:
        if not isinstance(constraint.condition, Q):
            return None
        told = _tree(model, constraint.condition, fields, negated=False)
    except LeftToTheDatabase:
        return None
    return told, frozenset(field.name for field in fields.values())


def _tree(model: type[models.Model], condition: Q, fields: Fields, *, negated: bool) -> Told:
    negated ^= condition.negated
    parts = [
        _tree(model, part, fields, negated=negated)
        if isinstance(part, Q)
        else _leaf(model, part, fields, negated=negated)
        for part in condition.children
    ]
    if condition.connector not in (Q.AND, Q.OR) or not parts:
        raise LeftToTheDatabase
    decisive = condition.connector == Q.OR

    def told(record: Any) -> bool | None:
        found: bool | None = not decisive
        for part in parts:
            said = part(record)
            if said is decisive:
                found = decisive
                break
            if said is None:
                found = None
        return (not found if found is not None else None) if condition.negated else found

    return told


def _leaf(model: type[models.Model], part: Any, fields: Fields, *, negated: bool) -> Told:
    if not (isinstance(part, tuple) and len(part) == 2):
        raise LeftToTheDatabase
    path, wanted = part
    name, _, lookup = path.partition("__")
    lookup = lookup or "exact"
    if wanted is None and lookup == "exact":
        lookup, wanted = "isnull", True
    if lookup == "isnull" and isinstance(wanted, bool):
        known = _value_of(model, name, fields, KNOWN)
        return lambda record: (known(record) is None) is wanted
    left = _value_of(model, name, fields)
    compared = _comparison(model, lookup, wanted, fields)

    def told(record: Any) -> bool | None:
        value = left(record)
        if value is None:  # what is denied of something unknown is then said not to be
            return False if negated else None
        return compared(record, value)

    return told


def _comparison(
    model: type[models.Model], lookup: str, wanted: Any, fields: Fields
) -> Callable[[Any, Any], bool | None]:
    if lookup == "in" and isinstance(wanted, list | tuple | set | frozenset):
        known = [_plain(each) for each in wanted if each is not None]
        return lambda _record, value: value in known
    compare = operator.eq if lookup == "exact" else ORDER.get(lookup)
    if compare is None:
        raise LeftToTheDatabase
    if isinstance(wanted, F):
        right = _value_of(model, str(vars(wanted)["name"]), fields)
    else:
        fixed = _plain(wanted)
        right = lambda _record: fixed  # noqa: E731  # the other one is a function too

    def told(record: Any, value: Any) -> bool | None:
        other = right(record)
        if other is None:
            return None
        if type(value) is not type(other) or (isinstance(value, str) and lookup != "exact"):
            raise LeftToTheDatabase
        return compare(value, other)

    return told


def _plain(value: Any) -> Any:
    """A fixed value; a choice is the word that is stored."""
    if isinstance(value, models.TextChoices):
        return str(value)
    if type(value) in (bool, int, str, date):
        return value
    raise LeftToTheDatabase


def _value_of(
    model: type[models.Model], name: str, fields: Fields, kinds: Kinds = KINDS
) -> Callable[[Any], Any]:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise LeftToTheDatabase from error
    if not (isinstance(field, models.Field) and field.concrete):
        raise LeftToTheDatabase
    fields[name] = field
    attname = field.attname
    if isinstance(field, models.ForeignKey):
        kind: type | None = None
    else:
        kind = next((held for known, held in kinds if isinstance(field, known)), None)
        if kind is None or (kind is date and isinstance(field, models.DateTimeField)):
            raise LeftToTheDatabase

    def told(record: Any) -> Any:
        value = getattr(record, attname)
        if value is None:
            return None
        if isinstance(value, models.TextChoices):
            value = str(value)
        if kind is not None and type(value) is not kind:
            raise LeftToTheDatabase
        return value

    return told
