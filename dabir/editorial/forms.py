"""Files brought in by the editors: told by their content, within the limits of the house."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import AbstractImage

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


class _FileForm:
    """What the forms of both kinds of files have in common."""

    cleaned_data: dict[str, Any]
    original_file: Any

    def clean_file(self) -> Any:
        """See `_checked`."""
        return _checked(self.cleaned_data.get("file"))

    def save(self, commit: bool = True) -> Any:
        """As Wagtail does, but the bytes that were replaced go only when the new ones are there for good."""
        replaced, self.original_file = self.original_file, None
        saved = super().save(commit=commit)  # type: ignore[misc]  # of Wagtail's form beside it
        if commit and replaced and "file" in self.changed_data:  # type: ignore[attr-defined]  # the same
            _forget_small_ones(saved)
            transaction.on_commit(partial(replaced.storage.delete, replaced.name))
        return saved


def _forget_small_ones(file: Any) -> None:
    """Pictures made smaller of the bytes that were replaced."""
    if isinstance(file, AbstractImage):
        file.renditions.all().delete()


class PictureForm(_FileForm, BaseImageForm):
    """A picture: Wagtail opens it, the house's own limits and kinds hold as well."""


class PaperForm(_FileForm, BaseDocumentForm):
    """A document: no HTML, no SVG, nothing that only calls itself a PDF."""
