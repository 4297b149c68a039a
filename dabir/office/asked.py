"""How what waits is asked for: each kind of waiting thing is a query, and all are read together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from django.db.models import DateField, IntegerField, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from dabir.core.together import Together, given
from dabir.registry.models import Mandate
from dabir.registry.rights import held_mandates, in_force, person_of
from dabir.statutes.queries import articles_in_force
from dabir.statutes.reading import Article

SHOWN, ALL_SHOWN = 6, 200
SOON_DAYS = 30


@dataclass(frozen=True)
class Thing:
    """One waiting thing: its name, where one answers it, its states and what is to be known."""

    names: Any
    url: str
    statuses: tuple[str, ...] = ()
    code: str = ""
    day: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """A kind of waiting thing: how many, the first of them, and the page with all."""

    key: str
    title: str
    number: int
    things: list[Thing]
    url: str = ""
    tone: str = ""
    why: str = ""


@dataclass
class Desk:
    """Whose desk it is, and on which day."""

    user: Any
    today: date
    whole: str = ""

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles in force, read once for all that asks them."""
        return articles_in_force(self.today)

    @cached_property
    def silence_asked(self) -> int | None:
        """After how many days of silence the rules ask; None where they do not say."""
        article = self.articles.get("follow_up.silence_days")
        return article.value if article and article.is_set else None

    def may(self, right: str) -> bool:
        """Whether the person holds a right."""
        return bool(self.user.has_perm(right))


@dataclass(frozen=True)
class Asked:
    """A kind of waiting thing before it is read: its query, and what a record of it shows.

    What differs from reader to reader and from day to day comes in as a `given` value, so that the
    query is composed once and all kinds are read together; `form` names another form of the query.
    """

    key: str
    title: str
    rows: Callable[[], QuerySet[Any]]
    thing: Callable[[Any], Thing]
    url: str = ""
    tone: str = ""
    why: str = ""
    form: str = ""


USER, PERSON = given("user", IntegerField()), given("person")
TODAY, SOON, SILENT = (given(name, DateField()) for name in ("today", "soon", "silent_before"))
_TOGETHER = Together()


def read_asked(desk: Desk, asked: list[Asked]) -> list[Waiting]:
    """The first few of each kind in one statement; the number of all where more stand behind."""
    shown = {a.key: ALL_SHOWN if a.key == desk.whole else SHOWN for a in asked}
    user, today, person = desk.user, desk.today, person_of(desk.user)
    silence = desk.silence_asked if held_mandates(user) else None
    values: dict[str, Any] = {
        "user": user.pk,
        "person": person.public_id if person else "",
        "today": today,
        "soon": today + timedelta(days=SOON_DAYS),
        "soon_meeting": today + timedelta(days=2 * SOON_DAYS),
        "silent_before": today - timedelta(days=silence or 0),
    }
    parts = {
        f"{a.key}{a.form}_{shown[a.key]}": partial(_first, a.rows, shown[a.key] + 1) for a in asked
    }
    found = dict(zip((a.key for a in asked), _TOGETHER.read(parts, **values).values(), strict=True))
    more = {f"{a.key}{a.form}": a for a in asked if len(found[a.key]) > shown[a.key]}
    numbers = _TOGETHER.count({name: a.rows for name, a in more.items()}, **values)
    return [
        Waiting(
            a.key,
            a.title,
            numbers.get(f"{a.key}{a.form}", len(found[a.key])),
            [a.thing(row) for row in found[a.key][: shown[a.key]]],
            a.url,
            a.tone,
            a.why,
        )
        for a in asked
        if found[a.key]
    ]


def _first(rows: Callable[[], QuerySet[Any]], number: int) -> QuerySet[Any]:
    return rows()[:number]


def text_at(path: str) -> Cast:
    """A value inside a JSON field, as plain text."""
    return Cast(KT(path), TextField())


def held_today() -> QuerySet[Mandate]:
    """The mandates that the reader holds today."""
    return Mandate.objects.filter(in_force(TODAY), person__user=USER)
