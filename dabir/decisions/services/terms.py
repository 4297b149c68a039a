"""Acts on commitments: make them, change their terms, hand them over, set their status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import IntegerField
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.composed import Composed
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.together import given
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import day_said
from dabir.decisions.models import (
    ActivityReport,
    Commitment,
    CommitmentTerms,
    Decision,
    StatusEntry,
)
from dabir.decisions.services.agreed import (
    Deadline,
    Lead,
    Terms,
    due_day_kept,
    folded_words,
    terms_in_force,
)
from dabir.decisions.states import COMMITMENTS, DeadlineType, Status

Words = Mapping[str, str]


def _terms_row(
    commitment: Commitment, terms: Terms, *, reason: str, by: Actor, on: date, at: datetime
) -> CommitmentTerms:
    lead = terms.lead.reference()
    return CommitmentTerms(
        commitment=commitment,
        titles=dict(terms.titles),
        kind=terms.kind,
        lead=lead.as_dict() if lead else None,
        lead_post=terms.lead.post,
        lead_city=terms.lead.city,
        lead_organ=terms.lead.organ,
        lead_words=dict(terms.lead.words),
        addressees=[a.as_dict() for a in terms.addressees],
        deadline_type=terms.deadline.type,
        deadline_on=terms.deadline.on,
        deadline_candidates=list(terms.deadline.candidates),
        deadline_organ=terms.deadline.organ,
        deadline_words=dict(terms.deadline.words),
        recurrence=terms.deadline.recurrence,
        recurrence_from=terms.deadline.recurrence_from,
        budget=terms.budget,
        budget_line=terms.budget_line,
        reason=reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )


def _carry(commitment: Commitment, terms: Terms) -> None:
    """Repeat the newest terms on the commitment itself, for lists."""
    commitment.titles = dict(terms.titles)
    commitment.kind = terms.kind
    commitment.lead_post = terms.lead.post
    commitment.lead_city = terms.lead.city
    commitment.lead_organ = terms.lead.organ
    commitment.lead_words = dict(terms.lead.words)
    commitment.deadline_type = terms.deadline.type
    commitment.deadline_on = terms.deadline.on
    commitment.budget = terms.budget
    commitment.due_on = due_day_kept(commitment, terms.deadline)
    commitment.folded = folded_words(commitment)


@transaction.atomic
def refresh_due_days(*, on: date) -> int:
    """Move the kept days of recurring commitments on to the day that counts now; daily work."""
    moved = 0
    rows = Commitment.objects.filter(deadline_type=DeadlineType.RECURRING)
    for commitment in rows.select_for_update():
        kept = due_day_kept(commitment, terms_in_force(commitment).deadline, as_of=on)
        if kept != commitment.due_on:
            Commitment.objects.filter(pk=commitment.pk).update(due_on=kept)
            moved += 1
    return moved


def _told(terms: Terms) -> dict[str, Any]:
    lead = terms.lead.reference()
    return {
        "titles": dict(terms.titles),
        "kind": terms.kind,
        "lead": lead.as_dict() if lead else None,
        "addressees": [a.as_dict() for a in terms.addressees],
        "deadline": {
            "type": terms.deadline.type,
            "on": terms.deadline.on,
            "candidates": list(terms.deadline.candidates),
            "organ": terms.deadline.organ.key if terms.deadline.organ else None,
            "recurrence": terms.deadline.recurrence,
            "recurrence_from": terms.deadline.recurrence_from,
        },
        "budget": terms.budget,
        "budget_line": terms.budget_line,
    }


_MADE = Composed(
    lambda: (
        Commitment.objects.filter(decision=given("decision", IntegerField()))
        .order_by()
        .values_list("pk", flat=True)
    )
)


@transaction.atomic
def make_commitment(
    *,
    decision: Decision,
    terms: Terms,
    by: Actor,
    on: date,
    at: datetime,
    created_on: date | None = None,
) -> Commitment:
    """Bind somebody to what a decision asks; it is not started from that day."""
    lock_record(decision)
    created = created_on or decision.decided_on
    if created < decision.decided_on:
        raise InvalidInput(_("A commitment cannot be older than its decision."))
    position = len(_MADE.read(decision=decision.pk)) + 1
    commitment = Commitment(
        public_id=f"{decision.public_id}/c{position}",
        decision=decision,
        position=position,
        status_since=created,
        created_on=created,
    )
    _carry(commitment, terms)
    check_record(commitment)
    commitment.save()
    row = _terms_row(commitment, terms, reason="", by=by, on=created, at=at)
    check_record(row)
    row.save()
    StatusEntry.objects.create(
        commitment=commitment, status=Status.NOT_STARTED, on=created, at=at, by=by.as_dict()
    )
    record_act(
        "decisions.make_commitment",
        target=commitment.reference(),
        by=by,
        on=on,
        at=at,
        after=_told(terms),
        basis=decision.reference(),
    )
    return commitment


@transaction.atomic
def change_terms(
    *,
    commitment: Commitment,
    terms: Terms,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    act: str = "decisions.change_terms",
) -> Commitment:
    """Change what is agreed about a commitment from a day on; the earlier terms stay in its history."""
    fresh = lock_record(commitment, version=version)
    before = terms_in_force(fresh)
    last = fresh.terms.order_by("-on").values_list("on", flat=True).first()
    if last and on < last:
        raise InvalidInput(_("Later terms are already recorded for this commitment."))
    row = _terms_row(fresh, terms, reason=reason, by=by, on=on, at=at)
    check_record(row)
    row.save()
    _carry(fresh, terms)
    fresh.version += 1
    check_record(fresh)
    fresh.save()
    record_act(
        act,
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before=_told(before),
        after=_told(terms),
        basis=fresh.decision.reference(),
        reason=reason,
    )
    return fresh


def assign_commitment(
    *,
    commitment: Commitment,
    lead: Lead,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Commitment:
    """Give a commitment its lead, or hand it over to another with its history."""
    return change_terms(
        commitment=commitment,
        terms=replace(terms_in_force(commitment), lead=lead),
        reason=reason,
        by=by,
        on=on,
        at=at,
        version=version,
        act="decisions.assign_commitment",
    )


@transaction.atomic
def assign_commitments(
    *,
    commitments: Sequence[Commitment],
    lead: Lead,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
) -> list[Commitment]:
    """Give several commitments the same lead at once: all of them, or none."""
    return [
        assign_commitment(commitment=c, lead=lead, reason=reason, by=by, on=on, at=at)
        for c in sorted(commitments, key=lambda c: c.pk)
    ]


def set_deadline(
    *,
    commitment: Commitment,
    deadline: Deadline,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Commitment:
    """Give a commitment another deadline, with the reason."""
    return change_terms(
        commitment=commitment,
        terms=replace(terms_in_force(commitment), deadline=deadline),
        reason=reason,
        by=by,
        on=on,
        at=at,
        version=version,
        act="decisions.set_deadline",
    )


@transaction.atomic
def step_status(
    verb: str,
    *,
    commitment: Commitment,
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
    report: ActivityReport | None = None,
    version: int | None = None,
) -> Commitment:
    """Take one step in the table of states; a day before the last recorded step is refused."""
    fresh = lock_record(commitment, version=version)
    before = fresh.status
    status = COMMITMENTS.target(verb, before)
    if on < fresh.status_since:
        raise InvalidInput(
            _("The status of a later day is already recorded."),
            cure=_("Give a day on or after %(day)s.") % {"day": day_said(fresh.status_since)},
        )
    entry = StatusEntry(
        commitment=fresh, status=status, reason=reason, report=report, on=on, at=at, by=by.as_dict()
    )
    check_record(entry)
    entry.save()
    fresh.status, fresh.status_since = status, on
    fresh.version += 1
    fresh.save(update_fields=["status", "status_since", "version"])
    record_act(
        f"decisions.{verb}_commitment",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"status": before},
        after={"status": status, "report": report.public_id if report else None},
        basis=fresh.decision.reference(),
        reason=reason,
    )
    return fresh


def start_commitment(
    *, commitment: Commitment, by: Actor, on: date, at: datetime, version: int | None = None
) -> Commitment:
    """Record that the work has begun."""
    return step_status("start", commitment=commitment, by=by, on=on, at=at, version=version)


def block_commitment(
    *,
    commitment: Commitment,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Commitment:
    """Record that the work cannot go on, and why."""
    if not reason.strip():
        raise InvalidInput(_("Say what blocks the work."))
    return step_status(
        "block", commitment=commitment, by=by, on=on, at=at, reason=reason, version=version
    )


def set_aside_commitment(
    *,
    commitment: Commitment,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Commitment:
    """Record that a commitment does not apply, and why."""
    if not reason.strip():
        raise InvalidInput(_("Say why this does not apply."))
    return step_status(
        "set_aside", commitment=commitment, by=by, on=on, at=at, reason=reason, version=version
    )


def take_up_again(
    *,
    commitment: Commitment,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Commitment:
    """Take up a commitment that was set aside."""
    return step_status(
        "take_up_again", commitment=commitment, by=by, on=on, at=at, reason=reason, version=version
    )
