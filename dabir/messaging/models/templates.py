"""Model letters of the secretariat: named, in every language, each change kept as a new wording."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from dabir.core.models import Recorded, Versioned
from dabir.core.reference import Reference
from dabir.core.words import as_words, say


class LetterTemplate(Versioned):
    """A model letter; its words are those of the newest wording."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=200)
    retired_on = models.DateField(_("no longer used since"), null=True, blank=True)

    class Meta:
        verbose_name = _("model letter")
        ordering = ("public_id",)

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The model letter as named in the trail."""
        return Reference("letter_template", self.public_id, as_words(self.names))


class TemplateWording(Recorded):
    """The words of a model letter from one day on; earlier wordings stay."""

    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="wordings")
    revision = models.PositiveIntegerField(_("revision"))
    subjects: models.JSONField[Any, Any] = models.JSONField(_("subject"))
    bodies: models.JSONField[Any, Any] = models.JSONField(_("text"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("wording of a model letter")
        ordering = ("template", "revision")
        constraints = (
            models.UniqueConstraint(fields=["template", "revision"], name="template_revision_once"),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""),
                name="new_wording_has_reason",
                violation_error_message=_("A new wording needs a reason."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.template_id} {self.revision}"
