"""One file that comes in with an act, checked by its content."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dabir.core.acting import Stamp
from dabir.core.errors import InvalidInput
from dabir.documents.models import StoredFile
from dabir.documents.services import store_file
from dabir.documents.uploads import Upload, check_upload


class OneFileField(forms.FileField):
    """A file, checked by its content."""

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        """The file that was let in."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        try:
            return check_upload(file)
        except InvalidInput as refusal:
            raise forms.ValidationError(f"{refusal.message} {refusal.cure}".strip()) from refusal


def stored(upload: Upload | None, stamp: Stamp) -> StoredFile | None:
    """The file in the store; None when none was given."""
    if upload is None:
        return None
    return store_file(
        data=upload.data, name=upload.name, media_type=upload.media_type, at=stamp["at"]
    )
