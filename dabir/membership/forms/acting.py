"""The questions that acts on a membership ask, each with its right and its consequence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.basis import BasisField
from dabir.membership.forms.holders import holder_choices, holder_of
from dabir.membership.models import Member
from dabir.membership.queries.statute import category_labels
from dabir.membership.services import steps
from dabir.statutes.queries import rules_on

RECORD = "membership.record_membership"


def category_choices() -> list[tuple[str, Any]]:
    """The categories of the statute in force today."""
    return list(category_labels(rules_on(timezone.localdate())).items())


class CategoryField(forms.ChoiceField):
    """A kind of membership."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Category"))
        super().__init__(choices=category_choices, **options)


class StepForm(ActForm):
    """One step of a membership: when, by which decision, why."""

    right = RECORD
    step: str
    on_day = day_field(_("On the day"))

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        options["initial"] = {"on_day": timezone.localdate()} | options.get("initial", {})
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Take the step."""
        data = self.cleaned_data
        return steps.change_membership(
            member=self.record,
            verb=self.step,
            basis=data.get("basis"),
            reason=data.get("reason", ""),
            category=data.get("category", ""),
            version=data["version"],
            **(stamp | {"on": data["on_day"]}),
        )


class SuspendForm(StepForm):
    """Suspend a membership."""

    step = "suspend"
    title = _("Suspend the membership")
    verb = _("Suspend")
    consequence = _(
        "From that day the member keeps only the rights that the statute leaves to suspended members. "
        "Only another decision lifts it."
    )
    done = _("The membership is suspended.")
    grave = True
    basis = BasisField()
    reason = reason_field()


class LiftForm(StepForm):
    """Lift a suspension."""

    step = "lift"
    title = _("Lift the suspension")
    verb = _("Lift the suspension")
    consequence = _("From that day the member has the rights of its category again.")
    done = _("The suspension is lifted.")
    basis = BasisField()
    reason = reason_field(required=False)


class CategoryForm(StepForm):
    """Give a member another category."""

    step = "change_category"
    title = _("Change the category")
    verb = _("Change the category")
    consequence = _("From that day the member has the rights and dues of the new category.")
    done = _("The category is changed.")
    category = CategoryField()
    basis = BasisField()
    reason = reason_field(required=False)


class LeaveForm(StepForm):
    """A member leaves by its own word."""

    step = "leave"
    title = _("Record that the member leaves")
    verb = _("Record the leaving")
    consequence = _(
        "The membership ends on that day; its history, number and open dues stay on record. The city "
        "can return later."
    )
    done = _("The leaving is recorded.")
    grave = True
    reason = reason_field(label=_("By which letter, and why"))


class LapseForm(StepForm):
    """A membership lapses under the statute."""

    step = "lapse"
    title = _("Record that the membership lapsed")
    verb = _("Record the lapse")
    consequence = _("The membership ends on that day; its history and open dues stay on record.")
    done = _("The lapse is recorded.")
    grave = True
    basis = BasisField()
    reason = reason_field()


class EndForm(StepForm):
    """An organ ends a membership."""

    step = "end"
    title = _("Record that the membership was ended by decision")
    verb = _("Record the end")
    consequence = _("The membership ends on that day; its history and open dues stay on record.")
    done = _("The end of the membership is recorded.")
    grave = True
    basis = BasisField()
    reason = reason_field()


class ReturnForm(StepForm):
    """A former member is taken back."""

    step = "return"
    title = _("Record the return")
    verb = _("Record the return")
    consequence = _(
        "The city is a member again from that day, under its old number; the years between stay in "
        "its history."
    )
    done = _("The return is recorded.")
    category = CategoryField()
    basis = BasisField()
    reason = reason_field(required=False)


MEMBER_ACTS: dict[str, type[StepForm]] = {
    form.step: form
    for form in (SuspendForm, LiftForm, CategoryForm, ReturnForm, LeaveForm, LapseForm, EndForm)
}


class HonourForm(ActForm):
    """Give honorary membership by a decision."""

    right = RECORD
    title = _("Record an honorary membership")
    verb = _("Record it")
    consequence = _(
        "The person, city or body is an honorary member from that day, by the decision named. Nobody "
        "applies for it, and it owes no dues."
    )
    done = _("The honorary membership is recorded.")
    grave = True
    holder = forms.ChoiceField(label=_("To whom"))
    category = CategoryField(initial="honorary")
    on_day = day_field(_("On the day"))
    basis = BasisField()
    reason = reason_field(required=False, label=pgettext_lazy("honorary membership", "For what"))

    def __init__(self, *args: Any, record: Any = None, **options: Any) -> None:
        super().__init__(*args, record=record, **options)
        self.fields["holder"].choices = holder_choices()  # type: ignore[attr-defined]  # a choice field

    def perform(self, stamp: Stamp) -> Member:
        """Record it."""
        data = self.cleaned_data
        return steps.honour_member(
            holder=holder_of(data["holder"]),
            category=data["category"],
            basis=data["basis"],
            reason=data["reason"],
            **(stamp | {"on": data["on_day"]}),
        )
