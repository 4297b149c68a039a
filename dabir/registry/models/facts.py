"""What is known of a city: values with year, source and confidence; conflicting ones side by side."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from dabir.core.models import Recorded
from dabir.core.words import say
from dabir.registry.models.records import City
from dabir.registry.states import CONFIDENCES, FACT_KINDS, JUDGEMENTS, SCOPES, Confidence


class CityFact(Recorded):
    """One value that one source gives of a city; another value never replaces it.

    `value` is written in one way for each kind: "35.69439 51.42151" (latitude, longitude in
    degrees), whole inhabitants, the World Bank's name of an income group.
    """

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(_("what is told"), max_length=20, choices=FACT_KINDS.items())
    value = models.CharField(_("value"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    scope = models.CharField(
        _("for which area"), max_length=12, choices=SCOPES.items(), blank=True, default=""
    )
    source = models.TextField(_("source"))
    source_on = models.DateField(_("date of the source"), null=True, blank=True)
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=CONFIDENCES.items(), default=Confidence.PROBABLE
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("fact of a city")
        indexes = (models.Index(fields=["city", "kind", "year"], name="fact_of_city"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="coordinates", year__isnull=True)
                | (~models.Q(kind="coordinates") & models.Q(year__isnull=False)),
                name="fact_has_year_where_it_changes",
                violation_error_message=_("Population and income group are told for a year."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="fact_has_source",
                violation_error_message=_("A value without a source cannot be kept."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.city} · {self.kind} {self.year or ''}: {self.value}"


class FactJudgement(Recorded):
    """Somebody said of a value that it is the official one, or that it no longer counts, and why."""

    fact = models.ForeignKey(CityFact, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(_("verdict"), max_length=10, choices=JUDGEMENTS.items())
    reason = models.TextField(_("reason"))
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("judgement on a fact")

    def __str__(self) -> str:
        return f"{self.fact} · {self.verdict}"


class CityFormerName(Recorded):
    """The names under which a city was kept until that day; it is still found by them."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="former_names")
    names = I18nCharField(_("name"), max_length=200)
    reason = models.TextField(_("reason"), blank=True)
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("former name of a city")

    def __str__(self) -> str:
        return say(self.names)
