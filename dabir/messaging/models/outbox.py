"""Letters in the outbox, and signed links by which somebody acts without an account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.models import Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.slots import supplied
from dabir.documents.models import StoredFile
from dabir.messaging.states import LETTER_KINDS, LETTER_STATES, LetterState
from dabir.registry.models import ContactPoint


def _letter_id() -> str:
    return new_public_id("letter")


def _link_id() -> str:
    return new_public_id("link")


class Letter(Versioned):
    """A letter or mail to one recipient, in the recipient's language; `key` keeps it from going twice."""

    public_id = models.CharField(max_length=40, unique=True, default=_letter_id, editable=False)
    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=LETTER_KINDS.items())
    number = models.CharField(_("number in the letter book"), max_length=40, unique=True)
    language = models.CharField(_("language"), max_length=8)
    recipient: models.JSONField[Any, Any] = models.JSONField(_("recipient"))
    contact = models.ForeignKey(
        ContactPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    subject = models.CharField(_("subject"), max_length=400)
    body = models.TextField(_("text"))
    about: models.JSONField[Any, Any] = models.JSONField(_("about"), null=True, blank=True)
    attachments: models.ManyToManyField[StoredFile, Any] = models.ManyToManyField(
        StoredFile, blank=True, related_name="letters"
    )
    signatory: models.JSONField[Any, Any] = models.JSONField(
        _("signed by, and by which post"), null=True, blank=True
    )
    written_on = models.DateField(_("date of the letter"))
    queued_at = models.DateTimeField(_("put into the outbox at"))
    state = models.CharField(
        _("state"), max_length=12, choices=LETTER_STATES.items(), default=LetterState.QUEUED
    )
    sent_at = models.DateTimeField(_("left at"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    failure = models.TextField(_("why it could not be sent"), blank=True)

    class Meta:
        verbose_name = _("letter")
        ordering = ("-queued_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=False)
                | ~models.Q(state__in=["sent", "printed"]),
                name="letter_left_at_an_instant",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    def mail_address(self) -> str:
        """The e-mail address it goes to; nothing for a letter that can only be printed."""
        if self.contact is not None:
            return self.contact.value if self.contact.kind == "email" else ""
        kind, public_id = str(self.recipient["kind"]), str(self.recipient["id"])
        if kind == "address":
            return public_id
        # Whoever wrote by the website is reached only while the app above keeps their address.
        return next(iter(supplied("messaging.address", kind, public_id)), "")

    def reference(self) -> Reference:
        """The letter as named beside records."""
        return Reference("letter", self.public_id, {self.language: self.subject}, self.written_on)


class SignedLink(Versioned):
    """A link that lets one recipient do one thing without an account, until a day."""

    public_id = models.CharField(max_length=40, unique=True, default=_link_id, editable=False)
    purpose = models.CharField(_("purpose"), max_length=40)
    target: models.JSONField[Any, Any] = models.JSONField(_("for which record"))
    recipient: models.JSONField[Any, Any] = models.JSONField(_("given to"))
    language = models.CharField(_("language"), max_length=8)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("ends on"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("signed link")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("issued_on")),
                name="link_ends_after_issue",
            ),
        )

    def __str__(self) -> str:
        return self.public_id

    def is_open(self, on: date) -> bool:
        """Whether the link still opens something on a day."""
        return not (self.used_at or self.revoked_at) and on < self.expires_on
