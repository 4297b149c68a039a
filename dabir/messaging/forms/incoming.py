"""What is asked about letters that arrive."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.narrowing import NarrowingForm
from dabir.core.reference import Reference
from dabir.core.words import reader_language, say
from dabir.documents.forms import FilesField, stored
from dabir.messaging import services
from dabir.messaging.models import IncomingLetter, Letter
from dabir.messaging.queries.incoming import SENDERS, SUBJECTS, desks, named_reference
from dabir.messaging.states import CHANNELS, INCOMING_STATES
from dabir.registry.models import Post
from dabir.text.folding import fold, sort_key

ANSWER = "messaging.answer_letter"


class NamedField(forms.CharField):
    """A record called by its name in any spelling, or by its public id.

    With `free`, a name that the registry does not know is kept as it was written.
    """

    def __init__(self, kinds: Collection[str], *, free: bool = False, **options: Any) -> None:
        self.kinds, self.free = tuple(kinds), free
        super().__init__(max_length=200, **options)

    def clean(self, value: Any) -> Reference | None:
        """The record meant; several of one name are told apart by their public ids."""
        text = super().clean(value)
        if not text:
            return None
        found = named_reference(text, self.kinds)
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(
                _("Several records are called “%(name)s”: write one of %(ids)s."),
                code="several",
                params={"name": text, "ids": ", ".join(sorted(r.public_id for r in found))},
            )
        if self.free:
            return Reference("words", "", {_script(text): text})
        raise forms.ValidationError(
            _("No record is called “%(name)s”."), code="unknown", params={"name": text}
        )

    def prepare_value(self, value: Any) -> Any:
        """A record by its name in the reader's language."""
        if isinstance(value, dict):
            return say(value.get("labels") or {}) or value.get("id", "")
        return value


def _script(text: str) -> str:
    """Under which language words of unknown language are kept: by their letters."""
    return "fa" if any("\u0600" <= sign <= "\u06ff" for sign in text) else "en"


class LetterNumberField(forms.CharField):
    """A letter of the outbox by its number."""

    def clean(self, value: Any) -> Letter | None:
        """The letter meant."""
        number = fold(super().clean(value) or "").strip()
        if not number:
            return None
        letter = Letter.objects.filter(number__iexact=number).first()
        if letter is None:
            raise forms.ValidationError(
                _("No letter of the outbox has the number “%(number)s”."),
                code="unknown",
                params={"number": number},
            )
        return letter


class DeskField(forms.ChoiceField):
    """A post of the secretariat or an officer, in the order of the reader's alphabet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=self._choices, **options)

    @staticmethod
    def _choices() -> list[tuple[str, str]]:
        language = reader_language()
        named = [(post.public_id, say(post.names, language)) for post in desks()]
        return [("", "—"), *sorted(named, key=lambda row: sort_key(row[1]))]

    def clean(self, value: Any) -> Post | None:
        """The post meant."""
        chosen = super().clean(value)
        return Post.objects.get(public_id=chosen) if chosen else None


class EntryFields(forms.Form):
    """What the letter book says of a letter that arrived."""

    sender = NamedField(
        SENDERS,
        free=True,
        label=_("Sender"),
        help_text=_("A city, organisation or person by name; others are kept as written."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=400)
    received_on = day_field(_("Received on"))
    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS.items())
    dated_on = day_field(_("Date on the letter"), required=False)
    their_number = forms.CharField(label=_("The sender's number"), max_length=80, required=False)
    summary = forms.CharField(
        label=_("What it asks for"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    about = NamedField(
        SUBJECTS,
        label=_("Record it concerns"),
        required=False,
        help_text=_("A decision, commitment, text, meeting, organ or city: its name or number."),
    )
    answer_by = day_field(_("To be answered by"), required=False)
    is_confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=_("Only the heads of the secretariat and the desk it lies on may read it."),
    )

    def entry(self) -> dict[str, Any]:
        """The entry as the services take it."""
        return {name: self.cleaned_data[name] for name in EntryFields.base_fields}


class RegisterForm(ActForm, EntryFields):
    """Enter a letter that arrived."""

    right = "messaging.register_letter"
    title = _("Enter a letter that arrived")
    verb = _("Enter the letter")
    consequence = _("It is numbered in the letter book and waits on the desk you choose.")
    done = _("The letter is entered.")
    field_order = ("version", "sender", "subject", "files", "holder", "answer_by", "received_on")
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    answers = LetterNumberField(
        label=_("It answers our letter number"), required=False, max_length=40
    )
    holder = DeskField(label=_("On the desk of"))
    files = FilesField(label=_("The letter and its enclosures"), required=False)

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        options["initial"] = {
            "received_on": timezone.localdate(),
            "language": reader_language(),
        } | (options.get("initial") or {})
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> IncomingLetter:
        """Enter it."""
        data = self.cleaned_data
        return services.register_letter(
            **self.entry(),
            language=data["language"],
            answers=data["answers"],
            holder=data["holder"],
            files=[stored(upload, at=stamp["at"]) for upload in data["files"]],
            **stamp,
        )


class ForwardForm(ActForm):
    """Lay the letter on another desk."""

    right = ANSWER
    title = _("Forward the letter")
    verb = _("Forward")
    consequence = _("It waits on the other desk from now on; yours stays in its history.")
    done = _("The letter is forwarded.")
    holder = DeskField(label=_("To the desk of"))
    words = reason_field(required=False, label=_("Note"))

    def perform(self, stamp: Stamp) -> IncomingLetter:
        """Forward it."""
        data = self.cleaned_data
        return services.forward_letter(
            letter=self.record,
            holder=data["holder"],
            words=data["words"],
            version=data["version"],
            **stamp,
        )


class AnswerForm(ActForm):
    """Record how the letter was answered."""

    right = ANSWER
    title = _("Record the answer")
    verb = _("Record as answered")
    consequence = _("It no longer waits. The reply and this letter lead to each other.")
    done = _("The letter is answered.")
    reply = LetterNumberField(
        label=_("Number of our reply"),
        required=False,
        max_length=40,
        help_text=_("A letter of the outbox. Leave it empty if it was answered otherwise."),
    )
    words = reason_field(required=False, label=_("How it was answered"))

    def clean(self) -> dict[str, Any]:
        """A reply or words."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("reply") and not data.get("words"):
            self.add_error("reply", _("Name the reply, or say below how it was answered."))
        return data

    def perform(self, stamp: Stamp) -> IncomingLetter:
        """Record it."""
        data = self.cleaned_data
        return services.answer_letter(
            letter=self.record,
            reply=data["reply"],
            words=data["words"],
            version=data["version"],
            **stamp,
        )


