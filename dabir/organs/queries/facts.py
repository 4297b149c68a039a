"""What the checks look at, read in a fixed number of statements whatever the size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from dabir.core.slots import supplied
from dabir.core.words import as_words
from dabir.membership.models import Step
from dabir.membership.states import BELONGING, GONE
from dabir.organs.articles import Articles
from dabir.organs.checking import findings
from dabir.organs.checking.facts import (
    Found,
    FunctionFact,
    Institution,
    LeftFact,
    MandateFact,
    OrganFact,
    SeatFact,
)
from dabir.organs.models import Appointment, KnownFinding, Organ, OrganAct, Seat, SeatFunction
from dabir.organs.states import ActKind, Manner, Severity
from dabir.registry.models import City, Mandate, Person, Post
from dabir.registry.queries import has_one_holder
from dabir.statutes.queries import rule_sets
from dabir.statutes.reading import read_articles

UNKNOWN = {"en": "a holder whom no source names", "fa": "دارنده‌ای که هیچ منبعی نام نمی‌برد"}


def reader_of_articles() -> Callable[[date], Articles]:
    """A reader of the articles in force on a day; every rule set is read once."""
    known = rule_sets()
    days = [rules.in_force_from for rules in known]
    read: dict[int, Articles] = {}

    def _articles(day: date) -> Articles:
        place = bisect_right(days, day) - 1
        if place < 0:
            return {}
        if place not in read:
            read[place] = read_articles(known[place].text)
        return read[place]

    return _articles


def institution(*, today: date) -> Institution:
    """Everything that the checks look at."""
    return Institution(
        today=today,
        articles=reader_of_articles(),
        organs=_organs(),
        seats=_seats(),
        functions=_functions(),
        mandates=_mandates(),
        sessions=supplied("organs.sessions"),
        left=_cities_that_left(),
    )


def _day(basis: dict[str, Any] | None) -> date | None:
    return date.fromisoformat(basis["on"]) if basis and basis.get("on") else None


def _organs() -> list[OrganFact]:
    acts = OrganAct.objects.filter(kind=ActKind.FOUND, annulled_by=None)
    founders = dict(acts.values_list("organ_id", "decided_by"))
    rows = Organ.objects.filter(is_annulled=False).select_related("parent")
    return [
        OrganFact(
            key=organ.key,
            kind=organ.kind,
            names=as_words(organ.names),
            parent=organ.parent.key if organ.parent else "",
            founded_on=organ.founded_on,
            founded_precision=organ.founded_precision,
            has_basis=organ.basis is not None,
            founded_by=founders.get(organ.pk, ""),
            decided_on=_day(organ.basis),
            abolished_on=organ.abolished_on,
            foreseen=organ.seats_foreseen,
            least=organ.seats_least,
            conflicts=len(organ.conflicts),
        )
        for organ in rows.order_by("position", "key")
    ]


def _named(rows: QuerySet[Any]) -> dict[int, tuple[str, dict[str, str]]]:
    """The public id and names of each record, by its key."""
    return {
        pk: (key, as_words(names))
        for pk, key, names in rows.values_list("pk", "public_id", "names")
    }


def _seats() -> list[SeatFact]:
    """Every seat; holders are read once, however many seats they have."""
    cities, posts = _named(City.objects.all()), _named(Post.objects.all())
    rows = Seat.objects.filter(is_annulled=False, organ__is_annulled=False).order_by("id")
    found = []
    for row in rows.values_list(
        *("organ__key", "number", "pk", "city_id", "post_id", "starts_on", "ends_on"),
        *("precision", "term_ends_on", "basis", "manner"),
    ):
        organ, number, pk, city, post, starts_on, ends_on, precision, term, basis, manner = row
        holder, names = "", UNKNOWN
        if city is not None:
            holder, names = f"city:{cities[city][0]}", cities[city][1]
        elif post is not None:
            holder, names = f"post:{posts[post][0]}", posts[post][1]
        found.append(
            SeatFact(
                organ=organ,
                number=number or pk,
                holder=holder,
                names=names,
                starts_on=starts_on,
                ends_on=ends_on,
                precision=precision,
                term_ends_on=term,
                decided_on=_day(basis),
                has_basis=basis is not None,
                is_elected=manner == Manner.ELECTED,
            )
        )
    return found


def _cities_that_left() -> list[LeftFact]:
    """For each city, from when to when it was no member any more."""
    rows = Step.objects.exclude(member__city=None).order_by("member_id", "on", "at", "id")
    found: list[LeftFact] = []
    away: dict[str, date] = {}
    for city, state, day in rows.values_list("member__city__public_id", "state", "on"):
        if state in GONE:
            away.setdefault(city, day)
        elif city in away and state in BELONGING:
            found.append(LeftFact(city, away.pop(city), day))
    return found + [LeftFact(city, since) for city, since in away.items()]


def _functions() -> list[FunctionFact]:
    rows = SeatFunction.objects.filter(is_annulled=False, seat__organ__is_annulled=False)
    fields = ("seat__organ__key", "seat__number", "seat_id", "function", "starts_on", "ends_on")
    return [
        FunctionFact(organ, number or pk, function, starts_on, ends_on)
        for organ, number, pk, function, starts_on, ends_on in rows.values_list(*fields)
    ]


def _mandates() -> list[MandateFact]:
    """Every mandate; posts and people are read once."""
    complete = set(Appointment.objects.exclude(mandate=None).values_list("mandate_id", flat=True))
    people = _named(Person.objects.all())
    posts = {post.pk: post for post in Post.objects.select_related("city")}
    alone = {pk: has_one_holder(post) for pk, post in posts.items()}
    named = {pk: as_words(post.names) for pk, post in posts.items()}
    fields = ("pk", "post_id", "person_id", "starts_on", "ends_on", "is_acting")
    found = []
    for pk, post, person, starts_on, ends_on, is_acting in Mandate.objects.order_by(
        "id"
    ).values_list(*fields):
        city = posts[post].city
        found.append(
            MandateFact(
                id=pk,
                post=posts[post].public_id,
                post_names=named[post],
                person=people[person][0],
                person_names=people[person][1],
                organ=posts[post].organ_key,
                city=city.public_id if city else "",
                starts_on=starts_on,
                ends_on=ends_on,
                is_acting=is_acting,
                one_holder=alone[post],
                chain_complete=pk in complete,
            )
        )
    return found


def findings_on(today: date) -> list[tuple[Found, KnownFinding | None]]:
    """Every finding of a day, with what a source tells of it where somebody said so."""
    known = {
        (row.organ.key, row.code, row.subject): row
        for row in KnownFinding.objects.select_related("organ")
    }
    return [
        (one, known.get((one.organ, one.code, one.subject)))
        for one in findings(institution(today=today))
    ]


def faults_on(today: date) -> Iterable[Found]:
    """The findings of a day that are faults and not known from a source."""
    for one, known in findings_on(today):
        if known is None and one.severity == Severity.FAULT:
            yield one
