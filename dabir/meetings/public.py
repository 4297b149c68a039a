"""What anyone may see of sessions: which organ, where, when; the plan apart from the fact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from dabir.core import keyset
from dabir.core.composed import Composed
from dabir.core.publicsearch import Entry
from dabir.core.together import given
from dabir.core.words import as_words
from dabir.meetings.models import Meeting
from dabir.meetings.states import MEETING_STATES, MeetingState

Words = dict[str, str]
TO_COME = (MeetingState.FORESEEN, MeetingState.CALLED)
# The sessions of these organs are published with their hosts; those of offices are not.
PUBLIC_KINDS = ("assembly", "board", "commission")
# Where a session without a number stands among those of its day.
LAST = 999_999_999


@dataclass(frozen=True)
class PublicMeeting:
    """A session as planned and as held."""

    public_id: str
    names: Words
    organ: Words
    organ_key: str
    ordinal: int | None
    city: Words
    city_id: str
    planned: Words
    starts_on: date | None
    ends_on: date | None
    precision: str
    state: str
    state_label: str
    theme: Words
    disputed: tuple[str, ...]

    @property
    def is_to_come(self) -> bool:
        """Whether it was neither held nor cancelled."""
        return self.state in TO_COME

    @property
    def has_day(self) -> bool:
        """Whether it can stand in a calendar."""
        return self.starts_on is not None and self.precision == "day"

    @property
    def mark(self) -> str:
        """The mark of its state."""
        return {
            MeetingState.FORESEEN: "not_started",
            MeetingState.CALLED: "announced",
            MeetingState.HELD: "done_accepted",
        }.get(MeetingState(self.state), "retired")


def _rows() -> QuerySet[Meeting]:
    return Meeting.objects.filter(organ__kind__in=PUBLIC_KINDS).select_related("organ", "city")


_FIRST_ONE_FIRST = (
    F("starts_on").asc(nulls_last=True),
    F("ordinal").asc(nulls_last=True),
    "public_id",
)
_ALL = Composed(lambda: _rows().order_by(*_FIRST_ONE_FIRST))


_TO_COME = Composed(
    lambda: (
        _rows()
        .filter(state__in=TO_COME)
        .filter(
            Q(starts_on=None)
            | Q(ends_on__gte=given("today", DateField()))
            | Q(ends_on=None, starts_on__gte=given("today", DateField()))
        )
        .order_by(*_FIRST_ONE_FIRST)
    )
)
_ONE = Composed(lambda: _rows().filter(public_id=given("id")).values_list("public_id", flat=True))


def _public(row: Meeting) -> PublicMeeting:
    return PublicMeeting(
        public_id=row.public_id,
        names=as_words(row.names),
        organ=as_words(row.organ.names),
        organ_key=row.organ.key,
        ordinal=row.ordinal,
        city=as_words(row.city.names) if row.city else {},
        city_id=row.city.public_id if row.city else "",
        planned=as_words(row.planned),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        precision=row.precision,
        state=row.state,
        state_label=str(MEETING_STATES[row.state]),
        theme=as_words(row.theme),
        disputed=tuple(_disputed(row.conflicts)),
    )


def _disputed(conflicts: list[dict[str, Any]]) -> list[str]:
    """The fields on which sources contradict each other."""
    return [str(item["field"]) for item in conflicts if item.get("field")]


def public_meetings() -> list[PublicMeeting]:
    """Every session of Assembly, Board and commissions, the first one first, the undated last."""
    return [_public(row) for row in _ALL.read()]


@dataclass(frozen=True)
class SessionsAsked:
    """What sessions are asked for; what is empty narrows nothing."""

    organ: str = ""
    state: str = ""


def sessions_listed(asked: SessionsAsked, part: keyset.Asked) -> keyset.Slice[PublicMeeting]:
    """These sessions slice by slice, in the same order."""
    rows = _rows().annotate(
        day=Coalesce("starts_on", Value(date.max, DateField())),
        place=Coalesce("ordinal", Value(LAST)),
    )
    if asked.organ:
        rows = rows.filter(organ__key=asked.organ)
    if asked.state:
        rows = rows.filter(state=asked.state)
    order = keyset.in_order(day=date.fromisoformat, place=keyset.number, public_id=str)
    found = keyset.slice_of(rows, order, part)
    return keyset.Slice([_public(row) for row in found.rows], found.after, found.before)


def sessions_with_page(ids: Iterable[str]) -> frozenset[str]:
    """Those of these sessions that everybody can open."""
    wanted = {public_id for public_id in ids if public_id}
    if not wanted:
        return frozenset()
    if len(wanted) == 1:
        return frozenset(_ONE.read(id=wanted.pop()))
    rows = _rows().filter(public_id__in=wanted)
    return frozenset(rows.values_list("public_id", flat=True))


def host_cities() -> QuerySet[Meeting, Any]:
    """The keys of the cities that hosted a session or are to host one."""
    return _hosted().values("city")


def sessions_hosted(cities: Iterable[str]) -> dict[str, list[str]]:
    """For each of these cities the ids of the sessions that it hosted or is to host."""
    found: dict[str, list[str]] = {}
    rows = _hosted().filter(city__public_id__in=list(cities))
    in_order = rows.order_by(F("starts_on").asc(nulls_last=True), "public_id")
    for city, public_id in in_order.values_list("city__public_id", "public_id"):
        found.setdefault(city, []).append(public_id)
    return found


def _hosted() -> QuerySet[Meeting]:
    return _rows().exclude(city=None).exclude(state=MeetingState.CANCELLED).select_related(None)


def public_meeting(public_id: str) -> PublicMeeting | None:
    """One of these sessions; None where there is none for everybody."""
    row = _rows().filter(public_id=public_id).first()
    return _public(row) if row else None


def meetings_to_come(today: date) -> list[PublicMeeting]:
    """Sessions that are foreseen or called and not past, the nearest first."""
    return [_public(row) for row in _TO_COME.read(today=today)]


def searchable_meetings(ids: Collection[str] | None) -> Iterator[Entry]:
    """Sessions by name, theme and city, as everybody finds them."""
    rows = _rows() if ids is None else _rows().filter(public_id__in=ids)
    for row in rows.order_by("id"):
        meeting = _public(row)
        yield Entry(
            meeting.public_id,
            meeting.names,
            fields=(("theme", meeting.theme), ("city", meeting.city)),
            day=meeting.starts_on,
        )


def meetings_in_cities(ids: set[str]) -> Iterable[str]:
    """The sessions in these cities: they are found by the names of the cities too."""
    return Meeting.objects.filter(city__public_id__in=ids).values_list("public_id", flat=True)
