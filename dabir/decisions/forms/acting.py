"""The questions that several acts of the register ask: who leads, and until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import day_field
from dabir.core.formfields import WordsField
from dabir.core.offered import Offered
from dabir.core.words import reader_language, say
from dabir.decisions.queries.parties import Party, parties
from dabir.decisions.services.agreed import Deadline, Lead
from dabir.decisions.states import DEADLINE_TYPES, DeadlineType
from dabir.organs.models import Organ
from dabir.registry.models import City, Post
from dabir.text.folding import sort_key


def party_choices(known: list[Party] | None = None) -> list[tuple[str, Any]]:
    """Everybody who may lead: posts, organs, cities, in the order of the reader's alphabet."""
    language = reader_language()
    groups: dict[str, list[tuple[str, str]]] = {"post": [], "organ": [], "city": []}
    for party in parties() if known is None else known:
        groups[party.kind].append((f"{party.kind}:{party.key}", say(party.names, language)))
    for rows in groups.values():
        rows.sort(key=lambda row: sort_key(row[1]))
    return [
        ("", _("nobody yet")),
        (_("Posts"), groups["post"]),
        (_("Organs"), groups["organ"]),
        (_("Cities"), groups["city"]),
    ]


class LeadField(forms.ChoiceField):
    """The one that leads, chosen among posts, organs and cities."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Lead"))
        super().__init__(choices=party_choices, **options)

    def clean(self, value: Any) -> Any:
        """The lead meant."""
        return lead_of(super().clean(value))


def lead_of(value: str) -> Lead:
    """The lead behind a choice such as `city:tehran`."""
    kind, _colon, name = (value or "").partition(":")
    if kind == "post":
        return Lead(post=Post.objects.get(public_id=name))
    if kind == "city":
        return Lead(city=City.objects.get(public_id=name))
    if kind == "organ":
        return Lead(organ=Organ.objects.get(key=name))
    return Lead()


def lead_value(lead: Lead) -> str:
    """The choice of a lead."""
    if lead.post:
        return f"post:{lead.post.public_id}"
    if lead.city:
        return f"city:{lead.city.public_id}"
    return f"organ:{lead.organ.key}" if lead.organ else ""


class DeadlineFields(forms.Form):
    """The questions about a deadline; only those of the chosen kind count."""

    deadline_type = forms.ChoiceField(
        label=_("Kind of deadline"), choices=Offered(DEADLINE_TYPES.items())
    )
    deadline_on = day_field(_("Due on (for “a date”)"), required=False)
    deadline_organ = forms.ModelChoiceField(
        label=_("Organ (for “before the next session”)"),
        queryset=Organ.objects.all(),
        to_field_name="key",
        required=False,
    )
    recurrence = forms.ChoiceField(
        label=_("Period (for “recurring”)"),
        required=False,
        choices=Offered(
            [
                ("", "—"),
                ("P1M", _("every month")),
                ("P3M", _("every three months")),
                ("P6M", _("every six months")),
                ("P1Y", _("every year")),
                ("P2Y", _("every two years")),
                ("P3Y", _("every three years")),
            ]
        ),
    )
    recurrence_from = day_field(_("First time due on"), required=False)
    candidates = forms.CharField(
        label=_("Possible dates (for “several readings are open”)"),
        required=False,
        help_text=_("Separated by |, for example 2014-11-24|2014-11-25. Nothing is scheduled."),
    )
    deadline_words = WordsField(label=_("Deadline in the words of the text"), required=False)

    def deadline(self) -> Deadline:
        """The deadline that was asked for; what belongs to another kind is left out."""
        data = self.cleaned_data
        kind = data["deadline_type"]
        recurring = kind == DeadlineType.RECURRING
        named = [c.strip() for c in data["candidates"].split("|") if c.strip()]
        return Deadline(
            type=kind,
            on=data["deadline_on"] if kind == DeadlineType.DATE else None,
            candidates=tuple(named) if kind == DeadlineType.CANDIDATES else (),
            organ=data["deadline_organ"] if kind == DeadlineType.BEFORE_NEXT else None,
            words=data["deadline_words"] or {},
            recurrence=data["recurrence"] if recurring else "",
            recurrence_from=data["recurrence_from"] if recurring else None,
        )


def deadline_initial(deadline: Deadline) -> dict[str, Any]:
    """A deadline as the initial values of the fields."""
    return {
        "deadline_type": deadline.type,
        "deadline_on": deadline.on,
        "deadline_organ": deadline.organ.key if deadline.organ else None,
        "recurrence": deadline.recurrence,
        "recurrence_from": deadline.recurrence_from,
        "candidates": "|".join(deadline.candidates),
        "deadline_words": dict(deadline.words),
    }
