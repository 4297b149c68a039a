"""What anyone may see of sessions: which organ, where, when; the plan apart from the fact."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from dabir.core.composed import Composed
from dabir.core.publicsearch import Entry
from dabir.core.words import as_words
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState

Words = dict[str, str]
# The sessions of these organs are published with their hosts; those of offices are not.
PUBLIC_KINDS = ("assembly", "board", "commission")


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
        return self.state in (MeetingState.FORESEEN, MeetingState.CALLED)

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


_ALL = Composed(lambda: _rows().order_by(F("starts_on").asc(nulls_last=True), "ordinal", "id"))


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
        state_label=str(row.get_state_display()),
        theme=as_words(row.theme),
        disputed=tuple(_disputed(row.conflicts)),
    )


def _disputed(conflicts: list[dict[str, Any]]) -> list[str]:
    """The fields on which sources contradict each other."""
    return [str(item["field"]) for item in conflicts if item.get("field")]


def public_meetings() -> list[PublicMeeting]:
    """Every session of Assembly, Board and commissions, the first one first."""
    return [_public(row) for row in _ALL.read()]


def public_meeting(public_id: str) -> PublicMeeting | None:
    """One of these sessions; None where there is none for everybody."""
    row = _rows().filter(public_id=public_id).first()
    return _public(row) if row else None


def meetings_to_come(today: date) -> list[PublicMeeting]:
    """Sessions that are foreseen or called and not past, the nearest first."""
    return [
        m
        for m in public_meetings()
        if m.is_to_come and (m.starts_on is None or (m.ends_on or m.starts_on) >= today)
    ]


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
