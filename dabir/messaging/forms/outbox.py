"""What is asked about letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.formfields import DateAnyCalendarField
from dabir.core.narrowing import NarrowingForm
from dabir.messaging.states import LETTER_KINDS, LETTER_STATES


class OutboxFilter(NarrowingForm):
    """Which letters are shown."""

    lookups = {"state": "state", "kind": "kind"}

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *LETTER_STATES.items()], required=False
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("all")), *LETTER_KINDS.items()], required=False
    )
    q = forms.CharField(label=_("Subject or number"), required=False, max_length=100)

    def further(self, rows: Any) -> Any:
        """Subject or number holds the words."""
        found = self.cleaned_data["q"].strip()
        if not found:
            return rows
        return rows.filter(subject__icontains=found) | rows.filter(number__icontains=found)


class ReceiptForm(forms.Form):
    """Who received the letter, and when."""

    received_on = DateAnyCalendarField(label=_("Received on"))
    received_by = forms.CharField(label=_("Received by"), max_length=200)
