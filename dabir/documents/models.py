"""Documents clause by clause, their language versions and corrections, and stored files."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import AppendOnly, Recorded, Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.documents.states import DOCUMENT_KINDS, VERSION_STATES, VersionState
from dabir.registry.states import PRECISIONS, Precision


class StoredFile(AppendOnly):
    """A file kept by its content: the SHA-256 of its bytes is its name in the store."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=120)
    name = models.CharField(_("name when received"), max_length=255)
    stored_at = models.DateTimeField(_("stored at"))

    class Meta:
        verbose_name = _("stored file")

    def __str__(self) -> str:
        return self.name


class Document(Versioned):
    """A declaration, set of minutes, resolution or page; its text may not be held here."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=DOCUMENT_KINDS.items())
    titles = I18nCharField(_("title"), max_length=400)
    organ: models.JSONField[Any, Any] = models.JSONField(_("organ"), null=True, blank=True)
    session: models.JSONField[Any, Any] = models.JSONField(_("session"), null=True, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    adopted_candidates: models.JSONField[Any, Any] = models.JSONField(
        _("possible dates"), default=list, blank=True
    )
    text_held = models.BooleanField(_("the text is held here"), default=True)
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    # The newest of its publications, repeated for lists.
    is_shown = models.BooleanField(_("shown to everybody by an act"), default=False)

    class Meta:
        verbose_name = _("document")

    def __str__(self) -> str:
        return say(self.titles)

    def reference(self) -> Reference:
        """The document as named beside records."""
        return Reference("document", self.public_id, as_words(self.titles), self.adopted_on)


class TextPublication(Recorded):
    """A resolution or minutes are shown to everybody from here on, or no longer; the newest row counts."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="publications")
    is_public = models.BooleanField(_("shown to everybody"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("publication of a text")
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_public=True) | ~models.Q(reason=""),
                name="taking_text_down_has_reason",
                violation_error_message=_("Say why the text is no longer shown."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.is_public}"


class LanguageVersion(models.Model):
    """The document in one language, and what that text is worth."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(
        _("state"), max_length=12, choices=VERSION_STATES.items(), default=VersionState.UNOFFICIAL
    )
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("language version")
        constraints = (
            models.UniqueConstraint(
                fields=["document", "language"], name="one_version_per_language"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(state="authentic"),
                name="one_authentic_language",
                violation_error_message=_("Only one language of a text is authentic."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.document} ({self.language})"


class Node(models.Model):
    """A recital, clause, lettered item or remainder. Its id never changes; its label may."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="nodes")
    node_id = models.CharField(_("id"), max_length=40)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveIntegerField(_("place in the text"))
    labels = I18nCharField(_("label"), max_length=120, blank=True)
    kinds: models.JSONField[Any, Any] = models.JSONField(_("kinds"), default=list, blank=True)
    found: models.JSONField[Any, Any] = models.JSONField(
        _("dates, people, cities and digits found"), default=dict, blank=True
    )

    class Meta:
        verbose_name = _("clause")
        ordering = ("document", "position")
        constraints = (
            models.UniqueConstraint(fields=["document", "node_id"], name="clause_id_once"),
            models.UniqueConstraint(fields=["document", "position"], name="clause_place_once"),
        )

    def __str__(self) -> str:
        return f"{self.document_public_id}/{self.node_id}"

    @property
    def document_public_id(self) -> str:
        """The public id of the document."""
        return self.document.public_id

    @property
    def public_id(self) -> str:
        """The permanent address of the clause, such as `haikou-2014/4.b`."""
        return f"{self.document.public_id}/{self.node_id}"

    @property
    def is_recital(self) -> bool:
        """Whether the clause stands before the first numbered one."""
        return self.node_id.startswith("P")


class NodeText(Recorded):
    """The text of a clause in one language, as first entered or corrected by an erratum."""

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=8)
    revision = models.PositiveIntegerField(_("revision"))
    text = models.TextField(_("text"))
    reason = models.TextField(_("reason of the correction"), blank=True)

    class Meta:
        verbose_name = _("text of a clause")
        ordering = ("node", "language", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=["node", "language", "revision"], name="clause_text_revision_once"
            ),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""),
                name="erratum_has_reason",
                violation_error_message=_("A correction of a text needs a reason."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.node_id} {self.language} {self.revision}"


def _import_id() -> str:
    return new_public_id("import")


class ImportRun(Versioned):
    """A table brought in: read, tried without effect, then confirmed as a whole or dropped."""

    public_id = models.CharField(max_length=40, unique=True, default=_import_id, editable=False)
    subject = models.SlugField(_("what the table is about"), max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    plan: models.JSONField[Any, Any] = models.JSONField(_("what would change"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=[("tried", _("tried")), ("confirmed", _("confirmed")), ("dropped", _("dropped"))],
        default="tried",
    )
    by: models.JSONField[Any, Any] = models.JSONField(_("by"))
    tried_at = models.DateTimeField(_("tried at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="confirmed") | models.Q(confirmed_at__isnull=False),
                name="confirmed_table_has_instant",
            ),
        )

    def __str__(self) -> str:
        return self.public_id
