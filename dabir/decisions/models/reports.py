"""Progress reports, their frozen editions and who received them; imports; saved views."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import AppendOnly, Recorded, Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.decisions.models.register import Decision
from dabir.decisions.states import REPORT_STATES, ReportState
from dabir.documents.models import StoredFile
from dabir.messaging.models import Letter
from dabir.organs.models import Organ


def _import_id() -> str:
    """Named by the first migration; the imports themselves are kept with the files."""
    return new_public_id("import")


class ProgressReport(Versioned):
    """The Secretary General's report to an organ, as of a date."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="progress_reports")
    titles = I18nCharField(_("title"), max_length=300)
    as_of = models.DateField(_("as of"))
    since = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    introduction = I18nTextField(_("introduction"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=REPORT_STATES.items(), default=ReportState.DRAFT
    )
    signed_off_on = models.DateField(_("signed off on"), null=True, blank=True)
    signed_off_by: models.JSONField[Any, Any] = models.JSONField(
        _("signed off by"), null=True, blank=True
    )
    signed_off_at = models.DateTimeField(_("signed off at"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress report")
        ordering = ("-as_of", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(
                    signed_off_on__isnull=False,
                    signed_off_at__isnull=False,
                    signed_off_by__isnull=False,
                ),
                name="signed_report_names_signer",
            ),
        )

    def __str__(self) -> str:
        return say(self.titles)

    def reference(self) -> Reference:
        """The report as named beside records."""
        return Reference("progress_report", self.public_id, as_words(self.titles), self.as_of)


class Remark(Versioned):
    """The Secretary General's remark on one decision in one report."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="remarks")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    text = I18nTextField(_("remark"))

    class Meta:
        verbose_name = _("remark")
        constraints = (
            models.UniqueConstraint(fields=["report", "decision"], name="one_remark_per_decision"),
        )

    def __str__(self) -> str:
        return say(self.text)


class Edition(Recorded):
    """A frozen edition: the data and every file of it stay the same bytes for ever."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    known_at = models.DateTimeField(_("as known at"))
    data = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    verification_code = models.CharField(_("verification code"), max_length=40, unique=True)
    reason = models.TextField(_("why a new edition"), blank=True)
    trail_sequence = models.PositiveBigIntegerField(_("entry of the trail"))
    trail_hash = models.CharField(_("hash of the trail"), max_length=64)

    class Meta:
        verbose_name = _("edition of a report")
        ordering = ("report", "number")
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""),
                name="new_edition_has_reason",
                violation_error_message=_("A new edition says what was wrong with the old one."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.report} {self.number}"


class EditionFile(AppendOnly):
    """One file of an edition: a format in a language."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=8)
    format = models.CharField(max_length=8)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of an edition")
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "language", "format"], name="edition_file_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language} {self.format}"


class Publication(Recorded):
    """An edition is shown to everybody from here on, or no longer; the newest row counts."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    is_public = models.BooleanField(_("shown to everybody"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("publication of an edition")
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_public=True) | ~models.Q(reason=""),
                name="taking_down_has_reason",
                violation_error_message=_("Say why the edition is no longer shown."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.is_public}"


class Dispatch(Recorded):
    """An edition sent to one recipient, with its letter."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="dispatches")
    recipient: models.JSONField[Any, Any] = models.JSONField(_("recipient"))
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="dispatch")

    class Meta:
        verbose_name = _("dispatch of a report")

    def __str__(self) -> str:
        return f"{self.edition_id} {self.letter_id}"


class DispatchReceipt(Recorded):
    """Who received it when: entered from a receipt, or by opening the link."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="receipts")
    how = models.CharField(
        _("how it is known"),
        max_length=10,
        choices=[("opened", _("link opened")), ("noted", _("noted"))],
    )
    received_by = models.CharField(_("received by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("receipt of a report")

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.on}"


class SavedView(models.Model):
    """A person's own arrangement of the register: filters, grouping and order."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filters"), max_length=1000)

    class Meta:
        verbose_name = _("saved view")
        constraints = (
            models.UniqueConstraint(fields=["user", "name"], name="saved_view_name_once"),
        )

    def __str__(self) -> str:
        return self.name
