"""Freeze the standing of all members for a meeting, and record what the chair rules on the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.canonical import digest
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import day_said
from dabir.membership.models import Member, Ruling, Snapshot, SnapshotLine
from dabir.membership.queries.standing import MemberStanding, standings_on
from dabir.statutes.queries import rules_on
from dabir.statutes.reading import Rules

DEADLINE = "credentials.deadline_days"
BATCH = 1000


def credential_deadline(*, starts_on: date | None, rules: Rules) -> date:
    """The day on which the list of voters is frozen; raises RuleNotSet while the article is not set."""
    days = rules.value(DEADLINE)
    if starts_on is None:
        raise IllegalStep(
            _("The meeting has no day yet."),
            cure=_("Call the meeting first; the list is frozen before its first day."),
            code="meeting_without_day",
        )
    return starts_on - timedelta(days=days)


def _lines_of(found: list[MemberStanding]) -> tuple[list[SnapshotLine], list[dict[str, Any]]]:
    """The lines of a list, not yet saved, and the reasons that they share."""
    places: dict[int, int] = {}
    answers: list[dict[str, Any]] = []
    lines = []
    for each in found:
        standing = each.standing
        if id(standing) not in places:
            places[id(standing)] = len(answers)
            answers.append(standing.as_dict())
        lines.append(
            SnapshotLine(
                member_id=each.key,
                names=each.names,
                category=each.facts.category,
                may_vote=standing.may_vote.verdict,
                may_stand=standing.may_stand.verdict,
                may_speak=standing.may_speak.verdict,
                answer=places[id(standing)],
            )
        )
    return lines, answers


@transaction.atomic
def freeze_standing(
    *, meeting: Reference, by: Actor, on: date, at: datetime, reason: str = ""
) -> Snapshot:
    """Keep for ever how every member stood at the deadline of credentials before a meeting.

    The rules in force on the meeting's day decide; what is paid after the deadline changes nothing.
    A second list of the same meeting says why it was made; both stay.
    """
    rules = rules_on(meeting.on or on)
    as_of = credential_deadline(starts_on=meeting.on, rules=rules)
    if as_of > on:
        raise IllegalStep(
            _("The deadline of credentials is %(day)s.") % {"day": day_said(as_of)},
            cure=_(
                "Freeze the list on that day or later; until then the page of standing shows it."
            ),
            code="before_deadline",
        )
    earlier = Snapshot.objects.filter(meeting__id=meeting.public_id).exists()
    if earlier and not reason.strip():
        raise InvalidInput(
            _("The list of this meeting is frozen already."),
            fields={"reason": [_("Say why a second list is made; the first one stays.")]},
            code="frozen_already",
        )
    # The list is held: the places of shared reasons are told by identity.
    found = list(standings_on(as_of, rules=rules))
    lines, answers = _lines_of(found)
    snapshot = Snapshot.objects.create(
        meeting=meeting.as_dict(),
        as_of=as_of,
        rule_set=rules.key,
        answers=answers,
        digest=digest_of(lines, answers),
        on=on,
        at=at,
        by=by.as_dict(),
    )
    for line in lines:
        line.snapshot = snapshot
    SnapshotLine.objects.bulk_create(lines, batch_size=BATCH)
    record_act(
        "membership.freeze_standing",
        target=snapshot.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "meeting": meeting.public_id,
            "as_of": as_of,
            "rule_set": rules.key,
            "members": len(lines),
            "voters": sum(line.may_vote is True for line in lines),
            "digest": snapshot.digest,
        },
        reason=reason,
    )
    return snapshot


def digest_of(lines: Iterable[SnapshotLine], answers: list[dict[str, Any]]) -> str:
    """The seal of a list: who is in it, what each may do, and why."""
    rows = [[line.member_id, line.names, line.category, line.answer] for line in lines]
    return digest({"lines": rows, "answers": answers})


@transaction.atomic
def record_ruling(
    *,
    snapshot: Snapshot,
    member: Member,
    right: str,
    granted: bool,
    chair: str,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
) -> Ruling:
    """Log what the chair ruled on one member of a frozen list; the list stays, the ruling counts."""
    if not SnapshotLine.objects.filter(snapshot=snapshot, member=member).exists():
        raise InvalidInput(
            _("“%(name)s” is not in this list.") % {"name": member},
            cure=_("A ruling speaks of a member of that day; who came later is not in the list."),
            fields={"member": [_("Choose a member of the list.")]},
            code="not_in_list",
        )
    if on < snapshot.on:
        raise InvalidInput(
            fields={"on_day": [_("This day lies before the list was frozen.")]},
            code="before_list",
        )
    ruling = Ruling(
        snapshot=snapshot,
        member=member,
        right=right,
        granted=granted,
        chair=chair.strip(),
        reason=reason.strip(),
        basis=basis.as_dict() if basis else None,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(ruling)
    ruling.save()
    record_act(
        "membership.record_ruling",
        target=snapshot.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "member": member.public_id,
            "right": right,
            "granted": granted,
            "chair": chair,
        },
        basis=basis,
        reason=reason,
    )
    return ruling
