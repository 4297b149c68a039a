"""The standing of members on any day, past or to come: facts read at once, answers computed, none kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, Min, Q, Sum
from django.utils.translation import gettext as _

from dabir.core.errors import InvalidInput
from dabir.core.words import as_words
from dabir.membership.models import Accreditation, DuesEntry, Member, Plan, Step
from dabir.membership.states import BELONGING, DuesKind
from dabir.registry.models import City
from dabir.registry.queries import mandates_on
from dabir.statutes.answers import Answer
from dabir.statutes.calendar import year_of
from dabir.statutes.dues import YearDue
from dabir.statutes.queries import rules_on
from dabir.statutes.reading import Rules
from dabir.statutes.standing import QUESTIONS, MemberFacts, Standing, standing_of
from dabir.text.folding import fold


@dataclass(frozen=True, slots=True)
class _State:
    """How a membership stood on a day, as its steps tell."""

    verb: str
    state: str
    category: str
    joined_on: date | None
    since: date


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One member on one day: what was known of it and the three answers that follow."""

    key: int
    public_id: str
    names: dict[str, str]
    facts: MemberFacts
    standing: Standing


def _newest_states(on: date, keys: Collection[int] | None) -> dict[int, _State]:
    """For each member the step that held on that day: one statement, the last row of each wins."""
    rows = Step.objects.filter(on__lte=on)
    if keys is not None:
        rows = rows.filter(member__in=keys)
    columns = ("member_id", "verb", "state", "category", "joined_on", "on")
    found = {}
    for key, *told in rows.order_by("on", "at", "id").values_list(*columns).iterator(2000):
        found[key] = _State(*told)
    return found


def _dues(on: date, keys: Collection[int] | None) -> dict[int, tuple[YearDue, ...]]:
    """For each member what each year costs and what was paid of it by that day: one statement."""
    rows = DuesEntry.objects.all() if keys is None else DuesEntry.objects.filter(member__in=keys)
    due, paid = Q(kind=DuesKind.DUE), Q(kind=DuesKind.PAID, on__lte=on)
    summed = (
        rows.order_by()
        .values_list("member_id", "year", "currency")
        .annotate(
            due=Sum("minor", filter=due, default=0),
            paid=Sum("minor", filter=paid, default=0),
            due_on=Min("on", filter=due),
            paid_on=Max("on", filter=paid),
        )
        .order_by("member_id", "year", "currency")
    )
    found: dict[int, list[YearDue]] = defaultdict(list)
    for key, year, currency, owed, given, due_on, paid_on in summed.iterator(2000):
        found[key].append(YearDue(year, owed, given, currency, due_on, paid_on))
    return {key: tuple(rows) for key, rows in found.items()}


def _plans(on: date, keys: Collection[int] | None) -> dict[int, date]:
    """For each member the day until which the newest plan granted by that day is kept."""
    rows = Plan.objects.filter(on__lte=on)
    if keys is not None:
        rows = rows.filter(member__in=keys)
    return dict(rows.order_by("on", "at", "id").values_list("member_id", "until"))


def _accredited(on: date, keys: Collection[int] | None) -> set[int]:
    """The members whose representative is accredited on that day, and holds a post of the city if known.

    An accreditation ends with the mandate of whoever it names.
    """
    rows = Accreditation.objects.filter(on__lte=on, until__gt=on)
    if keys is not None:
        rows = rows.filter(member__in=keys)
    named = list(rows.values_list("member_id", "member__city_id", "person_id"))
    people = {person for _member, _city, person in named if person is not None}
    holding = set(
        mandates_on(on)
        .filter(person__in=people, post__city__isnull=False)
        .values_list("person_id", "post__city_id")
    )
    return {
        member
        for member, city, person in named
        if person is None or city is None or (person, city) in holding
    }


def facts_on(on: date, keys: Collection[int] | None = None) -> dict[int, MemberFacts]:
    """What is on record of the members (all, or those named) on a day, in five statements."""
    dues, plans, accredited = _dues(on, keys), _plans(on, keys), _accredited(on, keys)
    return {
        key: MemberFacts(
            category=state.category,
            state=state.state,
            joined_on=state.joined_on,
            ended_on=None if state.state in BELONGING else state.since,
            dues=dues.get(key, ()),
            plan_until=plans.get(key),
            representative_accredited=True if key in accredited else None,
        )
        for key, state in _newest_states(on, keys).items()
    }


def answered(facts: MemberFacts, rules: Rules, *, on: date) -> Standing:
    """The three answers; a membership that never was has no day on which it ended."""
    if facts.state in ("applied", "checked", "refused", "withdrawn") and facts.ended_on:
        facts = MemberFacts(facts.category, facts.state, None, None, facts.dues)
    return standing_of(facts, rules, on=on)


