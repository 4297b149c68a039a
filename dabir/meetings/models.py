"""Sessions of the organs: what was planned and what was held, kept apart."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import Recorded, Versioned
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.meetings.states import MEETING_STATES, MODES, MeetingState
from dabir.organs.models import Organ
from dabir.registry.models import City
from dabir.registry.states import PRECISIONS, Precision


class Meeting(Versioned):
    """One session of an organ. The plan and the fact are different fields."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="meetings")
    ordinal = models.PositiveIntegerField(_("number"), null=True, blank=True)
    names = I18nCharField(_("name"), max_length=300)
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    planned = I18nCharField(_("as planned"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    state = models.CharField(
        _("state"), max_length=12, choices=MEETING_STATES.items(), default=MeetingState.FORESEEN
    )
    mode = models.CharField(_("mode"), max_length=10, choices=MODES.items(), blank=True)
    theme = I18nTextField(_("theme"), blank=True)
    conflicts: models.JSONField[Any, Any] = models.JSONField(
        _("sources that contradict each other"), default=list, blank=True
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("meeting")
        ordering = ("starts_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="meeting_ends_after_start",
                violation_error_message=_("A meeting cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="called") | models.Q(starts_on__isnull=False),
                name="called_meeting_has_day",
                violation_error_message=_("A meeting is called for a day."),
            ),
            models.UniqueConstraint(
                fields=["organ", "ordinal"],
                condition=models.Q(ordinal__isnull=False),
                name="meeting_number_once",
            ),
        )

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The meeting as named beside records."""
        return Reference("meeting", self.public_id, as_words(self.names), self.starts_on)


class Call(Recorded):
    """A meeting is called, moved or cancelled; deadlines "before the next Assembly" read this."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="calls")
    starts_on = models.DateField(_("called for"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=MEETING_STATES.items())
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("call of a meeting")
        ordering = ("on", "at", "id")

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.starts_on}"


class Attendance(models.Model):
    """A city was present at a meeting, by a named source."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="attendances")
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("attendance")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "city"], name="city_present_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.city_id}"
