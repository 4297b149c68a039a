"""A step in the table of states: locked, asked, saved and entered in the trail, in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.states import Machine
from dabir.core.trail import record_act
from dabir.core.validation import check_record

Record = TypeVar("Record", bound=Any)


def _told(record: Any, names: Sequence[str]) -> dict[str, Any]:
    """The fields as the trail tells them; "holder__public_id" is the number of the holder."""
    said = {}
    for name in names:
        value = record
        for part in name.split("__"):
            value = getattr(value, part)
        said[name.partition("__")[0]] = value
    return said


def take_step(
    record: Record,
    verb: str,
    *,
    machine: Machine,
    act: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    told: Sequence[str] = ("state",),
    also_told: Mapping[str, Any] | None = None,
    checked: bool = False,
) -> Record:
    """Take `verb` from the state a record is in, with what changes by it; `told` goes into the trail.

    `told` may name a field of a related record, "holder__public_id" told as "holder"; `also_told`
    stands in the trail beside what became of the record.

    Raises StaleRecord when somebody was faster, IllegalStep from a state that does not allow it, and
    with `checked` InvalidInput for a row that the database would refuse. The caller opens the
    transaction.
    """
    fresh = lock_record(record, version=version)
    before = _told(fresh, told)
    fresh.state = machine.target(verb, fresh.state)
    for name, value in (changes or {}).items():
        setattr(fresh, name, value)
    fresh.version += 1
    if checked:
        check_record(fresh)
    fresh.save(update_fields=["state", "version", *(changes or {})])
    record_act(
        act,
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before=before,
        after=_told(fresh, told) | dict(also_told or {}),
        reason=reason,
    )
    return fresh
