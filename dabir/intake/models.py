"""What was received, what the machine read in it, every act of its review, what was confirmed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.models import AppendOnly, Recorded, Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.documents.models import Document, StoredFile
from dabir.documents.states import DOCUMENT_KINDS, DocumentKind
from dabir.intake.states import LANGUAGES, PURPOSES, RECEIPT_STATES, VERBS, Purpose, ReceiptState
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ

_receipt_id = partial(new_public_id, "receipt")


class Receipt(Versioned):
    """A text as it came in: by whom, in which language, what it is; its bytes once it was readable."""

    public_id = models.CharField(max_length=40, unique=True, default=_receipt_id, editable=False)
    name = models.CharField(_("name when received"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES.items())
    purpose = models.CharField(
        _("what it is"), max_length=10, choices=PURPOSES.items(), default=Purpose.NEW
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=DOCUMENT_KINDS.items(), default=DocumentKind.DECLARATION
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organ = models.ForeignKey(
        Organ, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    session = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=RECEIPT_STATES.items(),
        default=ReceiptState.WAITING,
    )
    refusal: models.JSONField[Any, Any] = models.JSONField(_("refusal"), null=True, blank=True)
    open_count = models.PositiveIntegerField(_("doubts left"), default=0)
    work_id = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(_("received at"))
    by: models.JSONField[Any, Any] = models.JSONField(_("received by"))

    class Meta:
        verbose_name = _("received text")
        ordering = ("-received_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "refused", "dropped"])
                | models.Q(file__isnull=False),
                name="read_text_has_its_bytes",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="new") | models.Q(document__isnull=False),
                name="further_version_has_document",
                violation_error_message=_("Say to which text of the register it belongs."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(document__isnull=False),
                name="confirmed_text_has_document",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def reference(self) -> Reference:
        """The received text as named in the trail."""
        return Reference("receipt", self.public_id, {self.language: self.name})

    def get_absolute_url(self) -> str:
        """Where it is reviewed."""
        return reverse("intake:receipt", args=[self.public_id])


class WaitingBytes(models.Model):
    """The bytes of a text until they were read; afterwards stored under their hash, or gone."""

    receipt = models.OneToOneField(Receipt, on_delete=models.CASCADE, related_name="waiting")
    data = models.BinaryField()

    class Meta:
        verbose_name = _("bytes that wait to be read")

    def __str__(self) -> str:
        return f"{self.receipt_id}"


class MachineReading(AppendOnly):
    """What the machine read, once and for ever: text, doubts, edits, digits, structure, proposals."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="reading")
    engine = models.CharField(_("version of the reading program"), max_length=64)
    read_at = models.DateTimeField(_("read at"))
    reading: models.JSONField[Any, Any] = models.JSONField(_("text as received"))
    repair: models.JSONField[Any, Any] = models.JSONField(_("repair"))
    structure: models.JSONField[Any, Any] = models.JSONField(_("structure"))
    parts: models.JSONField[Any, Any] = models.JSONField(_("parts with their doubts"))

    class Meta:
        verbose_name = _("machine reading")

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.engine[:12]}"


class ReviewAct(Recorded):
    """One step of a review: a doubt decided, a part moved, a difference settled; or taken back."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField(_("number"))
    verb = models.CharField(_("step"), max_length=20, choices=VERBS.items())
    data: models.JSONField[Any, Any] = models.JSONField(_("what"), default=dict)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of a review")
        ordering = ("receipt", "number")
        constraints = (
            models.UniqueConstraint(fields=["receipt", "number"], name="review_act_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.number} {self.verb}"


class ConfirmedReading(Recorded):
    """What a second person confirmed: the text of the document and of each part, as it was entered."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="confirmed")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    content: models.JSONField[Any, Any] = models.JSONField(_("confirmed reading"))

    class Meta:
        verbose_name = _("confirmed reading")

    def __str__(self) -> str:
        return f"{self.receipt_id} → {self.document_id}"
