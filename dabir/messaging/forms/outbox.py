"""What is asked about letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.formfields import DateAnyCalendarField
from dabir.messaging.states import LETTER_KINDS, LETTER_STATES


class OutboxFilter(forms.Form):
    """Which letters are shown."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *LETTER_STATES.items()], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("all")), *LETTER_KINDS.items()], required=False
    )
    q = forms.CharField(label=_("Subject or number"), required=False, max_length=100)

    def narrowed(self, letters: Any) -> Any:
        """The letters that the filter lets through."""
        if not self.is_valid():
            return letters
        given = self.cleaned_data
        if given["state"]:
            letters = letters.filter(state=given["state"])
        if given["kind"]:
            letters = letters.filter(kind=given["kind"])
        if given["q"]:
            found = given["q"].strip()
            letters = letters.filter(subject__icontains=found) | letters.filter(
                number__icontains=found
            )
        return letters


class ReceiptForm(forms.Form):
    """Who received the letter, and when."""

    received_on = DateAnyCalendarField(label=_("Received on"))
    received_by = forms.CharField(label=_("Received by"), max_length=200)
