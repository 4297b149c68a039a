"""The life of a letter in the outbox."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.states import Machine, Transition


class LetterState(models.TextChoices):
    """Where a letter is."""

    QUEUED = "queued", _("waiting in the outbox")
    SENT = "sent", _("sent by mail")
    PRINTED = "printed", _("printed or handed over")
    FAILED = "failed", _("could not be sent")
    WITHDRAWN = "withdrawn", _("withdrawn before sending")


LETTER_STATES = {c.value: c.label for c in LetterState}
LETTERS = Machine(
    LETTER_STATES,
    Transition("send", (LetterState.QUEUED, LetterState.FAILED), LetterState.SENT),
    Transition("print", (LetterState.QUEUED, LetterState.FAILED), LetterState.PRINTED),
    Transition("fail", (LetterState.QUEUED, LetterState.FAILED), LetterState.FAILED),
    Transition("withdraw", (LetterState.QUEUED, LetterState.FAILED), LetterState.WITHDRAWN),
)
LETTER_KINDS = {
    "reminder": _("reminder"),
    "report_request": _("request for a report"),
    "dispatch": _("dispatch of a report"),
    "invitation": _("invitation to open an account"),
    "recovery": _("recovery of an account"),
    "notice": _("notice"),
}
