"""Acts on meetings: foresee, call, move, hold and cancel a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.stepping import take_step
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import day_said, say
from dabir.meetings.models import Attendance, Call, Meeting
from dabir.meetings.states import MEETINGS
from dabir.organs.models import Organ
from dabir.registry.models import City
from dabir.statutes.notice import earliest_session
from dabir.statutes.queries import rules_on

Words = Mapping[str, str]


@transaction.atomic
def foresee_meeting(
    *,
    public_id: str,
    organ: Organ,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    ordinal: int | None = None,
    city: City | None = None,
    planned: Words | None = None,
    theme: Words | None = None,
    mode: str = "",
    conflicts: Sequence[Mapping[str, Any]] = (),
    source: str = "",
) -> Meeting:
    """Enter a session that is foreseen; it has no day until it is called or was held."""
    meeting = Meeting(
        public_id=public_id,
        organ=organ,
        names=dict(names),
        ordinal=ordinal,
        city=city,
        planned=dict(planned or {}),
        theme=dict(theme or {}),
        mode=mode,
        conflicts=[dict(c) for c in conflicts],
        source=source,
    )
    check_record(meeting)
    meeting.save()
    record_act(
        "meetings.foresee_meeting",
        target=meeting.reference(),
        by=by,
        on=on,
        at=at,
        after={"organ": organ.key, "names": dict(names), "source": source},
    )
    return meeting


def _step(
    verb: str,
    meeting: Meeting,
    *,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None,
    reason: str = "",
    **changes: Any,
) -> Meeting:
    fresh = take_step(
        meeting,
        verb,
        machine=MEETINGS,
        act=f"meetings.{verb}_meeting",
        by=by,
        on=on,
        at=at,
        version=version,
        reason=reason,
        changes=changes,
        told=("state", "starts_on", "ends_on"),
        checked=True,
    )
    Call.objects.create(
        meeting=fresh,
        starts_on=fresh.starts_on,
        state=fresh.state,
        reason=reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    return fresh


@transaction.atomic
def call_meeting(
    *,
    meeting: Meeting,
    starts_on: date,
    ends_on: date,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    told_by: str = "",
) -> Meeting:
    """Call a session for its days; deadlines "before the next session" become dates by it.

    The notice of the statute in force that day is kept; RuleNotSet where no article says it. A call
    that others made and a source tells of (`told_by`) is entered as it was.
    """
    if starts_on < on:
        raise InvalidInput(
            _("A meeting is called for a day to come."),
            fields={"starts_on": [_("This day lies before the day of the call.")]},
        )
    if not told_by:
        _keep_notice(meeting, starts_on, on=on)
    return _step(
        "call", meeting, by=by, on=on, at=at, version=version, starts_on=starts_on, ends_on=ends_on
    )


def _keep_notice(meeting: Meeting, starts_on: date, *, on: date) -> None:
    """Refuse a session that is called later than the notice of its organ allows."""
    key = f"{meeting.organ.key.replace('-', '_')}.notice"
    rules = rules_on(on)
    earliest = earliest_session(on, rules.value(key))
    if starts_on < earliest:
        raise InvalidInput(
            _("By “%(article)s” a session called today begins on %(day)s at the earliest.")
            % {"article": say(rules.article(key)), "day": day_said(earliest)},
            fields={
                "starts_on": [
                    _("Too soon: by “%(article)s” not before %(day)s.")
                    % {"article": say(rules.article(key)), "day": day_said(earliest)}
                ]
            },
            cure=_("Choose a later day."),
            code="notice_too_short",
        )


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    told_by: str = "",
) -> Meeting:
    """Move a called session to other days, of which notice is given anew."""
    if not told_by:
        _keep_notice(meeting, starts_on, on=on)
    return _step(
        "move",
        meeting,
        by=by,
        on=on,
        at=at,
        version=version,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
    )


@transaction.atomic
def record_meeting_held(
    *,
    meeting: Meeting,
    starts_on: date | None,
    ends_on: date | None,
    by: Actor,
    on: date,
    at: datetime,
    precision: str = "day",
    version: int | None = None,
) -> Meeting:
    """Record that a session took place, on which days and how exactly that is known."""
    if starts_on and starts_on > on:
        raise InvalidInput(
            _("This day is still to come."),
            fields={"starts_on": [_("This day is still to come.")]},
        )
    return _step(
        "hold",
        meeting,
        by=by,
        on=on,
        at=at,
        version=version,
        starts_on=starts_on,
        ends_on=ends_on,
        precision=precision,
    )


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, reason: str, by: Actor, on: date, at: datetime, version: int | None = None
) -> Meeting:
    """Cancel a foreseen or called session, with the reason."""
    return _step("cancel", meeting, by=by, on=on, at=at, version=version, reason=reason)


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, cities: Sequence[City], source: str, by: Actor, on: date, at: datetime
) -> list[Attendance]:
    """Record which cities were present, by a named source."""
    rows = [Attendance(meeting=meeting, city=city, source=source) for city in cities]
    for row in rows:
        check_record(row)
        row.save()
    record_act(
        "meetings.record_attendance",
        target=meeting.reference(),
        by=by,
        on=on,
        at=at,
        after={"cities": [city.public_id for city in cities], "source": source},
    )
    return rows
