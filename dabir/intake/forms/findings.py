"""What a part holds: kinds, organs, addressees, owners, names and dates, accepted or changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.formfields import WordsField
from dabir.core.words import say
from dabir.decisions.deadlines import PERIOD
from dabir.decisions.forms.acting import party_choices
from dabir.documents.states import CLAUSE_KINDS
from dabir.intake.forms.acting import StepForm, is_day
from dabir.intake.models import Receipt
from dabir.intake.queries.names import Known, Registry, registry_names
from dabir.intake.review.findings import proposal
from dabir.intake.review.parts import Part
from dabir.text.digits import to_latin

DATE_ROLES = {
    "": _("mentioned"),
    "due": _("deadline"),
    "recurrence": _("period"),
    "meeting": _("day of a meeting"),
    "meetings": _("days of meetings"),
    "term_start": _("beginning of a term"),
    "term_end": _("end of a term"),
    "target": _("year of a target"),
    "founding": _("founding"),
    "leave_out": _("leave out"),
}


class FindingsForm(StepForm):
    """Accept or change what the words suggest."""

    step = "set_findings"
    shows_words = True
    title = _("What this part holds")
    verb = _("Let it be so")
    consequence = _("A decision made from this clause is prefilled with it.")
    done = _("It is said what the part holds.")
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=CLAUSE_KINDS.items(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organs = forms.MultipleChoiceField(label=_("Organs named"), required=False)
    addressees = forms.MultipleChoiceField(label=_("Addressed to"), required=False)
    owners = forms.MultipleChoiceField(label=_("Who would carry it out"), required=False)
    cities = forms.MultipleChoiceField(label=_("Cities"), required=False)
    people = forms.MultipleChoiceField(label=_("People"), required=False)
    flag = WordsField(label=_("Remark that stands beside the clause"), required=False, long=True)

    def __init__(self, *args: Any, record: Receipt, part: Part, **options: Any) -> None:
        self.names = registry_names()
        kinds, found = findings_of(part, self.names)
        self.found = found
        initial: dict[str, Any] = {"kinds": kinds}
        initial |= {name: found.get(name, []) for name in REGISTRY_FIELDS}
        flags = found.get("flags") or [{}]
        initial["flag"] = flags[0]
        super().__init__(*args, record=record, part=part, initial=initial, **options)
        self._offer()
        self.dates = list(found.get("dates") or [])
        for n, row in enumerate(self.dates):
            self._ask_date(n, row)

    def _offer(self) -> None:
        names = self.names
        everybody = [*names.organs, *names.cities, *names.people]
        offered = {
            "organs": names.organs,
            "addressees": everybody,
            "cities": names.cities,
            "people": names.people,
        }
        for name, rows in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = _choices(rows, self.found.get(name, []))
        owners = self.fields["owners"]
        if isinstance(owners, forms.MultipleChoiceField):
            owners.choices = [
                (label, rows) for label, rows in party_choices() if isinstance(rows, list) and rows
            ]

    def _ask_date(self, n: int, row: dict[str, Any]) -> None:
        said = row.get("words") or _("no words")
        self.fields[f"date_{n}_role"] = forms.ChoiceField(
            label=_("“%(words)s” is") % {"words": said},
            choices=DATE_ROLES.items(),
            required=False,
            initial=row.get("role", ""),
        )
        self.fields[f"date_{n}_value"] = forms.CharField(
            label=_("“%(words)s” may mean") % {"words": said},
            required=False,
            max_length=400,
            help_text=_("Days, months or years, separated by |. A period is written like P2Y."),
            initial=row.get("relative") or "|".join(row.get("candidates") or []),
        )

    def clean(self) -> dict[str, Any]:
        """Days, months, years and periods must be such."""
        data = super().clean() or {}
        for n, _row in enumerate(self.dates):
            name = f"date_{n}_value"
            value = to_latin(data.get(name) or "").strip()
            if not value.startswith("P"):
                wrong = [one for one in value.split("|") if one.strip() and not is_day(one)]
            else:
                wrong = [] if PERIOD.match(value) and value != "P" else [value]
            if wrong:
                said = _("“%(text)s” is neither a day such as 2014-11-25 nor a period such as P2Y.")
                self.add_error(name, said % {"text": wrong[0].strip()})
            data[name] = value
        return data

    def data_of_step(self) -> dict[str, Any]:
        """The findings in the shape in which a clause keeps them."""
        data = self.cleaned_data
        found: dict[str, Any] = {name: data[name] for name in REGISTRY_FIELDS}
        kept = [self._date(n, row) for n, row in enumerate(self.dates)]
        found["dates"] = [row for row in kept if row]
        found["references"] = self.found.get("references", [])
        chosen = {*data["kinds"], *(key for name in REGISTRY_FIELDS for key in data[name])}
        found["inferred"] = [
            row
            for row in self.found.get("inferred", [])
            if row["field"] in ("cities", "people", "addressees")
            or row["value"] in chosen
            or f"organ:{row['value']}" in chosen
        ]
        if data["flag"]:
            found["flags"] = [data["flag"]]
        return {
            "kinds": data["kinds"],
            "found": {key: value for key, value in found.items() if value},
        }

    def _date(self, n: int, row: dict[str, Any]) -> dict[str, Any] | None:
        role = self.cleaned_data[f"date_{n}_role"]
        value = self.cleaned_data[f"date_{n}_value"]
        if role == "leave_out":
            return None
        if value.startswith("P"):
            return row | {"role": role, "relative": value}
        candidates = [one.strip() for one in value.split("|") if one.strip()]
        proposal_kept = row.get("proposal", "") if row.get("proposal") in candidates else ""
        one = candidates[0] if len(candidates) == 1 else proposal_kept
        status = "certain" if len(candidates) == 1 else "open"
        return row | {"role": role, "candidates": candidates, "proposal": one, "status": status}


REGISTRY_FIELDS = ("organs", "addressees", "owners", "cities", "people")


def findings_of(part: Part, names: Registry) -> tuple[list[str], dict[str, Any]]:
    """What was accepted for a part, else what its words suggest."""
    if part["found"]:
        return list(part["found"]["kinds"]), dict(part["found"]["values"])
    return proposal(part, names)


def _choices(rows: Iterable[Known], chosen: Iterable[str]) -> list[tuple[str, str]]:
    offered = [(row.key, say(dict(row.names))) for row in rows]
    known = {key for key, _name in offered}
    return offered + [(key, key) for key in chosen if key not in known]
