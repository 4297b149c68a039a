"""What the register can be narrowed, sorted and grouped by; all of it stands in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dabir.core.composed import Composed
from dabir.core.offered import Offered
from dabir.core.together import MOST_COMPOSED, Given, given
from dabir.core.words import reader_language, say
from dabir.decisions.forms.acting import party_choices
from dabir.decisions.models import Commitment, Decision
from dabir.decisions.queries.parties import lists_of_register
from dabir.decisions.queries.register import OPEN, TODAY, due_within, register_on, silent_for
from dabir.decisions.queries.themes import Names, organs_and_themes_used
from dabir.decisions.states import FORCES, STATUSES
from dabir.text.folding import fold_tokens, sort_key

SORTS = {
    "id": ("decision__decided_on", "decision__public_id", "position"),
    "declaration": ("decision__document__adopted_on", "decision_id", "position"),
    "lead": ("lead_city__public_id", "lead_organ__key", "lead_post__public_id"),
    "status": ("status",),
    "due": ("due",),
    "silence": ("silent_since",),
}
GROUPS = {
    "declaration": _("Declaration"),
    "organ": _("Organ"),
    "lead": _("Lead"),
    "theme": _("Theme"),
    "status": _("Status"),
    "due": _("Deadline"),
}


ANY: tuple[str, Any] = ("", _("any"))


@dataclass(frozen=True)
class Choices:
    """What the register can be narrowed by, in the language of a reader."""

    themes: Names
    parties: Offered
    lists: dict[str, Offered]


def choices_of_register() -> Choices:
    """Texts, organs, parties and themes as they are now: two statements."""
    language = reader_language()
    read = lists_of_register()
    organs, themes = organs_and_themes_used()
    deciding = [p for p in read.parties if p.kind == "organ" and p.key in organs]
    parties = party_choices(read.parties)
    lists = {
        "declaration": [ANY, *((d.public_id, say(d.titles, language)) for d in read.documents)],
        "organ": [ANY, *((p.key, say(p.names, language)) for p in deciding)],
        "lead": [ANY, ("none", _("nobody yet")), *parties[1:]],
        "theme": _themes(themes, read.themes, language),
    }
    offered = {name: Offered(choices) for name, choices in lists.items()}
    return Choices(read.themes, Offered(parties), offered)


def _themes(used: list[str], names: Names, language: str) -> list[tuple[str, Any]]:
    named = [(key, say(names.get(key), language) or key) for key in used]
    return [ANY, *sorted(named, key=lambda choice: sort_key(str(choice[1])))]


class RegisterFilter(forms.Form):
    """Declaration, organ, lead, theme, status, force, lateness, silence, deadline, words."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    declaration = forms.ChoiceField(label=_("Declaration"), required=False)
    organ = forms.ChoiceField(label=_("Organ"), required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=Offered([ANY, ("open", _("open")), *STATUSES.items()]),
    )
    force = forms.ChoiceField(
        label=_("Force"),
        required=False,
        choices=Offered([ANY, ("binding", _("in force or amended")), *FORCES.items()]),
    )
    silence = forms.TypedChoiceField(
        label=_("Silence"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=Offered(
            [
                ANY,
                (30, _("30 days or more")),
                (90, _("90 days or more")),
                (180, _("180 days or more")),
                (365, _("a year or more")),
            ]
        ),
    )
    deadline = forms.ChoiceField(
        label=_("Deadline"),
        required=False,
        choices=Offered(
            [
                ANY,
                ("late", _("delayed")),
                ("30", _("within 30 days")),
                ("90", _("within 90 days")),
                ("candidates", _("several readings are open")),
                ("none", _("no day")),
            ]
        ),
    )
    group = forms.ChoiceField(
        label=_("Group by"), required=False, choices=Offered([("", "—"), *GROUPS.items()])
    )

    def __init__(self, *args: Any, choices: Choices | None = None) -> None:
        """`choices` are read where nobody knows them; `parties` are offered to others on the page."""
        super().__init__(*args)
        choices = choices or choices_of_register()
        self.theme_names, self.parties = choices.themes, choices.parties
        for name, offered in choices.lists.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field

    def asked(self) -> dict[str, Any]:
        """What was asked, the words one by one, the lead as its kind and its key."""
        data = dict(self.cleaned_data) if self.is_valid() else {}
        kind, _colon, key = (data.get("lead") or "").partition(":")
        return data | {"words": fold_tokens(data.get("q") or ""), "kind": kind, "lead": key}

    def apply(self, rows: QuerySet[Commitment], today: date) -> QuerySet[Commitment]:
        """Narrow the register by everything that was asked."""
        return narrowed(rows, self.asked(), today)

    def grouping(self) -> str:
        """What the rows are grouped by; empty for no grouping."""
        return self.cleaned_data.get("group", "") if self.is_valid() else ""


def narrowed(
    rows: QuerySet[Commitment], asked: Mapping[str, Any], today: date | Given
) -> QuerySet[Commitment]:
    """The rows that are as was asked; a value may be one that is put in later."""
    for word in asked["words"]:
        rows = rows.filter(folded__contains=word)
    plain = {
        "declaration": "decision__document__public_id",
        "organ": "decision__organ__key",
    }
    for name, path in plain.items():
        if asked.get(name):
            rows = rows.filter(**{path: asked[name]})
    rows = _by_theme(rows, asked.get("theme"))
    rows = _by_lead(rows, asked["kind"], asked["lead"])
    rows = _by_status(rows, asked.get("status"))
    rows = _by_force(rows, asked.get("force"))
    if asked.get("silence") and isinstance(today, date):
        rows = silent_for(rows, asked["silence"], today)
    return _by_deadline(rows, asked.get("deadline"), today)


def _by_theme(rows: QuerySet[Any], theme: str | None) -> QuerySet[Any]:
    if not theme:
        return rows
    # A theme is one string of a JSON list: both engines find it by its quoted text.
    having = [pk for pk, themes in Decision.objects.values_list("pk", "themes") if theme in themes]
    return rows.filter(decision__in=having)


def _by_lead(rows: QuerySet[Any], kind: str, key: str | Given) -> QuerySet[Any]:
    if kind == "none":
        return rows.filter(lead_city=None, lead_post=None, lead_organ=None)
    paths = {
        "city": "lead_city__public_id",
        "post": "lead_post__public_id",
        "organ": "lead_organ__key",
    }
    return rows.filter(**{paths[kind]: key}) if kind in paths else rows


def _by_status(rows: QuerySet[Any], status: str | None) -> QuerySet[Any]:
    if status == "open":
        return rows.filter(status__in=OPEN)
    return rows.filter(status=status) if status else rows


def _by_force(rows: QuerySet[Any], force: str | None) -> QuerySet[Any]:
    if force == "binding":
        return rows.filter(binding=True)
    return rows.filter(decision__force=force) if force else rows


def _by_deadline(rows: QuerySet[Any], deadline: str | None, today: date | Given) -> QuerySet[Any]:
    if deadline == "late":
        return rows.filter(late=True)
    if deadline in ("30", "90") and isinstance(today, date):
        return due_within(rows, int(deadline), today)
    if deadline == "candidates":
        return rows.filter(deadline_type="candidates")
    if deadline == "none":
        return rows.filter(~Q(deadline_type="candidates"), due=None)
    return rows


def sorted_rows(rows: QuerySet[Any], sort: str, group: str) -> QuerySet[Any]:
    """The rows in the order asked; a grouping comes first."""
    back = sort.startswith("-")
    fields = SORTS.get(sort.lstrip("-"), SORTS["id"])
    order = [f"-{field}" if back else field for field in fields]
    grouped = {
        "declaration": ["decision__document__adopted_on", "decision__document"],
        "organ": ["decision__organ__position"],
        "lead": ["lead_city__public_id", "lead_organ__key", "lead_post__public_id"],
        "theme": ["decision__themes"],
        "status": ["status"],
        "due": ["due"],
    }.get(group, [])
    return rows.order_by(*grouped, *order, "pk")


MOST_WORDS = 4
Shape = tuple[Any, ...]
_COMPOSED: dict[Shape, tuple[Composed, Composed]] = {}


class Listed:
    """The rows that were asked for: how many there are of each status, and which are on a page.

    Both statements are composed once for each way of asking, as long as nothing was asked that
    makes every statement another one: a theme, or a number of days.
    """

    def __init__(self, asked: RegisterFilter, today: date, sort: str) -> None:
        told, order = asked.asked(), (sort, asked.grouping())
        puts = {"declaration", "organ", "lead"} & {name for name, value in told.items() if value}
        words = {f"word{n}": word for n, word in enumerate(told["words"])}
        later = {name: given(name) for name in puts} | {"words": [given(name) for name in words]}
        self._values = {name: told[name] for name in puts} | words | {"today": today}
        shape = (
            *sorted(puts), len(words), told["kind"], told.get("status"), told.get("force"),
            told.get("deadline"), sort.startswith("-"), sort.lstrip("-") in SORTS and sort, order[1],
        )  # fmt: skip
        by_days = told.get("silence") or told.get("deadline") in ("30", "90")
        if told.get("theme") or by_days or len(words) > MOST_WORDS:
            self._read = _statements(narrowed(register_on(today), told, today), *order)
        elif (known := _COMPOSED.get(shape)) is not None:
            self._read = known
        else:
            if len(_COMPOSED) >= MOST_COMPOSED:
                _COMPOSED.clear()
            rows = narrowed(register_on(TODAY), told | later, TODAY)
            self._read = _COMPOSED[shape] = _statements(rows, *order)

    def numbers(self) -> Counter[tuple[str, bool]]:
        """How many rows there are of each status, those that are late apart."""
        counted = self._read[0].read(**self._values)
        return Counter({(status, bool(late)): n for status, late, n in counted})

    def keys(self, first: int, end: int) -> list[int]:
        """The keys of the rows from the one to before the other, in the order asked."""
        return self._read[1].part(first, end, **self._values)


def _statements(rows: QuerySet[Any], sort: str, group: str) -> tuple[Composed, Composed]:
    counted = rows.order_by().values_list("status", "late").annotate(n=Count("pk"))
    keys = sorted_rows(rows, sort, group).values_list("pk", flat=True)
    return Composed(lambda: counted), Composed(lambda: keys)
