"""Receiving: files or pasted text, its language, and what it is to the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.documents.forms import ManyFiles
from dabir.documents.models import Document
from dabir.documents.states import DOCUMENT_KINDS
from dabir.intake.services.receiving import Nature
from dabir.intake.states import LANGUAGES, PURPOSES, Purpose
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ

MOST_FILES = 20


class TextsField(forms.FileField):
    """Several files, whatever is in them: each gets its own reading or refusal."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ManyFiles(attrs={"multiple": True}))
        options["allow_empty_file"] = True
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files as they were sent."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most twenty files at once."))
        return [super(TextsField, self).clean(file, initial) for file in files]


class ReceiveForm(forms.Form):
    """What came in, and what is said of it."""

    files = TextsField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, Word documents (DOCX) and plain text, damaged or not; up to 50 MB each."),
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        strip=False,
        max_length=3_000_000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES.items())
    purpose = forms.ChoiceField(
        label=_("What it is"), choices=PURPOSES.items(), widget=forms.RadioSelect
    )
    document = forms.ModelChoiceField(
        label=_("Text of the register that it belongs to"),
        queryset=Document.objects.order_by("adopted_on", "id"),
        to_field_name="public_id",
        required=False,
        help_text=_("For a further language, and for the words of a text known by its facts."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DOCUMENT_KINDS.items())
    organ = forms.ModelChoiceField(
        label=_("Adopted by"), queryset=Organ.objects.all(), to_field_name="key", required=False
    )
    session = forms.ModelChoiceField(
        label=_("Session"),
        queryset=Meeting.objects.all(),
        to_field_name="public_id",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Something must have come in, and a further version needs its document."""
        data = super().clean() or {}
        if not data.get("files") and not (data.get("text") or "").strip():
            self.add_error("files", _("Choose a file, or paste a text."))
        if data.get("purpose") != Purpose.NEW and not data.get("document"):
            self.add_error("document", _("Say to which text of the register it belongs."))
        return data

    def nature(self) -> Nature:
        """What is said of the texts."""
        data = self.cleaned_data
        is_new = data["purpose"] == Purpose.NEW
        return Nature(
            language=data["language"],
            purpose=data["purpose"],
            kind=data["kind"],
            document=None if is_new else data["document"],
            organ=data["organ"] if is_new else None,
            session=data["session"] if is_new else None,
        )
