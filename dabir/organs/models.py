"""Organs of the association and the seats in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import Versioned
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.organs.states import ORGAN_KINDS
from dabir.registry.models import City, Post
from dabir.registry.states import PRECISIONS, Precision


class Organ(Versioned):
    """An organ, by which decision it was founded, or that this is unknown."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=ORGAN_KINDS.items())
    position = models.PositiveIntegerField(_("order"), default=0)
    seats_foreseen = models.PositiveIntegerField(_("seats foreseen"), null=True, blank=True)
    powers = I18nTextField(_("powers"), blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founded_precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.UNKNOWN
    )
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("organ")
        ordering = ("position", "key")

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The organ as named beside records."""
        return Reference("organ", self.key, as_words(self.names))


class Seat(models.Model):
    """A city (or a post) holds a seat in an organ, from one day until the day before another."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="seats")
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    post = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until, that day not included"), null=True, blank=True)
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("seat")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(city__isnull=False, post__isnull=True)
                | models.Q(city__isnull=True, post__isnull=False),
                name="seat_of_city_or_post",
                violation_error_message=_("A seat is held by a city or by a post."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="seat_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ}: {self.city or self.post}"

    def is_in_force(self, on: date) -> bool:
        """Whether the seat is held on that day."""
        return (self.starts_on is None or self.starts_on <= on) and (
            self.ends_on is None or on < self.ends_on
        )
