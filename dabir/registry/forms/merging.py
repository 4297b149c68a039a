"""Two records that are one: which is kept, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, reason_field
from dabir.registry.models import Merge
from dabir.registry.services import merging


class MergeForm(ActForm):
    """Join two records."""

    right = "registry.merge_records"
    title = _("Merge two records")
    verb = _("Merge them")
    consequence = _(
        "Posts, addresses, commitments and all else that names the double names the kept record "
        "from now on. The double's address and number lead to it. What was written once and for all "
        "keeps its words. A merge can be undone."
    )
    done = _("The two are one record now.")
    grave = True

    kept = forms.ChoiceField(label=_("Which record is kept"), widget=forms.RadioSelect)
    reason = reason_field()

    def __init__(self, *args: Any, record: Any, other: Any, **options: Any) -> None:
        super().__init__(*args, record=record, **options)
        self.pair = {one.public_id: one for one in (record, other)}
        named = [(key, f"{one} ({key})") for key, one in self.pair.items()]
        self.fields["kept"].choices = named  # type: ignore[attr-defined]  # a choice

    def perform(self, stamp: Stamp) -> object:
        """Join them."""
        given = self.cleaned_data
        kept = self.pair[given["kept"]]
        double = next(one for key, one in self.pair.items() if key != given["kept"])
        merging.merge_records(kept=kept, double=double, reason=given["reason"], **stamp)
        return True


class UndoMergeForm(ActForm):
    """A merge was a mistake."""

    right = "registry.merge_records"
    title = _("Undo a merge")
    verb = _("Undo it")
    consequence = _(
        "The double is a record of its own again, with all that came from it and was not changed "
        "since."
    )
    done = _("They are two records again.")
    grave = True

    reason = reason_field()

    def __init__(self, *args: Any, merge: Merge, **options: Any) -> None:
        self.merge = merge
        super().__init__(*args, **options)

    def perform(self, stamp: Stamp) -> object:
        """Take it back."""
        merging.undo_merge(merge=self.merge, reason=self.cleaned_data["reason"], **stamp)
        return True
