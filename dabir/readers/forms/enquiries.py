"""The acts on what a reader wrote, and which of it is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dabir.core.acting import ActForm, Stamp, reason_field
from dabir.core.narrowing import NarrowingForm
from dabir.readers import services
from dabir.readers.models import Enquiry
from dabir.readers.states import ENQUIRY_KINDS, ENQUIRY_STATES, OUTCOMES

RIGHT = "readers.answer_enquiry"


class TakeForm(ActForm):
    """Look at it oneself."""

    right = RIGHT
    title = _("Take it on")
    verb = _("Take it on")
    consequence = _("Your colleagues see that you are looking at it.")
    done = _("It is yours to answer.")

    def perform(self, stamp: Stamp) -> Enquiry:
        """Take it."""
        return services.take_enquiry(
            enquiry=self.record, version=self.cleaned_data["version"], **stamp
        )


class PutBackForm(ActForm):
    """Let somebody else look at it."""

    right = RIGHT
    title = _("Put it back")
    verb = _("Put it back")
    consequence = _("It waits for whoever takes it on.")
    done = _("It waits for somebody else.")

    def perform(self, stamp: Stamp) -> Enquiry:
        """Put it back."""
        return services.put_back_enquiry(
            enquiry=self.record, version=self.cleaned_data["version"], **stamp
        )


class AnswerForm(ActForm):
    """Answer by a letter."""

    right = RIGHT
    title = _("Write the answer")
    verb = _("Put the answer into the outbox")
    consequence = _(
        "A letter with a number of the letter book goes into the outbox; it leaves from there."
    )
    done = _("The answer lies in the outbox.")
    subject = forms.CharField(label=_("Subject"), max_length=300)
    body = forms.CharField(
        label=_("Text of the letter"), max_length=20000, widget=forms.Textarea(attrs={"rows": 14})
    )

    def __init__(self, *args: Any, record: Enquiry, **options: Any) -> None:
        with override(record.language):
            greeting = plain("Dear %(name)s,") % {"name": record.name} if record.name else ""
            words = greeting or plain("Dear reader,")
            subject = plain("Your message to us")
        options["initial"] = {"subject": subject, "body": f"{words}\n\n"}
        super().__init__(*args, record=record, **options)
        for name in ("subject", "body"):
            self.fields[name].widget.attrs |= {"lang": record.language, "dir": "auto"}

    def perform(self, stamp: Stamp) -> Enquiry:
        """Write it."""
        data = self.cleaned_data
        services.answer_enquiry(
            enquiry=self.record,
            subject=data["subject"],
            body=data["body"],
            version=data["version"],
            **stamp,
        )
        return self.record  # type: ignore[no-any-return]  # the page goes back to it


class CloseForm(ActForm):
    """Close it without an answer."""

    right = RIGHT
    title = _("Close without an answer")
    verb = _("Close")
    consequence = _("It no longer waits. Until it is erased it can be opened again.")
    done = _("It is closed.")
    outcome = forms.ChoiceField(label=_("Why"), choices=OUTCOMES.items(), widget=forms.RadioSelect)
    words = reason_field(label=_("What came of it"), required=False)

    def perform(self, stamp: Stamp) -> Enquiry:
        """Close it."""
        data = self.cleaned_data
        return services.close_enquiry(
            enquiry=self.record,
            outcome=data["outcome"],
            words=data["words"],
            version=data["version"],
            **stamp,
        )


class ReopenForm(ActForm):
    """Let it wait again."""

    right = RIGHT
    title = _("Open it again")
    verb = _("Open again")
    consequence = _("It waits again for whoever takes it on.")
    done = _("It waits again.")
    words = reason_field()

    def perform(self, stamp: Stamp) -> Enquiry:
        """Open it again."""
        data = self.cleaned_data
        return services.reopen_enquiry(
            enquiry=self.record, words=data["words"], version=data["version"], **stamp
        )


class EraseForm(ActForm):
    """Forget it now, as whoever wrote it asks."""

    right = RIGHT
    title = _("Erase what was written")
    verb = _("Erase")
    grave = True
    consequence = _(
        "Name, address and words are gone for good, and nobody can answer any more. The number and "
        "what became of it stay."
    )
    done = _("What was written is erased.")

    def perform(self, stamp: Stamp) -> Enquiry:
        """Erase it."""
        return services.erase_enquiry(enquiry=self.record, **stamp)


# The acts on what a reader wrote, in the order in which they are offered.
ENQUIRY_ACTS: dict[str, type[ActForm]] = {
    "answer": AnswerForm,
    "take": TakeForm,
    "put_back": PutBackForm,
    "close": CloseForm,
    "reopen": ReopenForm,
    "erase": EraseForm,
}


class EnquiryFilter(NarrowingForm):
    """Which of it is shown."""

    lookups = {"state": "state", "kind": "kind"}

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *ENQUIRY_STATES.items()], required=False
    )
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("", _("all")), *ENQUIRY_KINDS.items()], required=False
    )