class FileForm(ActForm):
    """Lay the letter in the archive without an answer."""

    right = ANSWER
    title = _("File without an answer")
    verb = _("File the letter")
    consequence = _("It no longer waits. It can be opened again with a reason.")
    done = _("The letter is filed.")
    words = reason_field(label=_("Why no answer is needed"))

    def perform(self, stamp: Stamp) -> IncomingLetter:
        """File it."""
        data = self.cleaned_data
        return services.file_letter(
            letter=self.record, words=data["words"], version=data["version"], **stamp
        )


class ReopenForm(ActForm):
    """Let the letter wait again."""

    right = ANSWER
    title = _("Open the letter again")
    verb = _("Open again")
    consequence = _("It waits again on the desk where it lay last.")
    done = _("The letter waits again.")
    words = reason_field()

    def perform(self, stamp: Stamp) -> IncomingLetter:
        """Open it again."""
        data = self.cleaned_data
        return services.reopen_letter(
            letter=self.record, words=data["words"], version=data["version"], **stamp
        )


class CorrectForm(ActForm, EntryFields):
    """Put right what was entered wrongly."""

    right = ANSWER
    title = _("Correct the entry")
    verb = _("Correct")
    consequence = _("What stood before stays in the trail. The number does not change.")
    done = _("The entry is corrected.")
    words = reason_field(label=_("Reason of the correction"))

    def __init__(self, *args: Any, record: IncomingLetter, **options: Any) -> None:
        options["initial"] = {name: getattr(record, name) for name in EntryFields.base_fields} | (
            options.get("initial") or {}
        )
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> IncomingLetter:
        """Correct it; a field that still names the record it named keeps it."""
        changes = self.entry()
        for name in ("sender", "about"):
            changes[name] = self._reference(name, changes[name])
        return services.correct_letter(
            letter=self.record,
            changes=changes,
            words=self.cleaned_data["words"],
            version=self.cleaned_data["version"],
            **stamp,
        )

    def _reference(self, name: str, given: Reference | None) -> dict[str, Any] | None:
        if name not in self.changed_data:
            kept: dict[str, Any] | None = getattr(self.record, name)
            return kept
        return given.as_dict() if given else None


# The acts on a letter that arrived, in the order in which they are offered.
INCOMING_ACTS: dict[str, type[ActForm]] = {
    "answer": AnswerForm,
    "forward": ForwardForm,
    "file": FileForm,
    "reopen": ReopenForm,
    "correct": CorrectForm,
}


class IncomingFilter(NarrowingForm):
    """Which letters are shown."""

    lookups = {"state": "state", "holder": "holder"}

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("all")), *INCOMING_STATES.items()], required=False
    )
    holder = DeskField(label=_("On the desk of"), required=False)
    q = forms.CharField(label=_("Subject, sender or number"), required=False, max_length=100)


class PeriodForm(forms.Form):
    """The period of the letter book that is printed or exported; this year unless said otherwise."""

    first = day_field(_("From"), required=False)
    last = day_field(_("Until, that day included"), required=False)

    def clean(self) -> dict[str, Any]:
        """The period does not end before it starts."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The period ends before it starts."))
        return data

    def period(self) -> tuple[date, date]:
        """First and last day."""
        today = timezone.localdate()
        data = self.cleaned_data if self.is_valid() else {}
        return data.get("first") or date(today.year, 1, 1), data.get("last") or today
