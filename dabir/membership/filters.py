"""What the list of members can be narrowed and sorted by; all of it stands in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.words import reader_language, say
from dabir.membership.models import Member
from dabir.membership.queries.members import categories_used, members_found
from dabir.membership.queries.statute import category_labels
from dabir.membership.states import APPLYING, BELONGING, GONE, MEMBER_STATES
from dabir.registry.models import Country
from dabir.statutes.queries import rules_on
from dabir.text.folding import sort_key

ANY: tuple[str, Any] = ("", _("any"))
GROUPS = {"belonging": BELONGING, "applying": APPLYING, "gone": GONE}
SORTS = {"number": "number", "since": "joined_on", "state": "state", "category": "category"}


def countries_of_members(language: str) -> list[tuple[str, str]]:
    """The countries from which members come, in the order of the reader's alphabet."""
    rows = Country.objects.filter(cities__membership__isnull=False).distinct()
    named = [(code, say(names, language)) for code, names in rows.values_list("code", "names")]
    return sorted(named, key=lambda row: sort_key(row[1]))


class MembersFilter(forms.Form):
    """Words, category, state, country."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ANY,
            ("belonging", _("belongs today")),
            ("applying", _("asks to be admitted")),
            ("gone", _("no longer a member")),
            *MEMBER_STATES.items(),
        ],
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = reader_language()
        labels = category_labels(rules_on(timezone.localdate()))
        used = [(key, labels.get(key, key)) for key in categories_used()]
        self.labels = labels
        choices: dict[str, list[Any]] = {
            "category": [ANY, *used],
            "country": [ANY, *countries_of_members(language)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field

    def apply(self, rows: QuerySet[Member]) -> QuerySet[Member]:
        """Narrow the members by everything that was asked."""
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("q"):
            rows = members_found(rows, data["q"])
        state = data.get("state")
        if state:
            rows = rows.filter(state__in=GROUPS.get(state, (state,)))
        if data.get("category"):
            rows = rows.filter(category=data["category"])
        if data.get("country"):
            rows = rows.filter(city__country__code=data["country"])
        return rows


def in_order(rows: QuerySet[Member], sort: str) -> list[int]:
    """The keys of the members in the order asked; by name in the reader's alphabet, else by a column."""
    back = sort.startswith("-")
    column = SORTS.get(sort.lstrip("-"))
    if column:
        order = f"-{column}" if back else column
        return list(rows.order_by(order, "pk").values_list("pk", flat=True))
    language = reader_language()
    named = rows.values_list("pk", "city__names", "organisation__names", "person__names")
    keyed = [
        (sort_key(say(city or body or person or "", language)), pk)
        for pk, city, body, person in named
    ]
    return [pk for _key, pk in sorted(keyed, reverse=back)]
