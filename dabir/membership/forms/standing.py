"""What is asked about standing: a day, a narrowing, and a ruling of the chair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.basis import BasisField
from dabir.core.words import reader_language, say
from dabir.membership.models import Member, Snapshot
from dabir.membership.services.standing import record_ruling
from dabir.text.folding import sort_key

VERDICTS = {"yes": True, "no": False, "unsaid": None}
RIGHTS = (
    ("vote", _("to vote")),
    ("stand", _("to stand for election")),
    ("speak", _("to speak")),
)


class StandingFilter(forms.Form):
    """The day on which one looks, and whom one looks for."""

    on = day_field(_("On the day"), required=False)
    vote = forms.ChoiceField(
        label=_("May vote"),
        required=False,
        choices=[
            ("", _("any")),
            ("yes", _("yes")),
            ("no", _("no")),
            ("unsaid", _("cannot be said")),
        ],
    )
    q = forms.CharField(label=_("Words"), required=False, max_length=200)

    def day(self) -> Any:
        """The day asked for, else today."""
        return (self.is_valid() and self.cleaned_data.get("on")) or timezone.localdate()

    def asked(self, name: str) -> str:
        """One of the other questions, empty where nothing valid was asked."""
        return (self.is_valid() and self.cleaned_data.get(name)) or ""


class RulingForm(ActForm):
    """Log what the chair ruled on one member of a frozen list."""

    right = "membership.record_ruling"
    title = _("Record a ruling of the chair")
    verb = _("Record the ruling")
    consequence = _(
        "The frozen list stays as it is; the ruling stands beside it under the name of whoever gave "
        "it, and counts for this meeting."
    )
    done = _("The ruling is recorded.")
    grave = True
    member = forms.ChoiceField(label=_("Member"))
    about = forms.ChoiceField(label=_("Right"), choices=RIGHTS, widget=forms.RadioSelect)
    granted = forms.TypedChoiceField(
        label=_("Ruled"),
        choices=[("yes", _("given")), ("no", _("taken away"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    chair = forms.CharField(label=_("Who ruled"), max_length=200)
    on_day = day_field(_("On the day"))
    basis = BasisField(required=False)
    reason = reason_field()

    def __init__(self, *args: Any, record: Snapshot, **options: Any) -> None:
        options["initial"] = {"on_day": timezone.localdate()} | options.get("initial", {})
        super().__init__(*args, record=record, **options)
        language = reader_language()
        rows = record.lines.values_list("member__public_id", "names")
        named = [(key, say(names, language)) for key, names in rows]
        self.fields["member"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("choose")),
            *sorted(named, key=lambda row: sort_key(row[1])),
        ]

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        record_ruling(
            snapshot=self.record,
            member=Member.objects.get(public_id=data["member"]),
            right=data["about"],
            granted=data["granted"],
            chair=data["chair"],
            reason=data["reason"],
            basis=data["basis"],
            **(stamp | {"on": data["on_day"]}),
        )
        return True
