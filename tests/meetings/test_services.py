"""Sessions are foreseen, called, moved, held or cancelled; plan and fact stay apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dabir.core.errors import IllegalStep, InvalidInput, RuleNotSet, StaleRecord
from dabir.core.models import AuditEntry
from dabir.meetings.models import Attendance, Call, Meeting
from dabir.meetings.queries import (
    meeting_with_all,
    meetings_listed,
    next_session_after,
    sessions_known,
)
from dabir.meetings.services import (
    call_meeting,
    cancel_meeting,
    foresee_meeting,
    move_meeting,
    record_attendance,
    record_meeting_held,
)
from dabir.organs.models import Organ
from tests.decisions.reported import a_city, two_organs
from tests.factories.people import AT, ON, SIGNED
from tests.factories.statute import a_notice

pytestmark = pytest.mark.django_db
AHEAD = {"starts_on": date(2027, 5, 12), "ends_on": date(2027, 5, 14)}
LATER = {"starts_on": date(2027, 9, 1), "ends_on": date(2027, 9, 2)}
PAST = {"starts_on": date(2026, 5, 12), "ends_on": date(2026, 5, 14)}


@pytest.fixture
def assembly() -> Organ:
    a_notice(30)
    return two_organs()[1]


def _session(organ: Organ, public_id: str = "assembly-7", **changes: Any) -> Meeting:
    given = {"public_id": public_id, "names": {"en": "Seventh Assembly"}, "ordinal": 7}
    return foresee_meeting(organ=organ, **(given | changes), **SIGNED)


def _unchanged(meeting: Meeting) -> bool:
    fresh = Meeting.objects.get(pk=meeting.pk)
    return (fresh.state, fresh.starts_on, fresh.version) == (
        meeting.state,
        meeting.starts_on,
        meeting.version,
    )


def test_foresee_meeting_has_no_day_yet(assembly: Organ) -> None:
    meeting = _session(assembly, planned={"en": "spring 2027"})
    assert (meeting.state, meeting.starts_on) == ("foreseen", None)
    entry = AuditEntry.objects.get(act="meetings.foresee_meeting")
    assert entry.target_id == "assembly-7"
    assert entry.after["organ"] == "general-assembly"


@pytest.mark.parametrize("changes", [{"public_id": "assembly-7"}, {"ordinal": 7}])
def test_foresee_meeting_twice_is_refused(assembly: Organ, changes: dict[str, Any]) -> None:
    _session(assembly)
    with pytest.raises(InvalidInput):
        _session(assembly, **({"public_id": "assembly-8", "ordinal": 8} | changes))
    assert Meeting.objects.count() == 1


def test_call_meeting_names_its_days_and_tells_the_trail(assembly: Organ) -> None:
    meeting = call_meeting(meeting=_session(assembly), **AHEAD, **SIGNED)
    assert (meeting.state, meeting.starts_on, meeting.version) == ("called", date(2027, 5, 12), 2)
    call = Call.objects.get()
    assert (call.state, call.starts_on, call.on) == ("called", date(2027, 5, 12), ON)
    entry = AuditEntry.objects.get(act="meetings.call_meeting")
    assert entry.before["state"] == "foreseen"
    assert entry.after == {"state": "called", "starts_on": "2027-05-12", "ends_on": "2027-05-14"}


def test_call_meeting_for_a_day_that_has_passed_is_refused(assembly: Organ) -> None:
    meeting = _session(assembly)
    with pytest.raises(InvalidInput) as refusal:
        call_meeting(meeting=meeting, **PAST, **SIGNED)
    assert "starts_on" in refusal.value.fields
    assert _unchanged(meeting)
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("notice", "earliest"), [(45, date(2027, 1, 6)), ("P1M", date(2026, 12, 22))], ids=str
)
def test_call_meeting_keeps_the_notice_of_the_statute_to_the_day(
    notice: int | str, earliest: date
) -> None:
    a_notice(notice)
    meeting = _session(two_organs()[1])
    with pytest.raises(InvalidInput) as refusal:
        call_meeting(
            meeting=meeting, starts_on=earliest - timedelta(days=1), ends_on=earliest, **SIGNED
        )
    assert refusal.value.code == "notice_too_short"
    assert "article 10" in str(refusal.value.message)
    assert _unchanged(meeting)
    called = call_meeting(meeting=meeting, starts_on=earliest, ends_on=earliest, **SIGNED)
    with pytest.raises(InvalidInput, match="article 10"):
        move_meeting(
            meeting=called,
            starts_on=earliest - timedelta(days=1),
            ends_on=earliest,
            reason="hall",
            **SIGNED,
        )


def test_call_meeting_without_an_article_on_notice_is_refused_by_its_name() -> None:
    meeting = _session(two_organs()[1])
    with pytest.raises(RuleNotSet, match=r"general_assembly\.notice"):
        call_meeting(meeting=meeting, **AHEAD, **SIGNED)
    assert _unchanged(meeting)
    told = call_meeting(meeting=meeting, told_by="minutes of 2026", **AHEAD, **SIGNED)
    assert told.state == "called"


def test_call_meeting_that_ends_before_it_starts_is_refused(assembly: Organ) -> None:
    meeting = _session(assembly)
    days = {"starts_on": date(2027, 5, 12), "ends_on": date(2027, 5, 11)}
    with pytest.raises(InvalidInput, match="before it starts"):
        call_meeting(meeting=meeting, **days, **SIGNED)
    assert _unchanged(meeting)
    assert not AuditEntry.objects.filter(act="meetings.call_meeting").exists()


def test_call_meeting_twice_is_an_illegal_step(assembly: Organ) -> None:
    meeting = call_meeting(meeting=_session(assembly), **AHEAD, **SIGNED)
    with pytest.raises(IllegalStep):
        call_meeting(meeting=meeting, **LATER, **SIGNED)
    assert _unchanged(meeting)


def test_move_meeting_keeps_the_earlier_call_in_its_history(assembly: Organ) -> None:
    meeting = call_meeting(meeting=_session(assembly), **AHEAD, **SIGNED)
    moved = move_meeting(meeting=meeting, **LATER, reason="Hall not ready", **SIGNED)
    assert moved.starts_on == date(2027, 9, 1)
    assert [c.starts_on for c in moved.calls.all()] == [date(2027, 5, 12), date(2027, 9, 1)]
    entry = AuditEntry.objects.get(act="meetings.move_meeting")
    assert entry.before["starts_on"] == "2027-05-12"
    assert entry.reason == "Hall not ready"


def test_move_meeting_that_was_not_called_is_an_illegal_step(assembly: Organ) -> None:
    meeting = _session(assembly)
    with pytest.raises(IllegalStep):
        move_meeting(meeting=meeting, **LATER, reason="Hall not ready", **SIGNED)
    assert _unchanged(meeting)


def test_record_meeting_held_keeps_how_exactly_it_is_known(assembly: Organ) -> None:
    held = record_meeting_held(meeting=_session(assembly), **PAST, precision="month", **SIGNED)
    assert (held.state, held.precision) == ("held", "month")
    assert AuditEntry.objects.get(act="meetings.hold_meeting").after["state"] == "held"
    with pytest.raises(IllegalStep):
        cancel_meeting(meeting=held, reason="too late", **SIGNED)


def test_record_meeting_held_on_a_day_to_come_is_refused(assembly: Organ) -> None:
    meeting = _session(assembly)
    with pytest.raises(InvalidInput) as refusal:
        record_meeting_held(meeting=meeting, **AHEAD, **SIGNED)
    assert "starts_on" in refusal.value.fields
    assert _unchanged(meeting)


def test_cancel_meeting_ends_it_for_deadlines_too(assembly: Organ) -> None:
    meeting = call_meeting(meeting=_session(assembly), **AHEAD, **SIGNED)
    assert sessions_known(as_of=ON, known_at=AT)[assembly.pk][0].starts_on == date(2027, 5, 12)
    cancel_meeting(meeting=meeting, reason="No host", **SIGNED)
    assert sessions_known(as_of=ON, known_at=AT) == {}
    assert AuditEntry.objects.get(act="meetings.cancel_meeting").reason == "No host"


@pytest.mark.parametrize("act", ["call", "move", "hold", "cancel"])
def test_a_stale_version_is_refused_and_nothing_is_saved(assembly: Organ, act: str) -> None:
    meeting = _session(assembly)
    if act == "move":
        meeting = call_meeting(meeting=meeting, **AHEAD, **SIGNED)
    verb, given = {
        "call": (call_meeting, AHEAD),
        "move": (move_meeting, LATER | {"reason": "why"}),
        "hold": (record_meeting_held, PAST),
        "cancel": (cancel_meeting, {"reason": "why"}),
    }[act]
    with pytest.raises(StaleRecord):
        verb(meeting=meeting, version=meeting.version - 1, **given, **SIGNED)
    assert _unchanged(meeting)
    verb(meeting=meeting, version=meeting.version, **given, **SIGNED)


def test_sessions_are_known_only_from_the_day_and_instant_of_their_call(assembly: Organ) -> None:
    meeting = call_meeting(meeting=_session(assembly), **AHEAD, **SIGNED)
    later = SIGNED | {"on": ON + timedelta(days=3), "at": AT + timedelta(days=5)}
    move_meeting(meeting=meeting, **LATER, reason="moved", **later)

    def starts(as_of: date, known_at: Any) -> list[date]:
        return [s.starts_on for s in sessions_known(as_of=as_of, known_at=known_at)[assembly.pk]]

    assert starts(ON, AT) == [date(2027, 5, 12)]
    assert starts(ON + timedelta(days=3), AT + timedelta(days=4)) == [date(2027, 5, 12)]
    assert starts(ON + timedelta(days=3), AT + timedelta(days=5)) == [date(2027, 9, 1)]
    assert sessions_known(as_of=ON - timedelta(days=1), known_at=AT) == {}


def test_the_next_session_is_the_first_that_starts_after_the_day(assembly: Organ) -> None:
    record_meeting_held(meeting=_session(assembly), **PAST, **SIGNED)
    call_meeting(meeting=_session(assembly, "assembly-8", ordinal=8), **AHEAD, **SIGNED)
    known = sessions_known(as_of=ON, known_at=AT)[assembly.pk]
    assert next_session_after(known, date(2026, 5, 11)).starts_on == date(2026, 5, 12)
    assert next_session_after(known, date(2026, 5, 12)).starts_on == date(2027, 5, 12)
    assert next_session_after(known, date(2027, 5, 12)) is None


def test_record_attendance_names_cities_and_source(assembly: Organ) -> None:
    meeting = record_meeting_held(meeting=_session(assembly), **PAST, **SIGNED)
    cities = [a_city("isfahan"), a_city("yazd")]
    record_attendance(meeting=meeting, cities=cities, source="list of participants", **SIGNED)
    shown = meeting_with_all("assembly-7")
    assert [a.city.public_id for a in shown.attendances.all()] == ["isfahan", "yazd"]
    assert meetings_listed().get().present == 2
    entry = AuditEntry.objects.get(act="meetings.record_attendance")
    assert entry.after == {"cities": ["isfahan", "yazd"], "source": "list of participants"}


def test_record_attendance_of_a_city_twice_is_refused_and_none_is_entered(
    assembly: Organ,
) -> None:
    meeting = _session(assembly)
    cities = [a_city("isfahan"), a_city("yazd"), a_city("isfahan")]
    with pytest.raises(InvalidInput):
        record_attendance(meeting=meeting, cities=cities, source="list", **SIGNED)
    assert not Attendance.objects.exists()
    assert not AuditEntry.objects.filter(act="meetings.record_attendance").exists()


def test_impossible_meetings_are_refused_by_the_database(assembly: Organ) -> None:
    given = {"organ": assembly, "names": {"en": "X"}}
    for row in (
        {"starts_on": date(2027, 1, 2), "ends_on": date(2027, 1, 1)},
        {"state": "called"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.create(public_id="x", **given, **row)
    _session(assembly)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(public_id="y", ordinal=7, **given)
