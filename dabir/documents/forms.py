"""What is asked when a table is brought in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TableForm(forms.Form):
    """The file to be tried."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_("XLSX or CSV, at most 20 MB and 20,000 rows; the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )


class ConfirmForm(forms.Form):
    """Everything that was shown is entered, or nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    leave_out_refused = forms.BooleanField(
        label=_("Leave the refused rows out"),
        required=False,
        help_text=_("They are not entered; correct them and bring the file in once more."),
    )
