"""What a reader of the public pages may narrow by; whatever is typed, nothing breaks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.components.marks import mark_of
from dabir.core.words import say
from dabir.decisions.public import TasksAsked

LONGEST = 200
STATUSES = (
    "under_way",
    "not_started",
    "delayed",
    "blocked",
    "done_claimed",
    "done_accepted",
    "not_applicable",
)


class FollowUpFilter(forms.Form):
    """Status, declaration, words; a value that does not exist narrows nothing and says so."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    text = forms.ChoiceField(label=_("Declaration"), required=False)
    words = forms.CharField(label=_("Words"), required=False, max_length=LONGEST)

    def __init__(self, *args: Any, texts: list[tuple[str, dict[str, str]]], **options: Any) -> None:
        super().__init__(*args, **options)
        statuses = [(key, mark_of(key).label) for key in STATUSES]
        self.fields["status"].choices = [("", _("all")), *statuses]  # type: ignore[attr-defined]  # a choice
        named = [(key, say(titles)) for key, titles in texts]
        self.fields["text"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]  # likewise

    def asked(self) -> TasksAsked:
        """What is asked for, as far as it can be understood."""
        if not self.is_bound:
            return TasksAsked()
        self.is_valid()
        given = self.cleaned_data
        words = given.get("words", "")
        return TasksAsked(given.get("status", ""), given.get("text", ""), words)
