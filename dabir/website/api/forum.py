"""What the API answers of organs, people, members, cities, sessions and rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from dabir.core import keyset
from dabir.core.words import day_as_known, say
from dabir.decisions.public import texts_by_session
from dabir.meetings.public import (
    PublicMeeting,
    SessionsAsked,
    host_cities,
    public_meeting,
    sessions_hosted,
    sessions_listed,
)
from dabir.membership.public import (
    PublicMember,
    category_labels,
    cities_of_members,
    members_of_cities,
    public_member,
    public_members,
    told,
)
from dabir.organs.public import (
    PublicOrgan,
    PublicSeat,
    organ_names,
    organs_listed,
    public_organ,
    seated_cities,
)
from dabir.registry.public import Holder, PublicCity, PublicPerson, cities_listed, people_listed
from dabir.statutes.public import public_rules
from dabir.website.api import shapes_forum as shapes
from dabir.website.api.answering import Addresses, Data, exact, listed
from dabir.website.api.asking import (
    MemberId,
    MembersPart,
    OnDay,
    OrganKey,
    Part,
    PartOnDay,
    SessionId,
    SessionsPart,
    Spoken,
)
from dabir.website.api.problems import NotThere
from dabir.website.api.telling import listing, reading

router = Router()
FORUM, MEMBERS = _("The association"), _("Members and cities")


def _place(place: tuple[float, float] | None) -> Data | None:
    return {"latitude": place[0], "longitude": place[1]} if place else None


def _told_post(post: Holder) -> Data:
    return {
        "id": post.post,
        "titles": post.titles,
        "holders": [
            {
                "person": p.person,
                "names": p.names,
                "since": day_as_known(p.since, p.precision),
                "is_acting": p.is_acting,
            }
            for p in post.people
        ],
    }


def _told_seat(seat: PublicSeat) -> Data:
    return {
        "names": seat.names,
        "functions": list(seat.functions),
        "since": day_as_known(seat.since, seat.precision),
        "until": exact(seat.until),
    }


def _told_organ(organ: PublicOrgan, on: date, to: Addresses) -> Data:
    return {
        "key": organ.key,
        "names": organ.names,
        "kind": {"code": organ.kind, "label": organ.kind_label},
        "on": on.isoformat(),
        "powers": list(organ.powers),
        "seats_foreseen": organ.seats_foreseen,
        "founded_on": day_as_known(organ.founded_on, organ.founded_precision),
        "seats": [_told_seat(seat) for seat in organ.seats],
        "posts": [_told_post(post) for post in organ.posts],
        "self": to.api(f"organs/{organ.key}"),
        "url": to.page(f"forum/organs/{organ.key}/"),
    }


@router.get("organs", **listing(
    "Organs", shapes.Organ, FORUM, _("Organs"),
    _("The organs there are on a day, with their seats and the holders of their posts."),
))  # fmt: skip
def organs(request: HttpRequest, asked: Annotated[PartOnDay, Query()]) -> Data:
    """The organs of a day, in the order of the statute."""
    on, to = asked.on or timezone.localdate(), Addresses(request)
    return listed(
        request, organs_listed(on, asked.asked()), lambda organ: _told_organ(organ, on, to)
    )


@router.get("organs/{key}", **reading(
    "Organ", shapes.Organ, FORUM, _("One organ"), _("An organ as it is composed on a day."),
))  # fmt: skip
def organ(request: HttpRequest, key: OrganKey, asked: Annotated[OnDay, Query()]) -> Data:
    """One organ on a day."""
    on = asked.on or timezone.localdate()
    found = public_organ(key, on)
    if found is None:
        raise NotThere(key)
    return _told_organ(found, on, Addresses(request))


@router.get("people", **listing(
    "People", shapes.Person, FORUM, _("People in office"),
    _("Who holds a post of an organ or an office of the statute on a day. Nothing else is told of "
      "a person."),
))  # fmt: skip
def people(request: HttpRequest, asked: Annotated[PartOnDay, Query()]) -> Data:
    """The people in office on a day, with the posts they hold."""
    on = asked.on or timezone.localdate()
    part = people_listed(on, asked.asked())
    return listed(request, part, _told_person)


def _told_person(person: PublicPerson) -> Data:
    return {
        "id": person.id,
        "names": person.names,
        "offices": [
            {
                "post": held.post,
                "titles": held.titles,
                "organ": held.organ or None,
                "since": day_as_known(held.since, held.precision),
                "is_acting": held.is_acting,
            }
            for held in person.offices
        ],
    }


def _told_member(member: PublicMember, to: Addresses) -> Data:
    label = say(member.category_names) or member.category
    return {
        "id": member.id,
        "kind": member.kind,
        "names": member.names,
        "country": member.country,
        "category": {"code": member.category, "label": label},
        "number": member.number,
        "member_since": day_as_known(member.member_since, member.precision),
        "by_decision": member.by_decision,
        "place": _place(member.place),
        "self": to.api(f"members/{member.id}"),
        "url": to.page(f"cities/{member.id}/"),
    }


@router.get("members", **listing(
    "Members", shapes.Member, MEMBERS, _("Members"),
    _("The members of today as the directory lists them, by their ids."),
))  # fmt: skip
def members(request: HttpRequest, asked: Annotated[MembersPart, Query()]) -> Data:
    """The members of today."""
    rows = public_members(
        words=asked.words or "", country=asked.country or "", category=asked.category or ""
    )
    found = keyset.slice_of(rows, keyset.by("public_id"), asked.asked())
    labels = category_labels(timezone.localdate())
    shown = keyset.Slice(told(found.rows, labels), found.after, found.before)
    to = Addresses(request)
    return listed(request, shown, lambda member: _told_member(member, to))


@router.get("members/{key}", **reading(
    "Member", shapes.Member, MEMBERS, _("One member"), _("A member as the directory tells it."),
))  # fmt: skip
def member(request: HttpRequest, key: MemberId, asked: Annotated[Spoken, Query()]) -> Data:
    """One member of today."""
    found = public_member(key, category_labels(timezone.localdate()))
    if found is None:
        raise NotThere(key)
    return _told_member(found, Addresses(request))


def _told_city(city: PublicCity, member_id: str | None, sessions: list[str]) -> Data:
    country = {"code": city.country[0], "names": city.country[1]} if city.country else None
    return {
        "id": city.id,
        "names": city.names,
        "country": country,
        "place": _place(city.place),
        "member": member_id,
        "sessions": sessions,
    }


@router.get("cities", **listing(
    "Cities", shapes.City, MEMBERS, _("Cities"),
    _("Cities that are members, hold seats, or hosted a session, by their ids."),
))  # fmt: skip
def cities(request: HttpRequest, asked: Annotated[Part, Query()]) -> Data:
    """The cities that the public record names."""
    named = (cities_of_members(), host_cities(), seated_cities(timezone.localdate()))
    found = cities_listed(named, asked.asked())
    ids = [city.id for city in found.rows]
    member_of, hosted = members_of_cities(ids), sessions_hosted(ids)
    return listed(
        request,
        found,
        lambda city: _told_city(city, member_of.get(city.id), hosted.get(city.id, [])),
    )


def _told_session(m: PublicMeeting, texts: dict[str, list[str]], to: Addresses) -> Data:
    return {
        "id": m.public_id,
        "names": m.names,
        "organ": m.organ_key,
        "organ_names": m.organ,
        "number": m.ordinal,
        "state": {"code": m.state, "label": m.state_label},
        "planned": m.planned,
        "city": m.city_id or None,
        "city_names": m.city,
        "starts_on": day_as_known(m.starts_on, m.precision),
        "ends_on": exact(m.ends_on) if m.precision == "day" else None,
        "theme": m.theme,
        "disputed": list(m.disputed),
        "texts": texts.get(m.public_id, []),
        "self": to.api(f"sessions/{m.public_id}"),
        "url": to.page(f"forum/sessions/{m.public_id}/"),
        "calendar": to.page(f"forum/sessions/{m.public_id}.ics") if m.has_day else None,
    }


@router.get("sessions", **listing(
    "Sessions", shapes.Session, FORUM, _("Sessions"),
    _("The sessions of Assembly, Board and commissions as planned and as held, the first one first."),
))  # fmt: skip
def sessions(request: HttpRequest, asked: Annotated[SessionsPart, Query()]) -> Data:
    """The sessions, the first one first."""
    wanted = SessionsAsked(organ=asked.organ or "", state=asked.state or "")
    found = sessions_listed(wanted, asked.asked())
    texts = texts_by_session(meeting.public_id for meeting in found.rows)
    to = Addresses(request)
    return listed(request, found, lambda meeting: _told_session(meeting, texts, to))


@router.get("sessions/{key}", **reading(
    "Session", shapes.Session, FORUM, _("One session"),
    _("A session as planned and as held, with the texts it adopted."),
))  # fmt: skip
def session(request: HttpRequest, key: SessionId, asked: Annotated[Spoken, Query()]) -> Data:
    """One session."""
    found = public_meeting(key)
    if found is None:
        raise NotThere(key)
    return _told_session(found, texts_by_session([key]), Addresses(request))


@router.get("rules", **reading(
    "Rules", shapes.Rules, FORUM, _("Rules in force"),
    _("The rules of the statute in force on a day, in plain words; what nobody has set is said to "
      "be unset."),
))  # fmt: skip
def rules(request: HttpRequest, asked: Annotated[OnDay, Query()]) -> Data:
    """The rules in force on a day."""
    on = asked.on or timezone.localdate()
    names = {key: say(words) for key, words in organ_names(on).items()}
    found = public_rules(on, names)
    if found is None:
        raise NotThere("rules")
    return {
        "names": found.names,
        "on": on.isoformat(),
        "in_force_from": found.in_force_from.isoformat(),
        "sections": [
            {
                "key": section.key,
                "name": section.name,
                "rules": [
                    {"name": r.name, "article": r.article, "is_set": r.is_set, "says": list(r.says)}
                    for r in section.rules
                ],
            }
            for section in found.sections
        ],
    }
