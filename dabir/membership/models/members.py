"""Members: who belongs, how each came, rests, goes and returns, and what each owes.

The rows of `Step` are the life of a membership and are never changed; `Member` repeats the newest of
them for lists. What a membership gives (voice, vote, candidacy) is computed for a day, never kept.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.models import Recorded, Versioned
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.documents.models import StoredFile
from dabir.membership.states import (
    BELONGING,
    DECIDED,
    MEMBER_STATES,
    OUTCOMES,
)
from dabir.registry.models import City, Organisation, Person
from dabir.registry.states import PRECISIONS, Precision


def _application_id() -> str:
    return new_public_id("application")


class Member(Versioned):
    """A city, body or person that belongs, belonged or asked to; the fields repeat its last step."""

    public_id = models.SlugField(_("public id"), max_length=90, unique=True)
    city = models.OneToOneField(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="membership"
    )
    organisation = models.OneToOneField(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="membership"
    )
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="membership"
    )
    category = models.CharField(_("category"), max_length=40)
    state = models.CharField(_("state"), max_length=12, choices=MEMBER_STATES.items())
    state_since = models.DateField(_("since"))
    number = models.PositiveIntegerField(_("membership number"), null=True, blank=True, unique=True)
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    joined_precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    ended_on = models.DateField(_("member until"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("membership")
        indexes = (models.Index(fields=["state", "category"], name="member_state_category"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    city__isnull=False, organisation__isnull=True, person__isnull=True
                )
                | models.Q(city__isnull=True, organisation__isnull=False, person__isnull=True)
                | models.Q(city__isnull=True, organisation__isnull=True, person__isnull=False),
                name="member_of_exactly_one",
                violation_error_message=_("A membership is that of one city, body or person."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["lapsed", "left", "ended"])
                | models.Q(ended_on__isnull=False),
                name="ended_membership_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(joined_on__isnull=True)
                | models.Q(ended_on__gte=models.F("joined_on")),
                name="membership_ends_after_start",
                violation_error_message=_("A membership cannot end before it began."),
            ),
        )

    def __str__(self) -> str:
        return say(self.names)

    @property
    def holder(self) -> City | Organisation | Person:
        """The city, body or person that is the member."""
        found = self.city or self.organisation or self.person
        assert found is not None  # noqa: S101  the table holds exactly one
        return found

    @property
    def names(self) -> Any:
        """The names of the city, body or person."""
        return self.holder.names

    @property
    def kind(self) -> str:
        """What the member is: city, organisation or person."""
        return "city" if self.city_id else "organisation" if self.organisation_id else "person"

    @property
    def belongs(self) -> bool:
        """Whether the membership stands today, be it provisional or suspended."""
        return self.state in BELONGING

    def reference(self) -> Reference:
        """The membership as named beside records; a person is named by number only."""
        labels = {} if self.person_id else as_words(self.names)
        return Reference("member", self.public_id, labels, self.joined_on)


class Application(Versioned):
    """A letter that asks for membership, and what its examination found; one for each time asked."""

    public_id = models.CharField(
        max_length=40, unique=True, default=_application_id, editable=False
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="applications")
    category = models.CharField(_("category asked for"), max_length=40)
    received_on = models.DateField(_("received on"))
    letter = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    letter_number = models.CharField(_("number of the letter"), max_length=80, blank=True)
    signer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_words = I18nCharField(_("signed by"), max_length=300, blank=True)
    note = I18nTextField(_("note"), blank=True)
    is_open = models.BooleanField(_("not decided yet"), default=True)

    class Meta:
        verbose_name = _("application for membership")
        ordering = ("received_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(is_open=True),
                name="one_open_application",
                violation_error_message=_("An application of this city is open already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_id} {self.received_on}"

    def reference(self) -> Reference:
        """The application as named beside records."""
        labels = {} if self.member.person_id else as_words(self.member.names)
        return Reference("application", self.public_id, labels, self.received_on)


class ChecklistItem(Versioned):
    """A point that the secretariat examines before an application goes to the Board."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    names = I18nCharField(_("what is examined"), max_length=300)
    position = models.PositiveIntegerField(_("order"), default=0)
    is_required = models.BooleanField(_("without it nobody is admitted"), default=True)
    is_used = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("point of the checklist")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The point as named in the trail."""
        return Reference("checklist_item", self.key, as_words(self.names))


class Examination(Recorded):
    """Somebody examined one point of an application; a later row of the same point counts instead."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="examinations"
    )
    point = models.SlugField(_("point"), max_length=60)
    outcome = models.CharField(_("found"), max_length=12, choices=OUTCOMES.items())
    note = models.TextField(_("note"), blank=True)
    evidence = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("examination of a point")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome="met") | ~models.Q(note=""),
                name="unmet_point_has_note",
                violation_error_message=_("Say why this point is not fulfilled or not needed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.point} {self.outcome}"


class Step(Recorded):
    """One step of a membership: from this day on it has this state and category, on this basis."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(_("step"), max_length=24)
    state = models.CharField(_("state"), max_length=12, choices=MEMBER_STATES.items())
    category = models.CharField(_("category"), max_length=40)
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("step of a membership")
        ordering = ("on", "at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(verb__in=DECIDED) | models.Q(basis__isnull=False),
                name="membership_changes_by_decision",
                violation_error_message=_("This step of a membership rests on a decision."),
            ),
            models.CheckConstraint(
                condition=~models.Q(verb="enter") | ~models.Q(source=""),
                name="entered_membership_has_source",
                violation_error_message=_("A membership entered from a list names its source."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.verb} {self.on}"
