"""How exactly a date is known; what can be told of a city, and how it counts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words


class Precision(models.TextChoices):
    """A date is shown no more exactly than it is known."""

    DAY = "day", _("the day is known")
    MONTH = "month", _("the month is known")
    YEAR = "year", _("the year is known")
    CANDIDATES = "candidates", _("several readings are open")
    UNKNOWN = "unknown", _("unknown")


class FactKind(models.TextChoices):
    """What is told of a city."""

    COORDINATES = "coordinates", _("Coordinates")
    POPULATION = "population", _("Population")
    INCOME_GROUP = "income_group", _("Income group of the country")


class Scope(models.TextChoices):
    """The area to which a population belongs: the usual reason why two figures differ."""

    UNSAID = "", _("the source does not say")
    PROPER = "proper", _("the city within its limits")
    METROPOLIS = "metropolis", _("the metropolitan area")
    PROVINCE = "province", _("the province or county")


class Confidence(models.TextChoices):
    """How sure the source, or whoever entered it, is."""

    CERTAIN = "certain", _("certain")
    PROBABLE = "probable", _("probable")
    DOUBTFUL = "doubtful", _("doubtful")


class Verdict(models.TextChoices):
    """How a value counts among the others."""

    OFFICIAL = "official", _("official")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Income(models.TextChoices):
    """The World Bank's groups of countries."""

    LOW = "low", _("low income")
    LOWER_MIDDLE = "lower_middle", _("lower middle income")
    UPPER_MIDDLE = "upper_middle", _("upper middle income")
    HIGH = "high", _("high income")


def _words(choices: type[models.TextChoices]) -> dict[str, Words]:
    return {choice.value: choice.label for choice in choices}


PRECISIONS = _words(Precision)
FACT_KINDS = _words(FactKind)
SCOPES = _words(Scope)
CONFIDENCES = _words(Confidence)
JUDGEMENTS = _words(Verdict)
INCOME_GROUPS = _words(Income)
