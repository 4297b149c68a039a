"""The life of a letter in the outbox."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.states import Machine, Transition


class LetterState(models.TextChoices):
    """Where a letter is."""

    DRAFTED = "drafted", _("waits for its signature")
    QUEUED = "queued", _("waiting in the outbox")
    SENT = "sent", _("sent by mail")
    PRINTED = "printed", _("printed or handed over")
    FAILED = "failed", _("could not be sent")
    WITHDRAWN = "withdrawn", _("withdrawn before sending")


LETTER_STATES = {c.value: c.label for c in LetterState}
LETTERS = Machine(
    LETTER_STATES,
    Transition("sign", (LetterState.DRAFTED,), LetterState.QUEUED),
    Transition("send", (LetterState.QUEUED, LetterState.FAILED), LetterState.SENT),
    Transition("print", (LetterState.QUEUED, LetterState.FAILED), LetterState.PRINTED),
    Transition("fail", (LetterState.QUEUED, LetterState.FAILED), LetterState.FAILED),
    Transition(
        "withdraw",
        (LetterState.DRAFTED, LetterState.QUEUED, LetterState.FAILED),
        LetterState.WITHDRAWN,
    ),
)
LETTER_KINDS = {
    "reminder": _("reminder"),
    "report_request": _("request for a report"),
    "dispatch": _("dispatch of a report"),
    "invitation": _("invitation to open an account"),
    "recovery": _("recovery of an account"),
    "address": _("proof of a new address"),
    "notice": _("notice"),
    "reply": _("reply"),
    "letter": _("letter"),
    "digest": _("what waits, by mail"),
}


class IncomingState(models.TextChoices):
    """What becomes of a letter that arrived."""

    WAITING = "waiting", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    FILED = "filed", _("filed, needs no answer")


INCOMING_STATES = {c.value: c.label for c in IncomingState}
INCOMING = Machine(
    INCOMING_STATES,
    Transition("forward", (IncomingState.WAITING,), IncomingState.WAITING),
    Transition("answer", (IncomingState.WAITING,), IncomingState.ANSWERED),
    Transition("file", (IncomingState.WAITING,), IncomingState.FILED),
    Transition("reopen", (IncomingState.ANSWERED, IncomingState.FILED), IncomingState.WAITING),
)
MOVEMENTS = {
    "register": _("registered"),
    "forward": _("forwarded"),
    "answer": _("answered"),
    "file": _("filed"),
    "reopen": _("opened again"),
    "correct": _("entry corrected"),
}
CHANNELS = {
    "post": _("by post"),
    "email": _("by e-mail"),
    "hand": _("by hand"),
    "fax": _("by fax"),
    "messenger": _("by a messaging service"),
}
