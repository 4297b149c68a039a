"""Letters that arrive: entered in the letter book, on somebody's desk until answered or filed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.models import Recorded, Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.documents.models import StoredFile
from dabir.messaging.models.outbox import Letter
from dabir.messaging.states import CHANNELS, INCOMING_STATES, MOVEMENTS, IncomingState
from dabir.registry.models import Post


def _incoming_id() -> str:
    return new_public_id("in")


class IncomingLetter(Versioned):
    """A letter received. Its number is given once; who has it on the desk is a post, not a person.

    The state and the holder repeat the newest movement, for lists; the movements are the truth.
    """

    public_id = models.CharField(max_length=40, unique=True, default=_incoming_id, editable=False)
    number = models.CharField(_("number in the letter book"), max_length=40, unique=True)
    received_on = models.DateField(_("received on"))
    channel = models.CharField(_("how it came"), max_length=12, choices=CHANNELS.items())
    sender: models.JSONField[Any, Any] = models.JSONField(_("from"))
    their_number = models.CharField(_("the sender's number"), max_length=80, blank=True)
    dated_on = models.DateField(_("date on the letter"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8)
    subject = models.CharField(_("subject"), max_length=400)
    summary = models.TextField(_("what it asks for"), blank=True)
    about: models.JSONField[Any, Any] = models.JSONField(
        _("record it concerns"), null=True, blank=True
    )
    answers = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="answers_received"
    )
    is_confidential = models.BooleanField(_("confidential"), default=False)
    files: models.ManyToManyField[StoredFile, Any] = models.ManyToManyField(
        StoredFile, blank=True, related_name="incoming_letters"
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=INCOMING_STATES.items(),
        default=IncomingState.WAITING,
    )
    holder = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        related_name="incoming_letters",
        verbose_name=_("on the desk of"),
    )
    answer_by = models.DateField(_("to be answered by"), null=True, blank=True)
    closed_on = models.DateField(_("answered or filed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("incoming letter")
        ordering = ("-received_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(dated_on__isnull=True)
                | models.Q(dated_on__lte=models.F("received_on")),
                name="incoming_dated_before_received",
                violation_error_message=_("A letter is not dated after the day it was received."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", closed_on__isnull=True)
                | models.Q(state__in=["answered", "filed"], closed_on__isnull=False),
                name="incoming_closed_on_a_day",
                violation_error_message=_("A letter that waits has no day on which it was closed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    def reference(self) -> Reference:
        """The letter as named beside records; what a confidential one is about stays out."""
        labels = {} if self.is_confidential else {self.language: self.subject}
        return Reference("incoming_letter", self.public_id, labels, self.received_on)


class LetterMovement(Recorded):
    """What happened to an incoming letter: registered, forwarded, answered, filed, opened again."""

    letter = models.ForeignKey(IncomingLetter, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(_("what happened"), max_length=12, choices=MOVEMENTS.items())
    holder = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("on the desk of")
    )
    reply = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="replies_to"
    )
    words = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("movement of a letter")
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(kind="answer")
                | models.Q(reply__isnull=False)
                | ~models.Q(words=""),
                name="answer_says_how",
                violation_error_message=_("Say how the letter was answered, or name the reply."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["file", "reopen", "correct"]) | ~models.Q(words=""),
                name="movement_has_reason",
                violation_error_message=_("This needs a reason."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.letter_id} {self.kind}"
