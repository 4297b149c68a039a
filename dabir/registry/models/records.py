"""Who is who: the association, countries, cities, organisations, people, posts and dated mandates.

Cities hold seats, people hold mandates, posts hold powers: three dated links, never one field.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField, I18nTextField

from dabir.core.actors import Actor
from dabir.core.models import Versioned
from dabir.core.reference import Reference
from dabir.core.words import as_words, say
from dabir.registry.intervals import Days
from dabir.registry.states import PRECISIONS, Precision


class Association(Versioned):
    """The association whose secretariat this installation is; there is exactly one."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    names = I18nCharField(_("name"), max_length=400)
    abbreviation = models.CharField(_("abbreviation"), max_length=20)
    seat = I18nCharField(pgettext_lazy("of an association", "seat"), max_length=200, blank=True)
    legal_form = I18nCharField(_("legal form"), max_length=400, blank=True)
    slogan = I18nCharField(_("slogan"), max_length=400, blank=True)
    languages: models.JSONField[Any, Any] = models.JSONField(
        _("languages, first one first"), default=list, blank=True
    )
    calendars: models.JSONField[Any, Any] = models.JSONField(
        _("calendars"), default=list, blank=True
    )
    emblem = models.TextField(_("emblem as SVG"), blank=True)
    is_practice = models.BooleanField(_("invented, for practice"), default=False)
    example = models.CharField(_("example loaded"), max_length=20, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    sources: models.JSONField[Any, Any] = models.JSONField(_("sources"), default=list, blank=True)

    class Meta:
        verbose_name = _("association")
        constraints = (
            models.CheckConstraint(condition=models.Q(only=True), name="only_one_association"),
        )

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The association as named in the trail."""
        return Reference("association", self.abbreviation, as_words(self.names))

    @property
    def emblem_url(self) -> str:
        """Where browsers find the emblem; another address after each change of it."""
        return f"{reverse('registry:emblem')}?{self.version}" if self.emblem else ""


class Country(models.Model):
    """A country by its ISO 3166 code and its names."""

    code = models.CharField(_("ISO code"), max_length=2, unique=True)
    names = I18nCharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("country")

    def __str__(self) -> str:
        return say(self.names)


class City(Versioned):
    """A city as the association names it; `printed_as` keeps how a source spelt a doubtful name."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="cities"
    )
    names = I18nCharField(_("name"), max_length=200)
    printed_as = models.CharField(_("printed as"), max_length=200, blank=True)
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="doubles"
    )

    class Meta:
        verbose_name = _("city")

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The city as named beside records."""
        return Reference("city", self.public_id, as_words(self.names))


class Organisation(models.Model):
    """A body outside the association: a sister organisation, a municipality, a ministry."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=300)
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="doubles"
    )

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The organisation as named beside records."""
        return Reference("organisation", self.public_id, as_words(self.names))


class Person(Versioned):
    """One human being, once. An account is optional and gives no right by itself."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=200)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person",
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    is_demonstration = models.BooleanField(_("demonstration clerk"), default=False)
    note = I18nTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="doubles"
    )

    class Meta:
        verbose_name = _("person")

    def __str__(self) -> str:
        return say(self.names)

    def as_actor(self) -> Actor:
        """The person as author of acts."""
        return Actor("person", self.public_id, as_words(self.names))

    def reference(self) -> Reference:
        """The person as named beside records."""
        return Reference("person", self.public_id, as_words(self.names))


class Post(models.Model):
    """A post of the secretariat, an organ or a city; its powers are what its holder may do."""

    public_id = models.SlugField(_("public id"), max_length=80, unique=True)
    names = I18nCharField(_("name"), max_length=200)
    powers: models.JSONField[Any, Any] = models.JSONField(_("powers"), default=list, blank=True)
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    organ_key = models.SlugField(_("organ"), max_length=80, blank=True)
    is_demonstration = models.BooleanField(_("demonstration desk"), default=False)
    ended_on = models.DateField(_("closed on"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("post")

    def __str__(self) -> str:
        return say(self.names)

    def reference(self) -> Reference:
        """The post as named beside records."""
        return Reference("post", self.public_id, as_words(self.names))


class Mandate(Versioned):
    """A person holds a post from one day until the day before another (half-open interval)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="mandates")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until, that day not included"), null=True, blank=True)
    precision = models.CharField(
        _("how exact"), max_length=10, choices=PRECISIONS.items(), default=Precision.DAY
    )
    is_acting = models.BooleanField(_("acting"), default=False)
    until_organ = models.SlugField(_("acting until the next session of"), max_length=80, blank=True)
    basis: models.JSONField[Any, Any] = models.JSONField(
        _("by which decision"), null=True, blank=True
    )
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("mandate")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="mandate_ends_after_start",
                violation_error_message=_("A mandate ends after the day it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(until_organ="") | models.Q(is_acting=True),
                name="only_acting_waits_for_an_organ",
                violation_error_message=_("Only an acting holder waits for a session."),
            ),
            models.UniqueConstraint(
                fields=["person", "post", "starts_on"],
                name="mandate_of_a_day_once",
                violation_error_message=_("This person holds this post from that day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"

    def days(self) -> Days:
        """The days for which it is given."""
        return Days(self.starts_on, self.ends_on)

    def is_in_force(self, on: date) -> bool:
        """Whether the mandate covers that day; an unknown start counts as long ago."""
        return self.days().covers(on)


class ContactPoint(models.Model):
    """Where a person, city or organisation is reached; `confirmed_on` says how fresh it is."""

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=[("email", _("e-mail")), ("post", _("postal address")), ("phone", _("telephone"))],
    )
    value = models.CharField(_("address"), max_length=400)
    language = models.CharField(_("language of letters"), max_length=8, default="en")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    ended_on = models.DateField(_("no longer used since"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    person__isnull=False, city__isnull=True, organisation__isnull=True
                )
                | models.Q(person__isnull=True, city__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, city__isnull=True, organisation__isnull=False),
                name="contact_of_exactly_one",
                violation_error_message=_(
                    "A contact belongs to exactly one person, city or organisation."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.value
