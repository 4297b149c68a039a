"""Files brought in by the editors: told by their content, within the limits of the house."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from dabir.core.errors import InvalidInput
from dabir.documents.uploads import check_upload


def _checked(file: Any) -> Any:
    """The same file if it may come in; its content decides and its name is made harmless."""
    if not isinstance(file, UploadedFile):
        return file
    try:
        upload = check_upload(file)
    except InvalidInput as refusal:
        raise ValidationError(f"{refusal.message} {refusal.cure}".strip()) from refusal
    file.seek(0)
    file.name = upload.name
    return file


class PictureForm(BaseImageForm):
    """A picture: Wagtail opens it, the house's own limits and kinds hold as well."""

    def clean_file(self) -> Any:
        """See `_checked`."""
        return _checked(self.cleaned_data.get("file"))


class PaperForm(BaseDocumentForm):
    """A document: no HTML, no SVG, nothing that only calls itself a PDF."""

    def clean_file(self) -> Any:
        """See `_checked`."""
        return _checked(self.cleaned_data.get("file"))
