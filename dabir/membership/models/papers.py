"""What members owe, and what was printed and frozen of them: written once, never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from dabir.core.models import AppendOnly, Recorded
from dabir.core.money import Money
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.documents.models import StoredFile
from dabir.membership.models.members import Member, Step
from dabir.membership.states import DUES_KINDS, EXACTNESS
from dabir.registry.models import Person


def _snapshot_id() -> str:
    return new_public_id("standing")


class DuesEntry(Recorded):
    """What one year costs a member, or what was paid of it, as a source tells it. `on` is the day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="dues")
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=6, choices=DUES_KINDS.items())
    minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    decimals = models.PositiveSmallIntegerField(_("decimals of the currency"))
    source = models.TextField(_("source"))
    reason = models.TextField(_("reason of the correction"), blank=True)

    class Meta:
        verbose_name = _("entry of dues")
        ordering = ("year", "on", "at", "id")
        indexes = (models.Index(fields=["member", "year"], name="dues_member_year"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="dues_have_source",
                violation_error_message=_("Dues are entered with their source."),
            ),
            models.CheckConstraint(
                condition=models.Q(minor__gt=0) | (models.Q(minor__lt=0) & ~models.Q(reason="")),
                name="negative_dues_have_reason",
                violation_error_message=_("An amount below zero is a correction and says why."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.year} {self.kind} {self.money.plain()} {self.currency}"

    @property
    def money(self) -> Money:
        """The amount."""
        return Money(self.minor, self.currency, self.decimals)


class Plan(Recorded):
    """A plan of payment granted to a member until a day; `until` on the day itself ends an earlier one."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="plans")
    until = models.DateField(_("kept until"))
    words = models.TextField(_("what was agreed"))
    basis: models.JSONField[Any, Any] = models.JSONField(_("by which decision"), null=True)

    class Meta:
        verbose_name = _("plan of payment")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("on")),
                name="plan_ends_after_start",
                violation_error_message=_("A plan of payment cannot end before it is granted."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.until}"


class Accreditation(Recorded):
    """A member names who speaks and votes for it, from the day until before `until`."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="accreditations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = I18nCharField(_("representative"), max_length=300, blank=True)
    until = models.DateField(_("until, that day not included"))
    letter = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("accreditation of a representative")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("on")),
                name="accreditation_ends_after_start",
                violation_error_message=_("An accreditation ends after the day it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(letter__isnull=False) | ~models.Q(source=""),
                name="accreditation_has_letter",
                violation_error_message=_(
                    "An accreditation rests on a letter: its file or its number."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.until}"


class Certificate(Recorded):
    """The certificate of a membership, as printed: its data and files stay the same bytes for ever."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="certificates")
    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="certificate")
    verification_code = models.CharField(_("verification code"), max_length=24, unique=True)
    data: models.JSONField[Any, Any] = models.JSONField(_("what it says"))
    persian = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    english = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("certificate of membership")
        ordering = ("on", "at", "id")

    def __str__(self) -> str:
        return self.verification_code


class Snapshot(Recorded):
    """The standing of all members on one day, frozen for a meeting; later payment changes nothing."""

    public_id = models.CharField(max_length=40, unique=True, default=_snapshot_id, editable=False)
    meeting: models.JSONField[Any, Any] = models.JSONField(_("for the meeting"))
    as_of = models.DateField(_("standing on the day"))
    rule_set = models.CharField(_("rule set"), max_length=80)
    answers: models.JSONField[Any, Any] = models.JSONField(_("reasons"))
    digest = models.CharField(_("SHA-256 of the list"), max_length=64)

    class Meta:
        verbose_name = _("frozen list of standing")
        ordering = ("on", "at", "id")

    def __str__(self) -> str:
        return f"{self.public_id} {self.as_of}"

    def reference(self) -> Reference:
        """The list as named beside records."""
        return Reference("standing", self.public_id, dict(self.meeting["labels"]), self.as_of)

    def get_absolute_url(self) -> str:
        """The page of the list, to which one comes after freezing it."""
        return reverse("membership:snapshot", args=[self.public_id])


class SnapshotLine(AppendOnly):
    """One member in a frozen list, and where its reasons stand: many members have the same ones."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="lines")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    names: models.JSONField[Any, Any] = models.JSONField(_("name as on that day"))
    category = models.CharField(_("category"), max_length=40)
    may_vote = models.BooleanField(_("may vote"), null=True)
    may_stand = models.BooleanField(_("may stand for election"), null=True)
    may_speak = models.BooleanField(_("may speak"), null=True)
    answer = models.PositiveIntegerField(_("place among the reasons of the list"))

    class Meta:
        verbose_name = _("line of a list of standing")
        constraints = (
            models.UniqueConstraint(fields=["snapshot", "member"], name="member_in_list_once"),
        )

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.member_id}"


class Ruling(Recorded):
    """The chair rules on one member of a frozen list; the list stays, the ruling stands beside it."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="rulings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="rulings")
    right = models.CharField(
        _("right"),
        max_length=6,
        choices=[
            ("vote", _("to vote")),
            ("stand", _("to stand for election")),
            ("speak", _("to speak")),
        ],
    )
    granted = models.BooleanField(_("given"))
    chair = models.CharField(_("who ruled"), max_length=200)
    reason = models.TextField(_("reason"))
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("ruling of the chair")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(chair=""),
                name="ruling_has_reason_and_chair",
                violation_error_message=_("A ruling names who gave it and why."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.member_id} {self.right}"


class SizeTold(Recorded):
    """How many members a source gives for a year; sources stand side by side, none is made the truth."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    exactness = models.CharField(
        _("how exact"), max_length=10, choices=EXACTNESS.items(), default="exactly"
    )
    unit = I18nCharField(_("of what"), max_length=200)
    said_by = I18nCharField(_("said by"), max_length=200, blank=True)
    source = models.TextField(_("source"))

    class Meta:
        verbose_name = _("number of members by a source")
        ordering = ("year", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="size_has_source",
                violation_error_message=_("A number of members is entered with its source."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}: {self.number}"
