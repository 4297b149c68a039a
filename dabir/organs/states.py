"""Kinds of organs, what is done to them by decision, and the steps of an appointment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.states import Machine, Transition


class OrganKind(models.TextChoices):
    """What an organ is."""

    ASSEMBLY = "assembly", _("assembly")
    BOARD = "board", _("board")
    OFFICE = "office", _("office of one person")
    SECRETARIAT = "secretariat", _("secretariat")
    COMMISSION = "commission", _("commission")
    COMMITTEE = "committee", _("committee")
    INSPECTORATE = "inspectorate", _("inspectorate")


class ActKind(models.TextChoices):
    """What a decision did to an organ."""

    FOUND = "found", _("founded")
    CHANGE = "change", pgettext_lazy("organ", "changed")
    ABOLISH = "abolish", _("abolished")
    FILL = "fill", _("seat given")
    REPLACE = "replace", _("seat given for the rest of the term")
    END = "end", _("seat ended")
    ENTRUST = "entrust", _("function given")
    RELIEVE = "relieve", _("function ended")
    ANNUL = "annul", _("annulled")


class Function(models.TextChoices):
    """What the holder of a seat does in the organ beside sitting in it."""

    CHAIR = "chair", pgettext_lazy("function", "chair")
    VICE_CHAIR = "vice_chair", pgettext_lazy("function", "vice-chair")
    SECRETARY = "secretary", pgettext_lazy("function", "secretary")


class Manner(models.TextChoices):
    """How a seat is come by."""

    ELECTED = "elected", _("elected")
    EX_OFFICIO = "ex_officio", _("by right of office or seat")
    APPOINTED = "appointed", _("appointed")
    UNKNOWN = "unknown", _("unknown")


class Severity(models.TextChoices):
    """How much a finding about the organs weighs."""

    FAULT = "fault", pgettext_lazy("finding", "fault")
    KNOWN = "known", _("known from sources")
    NOTE = "note", pgettext_lazy("finding", "note")


class AppointmentState(models.TextChoices):
    """How far an appointment has come."""

    OPEN = "open", _("under way")
    COMPLETE = "complete", _("complete")
    FAILED = "failed", pgettext_lazy("appointment", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("appointment", "withdrawn")


ORGAN_KINDS = {c.value: c.label for c in OrganKind}
ACT_KINDS = {c.value: c.label for c in ActKind}
FUNCTIONS = {c.value: c.label for c in Function}
MANNERS = {c.value: c.label for c in Manner}
SEVERITIES = {c.value: c.label for c in Severity}
APPOINTMENT_STATES = {c.value: c.label for c in AppointmentState}
# Functions that one holder has at a time.
ONE_AT_A_TIME = {Function.CHAIR, Function.SECRETARY}
APPOINTMENTS = Machine(
    APPOINTMENT_STATES,
    Transition("complete", (AppointmentState.OPEN,), AppointmentState.COMPLETE),
    Transition("refuse", (AppointmentState.OPEN,), AppointmentState.FAILED),
    Transition("withdraw", (AppointmentState.OPEN,), AppointmentState.WITHDRAWN),
)
