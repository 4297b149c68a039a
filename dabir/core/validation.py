"""What the database would refuse is refused before, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from dabir.core.constraints import LeftToTheDatabase, condition_of
from dabir.core.errors import InvalidInput

Faults = dict[str, Any]


def check_record(record: models.Model) -> None:
    """Run the record's own checks and constraints; raises InvalidInput naming the fields."""
    faults: Faults = {}
    _note(faults, lambda: record.clean_fields(exclude=_read_already(record)))
    _note(faults, record.clean)
    _note(faults, lambda: record.validate_unique(exclude=_named(faults)))
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
    told = (
        condition_of(model, constraint) if isinstance(constraint, models.CheckConstraint) else None
    )
    if told is None or told[1] & exclude:
        return False
    try:
        return told[0](record) is not False
    except LeftToTheDatabase:
        return False
