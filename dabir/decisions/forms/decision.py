"""The acts on a decision, and the entry of a new one."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import RecordField, WordsField
from dabir.core.reference import Reference
from dabir.core.validation import is_free
from dabir.core.words import as_words, say
from dabir.decisions.models import Decision
from dabir.decisions.queries.themes import named_themes, theme_keys, theme_names
from dabir.decisions.services import register
from dabir.decisions.states import EFFECT_KINDS, RELATIONS
from dabir.documents.models import Node
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ

PUBLIC_ID = re.compile(r"^[a-z0-9][a-z0-9-]*/[A-Za-z0-9][A-Za-z0-9.-]*$")


def themes_of(text: str) -> list[str]:
    """The keys of themes typed with commas of either script between them, by name or by key."""
    return theme_keys(part.strip() for part in re.split(r"[,،]", text) if part.strip())


class RecordDecisionForm(ActForm):
    """Type in a decision that stands in no document here, such as one of the Board's minutes."""

    right = "decisions.record_decision"
    title = _("Enter a decision")
    verb = _("Enter the decision")
    consequence = _("It is in force from its day. Only a later decision can change it.")
    done = _("The decision is in the register.")
    public_id = forms.CharField(
        label=_("Permanent number"),
        max_length=120,
        help_text=_("Session and number, such as board-2026/3. It never changes."),
    )
    organ = RecordField(
        label=_("Organ that decided"), queryset=Organ.objects.all(), to_field_name="key"
    )
    meeting = RecordField(
        label=_("Session"),
        queryset=Meeting.objects.all(),
        to_field_name="public_id",
        required=False,
    )
    decided_on = day_field(_("Decided on"))
    titles = WordsField(label=_("Title"))
    text = WordsField(label=_("Text"), required=False, long=True, max_length=20000)
    themes = forms.CharField(label=_("Themes"), required=False, help_text=_("Separated by commas."))
    source = forms.CharField(label=_("Source"), max_length=400)

    def clean_public_id(self) -> str:
        """A number of the form session/number that is still free."""
        value: str = self.cleaned_data["public_id"].strip()
        if not PUBLIC_ID.match(value):
            raise forms.ValidationError(_("Write it as session/number, such as board-2026/3."))
        if not is_free(Decision(public_id=value), "public_id"):
            raise forms.ValidationError(_("This number is already given."))
        return value

    def perform(self, stamp: Stamp) -> object:
        """Enter it."""
        data = self.cleaned_data
        return register.record_decision(
            public_id=data["public_id"],
            organ=data["organ"],
            meeting=data["meeting"],
            titles=data["titles"],
            text=data["text"] or {},
            themes=themes_of(data["themes"]),
            decided_on=data["decided_on"],
            source=data["source"],
            **stamp,
        )


class ClauseDecisionForm(ActForm):
    """Make a decision from a clause of a document."""

    right = "decisions.record_decision"
    title = _("Make a decision from this clause")
    verb = _("Enter the decision")
    consequence = _("The decision takes the clause's permanent address and day.")
    done = _("The decision is in the register.")
    organ = RecordField(
        label=_("Organ that decided"), queryset=Organ.objects.all(), to_field_name="key"
    )
    titles = WordsField(label=_("Short title"))
    themes = forms.CharField(label=_("Themes"), required=False, help_text=_("Separated by commas."))
    record: Node

    def __init__(self, *args: Any, record: Node, **options: Any) -> None:
        organ = (record.document.organ or {}).get("id")
        super().__init__(*args, record=record, initial={"organ": organ}, **options)

    def perform(self, stamp: Stamp) -> object:
        """Enter it with the clause as its text."""
        data, node = self.cleaned_data, self.record
        decided_on = node.document.adopted_on
        if decided_on is None:
            raise forms.ValidationError(_("The document has no day of adoption yet."))
        return register.record_decision(
            public_id=node.public_id,
            organ=data["organ"],
            node=node,
            titles=data["titles"],
            themes=themes_of(data["themes"]),
            kinds=node.kinds,
            decided_on=decided_on,
            precision=node.document.adopted_precision,
            **stamp,
        )


class NoActionForm(ActForm):
    """Say that a clause asks nothing of anybody."""

    right = "decisions.declare_no_action"
    title = _("No action needed")
    verb = _("Record that no action is needed")
    consequence = _("The clause is no longer shown as waiting for a decision.")
    done = _("Recorded: no action is needed.")
    reason = WordsField(label=_("Reason"))

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        return register.declare_no_action(
            node=self.record, reason=self.cleaned_data["reason"], **stamp
        )


