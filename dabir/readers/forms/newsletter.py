"""The acts on a newsletter, and ending a subscription for somebody who asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.core.words import reader_language, say
from dabir.readers import services
from dabir.readers.models import Issue, Subscriber
from dabir.readers.queries.newsletter import what_happened
from dabir.readers.states import ITEM_KINDS
from dabir.readers.tasks import approve_and_send

WRITE, SEND = "readers.write_newsletter", "readers.send_newsletter"


class BeginForm(ActForm):
    """Begin a newsletter about a period."""

    right = WRITE
    title = _("Begin a newsletter")
    verb = _("Begin")
    consequence = _(
        "What was decided, published and held in these days is laid together to choose from."
    )
    done = _("It is begun: choose what it tells.")
    since = day_field(_("From"))
    until = day_field(_("Until"))

    def perform(self, stamp: Stamp) -> Issue:
        """Begin it."""
        data = self.cleaned_data
        return services.begin_issue(since=data["since"], until=data["until"], **stamp)


class EditForm(ActForm):
    """Choose what it tells, and write."""

    right = WRITE
    title = _("Choose and write")
    verb = _("Keep")
    done = _("It is kept.")
    titles = WordsField(label=_("Title"), max_length=300)
    words = WordsField(
        label=_("Your words, before everything else"), long=True, max_length=10000, required=False
    )
    chosen = forms.MultipleChoiceField(
        label=_("What it tells"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, record: Issue, **options: Any) -> None:
        options["initial"] = {
            "titles": record.titles,
            "words": record.words,
            "chosen": [item["key"] for item in record.items],
        }
        super().__init__(*args, record=record, **options)
        language = reader_language()
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]  # a field with choices
            (item["key"], f"{ITEM_KINDS[item['kind']]}: {say(item['titles'], language)}")
            for item in what_happened(record.since, record.until)
        ]

    def perform(self, stamp: Stamp) -> Issue:
        """Keep it."""
        data = self.cleaned_data
        return services.edit_issue(
            issue=self.record,
            titles=data["titles"],
            words=data["words"],
            chosen=data["chosen"],
            version=data["version"],
            **stamp,
        )


class SubmitForm(ActForm):
    """Ask for the second look."""

    right = WRITE
    title = _("Hand in for a second look")
    verb = _("Hand in")
    consequence = _("Somebody else reads it and sends it; until then nothing leaves.")
    done = _("It waits for a second look.")

    def perform(self, stamp: Stamp) -> Issue:
        """Hand it in."""
        return services.submit_issue(
            issue=self.record, version=self.cleaned_data["version"], **stamp
        )


class ApproveForm(ActForm):
    """Let it go out."""

    right = SEND
    title = _("Send it")
    verb = _("Send to everybody who confirmed")
    grave = True
    consequence = _(
        "Each reader who confirmed gets one letter in the language chosen, with a link to end it. "
        "What has left cannot be taken back."
    )
    done = _("It goes into the outbox, portion by portion.")

    def __init__(self, *args: Any, site: str = "", **options: Any) -> None:
        self.site = site
        super().__init__(*args, **options)

    def perform(self, stamp: Stamp) -> Issue:
        """Send it."""
        version = self.cleaned_data["version"]
        return approve_and_send(issue=self.record, site=self.site, version=version, **stamp)


class ReturnForm(ActForm):
    """Give it back."""

    right = SEND
    title = _("Return it to writing")
    verb = _("Return")
    done = _("It is being written again.")
    reason = reason_field(label=_("What is to change"))

    def perform(self, stamp: Stamp) -> Issue:
        """Return it."""
        data = self.cleaned_data
        return services.return_issue(
            issue=self.record, reason=data["reason"], version=data["version"], **stamp
        )


class DropForm(ActForm):
    """Let it be."""

    right = WRITE
    title = _("Drop it")
    verb = _("Drop")
    done = _("It is dropped.")
    reason = reason_field()

    def perform(self, stamp: Stamp) -> Issue:
        """Drop it."""
        data = self.cleaned_data
        return services.drop_issue(
            issue=self.record, reason=data["reason"], version=data["version"], **stamp
        )


class EndForm(ActForm):
    """End a subscription for somebody who asks by telephone or letter."""

    right = WRITE
    title = _("End a subscription")
    verb = _("End it")
    consequence = _("The address is erased and gets no newsletter any more.")
    done = _("It is ended, and the address erased.")
    address = forms.EmailField(label=_("E-mail address"), max_length=254)

    def perform(self, stamp: Stamp) -> Subscriber:
        """End it."""
        return services.end_newsletter_of(address=self.cleaned_data["address"], **stamp)


# The acts on a newsletter, in the order in which they are offered; the verbs are its states'.
ISSUE_ACTS: dict[str, type[ActForm]] = {
    "edit": EditForm,
    "submit": SubmitForm,
    "approve": ApproveForm,
    "return": ReturnForm,
    "drop": DropForm,
}
