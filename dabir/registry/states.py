"""How exactly a date is known."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """A date is shown no more exactly than it is known."""

    DAY = "day", _("the day is known")
    MONTH = "month", _("the month is known")
    YEAR = "year", _("the year is known")
    CANDIDATES = "candidates", _("several readings are open")
    UNKNOWN = "unknown", _("unknown")


PRECISIONS = {choice.value: choice.label for choice in Precision}
