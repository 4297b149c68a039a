"""What an application still lacks: what the record shows by itself, and the points of the checklist.

What the record shows is computed at each look and never kept. A doubt does not decide anything: a
person examines it and says what they found, and that is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.errors import Words
from dabir.core.words import as_words, day_said, say
from dabir.membership.models import Application, ChecklistItem, DuesEntry, Examination, Step
from dabir.membership.queries.dues import balances
from dabir.membership.states import GONE, MEMBER_STATES, Outcome
from dabir.registry.models import City, Organisation
from dabir.registry.queries import mandates_on
from dabir.statutes.queries import rules_on
from dabir.text.folding import fold

CHECKLIST = "members.checklist"
SEEN_BY_ITSELF: dict[str, Words] = {
    "letter": gettext_lazy("The letter of application is kept"),
    "signer": gettext_lazy("Whoever signed held a post of the city on that day"),
    "double": gettext_lazy("No other record is the same city"),
    "previous": gettext_lazy("No earlier membership stands in the way"),
    "dues": gettext_lazy("No dues of an earlier membership are open"),
}


@dataclass(frozen=True)
class Point:
    """One point of an examination: what the record shows, and what a person found."""

    key: str
    label: Words
    is_required: bool
    by_itself: bool = False
    shown: str = ""
    is_doubtful: bool = False
    examination: Examination | None = None

    @property
    def is_settled(self) -> bool:
        """Whether this point stands in nobody's way."""
        if self.examination is not None:
            return self.examination.outcome != Outcome.NOT_MET
        return self.by_itself and not self.is_doubtful

    @property
    def hinders(self) -> bool:
        """Whether nobody is admitted while this point stands as it does."""
        if self.examination is not None and self.examination.outcome == Outcome.NOT_MET:
            return True
        return self.is_required and not self.is_settled


def points_of(application: Application, *, on: date) -> list[Point]:
    """Every point of the examination, read in a fixed number of statements: what the record shows by
    itself, the papers that the statute asks for, and the secretariat's own points.
    """
    found = {e.point: e for e in application.examinations.order_by("on", "at", "id")}
    shown = _shown(application)
    points = [
        Point(key, label, True, True, *shown[key], found.get(key))
        for key, label in SEEN_BY_ITSELF.items()
    ]
    points += [
        Point(paper["key"], say(paper["names"]), True, examination=found.get(paper["key"]))
        for paper in rules_on(on).get(CHECKLIST) or ()
        if paper["key"] not in SEEN_BY_ITSELF
    ]
    items = ChecklistItem.objects.filter(is_used=True).order_by("position", "id")
    wanted = {point.key for point in points}
    points += [
        Point(item.key, say(item.names), item.is_required, examination=found.get(item.key))
        for item in items
        if item.key not in wanted
    ]
    return points


def lacking_of(application: Application, *, on: date) -> list[str]:
    """The names of the points over which nobody is admitted; empty when the examination is complete."""
    return [str(point.label) for point in points_of(application, on=on) if point.hinders]


def _shown(application: Application) -> dict[str, tuple[str, bool]]:
    """For each point seen by itself: what the record shows, and whether it leaves a doubt."""
    return {
        "letter": _letter(application),
        "signer": _signer(application),
        "double": _double(application),
        "previous": _previous(application),
        "dues": _dues(application),
    }


def _letter(application: Application) -> tuple[str, bool]:
    if application.letter is None:
        return _("No file is kept of it."), True
    return application.letter.name, False


def _signer(application: Application) -> tuple[str, bool]:
    city = application.member.city
    if application.signer is None:
        words = say(application.signer_words)
        if not words:
            return _("Nobody is named as having signed."), True
        return _("“%(name)s” is not in the registry.") % {"name": words}, True
    held = [
        mandate
        for mandate in mandates_on(application.received_on).filter(person=application.signer)
        if city is not None and mandate.post.city_id == city.pk
    ]
    if held:
        return ", ".join(say(mandate.post.names) for mandate in held), False
    return (
        _("%(name)s held no post of the city on %(day)s.")
        % {"name": application.signer, "day": day_said(application.received_on)},
        True,
    )


def cities_of_the_same_name(city: City) -> list[City]:
    """Other cities that bear one of its names and do not lie in another country."""
    names = {fold(name) for name in as_words(city.names).values()}
    others = City.objects.exclude(pk=city.pk).select_related("country")
    return [
        other
        for other in others
        if names & {fold(name) for name in as_words(other.names).values()}
        and (None in (other.country_id, city.country_id) or other.country_id == city.country_id)
    ]


def _bodies_of_the_same_name(body: Organisation) -> list[Organisation]:
    names = {fold(name) for name in as_words(body.names).values()}
    others = Organisation.objects.exclude(pk=body.pk)
    return [o for o in others if names & {fold(name) for name in as_words(o.names).values()}]


def _double(application: Application) -> tuple[str, bool]:
    member = application.member
    found: Iterable[City | Organisation] = ()
    if member.city is not None:
        found = cities_of_the_same_name(member.city)
    elif member.organisation is not None:
        found = _bodies_of_the_same_name(member.organisation)
    named = ", ".join(f"{say(other.names)} ({other.public_id})" for other in found)
    if named:
        return _("The same name is borne by: %(names)s.") % {"names": named}, True
    return _("No other record bears its name."), False


def _previous(application: Application) -> tuple[str, bool]:
    steps = Step.objects.filter(member=application.member).exclude(application=application)
    last = steps.order_by("on", "at", "id").last()
    if last is None:
        return _("It was never a member before."), False
    words = _("%(state)s since %(day)s.") % {
        "state": MEMBER_STATES[last.state],
        "day": day_said(last.on),
    }
    return f"{words} {last.reason}".strip(), last.state in GONE


def _dues(application: Application) -> tuple[str, bool]:
    entries = DuesEntry.objects.filter(member=application.member)
    owed = [money for money in balances(entries) if money.minor > 0]
    if owed:
        amounts = ", ".join(str(money) for money in owed)
        return _("Open from earlier: %(amounts)s.") % {"amounts": amounts}, True
    return _("Nothing is open."), False
