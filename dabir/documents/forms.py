"""Files that people hand in: several at once, and a table that is brought in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.documents.models import StoredFile
from dabir.documents.services import store_file
from dabir.documents.uploads import ALLOWED, Upload, check_upload


def _allowed() -> str:
    return gettext("Allowed are: %(kinds)s.") % {"kinds": ALLOWED}


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked by its content."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ManyFiles(attrs={"multiple": True}))
        options.setdefault("help_text", lazy(_allowed, str)())
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """The files that were let in; each refusal is told with the file's name."""
        files = data if isinstance(data, list | tuple) else [data]
        found, faults = [], []
        for file in files:
            if not file:
                continue
            try:
                found.append(check_upload(super().clean(file, initial)))
            except InvalidInput as refusal:
                faults.append(f"{refusal.message} {refusal.cure}")
        if faults:
            raise forms.ValidationError([forms.ValidationError(fault) for fault in faults])
        if self.required and not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


def stored(upload: Upload, *, at: datetime) -> StoredFile:
    """Keep a file that was let in."""
    return store_file(data=upload.data, name=upload.name, media_type=upload.media_type, at=at)


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
