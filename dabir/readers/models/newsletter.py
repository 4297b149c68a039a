"""Who receives the newsletter, what is sent, and which letter went to whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dabir.core.models import Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.messaging.models import Letter
from dabir.readers.states import ISSUE_STATES, IssueState

SUBSCRIBER = {"en": "A reader of the newsletter", "fa": "گیرندهٔ خبرنامه"}


def _subscriber_id() -> str:
    return new_public_id("subscriber")


def _issue_id() -> str:
    return new_public_id("newsletter")


class Subscriber(Versioned):
    """An address that asked for the newsletter, and since when it is confirmed.

    Once ended the address is gone; the row stays, so that no letter that went out hangs in the air.
    """

    public_id = models.CharField(max_length=40, unique=True, default=_subscriber_id, editable=False)
    address = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField(_("asked for at"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                Lower("address"),
                condition=models.Q(ended_on__isnull=True),
                name="subscriber_once_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True, address__gt="")
                | models.Q(ended_on__isnull=False, address=""),
                name="subscriber_has_address_until_ended",
            ),
        )

    def __str__(self) -> str:
        return self.public_id

    def reference(self) -> Reference:
        """The subscriber as named beside records: never by the address."""
        return Reference("subscriber", self.public_id, SUBSCRIBER)


class Issue(Versioned):
    """One newsletter: a period, what of it the editor chose, and the editor's own words."""

    public_id = models.CharField(max_length=40, unique=True, default=_issue_id, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    titles: models.JSONField[Any, Any] = models.JSONField(_("title"), default=dict)
    words: models.JSONField[Any, Any] = models.JSONField(_("words"), default=dict, blank=True)
    items: models.JSONField[Any, Any] = models.JSONField(
        _("what it tells"), default=list, blank=True
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ISSUE_STATES.items(), default=IssueState.DRAFT
    )
    written_by: models.JSONField[Any, Any] = models.JSONField(_("written by"))
    site = models.CharField(_("address of the website"), max_length=200, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ("-until", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="issue_ends_after_start",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["sending", "sent"], approved_on__isnull=False)
                | ~models.Q(state__in=["sending", "sent"]),
                name="issue_goes_out_approved",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def reference(self) -> Reference:
        """The newsletter as named beside records."""
        labels = dict.fromkeys((code for code, _name in settings.LANGUAGES), self.number)
        return Reference("newsletter", self.public_id, labels, self.until)


class Delivery(models.Model):
    """That an issue goes to a subscriber, once; `tried_at` stands before the mail server is asked."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="deliveries")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="delivery")
    tried_at = models.DateTimeField(_("given to the mail server at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = (
            models.UniqueConstraint(
                fields=("issue", "subscriber"), name="delivery_once_a_subscriber"
            ),
        )

    def __str__(self) -> str:
        return f"{self.issue_id} {self.letter_id}"
