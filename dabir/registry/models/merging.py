"""Two records that were one city, person or body: which was kept, and what moved."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.models import Recorded


class Merge(Recorded):
    """A double was joined to the record that is kept; `moved` names every row that followed.

    The double stays as an alias: its public id and addresses lead to the kept record.
    """

    kind = models.CharField(_("kind"), max_length=20)
    kept = models.SlugField(_("kept record"), max_length=80)
    double = models.SlugField(_("double"), max_length=80)
    moved: models.JSONField[Any, Any] = models.JSONField(_("rows that followed"), default=dict)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("merge of doubles")
        indexes = (models.Index(fields=["kind", "kept"], name="merge_kept"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.double} → {self.kept}"


class MergeUndone(Recorded):
    """A merge was a mistake: the double is a record of its own again."""

    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="undone")
    stays: models.JSONField[Any, Any] = models.JSONField(
        _("rows that stay with the kept record"), default=list
    )
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("undoing of a merge")

    def __str__(self) -> str:
        return f"↶ {self.merge}"