class WordingForm(ActForm):
    """Correct title and themes."""

    right = "decisions.correct_decision"
    title = _("Correct title or themes")
    verb = _("Save the correction")
    consequence = _("The old wording stays visible in the history.")
    done = _("The wording is corrected.")
    titles = WordsField(label=_("Title"))
    themes = forms.CharField(label=_("Themes"), required=False, help_text=_("Separated by commas."))
    reason = reason_field()

    def __init__(self, *args: Any, record: Decision, **options: Any) -> None:
        themes = ", ".join(say(name) for name in named_themes(record.themes, theme_names()))
        initial = {"titles": as_words(record.titles), "themes": themes}
        super().__init__(*args, record=record, initial=initial, **options)

    def perform(self, stamp: Stamp) -> object:
        """Correct it."""
        data = self.cleaned_data
        return register.correct_wording(
            decision=self.record,
            titles=data["titles"],
            themes=themes_of(data["themes"]),
            reason=data["reason"],
            version=data["version"],
            **stamp,
        )


class RelateForm(ActForm):
    """Say how this decision bears on an earlier one."""

    right = "decisions.relate_decisions"
    title = _("Bearing on an earlier decision")
    verb = _("Record the relation")
    consequence = _(
        "To amend, supersede or retire changes the force of the earlier decision from the day of "
        "this one. Only a further decision can change that again."
    )
    done = _("The relation is recorded.")
    grave = True
    kind = forms.ChoiceField(label=_("This decision"), choices=RELATIONS.items())
    earlier = forms.CharField(
        label=_("The earlier decision"),
        help_text=_("Its permanent number, such as haikou-2014/4.b."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    note = WordsField(label=_("Note"), required=False)

    def clean_earlier(self) -> Decision:
        """The decision with this number."""
        found = Decision.objects.filter(public_id=self.cleaned_data["earlier"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No decision has this number."))
        return found

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        return register.relate_decisions(
            later=self.record,
            earlier=data["earlier"],
            kind=data["kind"],
            note=data["note"] or {},
            **stamp,
        )


class EffectForm(ActForm):
    """Record what a decision did at once."""

    right = "decisions.correct_decision"
    title = _("Record an effect")
    verb = _("Record the effect")
    consequence = _("An effect is shown with the decision as its basis and is not taken back.")
    done = _("The effect is recorded.")
    kind = forms.ChoiceField(label=_("Effect"), choices=EFFECT_KINDS.items())
    target = WordsField(label=_("On whom or what"))
    words = WordsField(label=_("In words"), required=False, long=True, max_length=4000)

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        return register.record_effect(
            decision=self.record,
            kind=data["kind"],
            target=Reference("thing", "", data["target"]),
            words=data["words"] or {},
            **stamp,
        )


class ExhaustForm(ActForm):
    """Record that a decision is done."""

    right = "decisions.close_decision"
    title = _("Record as done")
    verb = _("Record as done")
    consequence = _("Every commitment was accepted; the decision moves to the list “done”.")
    done = _("The decision is recorded as done.")

    def perform(self, stamp: Stamp) -> object:
        """Exhaust it."""
        return register.exhaust_decision(decision=self.record, **stamp)


class LapseForm(ActForm):
    """Record that a decision lapsed by its own term."""

    right = "decisions.close_decision"
    title = _("Record as lapsed")
    verb = _("Record as lapsed")
    consequence = _("It no longer binds; what is open of it is no longer counted as late.")
    done = _("The decision is recorded as lapsed.")
    grave = True
    reason = reason_field(label=_("By which term of its own"))

    def perform(self, stamp: Stamp) -> object:
        """Lapse it."""
        return register.lapse_decision(
            decision=self.record, reason=self.cleaned_data["reason"], **stamp
        )


class ReviveForm(ActForm):
    """Put a decision back in force."""

    right = "decisions.close_decision"
    title = _("Back in force")
    verb = _("Put back in force")
    consequence = _("The decision binds again from today.")
    done = _("The decision is in force again.")
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Revive it."""
        return register.revive_decision(
            decision=self.record, reason=self.cleaned_data["reason"], **stamp
        )


DECISION_ACTS: dict[str, type[ActForm]] = {
    "wording": WordingForm,
    "relate": RelateForm,
    "effect": EffectForm,
    "done": ExhaustForm,
    "lapse": LapseForm,
    "revive": ReviveForm,
}
FORCE_ACTS = {"done": "exhaust", "lapse": "lapse", "revive": "revive"}
