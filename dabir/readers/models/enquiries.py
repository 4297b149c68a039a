"""Questions and corrections that a reader sends by the forms of the website."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.models import Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.messaging.models import Letter
from dabir.readers.states import ENQUIRY_KINDS, ENQUIRY_STATES, OUTCOMES, EnquiryState
from dabir.registry.models import Person


def _enquiry_id() -> str:
    return new_public_id("enquiry")


class Enquiry(Versioned):
    """What a reader wrote. Name, address and words are personal: they are erased after a time, the
    number, the page it was about and what became of it stay.
    """

    public_id = models.CharField(max_length=40, unique=True, default=_enquiry_id, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("what it is"), max_length=12, choices=ENQUIRY_KINDS.items())
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    text = models.TextField(_("message"), blank=True)
    page = models.CharField(_("page of the website"), max_length=300, blank=True)
    about: models.JSONField[Any, Any] = models.JSONField(
        _("record it concerns"), null=True, blank=True
    )
    received_on = models.DateField(_("received on"))
    received_at = models.DateTimeField(_("received at"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=ENQUIRY_STATES.items(),
        default=EnquiryState.RECEIVED,
    )
    holder = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enquiries",
        verbose_name=_("who looks at it"),
    )
    answer = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    outcome = models.CharField(
        _("why it was closed"), max_length=12, choices=OUTCOMES.items(), blank=True
    )
    closed_on = models.DateField(_("answered or closed on"), null=True, blank=True)
    erased_on = models.DateField(_("personal data erased on"), null=True, blank=True)

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ("-received_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=["received", "taken"], closed_on__isnull=True)
                | models.Q(state__in=["answered", "closed"], closed_on__isnull=False),
                name="enquiry_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="taken") | models.Q(holder__isnull=False),
                name="enquiry_looked_at_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(state="answered", answer__isnull=False)
                | ~models.Q(state="answered"),
                name="enquiry_answered_by_a_letter",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed") & ~models.Q(outcome="")
                | ~models.Q(state="closed") & models.Q(outcome=""),
                name="enquiry_closed_for_a_reason",
                violation_error_message=_("Say why it is closed without an answer."),
            ),
            models.CheckConstraint(
                condition=models.Q(erased_on__isnull=True, text__gt="")
                | models.Q(erased_on__isnull=False, name="", address="", text=""),
                name="enquiry_has_words_until_erased",
                violation_error_message=_("Write what you want to say."),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def reference(self) -> Reference:
        """The enquiry as named beside records: by its number, never by who wrote it."""
        labels = dict.fromkeys((code for code, _name in settings.LANGUAGES), self.number)
        return Reference("enquiry", self.public_id, labels, self.received_on)
