"""Kinds of organs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganKind(models.TextChoices):
    """What an organ is."""

    ASSEMBLY = "assembly", _("assembly")
    BOARD = "board", _("board")
    OFFICE = "office", _("office of one person")
    SECRETARIAT = "secretariat", _("secretariat")
    COMMISSION = "commission", _("commission")
    COMMITTEE = "committee", _("committee")
    INSPECTORATE = "inspectorate", _("inspectorate")


ORGAN_KINDS = {c.value: c.label for c in OrganKind}
