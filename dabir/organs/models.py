"""Organs, the seats in them, what each decision did to them, and appointments step by step.

`OrganAct` rows are the truth. `Organ`, `Seat` and `SeatFunction` repeat what follows from them, for
lists; `folding.py` computes it, `dabir check` compares.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import Recorded, Versioned
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.organs.states import (
    ACT_KINDS,
    APPOINTMENT_STATES,
    FUNCTIONS,
    MANNERS,
    ORGAN_KINDS,
    ActKind,
    AppointmentState,
    Manner,
)
from dabir.registry.models import City, Mandate, Person, Post
from dabir.registry.states import PRECISIONS, Precision


class Organ(Versioned):
    """An organ, by which decision it was founded, or that this is unknown."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=ORGAN_KINDS.items())
    position = models.PositiveIntegerField(_("order"), default=0)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    seats_foreseen = models.PositiveIntegerField(_("seats foreseen"), null=True, blank=True)
    seats_least = models.PositiveIntegerField(_("fewest seats"), null=True, blank=True)
    powers = I18nTextField(_("powers"), blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founded_precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.UNKNOWN
    )
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    abolished_basis: models.JSONField[Any, Any] = models.JSONField(
        _("abolished by which decision"), null=True, blank=True
    )
    is_annulled = models.BooleanField(_("foundation annulled"), default=False)
    conflicts: models.JSONField[Any, Any] = models.JSONField(
        _("sources that contradict each other"), default=list, blank=True
    )
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("organ")
        ordering = ("position", "key")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(abolished_on__isnull=True)
                | models.Q(founded_on__isnull=True)
                | models.Q(abolished_on__gt=models.F("founded_on")),
                name="organ_abolished_after_founded",
                violation_error_message=_("An organ is abolished after the day it was founded."),
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="organ_not_its_own_parent",
                violation_error_message=_("An organ does not belong to itself."),
            ),
        )

    def __str__(self) -> str:
        return say(self.names)

    def get_absolute_url(self) -> str:
        """The organ's page."""
        return reverse("organs:organ", args=[self.key])

    def reference(self) -> Reference:
        """The organ as named beside records."""
        return Reference("organ", self.key, as_words(self.names))

    def exists_on(self, day: date) -> bool:
        """Whether the organ was there on that day, as far as the days are known."""
        return (
            not self.is_annulled
            and (self.founded_on is None or self.founded_on <= day)
            and (self.abolished_on is None or day < self.abolished_on)
        )


class Seat(models.Model):
    """A city (or a post) holds a seat in an organ, from one day until the day before another."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    holder_unknown = models.BooleanField(_("no source names the holder"), default=False)
    manner = models.CharField(
        _("how it is come by"), max_length=12, choices=MANNERS.items(), default=Manner.UNKNOWN
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until, that day not included"), null=True, blank=True)
    precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    term_ends_on = models.DateField(_("term ends on"), null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    is_annulled = models.BooleanField(_("annulled"), default=False)
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("seat")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(city__isnull=False, post__isnull=True, holder_unknown=False)
                | models.Q(city__isnull=True, post__isnull=False, holder_unknown=False)
                | models.Q(city__isnull=True, post__isnull=True, holder_unknown=True),
                name="seat_of_city_or_post",
                violation_error_message=_("A seat is held by a city or by a post."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="seat_ends_after_start",
                violation_error_message=_("A seat ends after the day from which it is held."),
            ),
            models.UniqueConstraint(fields=["organ", "number"], name="seat_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.organ}: {self.city or self.post or _('unknown')}"

    def is_in_force(self, on: date) -> bool:
        """Whether the seat is held on that day."""
        return (self.starts_on is None or self.starts_on <= on) and (
            self.ends_on is None or on < self.ends_on
        )

    def holder(self) -> Reference | None:
        """The city or post as named beside records; None where no source names it."""
        held_by = self.city or self.post
        return held_by.reference() if held_by else None


class SeatFunction(models.Model):
    """The holder of a seat is chair, vice-chair or secretary, from one day until before another."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="functions")
    act = models.PositiveIntegerField(_("number of the act"))
    function = models.CharField(_("function"), max_length=12, choices=FUNCTIONS.items())
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until, that day not included"), null=True, blank=True)
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    is_annulled = models.BooleanField(_("annulled"), default=False)

    class Meta:
        verbose_name = _("function in an organ")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="function_ends_after_start",
                violation_error_message=_("A function ends after the day from which it is held."),
            ),
            models.UniqueConstraint(fields=["seat", "act"], name="function_given_once"),
        )

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_function_display()}"

    def is_in_force(self, on: date) -> bool:
        """Whether the function is held on that day."""
        return (self.starts_on is None or self.starts_on <= on) and (
            self.ends_on is None or on < self.ends_on
        )


