"""A rule set handed in: its file, its names, its first day, and the decision that adopted it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.acting import day_field
from dabir.core.basis import BasisField
from dabir.statutes.checking import LARGEST


class RuleSetForm(forms.Form):
    """What is checked first and adopted at the second look."""

    file = forms.FileField(
        label=pgettext_lazy("file", "Rule set"),
        required=False,
        help_text=_("A text file (TOML). Start from a template, or from the rule set in force."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,text/plain"}),
    )
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "ltr", "lang": "en", "spellcheck": "false"}),
    )
    name_fa = forms.CharField(label=_("Name in Persian"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300)
    in_force_from = day_field(_("In force from"))
    basis = BasisField(required=False)

    def clean(self) -> dict[str, Any]:
        """The text, out of the file or the box; refused when there is neither."""
        data: dict[str, Any] = super().clean() or {}
        given = data.get("file")
        if given:
            if given.size > LARGEST:
                self.add_error("file", _("This file is longer than any statute."))
                return data
            try:
                data["text"] = given.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This file is not text in UTF-8."))
        data["text"] = data.get("text", "").replace("\r\n", "\n")
        if not data["text"].strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste its text."))
        return data

    def names(self) -> dict[str, str]:
        """The names in both languages."""
        return {"fa": self.cleaned_data["name_fa"], "en": self.cleaned_data["name_en"]}


class CompareForm(forms.Form):
    """Which two rule sets stand side by side."""

    before = forms.ChoiceField(label=_("Earlier"))
    after = forms.ChoiceField(label=_("Later"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("before", "after"):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]  # a choice field has choices