def standings_on(
    on: date, *, rules: Rules | None = None, keys: Collection[int] | None = None
) -> Iterator[MemberStanding]:
    """The standing of everybody who belongs on that day, or of the members named, whoever they are.

    Seven statements for any number of members; those of whom the same is known share their answers.
    """
    rules = rules_on(on) if rules is None else rules
    facts = facts_on(on, keys)
    rows = Member.objects.all() if keys is None else Member.objects.filter(pk__in=keys)
    named = rows.order_by("pk").values_list(
        "pk",
        "public_id",
        "category",
        "joined_on",
        "city__names",
        "organisation__names",
        "person__names",
    )
    alike = _Alike(rules, on)
    for key, public_id, category, joined_on, city, body, person in named.iterator(2000):
        known = facts.get(key)
        if known is None:
            known = MemberFacts(category=category, state="none", joined_on=joined_on)
        if keys is None and known.state not in BELONGING:
            continue
        names = as_words(city or body or person)
        yield MemberStanding(key, public_id, names, known, alike.answer(known))


class _Alike:
    """Answers already given: of a first day in the past only its year counts."""

    def __init__(self, rules: Rules, on: date) -> None:
        self.rules, self.on = rules, on
        self.given: dict[MemberFacts, Standing] = {}
        self.first_of_year: dict[int, date] = {}
        self.years: dict[date, int] = {}

    def answer(self, facts: MemberFacts) -> Standing:
        """The answers to these facts."""
        day = facts.joined_on
        if day is not None and day <= self.on:
            if day not in self.years:
                self.years[day] = year_of(day, self.rules)
            facts = replace(facts, joined_on=self.first_of_year.setdefault(self.years[day], day))
        if facts not in self.given:
            self.given[facts] = answered(facts, self.rules, on=self.on)
        return self.given[facts]


def standing_on(member: Member, on: date, *, rules: Rules | None = None) -> MemberStanding:
    """The standing of one member on a day; before a list knows of it, nothing can be said."""
    found = next(iter(standings_on(on, rules=rules, keys=[member.pk])))
    if is_unknown_before(member, on):
        return replace(found, standing=_unsaid(on, member.category))
    return found


def _unsaid(on: date, category: str = "") -> Standing:
    answers = (
        Answer(
            None,
            "membership_not_recorded",
            {"question": question, "on": on.isoformat(), "category": category},
            cure_code="record_first_day",
        )
        for question in QUESTIONS
    )
    return Standing(*answers)


def cities_are_listed() -> bool:
    """Whether any city is on record as a member: else the list of members is simply not known here."""
    return Member.objects.filter(city__isnull=False).exists()


def standing_of_city(city: City, on: date, *, rules: Rules | None = None) -> Standing:
    """The standing of a city, whether or not it is on record as a member.

    Where no list of members is known, a city that is not on record is not called a stranger: what
    the statute leaves open is said, else that its membership is not on record.
    """
    rules = rules_on(on) if rules is None else rules
    member = Member.objects.filter(city=city).first()
    if member is not None:
        return standing_on(member, on, rules=rules).standing
    if cities_are_listed():
        return answered(MemberFacts(category="", state="none"), rules, on=on)
    supposed = answered(MemberFacts(category="full", state="admitted"), rules, on=on)
    unsaid = answers_of(_unsaid(on))
    return Standing(
        *(
            answer if answer.verdict is None else unsaid[question]
            for question, answer in answers_of(supposed).items()
        )
    )


def is_unknown_before(member: Member, on: date) -> bool:
    """Whether a list gave the membership without its first day, and the day asked lies before it."""
    first = member.steps.order_by("on", "at", "id").first()
    return first is not None and first.verb == "enter" and first.joined_on is None and on < first.on


def answers_of(standing: Standing) -> dict[str, Answer]:
    """The answers by their question."""
    given = (standing.may_vote, standing.may_stand, standing.may_speak)
    return dict(zip(QUESTIONS, given, strict=True))


def without_standing(on: date) -> list[MemberStanding]:
    """Members of that day who may not vote though their category would let them."""
    return [
        each
        for each in standings_on(on)
        if each.standing.may_vote.verdict is False
        and each.standing.may_vote.code not in ("category_without_right", "membership_ended")
    ]


def city_named(name: str) -> City:
    """The city with this public id, or the only one that bears this name in any spelling.

    Raises InvalidInput for an unknown name, and for one that several cities bear.
    """
    known = City.objects.filter(public_id=name).first()
    if known is not None:
        return known
    wanted = fold(name)
    found = [
        city
        for city in City.objects.order_by("pk")
        if wanted in {fold(each) for each in as_words(city.names).values()}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise InvalidInput(
            _("“%(name)s” is the name of several cities.") % {"name": name},
            cure=_("Give the key: %(keys)s.") % {"keys": ", ".join(c.public_id for c in found)},
            code="several_cities",
        )
    raise InvalidInput(
        _("There is no city “%(name)s” here.") % {"name": name},
        cure=_("Enter it under “Cities”, or correct the name."),
        code="unknown_city",
    )
