"""What is asked of somebody who writes a letter, or the model of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, reason_field
from dabir.core.errors import InvalidInput
from dabir.core.formfields import WordsField
from dabir.core.reference import Reference
from dabir.core.words import as_words, reader_language, say
from dabir.documents.forms import FilesField
from dabir.documents.models import StoredFile
from dabir.messaging import services
from dabir.messaging.forms.incoming import NamedField
from dabir.messaging.models import Letter, LetterTemplate
from dabir.messaging.placeholders import PLACEHOLDERS
from dabir.messaging.queries.incoming import SENDERS
from dabir.messaging.queries.recipients import groups, signing_mandates
from dabir.registry.models import Mandate

WRITE = "messaging.write_letter"
MODELS = "messaging.keep_models"
HELD = "dabir.letter-files"


def _placeholders_said() -> str:
    return "  ".join(f"{{{name}}}: {label}." for name, label in PLACEHOLDERS.items())


PLACEHOLDER_HELP = lazy(_placeholders_said, str)


class SubjectAndBody(forms.Form):
    """The words of a letter in each language."""

    subjects = WordsField(label=_("Subject"), max_length=300)
    bodies = WordsField(label=_("Text"), long=True, max_length=20000, help_text=PLACEHOLDER_HELP())


class SignatoryField(forms.ChoiceField):
    """Who signs the letter: a person by the post held today."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=self._choices, **options)

    @staticmethod
    def _choices() -> list[tuple[str, str]]:
        language = reader_language()
        return [
            (str(m.pk), f"{say(m.person.names, language)} · {say(m.post.names, language)}")
            for m in signing_mandates(timezone.localdate())
        ]

    def clean(self, value: Any) -> Mandate:
        """The mandate by which it is signed."""
        return Mandate.objects.select_related("person", "post").get(pk=super().clean(value))


class ComposeForm(SubjectAndBody):
    """A letter to one or to many, in their languages."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    held = forms.CharField(widget=forms.HiddenInput, required=False)
    template = forms.ModelChoiceField(
        label=_("Model letter"),
        queryset=LetterTemplate.objects.filter(retired_on=None),
        to_field_name="public_id",
        required=False,
    )
    group = forms.ChoiceField(label=_("To many at once"), required=False, choices=())
    recipient = NamedField(
        SENDERS,
        free=True,
        label=_("To one recipient"),
        required=False,
        help_text=_("A city, organisation or person by name; others are kept as written."),
    )
    only_addressed = forms.BooleanField(
        label=_("Leave out those without an address"), required=False
    )
    signatory = SignatoryField(label=_("Signed by"))
    files = FilesField(label=_("Enclosures"), required=False)

    field_order = ("template", "group", "recipient", "only_addressed", "subjects", "bodies")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = {group.key: group for group in groups()}
        self.fields["group"].choices = [  # type: ignore[attr-defined]  # a choice among groups
            ("", _("no group")),
            *((key, group.label) for key, group in self.groups.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Exactly one of group and recipient; the words can be filled in."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("group")) == bool(data.get("recipient")):
            self.add_error("recipient", _("Choose a group, or name one recipient: one of the two."))
        if data.get("subjects") and data.get("bodies"):
            try:
                services.check_words(data["subjects"], data["bodies"])
            except InvalidInput as refusal:
                self.add_error("bodies", f"{refusal.message} {refusal.cure}")
        return data

    def recipients(self) -> list[Reference]:
        """To whom it goes."""
        if self.cleaned_data["group"]:
            return list(self.groups[self.cleaned_data["group"]].read(timezone.localdate()))
        return [self.cleaned_data["recipient"]]

    def held_files(self) -> list[StoredFile]:
        """Files that were kept when the letter was looked at before; a forged list holds none."""
        try:
            wanted = signing.loads(self.cleaned_data.get("held") or "", salt=HELD)
        except signing.BadSignature:
            return []
        return list(StoredFile.objects.filter(sha256__in=wanted).order_by("id"))


def hold_files(files: list[StoredFile]) -> str:
    """A sealed list of files, so that they need not be chosen again."""
    return signing.dumps([file.sha256 for file in files], salt=HELD)


class SignForm(ActForm):
    """Sign a letter drafted for one's post."""

    right = "messaging.sign_letter"
    title = _("Sign the letter")
    verb = _("Sign")
    consequence = _("It may leave from now on, under your name and post.")
    done = _("The letter is signed.")

    def perform(self, stamp: Stamp) -> Letter:
        """Sign it; afterwards one is back at the letter."""
        services.sign_letter(letter=self.record, version=self.cleaned_data["version"], **stamp)
        self.record.refresh_from_db()
        letter: Letter = self.record
        return letter


class TemplateForm(ActForm, SubjectAndBody):
    """Enter a model letter."""

    right = MODELS
    title = _("Enter a model letter")
    verb = _("Enter the model")
    consequence = _("It is offered to everybody who writes letters.")
    done = _("The model letter is entered.")
    names = WordsField(label=_("Name"), max_length=120)
    field_order = ("version", "names", "subjects", "bodies")

    def perform(self, stamp: Stamp) -> LetterTemplate:
        """Enter it."""
        data = self.cleaned_data
        return services.write_template(
            names=data["names"], subjects=data["subjects"], bodies=data["bodies"], **stamp
        )


class RewordForm(ActForm, SubjectAndBody):
    """Give a model letter new words."""

    right = MODELS
    title = _("Change the words of the model")
    verb = _("Change the words")
    consequence = _("Letters already written keep their words; the earlier wording stays.")
    done = _("The model letter has new words.")
    reason = reason_field()

    def __init__(self, *args: Any, record: LetterTemplate, **options: Any) -> None:
        last = record.wordings.latest("revision")
        options["initial"] = {"subjects": last.subjects, "bodies": last.bodies} | (
            options.get("initial") or {}
        )
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> LetterTemplate:
        """Change them."""
        data = self.cleaned_data
        return services.reword_template(
            template=self.record,
            subjects=data["subjects"],
            bodies=data["bodies"],
            reason=data["reason"],
            version=data["version"],
            **stamp,
        )


class RetireForm(ActForm):
    """Stop offering a model letter."""

    right = MODELS
    title = _("Stop offering the model")
    verb = _("Stop offering it")
    consequence = _("Nobody writes from it any more; what was written stays.")
    done = _("The model letter is no longer offered.")

    def perform(self, stamp: Stamp) -> LetterTemplate:
        """Retire it."""
        return services.retire_template(
            template=self.record, version=self.cleaned_data["version"], **stamp
        )


TEMPLATE_ACTS: dict[str, type[ActForm]] = {"reword": RewordForm, "retire": RetireForm}


def words_of(template: LetterTemplate) -> dict[str, dict[str, str]]:
    """Subject and text of a model letter as it stands."""
    last = template.wordings.latest("revision")
    return {"subjects": as_words(last.subjects), "bodies": as_words(last.bodies)}
