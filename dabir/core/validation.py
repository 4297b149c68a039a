"""What the database would refuse is refused before, in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from dabir.core.composed import Composed
from dabir.core.constraints import LeftToTheDatabase, condition_of
from dabir.core.errors import InvalidInput
from dabir.core.together import given

Faults = dict[str, Any]


def check_record(record: models.Model) -> None:
    """Run the record's own checks and constraints; raises InvalidInput naming the fields."""
    faults: Faults = {}
    _note(faults, lambda: record.clean_fields(exclude=_read_already(record)))
    _note(faults, record.clean)
    _note(faults, lambda: _check_unique(record, _named(faults)))
    _note(faults, lambda: _check_constraints(record, _named(faults)))
    if not faults:
        return
    error = ValidationError(faults)
    fields = {
        "" if name == NON_FIELD_ERRORS else name: list(messages)
        for name, messages in error.message_dict.items()
    }
    raise InvalidInput(" ".join(error.messages), fields=fields) from error


def _note(faults: Faults, check: Callable[[], None]) -> None:
    try:
        check()
    except ValidationError as error:
        error.update_error_dict(faults)


def _named(faults: Faults) -> set[str]:
    """The fields that are wrong already: nothing further is said of them."""
    return {name for name in faults if name != NON_FIELD_ERRORS}


def _read_already(record: models.Model) -> set[str]:
    """The relations to records that were read: that they are there need not be asked again."""
    return {
        field.name
        for field in record._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.is_cached(record)
        and not field.get_limit_choices_to()
        and (other := field.get_cached_value(record)) is not None
        and not other._state.adding
        and getattr(record, field.attname) == getattr(other, field.target_field.attname)
    }


def _check_unique(record: models.Model, exclude: set[str]) -> None:
    """As Django checks what no other record may have; a single field with a statement composed once."""
    names = {
        field.name
        for field in record._meta.concrete_fields
        if field.unique and not field.primary_key and field.name not in exclude
        and is_free(record, field.name)
    }  # fmt: skip
    record.validate_unique(exclude=exclude | names)


PLAIN = (models.CharField, models.TextField, models.IntegerField, models.DateField)


def is_free(record: models.Model, *names: str) -> bool:
    """Whether surely no other record has the same values in these fields; else Django has to say."""
    told = _having(record.__class__, names)
    values = {name: getattr(record, attname) for name, attname in told[1].items()} if told else {}
    if told is None or any(value is None or value == "" for value in values.values()):
        return False
    return all(pk == record.pk for pk in told[0].read(**values))


@cache
def _having(model: Any, names: tuple[str, ...]) -> tuple[Composed, dict[str, str]] | None:
    """The statement that asks for those with the same values; None for fields that say more."""
    asked, attributes = {}, {}
    for name in names:
        field = model._meta.get_field(name)
        plain = field.target_field if isinstance(field, models.ForeignKey) else field
        if not isinstance(plain, PLAIN) or field.model is not model._meta.concrete_model:
            return None
        asked[name] = given(name, type(plain)())
        attributes[name] = field.attname
    return Composed(
        lambda: model._default_manager.filter(**asked).values_list("pk", flat=True)
    ), attributes


def _check_constraints(record: models.Model, exclude: set[str]) -> None:
    """As Django checks them; those that need nothing but the record, without asking the database."""
    faults: Faults = {}
    for model, constraints in record.get_constraints():
        for constraint in constraints:
            try:
                if not _is_kept(record, model, constraint, exclude):
                    constraint.validate(model, record, exclude=exclude)
            except ValidationError as error:
                fields: tuple[str, ...] = getattr(constraint, "fields", ())
                if getattr(error, "code", None) == "unique" and len(fields) == 1:
                    faults.setdefault(fields[0], []).append(error)
                else:
                    error.update_error_dict(faults)
    if faults:
        raise ValidationError(faults)


def _is_kept(record: models.Model, model: Any, constraint: Any, exclude: set[str]) -> bool:
    """Whether the record surely keeps the constraint; whatever else there is to say, Django says."""
    if isinstance(constraint, models.UniqueConstraint):
        plain = not (constraint.condition or constraint.expressions or constraint.deferrable)
        named = constraint.fields if plain and constraint.nulls_distinct is None else ()
        return bool(named) and not exclude & set(named) and is_free(record, *named)
    told = (
        condition_of(model, constraint) if isinstance(constraint, models.CheckConstraint) else None
    )
    if told is None or told[1] & exclude:
        return False
    try:
        return told[0](record) is not False
    except LeftToTheDatabase:
        return False
