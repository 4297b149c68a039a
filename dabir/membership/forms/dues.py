"""The questions about dues known before the treasury, and about a plan of payment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.basis import BasisField
from dabir.core.money import read_money
from dabir.membership.services import dues
from dabir.membership.states import DUES_KINDS


class DuesForm(ActForm):
    """Enter what one year costs the member, or what was paid of it."""

    right = "membership.enter_dues"
    title = _("Enter dues from before the treasury")
    verb = _("Enter it")
    consequence = _(
        "It counts for the member's standing from its day on. A mistake is corrected by a second entry "
        "below zero that says why."
    )
    done = _("The entry is kept.")
    kind = forms.ChoiceField(label=_("Kind"), choices=DUES_KINDS.items(), widget=forms.RadioSelect)
    year = forms.IntegerField(label=_("Year"), min_value=1300, max_value=2150)
    amount = forms.CharField(label=_("Amount"), max_length=40)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Three letters, such as EUR or IRR."),
    )
    day = day_field(_("Due on, or paid on"))
    source = forms.CharField(
        label=_("Source"),
        max_length=2000,
        help_text=_("Where it stands: the ledger of which year, the bank's paper, a letter."),
    )
    reason = reason_field(required=False, label=_("Reason of a correction"))

    def perform(self, stamp: Stamp) -> object:
        """Keep it."""
        data = self.cleaned_data
        dues.enter_dues(
            member=self.record,
            year=data["year"],
            kind=data["kind"],
            amount=read_money(data["amount"], data["currency"]),
            day=data["day"],
            source=data["source"],
            reason=data["reason"],
            **stamp,
        )
        return True


class PlanForm(ActForm):
    """Record a plan of payment."""

    right = "membership.grant_plan"
    title = _("Record a plan of payment")
    verb = _("Record the plan")
    consequence = _(
        "Until its last day the plan can keep the member's standing, where the statute says so. A "
        "later plan takes its place."
    )
    done = _("The plan is recorded.")
    on_day = day_field(_("Granted on"))
    until = day_field(_("Kept until"))
    words = forms.CharField(
        label=_("What was agreed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = BasisField()

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        options["initial"] = {"on_day": timezone.localdate()} | options.get("initial", {})
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        dues.grant_plan(
            member=self.record,
            until=data["until"],
            words=data["words"],
            basis=data["basis"],
            **(stamp | {"on": data["on_day"]}),
        )
        return True
