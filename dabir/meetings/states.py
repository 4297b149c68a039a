"""The life of a meeting."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.states import Machine, Transition


class MeetingState(models.TextChoices):
    """A meeting is foreseen, then called for a day, then held or cancelled."""

    FORESEEN = "foreseen", _("foreseen")
    CALLED = "called", _("called")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


MEETING_STATES = {c.value: c.label for c in MeetingState}
MEETINGS = Machine(
    MEETING_STATES,
    Transition("call", (MeetingState.FORESEEN,), MeetingState.CALLED),
    Transition("move", (MeetingState.CALLED,), MeetingState.CALLED),
    Transition("hold", (MeetingState.FORESEEN, MeetingState.CALLED), MeetingState.HELD),
    Transition("cancel", (MeetingState.FORESEEN, MeetingState.CALLED), MeetingState.CANCELLED),
)
MODES = {"hall": _("in one place"), "hybrid": _("in one place and online"), "online": _("online")}
