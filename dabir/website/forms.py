"""What a visitor may write to the association."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.readers.public import path_of
from dabir.text.typed import harmless, one_line
from dabir.website.writing import VisitorForm

LONGEST_TEXT, LONGEST_PAGE = 5000, 300


class _Writing(VisitorForm):
    """What both forms ask."""

    action = "write_to_us"

    def clean_name(self) -> str:
        """One line."""
        return one_line(self.cleaned_data["name"])

    def clean_text(self) -> str:
        """Words, without the signs that no database keeps."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        return harmless(text, kept="\n\t")


class QuestionForm(_Writing):
    """A question or message, answered by mail."""

    purpose = "question"
    field_order = ("text", "name", "address")

    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We answer to this address and use it for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class CorrectionForm(_Writing):
    """Something is wrong on a page; who says so may stay unknown."""

    purpose = "correction"
    field_order = ("page", "text", "name", "address")

    page = forms.CharField(
        label=_("Page"),
        max_length=LONGEST_PAGE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("The address of the page, as your browser shows it."),
    )
    text = forms.CharField(
        label=_("What is wrong, and what would be right?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("If you know a source for it, name it."),
    )
    name = QuestionForm.base_fields["name"]
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Only if you wish an answer; it is used for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def clean_page(self) -> str:
        """A path of this site; a whole address of it is cut down to its path."""
        return page_of(self.cleaned_data["page"], self.request.get_host())


class NewsletterForm(VisitorForm):
    """The address to which the newsletter is to come."""

    purpose = "newsletter"
    action = "newsletter"

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("A letter with a link comes to it; only by that link the newsletter begins."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


def page_of(typed: Any, host: str) -> str:
    """The path of a page of this site; what is typed otherwise is kept as one line of words."""
    line = one_line(str(typed or ""))[:LONGEST_PAGE]
    for scheme in ("https://", "http://"):
        if line.startswith(f"{scheme}{host}/"):
            line = line.removeprefix(f"{scheme}{host}")
    return path_of(line) or line
