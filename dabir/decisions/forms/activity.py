"""The acts on activity reports and their evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.words import reader_language
from dabir.decisions.forms.acting import LeadField
from dabir.decisions.models import ActivityReport, Commitment
from dabir.decisions.services import activity
from dabir.decisions.services.agreed import Lead
from dabir.documents.forms import FilesField, stored

LINKS = 3


class EvidenceFields(forms.Form):
    """Files and links that show what was done."""

    files = FilesField(label=_("Evidence: files"), required=False)
    link = forms.URLField(
        label=_("Evidence: link"), required=False, max_length=800, assume_scheme="https"
    )
    link_label = forms.CharField(label=_("What the link shows"), required=False, max_length=300)
    link_seen_on = day_field(_("The link was seen on"), required=False)
    link_copy = FilesField(
        label=_("Copy of the linked page"),
        required=False,
        help_text=_("A PDF or picture of the page, in case it disappears."),
    )

    def clean(self) -> dict[str, Any]:
        """A link says when it was seen."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("link") and not data.get("link_seen_on"):
            self.add_error("link_seen_on", _("Say on which day the link was seen."))
        return data

    def attach_to(self, report: ActivityReport, *, by: Actor, stamp: Stamp) -> None:
        """Keep the files and the link as evidence of the report."""
        now = {"by": by, "on": timezone.localdate(stamp["at"]), "at": stamp["at"]}
        for upload in self.cleaned_data["files"]:
            activity.attach_evidence(
                report=report, label=upload.name, file=stored(upload, at=stamp["at"]), **now
            )
        if self.cleaned_data["link"]:
            copies = self.cleaned_data["link_copy"]
            activity.attach_evidence(
                report=report,
                label=self.cleaned_data["link_label"] or self.cleaned_data["link"][:300],
                url=self.cleaned_data["link"],
                seen_on=self.cleaned_data["link_seen_on"],
                file=stored(copies[0], at=stamp["at"]) if copies else None,
                **now,
            )


class ReportFields(EvidenceFields):
    """What was done, when, and whether that is all of it."""

    happened_on = day_field(_("When was it done?"), required=False)
    text = forms.CharField(
        label=_("What was done?"), max_length=20000, widget=forms.Textarea(attrs={"rows": 6})
    )
    language = forms.ChoiceField(
        label=_("Language of this report"), choices=lambda: settings.LANGUAGES
    )
    claims_done = forms.TypedChoiceField(
        label=_("Is it done?"),
        choices=[("no", _("not yet: the work goes on")), ("yes", _("yes: it is done"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    field_order = ("text", "happened_on", "claims_done", "language", "files")


class FileReportForm(ReportFields, ActForm):
    """File an activity report, for oneself or on behalf of the one who sent it on paper."""

    right = "decisions.file_report"
    title = _("File an activity report")
    verb = _("File the report")
    consequence = _("A second person verifies it. Once filed it cannot be changed, only added to.")
    done = _("The report is filed and waits for a second person.")
    behalf = LeadField(label=_("On behalf of"), required=False)
    source = forms.CharField(
        label=_("Source, when on behalf of somebody"),
        required=False,
        max_length=400,
        help_text=_("The letter, form or message, attached below."),
    )
    record: Commitment

    def __init__(self, *args: Any, record: Commitment, **options: Any) -> None:
        initial = {"language": reader_language()}
        super().__init__(*args, record=record, initial=initial, **options)

    def clean(self) -> dict[str, Any]:
        """On behalf of somebody: with the source."""
        data = super().clean()
        behalf: Lead | None = data.get("behalf")
        if behalf and behalf.reference() and not data.get("source"):
            self.add_error("source", _("A report entered on behalf of somebody needs its source."))
        return data

    def perform(self, stamp: Stamp) -> object:
        """File it with its evidence."""
        data = self.cleaned_data
        day = data["happened_on"] or stamp["on"]
        if day > stamp["on"]:
            raise InvalidInput(
                fields={"happened_on": [_("This day is still to come.")]},
                message=_("News cannot come from the future."),
            )
        behalf: Reference | None = data["behalf"].reference() if data["behalf"] else None
        with transaction.atomic():
            report = activity.file_report(
                commitment=self.record,
                text=data["text"],
                language=data["language"],
                claims_done=data["claims_done"],
                on_behalf_of=behalf,
                source=data["source"],
                **(stamp | {"on": day}),
            )
            self.attach_to(report, by=stamp["by"], stamp=stamp)
        return report


class AcceptForm(ActForm):
    """Accept an activity report as a second person."""

    right = "decisions.verify_report"
    title = _("Accept the report")
    verb = _("Accept")
    consequence = _(
        "You confirm that the evidence shows what is said. A claim of completion closes the commitment."
    )
    done = _("The report is accepted.")
    reason = reason_field(required=False, label=_("Note"))

    def perform(self, stamp: Stamp) -> object:
        """Accept it."""
        return activity.accept_report(
            report=self.record, reason=self.cleaned_data["reason"], **stamp
        )


class ReturnForm(ActForm):
    """Return an activity report."""

    right = "decisions.verify_report"
    title = _("Return the report")
    verb = _("Return")
    consequence = _("The work counts as under way again; the reporter can file a further report.")
    done = _("The report is returned.")
    reason = reason_field(label=_("What is missing"))

    def perform(self, stamp: Stamp) -> object:
        """Return it."""
        return activity.return_report(
            report=self.record, reason=self.cleaned_data["reason"], **stamp
        )


class ReverseForm(ActForm):
    """Reverse an acceptance."""

    right = "decisions.reverse_acceptance"
    title = _("Reverse the acceptance")
    verb = _("Reverse the acceptance")
    consequence = _("What it closed is open again. The acceptance stays in the history.")
    done = _("The acceptance is reversed.")
    grave = True
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Reverse it."""
        return activity.reverse_acceptance(
            report=self.record, reason=self.cleaned_data["reason"], **stamp
        )


class WithdrawForm(ActForm):
    """Withdraw a piece of evidence."""

    right = "decisions.withdraw_evidence"
    title = _("Withdraw evidence")
    verb = _("Withdraw")
    consequence = _("It stays readable, marked as withdrawn, and no longer counts.")
    done = _("The evidence is withdrawn.")
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Withdraw it."""
        return activity.withdraw_evidence(
            evidence=self.record, reason=self.cleaned_data["reason"], **stamp
        )


REPORT_ACTS: dict[str, type[ActForm]] = {
    "accept": AcceptForm,
    "return": ReturnForm,
    "reverse": ReverseForm,
}
