"""Rule sets: the statute as dated data. The version in force on the date of an act decides."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from dabir.core.models import Recorded
from dabir.core.words import say


class RuleSet(Recorded):
    """One version of the statute as TOML, in force from a date by a decision. `on` is the adoption."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=300)
    in_force_from = models.DateField(_("in force from"))
    text = models.TextField(_("rules, as TOML"))
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("rule set")
        ordering = ("in_force_from", "at")

    def __str__(self) -> str:
        return say(self.names)
