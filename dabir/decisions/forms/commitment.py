"""The acts on a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.core.offered import Offered
from dabir.core.reference import Reference
from dabir.core.words import as_words
from dabir.decisions.forms.acting import DeadlineFields, LeadField, deadline_initial, lead_value
from dabir.decisions.queries.suggestions import Suggestion, suggestion_for
from dabir.decisions.services import activity, agreed, terms
from dabir.decisions.states import BUDGETS, COMMITMENT_KINDS
from dabir.registry.models import Post


class CommitmentForm(DeadlineFields, ActForm):
    """Make a commitment from a decision."""

    right = "decisions.make_commitment"
    title = _("Make a commitment")
    verb = _("Make the commitment")
    consequence = _("It appears in the register, not started, from the day of the decision.")
    done = _("The commitment is in the register.")
    titles = WordsField(label=_("What is to be done"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Offered(COMMITMENT_KINDS.items()))
    lead = LeadField(required=False)
    addressees = WordsField(label=_("Addressed to"), required=False)
    budget = forms.ChoiceField(
        label=_("Budget"), choices=Offered(BUDGETS.items()), initial="unknown"
    )
    budget_line = forms.CharField(label=_("Budget line"), required=False, max_length=120)
    field_order = ("titles", "kind", "lead", "addressees", "deadline_type")

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        node = record.node
        found = suggestion_for(node) if node else Suggestion()
        initial = {"lead": found.lead, "addressees": dict(found.addressees), "kind": found.kind}
        options["initial"] = initial | dict(found.deadline) | (options.get("initial") or {})
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Bind the lead to what the decision asks."""
        data = self.cleaned_data
        named = data["addressees"]
        return terms.make_commitment(
            decision=self.record,
            terms=agreed.Terms(
                titles=data["titles"],
                kind=data["kind"],
                lead=data["lead"],
                addressees=(Reference("words", "", named),) if named else (),
                deadline=self.deadline(),
                budget=data["budget"],
                budget_line=data["budget_line"],
            ),
            **stamp,
        )


class AssignForm(ActForm):
    """Give a commitment its lead, or hand it over."""

    right = "decisions.assign_commitment"
    title = _("Assign or hand over")
    verb = _("Assign")
    consequence = _(
        "The new lead answers from today; everything that happened before stays in the history."
    )
    done = _("The lead has changed.")
    lead = LeadField()
    reason = reason_field(required=False)

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        lead = agreed.Lead(record.lead_post, record.lead_city, record.lead_organ)
        super().__init__(*args, record=record, initial={"lead": lead_value(lead)}, **options)

    def perform(self, stamp: Stamp) -> object:
        """Assign it."""
        data = self.cleaned_data
        return terms.assign_commitment(
            commitment=self.record,
            lead=data["lead"],
            reason=data["reason"],
            version=data["version"],
            **stamp,
        )


class DeadlineForm(DeadlineFields, ActForm):
    """Change a deadline."""

    right = "decisions.set_deadline"
    title = _("Change the deadline")
    verb = _("Change the deadline")
    consequence = _("Reminders follow the new day; the old deadline stays in the history.")
    done = _("The deadline has changed.")
    reason = reason_field()

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        now = agreed.terms_in_force(record).deadline
        super().__init__(*args, record=record, initial=deadline_initial(now), **options)

    def perform(self, stamp: Stamp) -> object:
        """Set it."""
        return terms.set_deadline(
            commitment=self.record,
            deadline=self.deadline(),
            reason=self.cleaned_data["reason"],
            version=self.cleaned_data["version"],
            **stamp,
        )


