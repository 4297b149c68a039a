"""Appoint somebody step by step; say of a finding that a source tells it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.organs import services
from dabir.organs.forms.fields import GroundForm
from dabir.organs.models import Organ
from dabir.registry.models import Person, Post

APPOINT = "organs.appoint"


class OpenForm(ActForm):
    """Begin an appointment."""

    right = APPOINT
    title = _("Begin an appointment")
    verb = _("Begin the appointment")
    consequence = _(
        "The steps are those of the rule set in force on this day, and stay so. With the last one the "
        "person holds the post."
    )
    done = _("The appointment is begun: now record its steps one by one.")
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), to_field_name="public_id"
    )
    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.order_by("id"), to_field_name="public_id"
    )
    opened_on = day_field(_("Begun on"))

    def __init__(self, *args: Any, record: Organ, **options: Any) -> None:
        super().__init__(*args, record=record, **options)
        posts = Post.objects.filter(organ_key=record.key).order_by("id")
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]  # a choice of records

    def perform(self, stamp: Stamp) -> object:
        """Begin it."""
        data = self.cleaned_data
        signed = stamp | {"on": data["opened_on"]}
        return services.open_appointment(
            organ=self.record, post=data["post"], person=data["person"], **signed
        )


class StepForm(GroundForm):
    """Record the next step of an appointment."""

    right = APPOINT
    title = _("Record the next step")
    verb = _("Record the step")
    consequence = _(
        "A step is not taken back. A refusal closes the appointment; the last step gives the mandate."
    )
    done = _("The step is recorded.")
    grave = True
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("granted", _("granted")), ("refused", _("refused"))],
        widget=forms.RadioSelect,
    )
    taken_on = day_field(_("Taken on"))
    starts_on = day_field(_("The mandate begins on (for the last step)"), required=False)

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data, appointment = self.cleaned_data, self.record
        return services.record_step(
            appointment=appointment,
            position=appointment.steps.count() + 1,
            ground=self.ground(),
            is_refusal=data["outcome"] == "refused",
            starts_on=data["starts_on"],
            version=data["version"],
            **(stamp | {"on": data["taken_on"]}),
        )


class WithdrawForm(ActForm):
    """Give an appointment up."""

    right = APPOINT
    title = _("Withdraw the appointment")
    verb = _("Withdraw the appointment")
    consequence = _("The steps taken stay on record; another appointment can be begun.")
    done = _("The appointment is withdrawn.")
    grave = True
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Withdraw it."""
        data = self.cleaned_data
        return services.withdraw_appointment(
            appointment=self.record, reason=data["reason"], version=data["version"], **stamp
        )


APPOINTMENT_ACTS: dict[str, type[ActForm]] = {"step": StepForm, "withdraw": WithdrawForm}


class KnownForm(ActForm):
    """Say of a finding that it is history as a source tells it."""

    right = "organs.mark_known"
    title = _("Known from a source")
    verb = _("Record as known")
    consequence = _(
        "The finding stays on the page, marked as known from a source; the check does not count it "
        "as a fault any more."
    )
    done = _("The finding is recorded as known from a source.")
    reason = WordsField(label=_("Why it stands"), long=True, max_length=2000)
    source = forms.CharField(label=_("Source"), max_length=2000)

    def __init__(self, *args: Any, code: str, subject: str, **options: Any) -> None:
        self.code, self.subject = code, subject
        super().__init__(*args, **options)

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        services.mark_finding_known(
            organ=self.record,
            code=self.code,
            subject=self.subject,
            reason=data["reason"],
            source=data["source"],
            **stamp,
        )
        return True
