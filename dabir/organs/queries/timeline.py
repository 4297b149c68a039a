"""The life of the institution: sessions, presidencies, organs and statutes, from the first known day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dabir.core.basis import basis_shown
from dabir.core.slots import supplied
from dabir.core.words import as_words
from dabir.organs.checking.facts import SessionFact
from dabir.organs.models import Organ, OrganAct, Seat
from dabir.organs.states import ActKind, OrganKind
from dabir.statutes.queries import rule_sets

UNKNOWN = {"en": "unknown", "fa": "نامعلوم"}
TOLD = (ActKind.FOUND, ActKind.CHANGE, ActKind.ABOLISH)
SITTING = (OrganKind.ASSEMBLY, OrganKind.BOARD)


@dataclass(frozen=True)
class Event:
    """Something that happened: its day as exactly as it is known, its kind, names and ground."""

    on: date
    precision: str
    kind: str
    names: dict[str, str]
    about: dict[str, str] = field(default_factory=dict)
    url: str = ""
    basis: dict[str, Any] | None = None
    has_basis: bool = False
    source: str = ""


@dataclass(frozen=True)
class Span:
    """Something that lasted; an open end lasts until today."""

    names: dict[str, str]
    starts_on: date
    ends_on: date | None = None
    is_unknown: bool = False


@dataclass(frozen=True)
class Lane:
    """A row of the drawing: spans, or moments of one kind."""

    names: dict[str, str]
    spans: list[Span] = field(default_factory=list)
    moments: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class Life:
    """Everything that the timeline shows."""

    events: list[Event]
    lanes: list[Lane]
    first: date
    last: date


def life_of_institution(*, today: date) -> Life:
    """The timeline as far as it is known, the earliest first."""
    organs = {o.key: o for o in Organ.objects.filter(is_annulled=False).order_by("position")}
    sessions: list[SessionFact] = [s for s in supplied("organs.sessions") if s.starts_on]
    seats = list(
        Seat.objects.filter(is_annulled=False, organ__kind=OrganKind.OFFICE)
        .exclude(starts_on=None)
        .select_related("organ", "city", "post")
        .order_by("starts_on", "id")
    )
    events = _session_events(sessions, organs) + _seat_events(seats) + _organ_events(organs)
    statutes = _statutes()
    events += [
        Event(span.starts_on, "day", "statute", span.names, has_basis=False) for span in statutes
    ]
    events.sort(key=lambda event: event.on)
    lanes = _session_lanes(sessions, organs) + _office_lanes(seats)
    if statutes:
        lanes.append(Lane({"en": "Statute", "fa": "اساسنامه"}, spans=statutes))
    lanes += _organ_lanes(organs)
    days = [event.on for event in events] or [today]
    return Life(events, lanes, min(days), max([*days, today]))


def _session_events(sessions: list[SessionFact], organs: dict[str, Organ]) -> list[Event]:
    return [
        Event(
            on=s.starts_on,
            precision=s.precision,
            kind="session" if s.is_held else "called",
            names=dict(s.names),
            about=as_words(organs[s.organ].names) if s.organ in organs else {},
            url=s.url,
        )
        for s in sessions
        if s.starts_on
    ]


def _seat_events(seats: list[Seat]) -> list[Event]:
    return [
        Event(
            on=seat.starts_on,
            precision=seat.precision,
            kind="office",
            names=_holder_names(seat),
            about=as_words(seat.organ.names),
            url=seat.organ.get_absolute_url(),
            basis=basis_shown(seat.basis),
            has_basis=True,
            source=seat.source,
        )
        for seat in seats
        if seat.starts_on
    ]


def _holder_names(seat: Seat) -> dict[str, str]:
    holder = seat.holder()
    return holder.labels if holder else UNKNOWN


def _organ_events(organs: dict[str, Organ]) -> list[Event]:
    rows = OrganAct.objects.filter(kind__in=TOLD, annulled_by=None).exclude(effective_on=None)
    return [
        Event(
            on=row.effective_on,
            precision=row.precision,
            kind=row.kind,
            names=as_words(row.changes.get("names") or row.organ.names),
            url=row.organ.get_absolute_url(),
            basis=basis_shown(row.basis),
            has_basis=True,
            source=row.source,
        )
        for row in rows.select_related("organ").order_by("effective_on", "id")
        if row.organ.key in organs and row.effective_on
    ]


def _statutes() -> list[Span]:
    """Each rule set from the day it came into force until the next one."""
    known = rule_sets()
    return [
        Span(
            as_words(rules.names),
            rules.in_force_from,
            known[place].in_force_from if place < len(known) else None,
        )
        for place, rules in enumerate(known, start=1)
    ]


def _session_lanes(sessions: list[SessionFact], organs: dict[str, Organ]) -> list[Lane]:
    lanes = []
    for organ in organs.values():
        held = [s for s in sessions if s.organ == organ.key]
        if organ.kind in SITTING and held:
            moments = [
                Span(dict(s.city_names) or dict(s.names), s.starts_on, s.last)
                for s in held
                if s.starts_on
            ]
            lanes.append(Lane(as_words(organ.names), moments=moments))
    return lanes


def _office_lanes(seats: list[Seat]) -> list[Lane]:
    by_office: dict[str, list[Span]] = {}
    names: dict[str, dict[str, str]] = {}
    for seat in seats:
        if seat.starts_on:
            names[seat.organ.key] = as_words(seat.organ.names)
            span = Span(
                _holder_names(seat), seat.starts_on, seat.ends_on, is_unknown=seat.holder_unknown
            )
            by_office.setdefault(seat.organ.key, []).append(span)
    return [Lane(names[key], spans=spans) for key, spans in by_office.items()]


def _organ_lanes(organs: dict[str, Organ]) -> list[Lane]:
    """Organs whose foundation has a day; those that were always there are no news."""
    return [
        Lane(
            as_words(organ.names),
            spans=[Span(as_words(organ.names), organ.founded_on, organ.abolished_on)],
        )
        for organ in organs.values()
        if organ.founded_on and organ.kind not in (*SITTING, OrganKind.OFFICE)
    ]


def kind_said(kind: str) -> str:
    """What kind of event it is."""
    return {
        "session": pgettext("timeline", "Session held"),
        "called": pgettext("timeline", "Session called"),
        "office": _("Office taken"),
        "statute": _("Rules come into force"),
        "found": _("Organ founded"),
        "change": _("Organ changed"),
        "abolish": _("Organ abolished"),
    }[kind]
