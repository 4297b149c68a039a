"""Commitments and all that happens to them, each step a row that is never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import Recorded, Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.decisions.models.register import Decision
from dabir.decisions.states import (
    BUDGETS,
    COMMITMENT_KINDS,
    DEADLINE_TYPES,
    NATURES,
    STATUSES,
    VERDICTS,
    Budget,
    DeadlineType,
    Kind,
    Nature,
    Status,
)
from dabir.documents.models import StoredFile
from dabir.organs.models import Organ
from dabir.registry.models import City, Post
from dabir.registry.states import PRECISIONS, Precision


def _report_id() -> str:
    return new_public_id("activity")


def _evidence_id() -> str:
    return new_public_id("evidence")


def _action_id() -> str:
    return new_public_id("action")


class Party(models.Model):
    """The one that leads a commitment: a post, a city, an organ, or words where none of them fits."""

    lead_post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_organ = models.ForeignKey(
        Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_words = I18nCharField(_("lead"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def leader(self) -> Post | City | Organ | None:
        """Who leads it, where it is a record of ours."""
        return self.lead_post or self.lead_city or self.lead_organ

    @property
    def lead_names(self) -> dict[str, str]:
        """What the one that leads it is called; empty where nobody does yet."""
        return as_words(self.leader.names if self.leader else self.lead_words)


class Commitment(Party, Versioned):
    """What a decision asks of somebody. The fields repeat the newest entries below, for lists."""

    public_id = models.CharField(_("public id"), max_length=130, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="commitments")
    position = models.PositiveIntegerField(_("order"), default=1)
    titles = I18nCharField(_("what is to be done"), max_length=400)
    kind = models.CharField(
        _("kind"), max_length=12, choices=COMMITMENT_KINDS.items(), default=Kind.ONE_OFF
    )
    status = models.CharField(
        _("status"), max_length=16, choices=STATUSES.items(), default=Status.NOT_STARTED
    )
    status_since = models.DateField(_("since"))
    deadline_type = models.CharField(
        _("deadline"), max_length=12, choices=DEADLINE_TYPES.items(), default=DeadlineType.NONE
    )
    deadline_on = models.DateField(_("due on"), null=True, blank=True)
    due_on = models.DateField(_("day that counts"), null=True, blank=True)
    folded = models.TextField(_("words by which it is found"), blank=True)
    budget = models.CharField(
        _("budget"), max_length=12, choices=BUDGETS.items(), default=Budget.UNKNOWN
    )
    last_report_on = models.DateField(_("last information"), null=True, blank=True)
    created_on = models.DateField(_("made on"))

    class Meta:
        verbose_name = _("commitment")
        ordering = ("decision__decided_on", "decision_id", "position")
        indexes = (
            models.Index(fields=["status", "deadline_on"], name="commitment_status_due"),
            models.Index(fields=["last_report_on"], name="commitment_silence"),
            models.Index(fields=["status_since", "public_id"], name="commitment_since"),
            models.Index(
                fields=["status", "status_since", "public_id"], name="commitment_status_since"
            ),
            models.Index(fields=["status", "due_on"], name="commitment_status_day"),
            models.Index(fields=["deadline_type", "status"], name="commitment_deadline"),
        )
        constraints = (
            models.UniqueConstraint(fields=["decision", "position"], name="commitment_place_once"),
            models.CheckConstraint(
                condition=~models.Q(deadline_type="candidates")
                | models.Q(deadline_on__isnull=True),
                name="open_deadline_schedules_nothing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_id} {say(self.titles)}"

    def reference(self) -> Reference:
        """The commitment as named beside records."""
        return Reference("commitment", self.public_id, as_words(self.titles), self.created_on)


class CommitmentTerms(Recorded, Party):
    """Who leads, what, until when and with which money: the terms from this day on."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="terms")
    titles = I18nCharField(_("what is to be done"), max_length=400)
    kind = models.CharField(_("kind"), max_length=12, choices=COMMITMENT_KINDS.items())
    lead: models.JSONField[Any, Any] = models.JSONField(
        _("lead, as named that day"), null=True, blank=True
    )
    addressees: models.JSONField[Any, Any] = models.JSONField(
        _("addressed to"), default=list, blank=True
    )
    deadline_type = models.CharField(_("deadline"), max_length=12, choices=DEADLINE_TYPES.items())
    deadline_on = models.DateField(_("due on"), null=True, blank=True)
    deadline_candidates: models.JSONField[Any, Any] = models.JSONField(
        _("possible dates"), default=list, blank=True
    )
    deadline_organ = models.ForeignKey(
        Organ,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("next session of"),
    )
    deadline_words = I18nCharField(
        _("deadline in the words of the text"), max_length=300, blank=True
    )
    recurrence = models.CharField(_("period, as ISO 8601"), max_length=20, blank=True)
    recurrence_from = models.DateField(_("periods count from"), null=True, blank=True)
    budget = models.CharField(_("budget"), max_length=12, choices=BUDGETS.items())
    budget_line = models.CharField(_("budget line"), max_length=120, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("terms of a commitment")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(deadline_type="date") | models.Q(deadline_on__isnull=False),
                name="dated_deadline_has_date",
                violation_error_message=_("A deadline of the kind “a date” needs its date."),
            ),
            models.CheckConstraint(
                condition=~models.Q(deadline_type="before_next")
                | models.Q(deadline_organ__isnull=False),
                name="session_deadline_names_organ",
                violation_error_message=_("A deadline before the next session names the organ."),
            ),
            models.CheckConstraint(
                condition=~models.Q(deadline_type="candidates")
                | models.Q(deadline_on__isnull=True),
                name="open_terms_schedule_nothing",
                violation_error_message=_("While several dates are possible, none is scheduled."),
            ),
            models.CheckConstraint(
                condition=~models.Q(budget="line") | ~models.Q(budget_line=""),
                name="budget_line_is_named",
                violation_error_message=_("Name the budget line."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.on}"


class ActivityReport(Recorded):
    """What somebody responsible says was done. `on` is the day the news is about or was given."""

    public_id = models.CharField(max_length=40, unique=True, default=_report_id, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reports")
    precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("what was done"))
    translations: models.JSONField[Any, Any] = models.JSONField(
        _("in other languages"), default=dict, blank=True
    )
    nature = models.CharField(
        _("nature"), max_length=12, choices=NATURES.items(), default=Nature.ACTIVITY
    )
    claims_done = models.BooleanField(_("says that it is done"), default=False)
    on_behalf_of: models.JSONField[Any, Any] = models.JSONField(
        _("on behalf of"), null=True, blank=True
    )
    source = models.TextField(_("source"), blank=True)
    # Public ids of the people who had seen the link by which it came; nothing where none was used.
    link_seen_by: models.JSONField[Any, Any] = models.JSONField(
        _("who had seen its link"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("activity report")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(on_behalf_of__isnull=True) | ~models.Q(source=""),
                name="report_on_behalf_names_source",
                violation_error_message=_(
                    "A report entered on behalf of somebody needs its source."
                ),
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="report_says_something"),
            models.CheckConstraint(
                condition=models.Q(claims_done=False) | models.Q(nature="activity"),
                name="only_activity_claims_completion",
                violation_error_message=_(
                    "Only news of an activity can say that something is done."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_id} {self.on}"

    def reference(self) -> Reference:
        """The report as named beside records."""
        return Reference(
            "activity_report", self.public_id, {self.language: self.text[:80]}, self.on
        )


class StatusEntry(Recorded):
    """From this day the commitment has this status, for this reason or by this report."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="status_entries"
    )
    status = models.CharField(_("status"), max_length=16, choices=STATUSES.items())
    reason = models.TextField(_("reason"), blank=True)
    report = models.ForeignKey(
        ActivityReport,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="status_entries",
    )

    class Meta:
        verbose_name = _("status of a commitment")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(status="done_accepted") | models.Q(report__isnull=False),
                name="acceptance_rests_on_report",
                violation_error_message=_("Closing needs an accepted report."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.status} {self.on}"


class ReportVerdict(Recorded):
    """A second person accepts or returns an activity report, or reverses an acceptance."""

    report = models.ForeignKey(ActivityReport, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(_("verdict"), max_length=10, choices=VERDICTS.items())
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("verdict on a report")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verdict="accepted") | ~models.Q(reason=""),
                name="return_has_reason",
                violation_error_message=_("Say why the report is returned."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.verdict}"


class Action(Recorded):
    """A step planned to carry out a commitment."""

    public_id = models.CharField(max_length=40, unique=True, default=_action_id, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="actions")
    titles = I18nTextField(_("step"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("action")
        ordering = ("due_on", "at", "id")

    def __str__(self) -> str:
        return say(self.titles)


class ActionOutcome(Recorded):
    """How a planned step ended."""

    action = models.OneToOneField(Action, on_delete=models.PROTECT, related_name="outcome")
    is_done = models.BooleanField(_("done"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("outcome of an action")

    def __str__(self) -> str:
        return f"{self.action_id} {self.is_done}"


class Evidence(Recorded):
    """A file with its hash, or a link with the day it was seen and a copy, behind a report."""

    public_id = models.CharField(max_length=40, unique=True, default=_evidence_id, editable=False)
    report = models.ForeignKey(ActivityReport, on_delete=models.PROTECT, related_name="evidence")
    label = models.CharField(_("what it shows"), max_length=300)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    url = models.URLField(_("link"), max_length=800, blank=True)
    seen_on = models.DateField(_("seen on"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(file__isnull=False)
                | (~models.Q(url="") & models.Q(seen_on__isnull=False)),
                name="evidence_is_file_or_dated_link",
                violation_error_message=_(
                    "Evidence is a file, or a link with the day it was seen."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.label


class EvidenceWithdrawal(Recorded):
    """Evidence that no longer counts, with the reason; the file stays."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("withdrawal of evidence")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="withdrawal_has_reason",
                violation_error_message=_("Say why the evidence is withdrawn."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence_id}"