class OrganAct(Recorded):
    """What one decision did to an organ: founded, changed, filled, ended, abolished, annulled."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("act"), max_length=12, choices=ACT_KINDS.items())
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="acts"
    )
    effective_on = models.DateField(_("with effect from"), null=True, blank=True)
    precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    changes: models.JSONField[Any, Any] = models.JSONField(
        _("what it did"), default=dict, blank=True
    )
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.SlugField(_("organ that decided"), max_length=80, blank=True)
    annuls = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="annulled_by"
    )
    reason = models.TextField(_("reason"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("act on an organ")
        ordering = ("organ", "number")
        constraints = (
            models.UniqueConstraint(fields=["organ", "number"], name="organ_act_number_once"),
            models.CheckConstraint(
                condition=models.Q(kind=ActKind.ANNUL, annuls__isnull=False)
                | (~models.Q(kind=ActKind.ANNUL) & models.Q(annuls__isnull=True)),
                name="annulment_names_its_act",
                violation_error_message=_("An annulment names the act that it annuls."),
            ),
            models.CheckConstraint(
                condition=models.Q(effective_on__isnull=True)
                | models.Q(decided_on__isnull=True)
                | ~models.Q(precision=Precision.DAY)
                | models.Q(effective_on__gte=models.F("decided_on")),
                name="no_effect_before_decision",
                violation_error_message=_(
                    "An act has no effect before the day on which it was decided."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ}: {self.number} {self.get_kind_display()}"

    def reference(self) -> Reference:
        """The act as named in the trail."""
        labels = as_words(self.organ.names)
        return Reference("organ_act", f"{self.organ.key}-{self.number}", labels, self.effective_on)


class Appointment(Versioned):
    """Somebody is brought into an office through the steps that the rule set in force names."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    opened_on = models.DateField(_("opened on"))
    chain: models.JSONField[Any, Any] = models.JSONField(_("steps that the rule set names"))
    article: models.JSONField[Any, Any] = models.JSONField(_("article"), default=dict, blank=True)
    rule_set = models.CharField(_("rule set"), max_length=80)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=APPOINTMENT_STATES.items(),
        default=AppointmentState.OPEN,
    )
    mandate = models.ForeignKey(
        Mandate, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments"
    )

    class Meta:
        verbose_name = _("appointment")
        ordering = ("opened_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=AppointmentState.COMPLETE, mandate__isnull=False)
                | (~models.Q(state=AppointmentState.COMPLETE) & models.Q(mandate__isnull=True)),
                name="complete_appointment_gave_mandate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.post}: {self.person}"

    def get_absolute_url(self) -> str:
        """The organ's page, where the steps stand."""
        return reverse("organs:organ", args=[self.organ.key]) + "#appointments"

    def reference(self) -> Reference:
        """The appointment as named in the trail."""
        return Reference("appointment", self.public_id, as_words(self.post.names), self.opened_on)


class AppointmentStep(Recorded):
    """One step of an appointment, taken by one organ: recommended, approved, endorsed, refused."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField(_("step"))
    is_refusal = models.BooleanField(_("refused"), default=False)
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an appointment")
        ordering = ("appointment", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["appointment", "position"], name="appointment_step_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.position}"


class KnownFinding(Recorded):
    """A finding about the organs that is a fact told by a source, not a fault of the record."""

    code = models.CharField(_("finding"), max_length=40)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="known_findings")
    subject = models.CharField(_("about"), max_length=200, blank=True)
    reason = I18nTextField(_("why it stands"))
    source = models.TextField(_("source"))

    class Meta:
        verbose_name = _("finding known from sources")
        constraints = (
            models.UniqueConstraint(fields=["code", "organ", "subject"], name="finding_known_once"),
        )

    def __str__(self) -> str:
        return f"{self.organ_id} {self.code}"
