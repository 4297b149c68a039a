"""What every app builds on: recorded acts, versions against double editing, and the audit trail."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.sealing import AppendOnly

__all__ = [
    "AppendOnly",
    "AuditEntry",
    "AuditHead",
    "Counter",
    "MadeWith",
    "PersonalValue",
    "PublicEntry",
    "PublicTerm",
    "Recorded",
    "ScheduledRun",
    "SearchEntry",
    "Versioned",
]


class Recorded(AppendOnly):
    """A fact with the day it happened, the instant it was recorded, and who recorded it."""

    on = models.DateField(_("happened on"))
    at = models.DateTimeField(_("recorded at"))
    by: models.JSONField[Any, Any] = models.JSONField(_("recorded by"))

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A record that two people may edit: `version` rises with each change."""

    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        abstract = True


class Counter(models.Model):
    """The last number given in one series; a number is taken in the same transaction as its record."""

    series = models.CharField(_("series"), max_length=80, unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter")

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class AuditEntry(AppendOnly):
    """One act in the sealed trail: who, what, when it happened, when it was recorded, before and after."""

    sequence = models.PositiveBigIntegerField(_("number"), unique=True)
    act = models.CharField(_("act"), max_length=80, db_index=True)
    actor: models.JSONField[Any, Any] = models.JSONField(_("by"))
    target_kind = models.CharField(_("kind of record"), max_length=40)
    target_id = models.CharField(_("record"), max_length=160)
    target_labels: models.JSONField[Any, Any] = models.JSONField(
        _("name of the record"), default=dict
    )
    happened_on = models.DateField(_("happened on"))
    recorded_at = models.DateTimeField(_("recorded at"), db_index=True)
    before: models.JSONField[Any, Any] = models.JSONField(
        _("before"), encoder=DjangoJSONEncoder, null=True
    )
    after: models.JSONField[Any, Any] = models.JSONField(
        _("after"), encoder=DjangoJSONEncoder, null=True
    )
    basis: models.JSONField[Any, Any] = models.JSONField(_("by which decision"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("entry of the trail")
        ordering = ("sequence",)
        indexes = (models.Index(fields=["target_kind", "target_id"], name="audit_target"),)

    def __str__(self) -> str:
        return f"{self.sequence} {self.act} {self.target_id}"


class AuditHead(models.Model):
    """The last entry of the trail, kept apart so that a cut-off end is noticed."""

    name = models.CharField(max_length=20, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("head of the trail")

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


class PersonalValue(models.Model):
    """A personal value of the trail, kept beside it so that it can be erased; its digest stays."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="personal_values")
    path = models.CharField(_("place in the entry"), max_length=200)
    value: models.JSONField[Any, Any] = models.JSONField(_("value"), null=True)
    digest = models.CharField(_("keyed digest"), max_length=64)
    subject = models.CharField(_("whose value"), max_length=160, db_index=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)

    class Meta:
        verbose_name = _("personal value of the trail")
        constraints = (
            models.UniqueConstraint(fields=["entry", "path"], name="one_value_per_place"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}{self.path}"


class ScheduledRun(models.Model):
    """A daily job handed to the worker for one day, once however many workers look at the clock."""

    job = models.CharField(_("daily job"), max_length=80)
    on = models.DateField(_("for the day"))
    work_id = models.CharField(_("piece of work"), max_length=40)
    started_at = models.DateTimeField(_("handed over at"))

    class Meta:
        verbose_name = _("run of a daily job")
        constraints = (models.UniqueConstraint(fields=["job", "on"], name="daily_job_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.job} {self.on}"


class SearchEntry(models.Model):
    """The folded words by which a record is found; made from the record, never the other way round."""

    kind = models.CharField(_("kind of record"), max_length=40)
    public_id = models.CharField(_("record"), max_length=160)
    folded = models.TextField(_("folded words"))

    class Meta:
        verbose_name = _("entry of the search")
        constraints = (
            models.UniqueConstraint(fields=["kind", "public_id"], name="record_found_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class PublicEntry(models.Model):
    """A public thing as everybody finds it: made from the record; its words lie in a table beside."""

    id = models.BigIntegerField(primary_key=True)
    number = models.BigIntegerField(_("place in the results"), unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    owner = models.CharField(_("record"), max_length=160)
    code = models.CharField(_("number or identifier, folded"), max_length=160, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    shown: models.JSONField[Any, Any] = models.JSONField(_("what is shown"))

    class Meta:
        verbose_name = _("entry of the public search")
        indexes = (
            models.Index(fields=["kind", "owner"], name="public_entry_owner"),
            models.Index(fields=["code"], name="public_entry_code"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.owner}"


class PublicTerm(models.Model):
    """A folded word that stands in something public, for those who mistype it."""

    term = models.CharField(_("word"), max_length=64, primary_key=True)

    class Meta:
        verbose_name = _("word of the public search")

    def __str__(self) -> str:
        return self.term


class MadeWith(models.Model):
    """With which state of the program something made from the records was made: a newer one makes it anew."""

    made = models.CharField(_("what is made from the records"), max_length=40, unique=True)
    mark = models.CharField(_("mark of the program"), max_length=64)

    class Meta:
        verbose_name = _("what an index was made with")

    def __str__(self) -> str:
        return f"{self.made}: {self.mark[:12]}"
