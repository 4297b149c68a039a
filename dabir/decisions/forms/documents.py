"""The acts on documents and their clauses."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.documents.models import Document, Node
from dabir.documents.services import add_clause, add_document, add_version, correct_text
from dabir.documents.states import CLAUSE_KINDS, DOCUMENT_KINDS, VERSION_STATES
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ


class DocumentForm(ActForm):
    """Enter a declaration, minutes or resolution."""

    right = "documents.enter_document"
    title = _("Enter a document")
    verb = _("Enter the document")
    consequence = _("Its clauses are entered next, in the order of the text.")
    done = _("The document is in the register.")
    public_id = forms.SlugField(
        label=_("Permanent name"),
        max_length=80,
        help_text=_("Place and year, such as dushanbe-2022. It never changes."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DOCUMENT_KINDS.items())
    titles = WordsField(label=_("Title"))
    organ = forms.ModelChoiceField(
        label=_("Adopted by"), queryset=Organ.objects.all(), to_field_name="key"
    )
    session = forms.ModelChoiceField(
        label=_("Session"),
        queryset=Meeting.objects.all(),
        to_field_name="public_id",
        required=False,
    )
    adopted_on = day_field(_("Adopted on"))
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=[("fa", _("Persian")), ("en", _("English"))]
    )
    state = forms.ChoiceField(label=_("What that text is worth"), choices=VERSION_STATES.items())
    source = forms.CharField(label=_("Source"), max_length=400)

    def clean_public_id(self) -> str:
        """A name that is still free."""
        value: str = self.cleaned_data["public_id"]
        if Document.objects.filter(public_id=value).exists():
            raise forms.ValidationError(_("This name is already given."))
        return value

    @transaction.atomic
    def perform(self, stamp: Stamp) -> object:
        """Enter it with its first language version."""
        data = self.cleaned_data
        document = add_document(
            public_id=data["public_id"],
            kind=data["kind"],
            titles=data["titles"],
            organ=data["organ"].reference(),
            session=data["session"].reference() if data["session"] else None,
            adopted_on=data["adopted_on"],
            source=data["source"],
            **stamp,
        )
        add_version(
            document=document,
            language=data["language"],
            state=data["state"],
            source=data["source"],
            **stamp,
        )
        return document


NODE_ID = re.compile(r"^(P\d+|\d+[a-z]*(\.[a-z0-9]+)*)$")


class ClauseForm(ActForm):
    """Enter the next clause of a document."""

    right = "documents.enter_document"
    title = _("Enter the next clause")
    verb = _("Enter the clause")
    consequence = _("Its number is its permanent address.")
    done = _("The clause is entered.")
    node_id = forms.CharField(
        label=_("Number"),
        max_length=40,
        help_text=_("P0, P1… before clause 1; then 1, 2, 4.b, 11.note."),
    )
    labels = WordsField(label=_("Label as printed"), required=False, max_length=120)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=CLAUSE_KINDS.items(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    texts = WordsField(label=_("Text"), long=True, max_length=20000)
    record: Document

    def clean_node_id(self) -> str:
        """A number of the usual form that is still free in this document."""
        value: str = self.cleaned_data["node_id"].strip()
        if not NODE_ID.match(value):
            raise forms.ValidationError(_("Write it like P3, 4, 4.b or 11.note."))
        if self.record.nodes.filter(node_id=value).exists():
            raise forms.ValidationError(_("This clause is already entered."))
        return value

    def perform(self, stamp: Stamp) -> object:
        """Enter it after the last one."""
        data = self.cleaned_data
        parent = self.record.nodes.filter(node_id=data["node_id"].rpartition(".")[0]).first()
        return add_clause(
            document=self.record,
            node_id=data["node_id"],
            parent=parent,
            labels=data["labels"] or {},
            kinds=data["kinds"],
            texts=data["texts"],
            **stamp,
        )


class ErratumForm(ActForm):
    """Correct the text of a clause."""

    right = "documents.correct_text"
    title = _("Issue an erratum")
    verb = _("Issue the erratum")
    consequence = _("The new text stands; the old one stays visible with the reason.")
    done = _("The erratum is issued.")
    grave: ClassVar[bool] = True
    language = forms.ChoiceField(
        label=_("Language"), choices=[("fa", _("Persian")), ("en", _("English"))]
    )
    text = forms.CharField(
        label=_("Corrected text"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = reason_field(label=_("What was wrong, and how it is known"))
    record: Node

    def __init__(self, *args: Any, record: Node, language: str = "fa", **options: Any) -> None:
        last = record.texts.filter(language=language).order_by("-revision").first()
        initial = {"language": language, "text": last.text if last else ""}
        super().__init__(*args, record=record, initial=initial, **options)

    def perform(self, stamp: Stamp) -> object:
        """Issue it."""
        data = self.cleaned_data
        return correct_text(
            node=self.record,
            language=data["language"],
            text=data["text"],
            reason=data["reason"],
            **stamp,
        )