class TermsForm(ActForm):
    """Change wording, kind or money of a commitment."""

    right = "decisions.set_deadline"
    title = _("Change wording or budget")
    verb = _("Save")
    consequence = _("The earlier wording stays in the history.")
    titles = WordsField(label=_("What is to be done"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Offered(COMMITMENT_KINDS.items()))
    budget = forms.ChoiceField(label=_("Budget"), choices=BUDGETS.items())
    budget_line = forms.CharField(label=_("Budget line"), required=False, max_length=120)
    reason = reason_field()

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        now = agreed.terms_in_force(record)
        initial = {
            "titles": as_words(record.titles),
            "kind": now.kind,
            "budget": now.budget,
            "budget_line": now.budget_line,
        }
        super().__init__(*args, record=record, initial=initial, **options)

    def perform(self, stamp: Stamp) -> object:
        """Change the terms."""
        data = self.cleaned_data
        changed = replace(
            agreed.terms_in_force(self.record),
            titles=data["titles"],
            kind=data["kind"],
            budget=data["budget"],
            budget_line=data["budget_line"],
        )
        return terms.change_terms(
            commitment=self.record,
            terms=changed,
            reason=data["reason"],
            version=data["version"],
            **stamp,
        )


class StartForm(ActForm):
    """Record that the work has begun."""

    right = "decisions.change_status"
    title = _("Record that the work has begun")
    verb = _("Start")
    done = _("The work is under way.")

    def perform(self, stamp: Stamp) -> object:
        """Start it."""
        version = self.cleaned_data["version"]
        return terms.start_commitment(commitment=self.record, version=version, **stamp)


class BlockForm(ActForm):
    """Record that the work cannot go on."""

    right = "decisions.change_status"
    title = _("Record that the work is blocked")
    verb = _("Record as blocked")
    consequence = _("A blocked commitment still counts as late when its day passes.")
    done = _("The commitment is recorded as blocked.")
    reason = reason_field(label=_("What blocks the work"))

    def perform(self, stamp: Stamp) -> object:
        """Block it."""
        data = self.cleaned_data
        return terms.block_commitment(
            commitment=self.record, reason=data["reason"], version=data["version"], **stamp
        )


class SetAsideForm(ActForm):
    """Record that a commitment does not apply."""

    right = "decisions.change_status"
    title = _("Set aside as not applicable")
    verb = _("Set aside")
    consequence = _("It is counted as not applicable and nobody is reminded any more.")
    done = _("The commitment is set aside.")
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Set it aside."""
        data = self.cleaned_data
        return terms.set_aside_commitment(
            commitment=self.record, reason=data["reason"], version=data["version"], **stamp
        )


class TakeUpForm(ActForm):
    """Take up a commitment that was set aside."""

    right = "decisions.change_status"
    title = _("Take up again")
    verb = _("Take up again")
    done = _("The commitment is taken up again.")
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Take it up."""
        data = self.cleaned_data
        return terms.take_up_again(
            commitment=self.record, reason=data["reason"], version=data["version"], **stamp
        )


class PlanForm(ActForm):
    """Plan a step."""

    right = "decisions.plan_action"
    title = _("Plan a step")
    verb = _("Plan the step")
    done = _("The step is planned.")
    titles = WordsField(label=_("Step"))
    due_on = day_field(_("Due on"), required=False)
    post = forms.ModelChoiceField(
        label=_("Who does it"),
        queryset=Post.objects.order_by("public_id"),
        to_field_name="public_id",
        required=False,
    )

    def perform(self, stamp: Stamp) -> object:
        """Plan it."""
        data = self.cleaned_data
        return activity.plan_action(
            commitment=self.record,
            titles=data["titles"],
            due_on=data["due_on"],
            post=data["post"],
            **stamp,
        )


class EndStepForm(ActForm):
    """End a planned step."""

    right = "decisions.plan_action"
    title = _("End a planned step")
    verb = _("End the step")
    done = _("The step has ended.")
    is_done = forms.TypedChoiceField(
        label=_("How it ended"),
        choices=[("yes", _("done")), ("no", _("dropped"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = reason_field(required=False, label=_("Note"))

    def perform(self, stamp: Stamp) -> object:
        """End it."""
        data = self.cleaned_data
        return activity.end_action(
            action=self.record, is_done=data["is_done"], note=data["note"], **stamp
        )


COMMITMENT_ACTS: dict[str, type[ActForm]] = {
    "assign": AssignForm,
    "deadline": DeadlineForm,
    "terms": TermsForm,
    "start": StartForm,
    "block": BlockForm,
    "set-aside": SetAsideForm,
    "take-up": TakeUpForm,
    "plan": PlanForm,
}
# Which step of the state table an act takes; the button asks the same table as the service.
STATE_VERBS = {
    "start": "start",
    "block": "block",
    "set-aside": "set_aside",
    "take-up": "take_up_again",
}
