"""The questions about dues known before the treasury, and about a plan of payment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.basis import BasisField
from dabir.core.formfields import WordsField
from dabir.core.money import read_money
from dabir.core.words import reader_language, say
from dabir.membership.forms.files import OneFileField, stored
from dabir.membership.services import dues
from dabir.membership.states import DUES_KINDS
from dabir.registry.models import Person
from dabir.registry.queries import mandates_on


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


class AccreditForm(ActForm):
    """Record whom a member's letter names to speak and vote for it."""

    right = "membership.examine_application"
    title = _("Accredit a representative")
    verb = _("Record the accreditation")
    consequence = _(
        "From that day this person speaks and votes for the member. The accreditation ends with the "
        "mandate of whoever it names, at the latest on its last day."
    )
    done = _("The accreditation is recorded.")
    person = forms.ChoiceField(label=_("Representative"), required=False)
    words = WordsField(
        label=_("Representative, if not in the registry"), required=False, max_length=300
    )
    on_day = day_field(_("From"))
    until = day_field(_("Until, that day not included"))
    letter = OneFileField(label=_("The letter"), required=False)
    source = forms.CharField(label=_("Number of the letter"), required=False, max_length=200)

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        today = timezone.localdate()
        options["initial"] = {"on_day": today} | options.get("initial", {})
        super().__init__(*args, record=record, **options)
        language = reader_language()
        held = mandates_on(today).filter(post__city=record.city) if record.city_id else []
        named = {mandate.person.public_id: say(mandate.person.names, language) for mandate in held}
        self.fields["person"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("not in the registry")),
            *named.items(),
        ]

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        person = Person.objects.get(public_id=data["person"]) if data["person"] else None
        dues.accredit_representative(
            member=self.record,
            person=person,
            words=data["words"] or {},
            until=data["until"],
            letter=stored(data["letter"], stamp),
            source=data["source"],
            **(stamp | {"on": data["on_day"]}),
        )
        return True
