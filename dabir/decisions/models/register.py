"""Decisions, what they did, and how later decisions changed them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import Recorded, Versioned
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.decisions.states import EFFECT_KINDS, FORCES, RELATIONS, Force
from dabir.documents.models import Document, Node
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ
from dabir.registry.states import PRECISIONS, Precision


class Decision(Versioned):
    """One decision of an organ. `force` repeats the last ForceEntry, for lists."""

    public_id = models.CharField(_("public id"), max_length=120, unique=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    node = models.ForeignKey(
        Node, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    titles = I18nCharField(_("title"), max_length=400)
    text = I18nTextField(_("text, where it stands in no document"), blank=True)
    kinds: models.JSONField[Any, Any] = models.JSONField(_("kinds"), default=list, blank=True)
    themes: models.JSONField[Any, Any] = models.JSONField(_("themes"), default=list, blank=True)
    decided_on = models.DateField(_("decided on"))
    precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    force = models.CharField(
        _("force"), max_length=12, choices=FORCES.items(), default=Force.IN_FORCE
    )
    source = models.TextField(_("source"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by: models.JSONField[Any, Any] = models.JSONField(_("recorded by"))

    class Meta:
        verbose_name = _("decision")
        ordering = ("decided_on", "id")
        indexes = (
            models.Index(fields=["decided_on", "public_id"], name="decision_by_day"),
            models.Index(fields=["force", "decided_on", "public_id"], name="decision_force_by_day"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(node__isnull=True) | models.Q(document__isnull=False),
                name="clause_belongs_to_document",
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_id} {say(self.titles)}"

    def reference(self) -> Reference:
        """The decision as named beside records: the answer to "by which decision?"."""
        return Reference("decision", self.public_id, as_words(self.titles), self.decided_on)


class DecisionWording(Recorded):
    """Title and themes of a decision, as first recorded or corrected."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="wordings")
    titles = I18nCharField(_("title"), max_length=400)
    themes: models.JSONField[Any, Any] = models.JSONField(_("themes"), default=list, blank=True)
    reason = models.TextField(_("reason of the correction"), blank=True)

    class Meta:
        verbose_name = _("wording of a decision")
        ordering = ("on", "at", "id")

    def __str__(self) -> str:
        return say(self.titles)


class ForceEntry(Recorded):
    """From this day the decision has this force, by that decision or by fulfilment."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="force_entries")
    force = models.CharField(_("force"), max_length=12, choices=FORCES.items())
    by_decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="forces_given"
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("force of a decision")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(force__in=["in_force", "exhausted", "lapsed"])
                | models.Q(by_decision__isnull=False),
                name="force_changed_by_decision",
                violation_error_message=_(
                    "A decision is amended, superseded or retired only by another decision."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision_id} {self.force} {self.on}"


class Relation(Recorded):
    """A later decision repeats, amends, supersedes or retires an earlier one."""

    later = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="relations_to_earlier"
    )
    earlier = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="relations_to_later"
    )
    kind = models.CharField(_("relation"), max_length=12, choices=RELATIONS.items())
    note = I18nTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("relation of decisions")
        constraints = (
            models.UniqueConstraint(fields=["later", "earlier", "kind"], name="relation_once"),
            models.CheckConstraint(
                condition=~models.Q(later=models.F("earlier")), name="relation_of_two_decisions"
            ),
        )

    def __str__(self) -> str:
        return f"{self.later_id} {self.kind} {self.earlier_id}"


class Effect(Recorded):
    """What a decision did at once: a member honoured, a host chosen, a body recognised."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="effects")
    kind = models.CharField(_("effect"), max_length=24, choices=EFFECT_KINDS.items())
    target: models.JSONField[Any, Any] = models.JSONField(_("on whom or what"))
    words = I18nTextField(_("in words"), blank=True)

    class Meta:
        verbose_name = _("effect of a decision")

    def __str__(self) -> str:
        return f"{self.decision_id} {self.kind}"


class NoActionNeeded(Recorded):
    """A clause that asks nothing of anybody, said so with a reason by a named person."""

    node = models.OneToOneField(Node, on_delete=models.PROTECT, related_name="no_action")
    reason = I18nTextField(_("reason"))

    class Meta:
        verbose_name = _("no action needed")

    def __str__(self) -> str:
        return f"{self.node_id}"


class Programme(Versioned):
    """Decisions carried out together over a period, with a report at its end."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    titles = I18nCharField(_("title"), max_length=400)
    decisions: models.ManyToManyField[Decision, Any] = models.ManyToManyField(
        Decision, related_name="programmes"
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    period_words = I18nCharField(_("period in words"), max_length=300, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("programme")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="programme_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return say(self.titles)


class Theme(Versioned):
    """A theme under which decisions are kept, by its key, with its name in each language."""

    key = models.CharField(_("key"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("theme")
        ordering = ("key",)

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The theme as named in the trail."""
        return Reference("theme", self.key, as_words(self.names))
