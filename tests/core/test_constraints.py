"""What is told of a constraint without the database is what the database says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from dabir.core.constraints import LeftToTheDatabase, condition_of, worked_out
from dabir.core.errors import InvalidInput
from dabir.core.validation import check_record
from dabir.decisions.models import Commitment
from dabir.registry.models import Mandate

pytestmark = pytest.mark.django_db
TRIES = 6
DAY = date(2026, 11, 22)


def every_constraint() -> Iterator[tuple[Any, models.CheckConstraint]]:
    for model in apps.get_models():
        if model.__module__.startswith("dabir."):
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    yield model, constraint


def words_of(condition: models.Q) -> set[str]:
    """Every word that a condition compares with."""
    found: set[str] = set()
    for part in condition.children:
        if isinstance(part, models.Q):
            found |= words_of(part)
        elif isinstance(part, tuple):
            listed = part[1] if isinstance(part[1], list | tuple) else [part[1]]
            found |= {str(word) for word in listed if isinstance(word, str)}
    return found


def a_value(field: Any, words: list[str], chance: random.Random) -> Any:
    """Something that the field may hold, unknown as often as it may be unknown."""
    if field.null and chance.random() < 0.4:
        return None
    if isinstance(field, models.BooleanField):
        return chance.random() < 0.5
    if isinstance(field, models.ForeignKey | models.IntegerField):
        return chance.randrange(4)
    if isinstance(field, models.DateTimeField):
        return chance.choice([None, "2026-11-22T10:00:00Z"])
    if isinstance(field, models.DateField):
        return DAY + timedelta(days=chance.randrange(3))
    return chance.choice([*words, "", "another"])


def test_condition_told_without_the_database_is_what_the_database_says() -> None:
    chance, told_of = random.Random(1405), 0
    for model, constraint in every_constraint():
        known = condition_of(model, constraint)
        if known is None:
            continue
        told, names = known
        words = sorted(words_of(constraint.condition))  # type: ignore[arg-type]  # only such are told
        fields = [model._meta.get_field(name) for name in sorted(names)]
        for _try in range(TRIES):
            record = model(**{f.attname: a_value(f, words, chance) for f in fields})
            try:
                kept = told(record) is not False
            except LeftToTheDatabase:
                continue
            told_of += 1
            try:
                constraint.validate(model, record)
            except ValidationError:
                assert not kept, (constraint.name, vars(record))
            else:
                assert kept, (constraint.name, vars(record))
    assert told_of > 200


def test_condition_that_looks_further_is_left_to_the_database() -> None:
    for condition in (
        models.Q(titles__has_key="fa"),
        models.Q(position__gt=models.F("position") + 1),
        models.Q(decision__force="in_force"),
        models.Q(position=1) ^ models.Q(position=2),
    ):
        constraint = models.CheckConstraint(condition=condition, name=f"x{condition}")
        assert worked_out(Commitment, constraint) is None


def test_check_record_tells_what_a_constraint_refuses_and_asks_for_no_savepoint() -> None:
    wrong = Mandate(starts_on=DAY, ends_on=DAY - timedelta(days=1))
    with CaptureQueriesContext(connection) as asked, pytest.raises(InvalidInput) as refused:
        check_record(wrong)
    assert {"person", "post"} <= set(refused.value.fields)
    constraint = next(c for c in Mandate._meta.constraints if isinstance(c, models.CheckConstraint))
    assert str(constraint.violation_error_message) in str(refused.value)
    assert len([q for q in asked.captured_queries if "SAVEPOINT" in q["sql"]]) <= 2
