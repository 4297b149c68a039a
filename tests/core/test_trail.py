"""The chain names whatever was changed, cut or put in; erasing a person leaves it valid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dabir.core.actors import OPERATOR
from dabir.core.models import AuditEntry, AuditHead, PersonalValue
from dabir.core.reference import Reference
from dabir.core.sealing import seal, unseal
from dabir.core.trail import (
    Personal,
    erase_personal_values,
    last_recorded_at,
    record_act,
    trail_faults,
    trail_head,
    trail_head_at,
)
from tests.factories.people import AT, CLERK, ON, SIGNED

pytestmark = pytest.mark.django_db
TARGET = Reference("thing", "thing-1", {"en": "A thing", "fa": "چیزی"}, ON)
LENGTH = 5


def _enter(number: int, **changes: Any) -> AuditEntry:
    given: dict[str, Any] = {
        "before": {"value": number},
        "after": {
            "value": number + 1,
            "day": ON,
            "name": Personal({"en": f"Name {number}"}, f"person-{number}"),
        },
        "basis": TARGET,
        "reason": f"reason {number}",
    }
    stamp = SIGNED | {"at": AT + timedelta(minutes=number)}
    return record_act("tests.act", target=TARGET, **(given | changes), **stamp)


@pytest.fixture
def trail() -> Iterator[None]:
    """Five acts in a table whose guard is off, as for somebody who has the database itself."""
    for number in range(LENGTH):
        _enter(number)
    assert list(trail_faults()) == []
    unseal(connection, AuditEntry._meta.db_table)
    yield
    seal(connection, AuditEntry._meta.db_table)


CHANGED: dict[str, Any] = {
    "sequence": 77,
    "act": "tests.other",
    "actor": OPERATOR.as_dict(),
    "target_kind": "other",
    "target_id": "thing-2",
    "target_labels": {"en": "Another thing"},
    "happened_on": date(2020, 1, 1),
    "recorded_at": datetime(2020, 1, 1, tzinfo=UTC),
    "before": {"value": 99},
    "after": {"value": 99},
    "basis": None,
    "reason": "another reason",
    "previous_hash": "0" * 64,
    "hash": "f" * 64,
}


def test_every_field_of_an_entry_is_tried() -> None:
    assert set(CHANGED) == {f.name for f in AuditEntry._meta.concrete_fields} - {"id"}


@pytest.mark.parametrize("field", CHANGED)
@pytest.mark.parametrize("number", [1, 3, LENGTH])
def test_a_changed_field_is_found_and_its_entry_named(trail: None, field: str, number: int) -> None:
    AuditEntry.objects.filter(sequence=number).update(**{field: CHANGED[field]})
    faults = list(trail_faults())
    assert faults
    assert any(f"entry {number} of the trail" in fault for fault in faults)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    number=st.integers(1, LENGTH),
    words=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    field=st.sampled_from(["reason", "act", "target_id"]),
)
def test_any_other_words_are_found(trail: None, number: int, words: str, field: str) -> None:
    with transaction.atomic():
        entry = AuditEntry.objects.get(sequence=number)
        is_same = getattr(entry, field) == words
        AuditEntry.objects.filter(sequence=number).update(**{field: words})
        faults = list(trail_faults())
        assert bool(faults) != is_same
        assert is_same or f"entry {number} of the trail" in faults[0]
        transaction.set_rollback(True)


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_entry_is_named(trail: None, number: int) -> None:
    PersonalValue.objects.filter(entry__sequence=number).delete()
    AuditEntry.objects.filter(sequence=number)._raw_delete("default")
    assert f"entry {number} of the trail is missing" in next(trail_faults())


@pytest.mark.parametrize("left", [0, 1, 4])
def test_a_cut_end_is_told(trail: None, left: int) -> None:
    PersonalValue.objects.filter(entry__sequence__gt=left).delete()
    AuditEntry.objects.filter(sequence__gt=left)._raw_delete("default")
    assert list(trail_faults()) == [
        f"the trail was cut: its last entry is {left}, the head says {LENGTH}"
    ]


@pytest.mark.parametrize("change", [{"sequence": 3}, {"hash": "0" * 64}])
def test_a_changed_head_is_told(trail: None, change: dict[str, Any]) -> None:
    AuditHead.objects.update(**change)
    assert any("the trail was cut" in fault for fault in trail_faults())


def test_an_entry_put_in_is_told(trail: None) -> None:
    last = AuditEntry.objects.get(sequence=LENGTH)
    forged = AuditEntry.objects.get(sequence=LENGTH)
    forged.pk, forged.sequence, forged.hash = None, LENGTH + 1, "a" * 64
    forged.previous_hash = last.hash
    forged.save(force_insert=True)
    faults = list(trail_faults())
    assert any(f"entry {LENGTH + 1} of the trail" in fault for fault in faults)
    assert any("the trail was cut" in fault for fault in faults)


def test_a_personal_value_stands_beside_the_entry_and_not_in_it() -> None:
    entry = _enter(0)
    value = PersonalValue.objects.get(entry=entry)
    assert (value.path, value.value, value.subject) == ("/after/name", {"en": "Name 0"}, "person-0")
    assert entry.after["name"] == {"personal": value.digest}
    assert "Name 0" not in json.dumps(entry.after)


@pytest.mark.parametrize("change", [{"value": {"en": "Another"}}, {"digest": "0" * 64}])
def test_a_changed_personal_value_is_named(trail: None, change: dict[str, Any]) -> None:
    PersonalValue.objects.filter(entry__sequence=2).update(**change)
    assert list(trail_faults()) == ["a personal value of entry 2 was changed"]


def test_a_personal_value_with_its_digest_taken_from_elsewhere_is_named(trail: None) -> None:
    other = PersonalValue.objects.get(entry__sequence=4)
    PersonalValue.objects.filter(entry__sequence=2).update(value=other.value, digest=other.digest)
    assert list(trail_faults()) == ["a personal value of entry 2 was changed"]


def test_erased_personal_values_leave_the_chain_valid() -> None:
    for number in range(3):
        _enter(number)
    erased = erase_personal_values(subject="person-1", **SIGNED)
    assert erased == 1
    assert list(trail_faults()) == []
    kept = dict(PersonalValue.objects.values_list("subject", "value"))
    assert kept == {"person-0": {"en": "Name 0"}, "person-1": None, "person-2": {"en": "Name 2"}}
    entry = AuditEntry.objects.get(act="core.erase_personal_values")
    assert (entry.target_id, entry.after) == ("person-1", {"erased": 1})
    assert erase_personal_values(subject="person-1", **SIGNED) == 0


def test_an_act_that_is_rolled_back_leaves_no_entry_and_no_gap() -> None:
    _enter(0)
    with transaction.atomic():
        _enter(1)
        transaction.set_rollback(True)
    assert _enter(2).sequence == 2
    assert list(trail_faults()) == []


def test_head_and_last_instant_leave_sign_in_matters_aside() -> None:
    assert trail_head() == (0, "")
    assert last_recorded_at() is None
    first = _enter(0)
    record_act("accounts.sign_in", target=TARGET, by=CLERK, on=ON, at=AT + timedelta(hours=1))
    assert last_recorded_at() == first.recorded_at
    assert last_recorded_at(until=AT - timedelta(days=1)) is None
    assert trail_head_at(AT + timedelta(hours=2)) == (1, first.hash)
    assert trail_head_at(AT - timedelta(days=1)) == (0, "")
    assert trail_head()[0] == 2


def test_a_float_in_an_act_is_refused_and_nothing_is_entered() -> None:
    with pytest.raises(TypeError), transaction.atomic():
        _enter(0, after={"share": 0.5})
    assert AuditEntry.objects.count() == 0
