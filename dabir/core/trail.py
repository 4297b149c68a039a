"""The audit trail: every act, chained by hashes, so that a change of the past is found and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dabir.core.actors import Actor
from dabir.core.canonical import digest, keyed_digest
from dabir.core.models import AuditEntry, AuditHead, PersonalValue
from dabir.core.reference import Reference
from dabir.core.search import renew
from dabir.core.trailend import HEAD, held_end


@dataclass(frozen=True)
class Personal:
    """A value about a person: told only in the erasable side table, proven by its digest."""

    value: Any
    subject: str


@dataclass(frozen=True)
class Act:
    """What is to be entered in the trail."""

    act: str
    target: Reference
    by: Actor
    on: date
    at: datetime
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    basis: Reference | None = None
    reason: str = ""


@dataclass
class _Draft:
    entry: AuditEntry
    personal: list[tuple[str, Personal, str]] = field(default_factory=list)


def _without_personal(data: Any, path: str, found: list[tuple[str, Personal, str]]) -> Any:
    if isinstance(data, Personal):
        proof = keyed_digest(data.value)
        found.append((path, data, proof))
        return {"personal": proof}
    if isinstance(data, dict):
        return {k: _without_personal(v, f"{path}/{k}", found) for k, v in data.items()}
    if isinstance(data, list | tuple):
        return [_without_personal(v, f"{path}/{i}", found) for i, v in enumerate(data)]
    if isinstance(data, date | datetime):
        return data.isoformat()
    return data


def entry_hash(entry: AuditEntry) -> str:
    """The hash of an entry over everything it says and the hash of the entry before."""
    return digest(
        {
            "sequence": entry.sequence,
            "act": entry.act,
            "actor": entry.actor,
            "target": [entry.target_kind, entry.target_id, entry.target_labels],
            "happened_on": entry.happened_on,
            "recorded_at": entry.recorded_at,
            "before": entry.before,
            "after": entry.after,
            "basis": entry.basis,
            "reason": entry.reason,
            "previous": entry.previous_hash,
        }
    )


def _draft(act: Act, sequence: int, previous: str) -> _Draft:
    found: list[tuple[str, Personal, str]] = []
    entry = AuditEntry(
        sequence=sequence,
        act=act.act,
        actor=act.by.as_dict(),
        target_kind=act.target.kind,
        target_id=act.target.public_id,
        target_labels=_without_personal(act.target.labels, "/target", found),
        happened_on=act.on,
        recorded_at=act.at,
        before=_without_personal(act.before, "/before", found),
        after=_without_personal(act.after, "/after", found),
        basis=act.basis.as_dict() if act.basis else None,
        reason=act.reason,
        previous_hash=previous,
    )
    entry.hash = entry_hash(entry)
    return _Draft(entry, found)


@transaction.atomic(savepoint=False)  # an act without its entry must not stand
def record_acts(acts: Iterable[Act]) -> list[AuditEntry]:
    """Enter acts in the trail in their order; the head's row is locked, so the chain has one end.

    The records acted upon are found by their present words from then on.
    """
    acts = list(acts)
    head = held_end()
    if head is None:
        AuditHead.objects.get_or_create(name=HEAD)
        head = held_end()
    assert head is not None  # noqa: S101  it was made just now
    drafts: list[_Draft] = []
    for act in acts:
        draft = _draft(act, head.sequence + 1, head.hash)
        head.sequence, head.hash = draft.entry.sequence, draft.entry.hash
        drafts.append(draft)
    entries = AuditEntry.objects.bulk_create([d.entry for d in drafts], batch_size=500)
    PersonalValue.objects.bulk_create(
        [
            PersonalValue(entry=entry, path=path, value=p.value, digest=proof, subject=p.subject)
            for entry, draft in zip(entries, drafts, strict=True)
            for path, p, proof in draft.personal
        ],
        batch_size=500,
    )
    head.save(update_fields=["sequence", "hash"])
    renew(((act.target.kind, act.target.public_id) for act in acts), held=True)
    return entries


def record_act(
    act: str,
    *,
    target: Reference,
    by: Actor,
    on: date,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    basis: Reference | None = None,
    reason: str = "",
) -> AuditEntry:
    """Enter one act in the trail."""
    return record_acts([Act(act, target, by, on, at, before, after, basis, reason)])[0]


def trail_faults() -> Iterator[str]:
    """Walk the whole chain; name each entry whose content, order or place was changed."""
    previous, expected = "", 1
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield f"entry {expected} of the trail is missing (next found: {entry.sequence})"
        if entry.previous_hash != previous:
            yield f"entry {entry.sequence} of the trail does not continue the entry before it"
        if entry.hash != entry_hash(entry):
            yield f"entry {entry.sequence} of the trail ({entry.act} {entry.target_id}) was changed"
        previous, expected = entry.hash, entry.sequence + 1
    head = AuditHead.objects.filter(name=HEAD).first()
    told = (head.sequence, head.hash) if head else (0, "")
    if told != (expected - 1, previous):
        yield f"the trail was cut: its last entry is {expected - 1}, the head says {told[0]}"
    for value in PersonalValue.objects.select_related("entry").iterator(chunk_size=2000):
        is_kept = value.erased_at is None
        if value.digest != _proof_at(value.entry, value.path) or (
            is_kept and keyed_digest(value.value) != value.digest
        ):
            yield f"a personal value of entry {value.entry.sequence} was changed"


def _proof_at(entry: AuditEntry, path: str) -> str | None:
    """The digest that the sealed entry itself holds in the place of a personal value."""
    first, *steps = path.strip("/").split("/")
    parts: dict[str, Any] = {
        "target": entry.target_labels,
        "before": entry.before,
        "after": entry.after,
    }
    place = parts.get(first)
    for step in steps:
        if isinstance(place, list) and step.isdigit() and int(step) < len(place):
            place = place[int(step)]
        else:
            place = place.get(step) if isinstance(place, dict) else None
    return place.get("personal") if isinstance(place, dict) else None


def trail_head() -> tuple[int, str]:
    """Number and hash of the last entry; (0, "") while the trail is empty."""
    head = AuditHead.objects.filter(name=HEAD).first()
    return (head.sequence, head.hash) if head else (0, "")


def last_recorded_at(*, until: datetime | None = None) -> datetime | None:
    """The instant of the last act entered, sign-in matters (`accounts.`) aside."""
    entries = AuditEntry.objects.exclude(act__startswith="accounts.")
    if until:
        entries = entries.filter(recorded_at__lte=until)
    return entries.order_by("-recorded_at").values_list("recorded_at", flat=True).first()


@transaction.atomic
def erase_personal_values(*, subject: str, by: Actor, on: date, at: datetime) -> int:
    """Erase what the trail tells about a person; the chain stays valid by the digests."""
    values = PersonalValue.objects.filter(subject=subject, erased_at=None)
    count = values.update(value=None, erased_at=at)
    record_act(
        "core.erase_personal_values",
        target=Reference("subject", subject),
        by=by,
        on=on,
        at=at,
        after={"erased": count},
    )
    return count


def trail_head_at(instant: datetime) -> tuple[int, str]:
    """Number and hash of the last entry recorded by that instant, sign-in matters aside."""
    entry = (
        AuditEntry.objects.filter(recorded_at__lte=instant)
        .exclude(act__startswith="accounts.")
        .order_by("-sequence")
        .values_list("sequence", "hash")
        .first()
    )
    return entry or (0, "")
