"""The acts of a review that have a page of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.core.words import as_words
from dabir.documents.models import Document
from dabir.documents.states import DOCUMENT_KINDS, VERSION_STATES
from dabir.intake.models import Receipt
from dabir.intake.queries.reviews import review_of
from dabir.intake.review.parts import Part
from dabir.intake.services.confirming import confirm_reading
from dabir.intake.services.receiving import set_aside
from dabir.intake.services.reviewing import make_ready, send_back, take_step
from dabir.intake.states import ROLES, Purpose, Role
from dabir.registry.states import PRECISIONS
from dabir.text.digits import to_latin


def is_day(text: str) -> bool:
    """Whether the text is a day, a month or a year that there is."""
    parts = text.strip().split("-")
    try:
        date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return False
    return len(parts) <= 3 and len(parts[0]) == 4


class StepForm(ActForm):
    """One step of a review; the part that it is about is known."""

    right = "intake.review_reading"
    step = ""
    shows_words = False
    record: Receipt

    def __init__(
        self, *args: Any, record: Receipt, part: Part | None = None, **options: Any
    ) -> None:
        self.part = part
        super().__init__(*args, record=record, **options)
        if part and self.shows_words:
            words = forms.CharField(
                label=_("Words of this part"),
                disabled=True,
                required=False,
                initial=part["text"],
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "lang": record.language}),
            )
            self.fields = {"words_shown": words, **self.fields}

    def data_of_step(self) -> dict[str, Any]:
        """What the step's row keeps."""
        raise NotImplementedError

    def perform(self, stamp: Stamp) -> object:
        """Take the step."""
        take_step(
            receipt=self.record,
            verb=self.step,
            data=({"part": self.part["key"]} if self.part else {}) | self.data_of_step(),
            reason=self.cleaned_data.get("reason") or "",
            version=self.cleaned_data["version"],
            **stamp,
        )
        return True


class RetypeForm(StepForm):
    """Type the words of a part anew."""

    step = "retype_part"
    title = _("Type the words of this part")
    verb = _("Let this stand")
    consequence = _(
        "Every doubt about words in this part is decided by it. Open digits stay as they are."
    )
    done = _("The words are changed.")
    text = forms.CharField(
        label=_("Words"), widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"})
    )
    reason = reason_field(required=False, label=_("How the right reading is known"))

    def __init__(self, *args: Any, part: Part, **options: Any) -> None:
        super().__init__(*args, part=part, initial={"text": part["text"]}, **options)

    def data_of_step(self) -> dict[str, Any]:
        """The words typed, in one line as clauses are kept."""
        return {"text": " ".join(self.cleaned_data["text"].split())}


class SplitForm(StepForm):
    """Divide a part where a line break is typed."""

    step = "split_part"
    title = _("Divide this part")
    verb = _("Divide it here")
    consequence = _("The names of the parts behind it follow; nothing is in the register yet.")
    done = _("The part is divided.")
    text = forms.CharField(
        label=_("Put a line break where the second part begins"),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )

    def __init__(self, *args: Any, part: Part, **options: Any) -> None:
        super().__init__(*args, part=part, initial={"text": part["text"]}, **options)

    def clean_text(self) -> int:
        """The place of the one line break; the words themselves must be the same."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        head, found, tail = text.partition("\n")
        words = self.part["text"] if self.part else ""
        if not found or "\n" in tail.strip():
            raise forms.ValidationError(_("One line break is needed, no more."))
        if "".join(f"{head}{tail}".split()) != "".join(words.split()):
            raise forms.ValidationError(_("Only the line break may differ from the words."))
        letters = len("".join(head.split()))
        seen = 0
        for at, sign in enumerate(words):
            if seen == letters and not sign.isspace():
                return at
            seen += not sign.isspace()
        raise forms.ValidationError(_("Both halves need words."))

    def data_of_step(self) -> dict[str, Any]:
        """Where it is divided."""
        return {"at": self.cleaned_data["text"]}


class MergeForm(StepForm):
    """Join a part to the one before it."""

    step = "merge_part"
    shows_words = True
    title = _("Join to the part before")
    verb = _("Join them")
    consequence = _("Both become one part. What was said of what they hold is asked again.")
    done = _("The parts are one.")

    def data_of_step(self) -> dict[str, Any]:
        """Only the part."""
        return {}


class PlaceForm(StepForm):
    """Say what a part is."""

    step = "place_part"
    shows_words = True
    title = _("What this part is")
    verb = _("Let it be so")
    consequence = _(
        "Recitals are counted, items take letters in their order, a remainder is a note of its "
        "clause. A number that you give goes before that."
    )
    done = _("The part has its place.")
    role = forms.ChoiceField(
        label=_("It is"),
        choices=[(key, label) for key, label in ROLES.items() if key != Role.UNPLACED],
    )
    parent = forms.ChoiceField(label=_("It belongs to"), required=False)
    id = forms.CharField(
        label=_("Number of its own"),
        max_length=40,
        required=False,
        help_text=_("For a clause: 1, 2, 3bis. Else only where the usual name is not wanted."),
    )
    label = forms.CharField(label=_("Label as printed"), max_length=120, required=False)
    reason = reason_field(required=False)

    def __init__(self, *args: Any, record: Receipt, part: Part, **options: Any) -> None:
        initial = {name: part[name] or "" for name in ("role", "parent", "id", "label")}
        super().__init__(*args, record=record, part=part, initial=initial, **options)
        parents: list[tuple[str, Any]] = [("", _("nothing"))]
        for one in review_of(record).parts:
            if one["key"] == part["key"]:
                break
            if one["name"]:
                parents.append((one["key"], f"{one['name']} · {one['text'][:50]}"))
        field = self.fields["parent"]
        if isinstance(field, forms.ChoiceField):
            field.choices = parents

    def data_of_step(self) -> dict[str, Any]:
        """Role, parent, number, label."""
        return {name: self.cleaned_data[name] for name in ("role", "parent", "id", "label")}


class AboutForm(StepForm):
    """Say what the text is, before it enters the register."""

    step = "set_about"
    title = _("What the text is")
    verb = _("Let it be so")
    consequence = _("It is entered like this once a second person has confirmed the reading.")
    done = _("It is said what the text is.")
    public_id = forms.SlugField(
        label=_("Permanent name"),
        max_length=80,
        help_text=_("Place and year, such as dushanbe-2022. It never changes."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DOCUMENT_KINDS.items())
    titles = WordsField(label=_("Title"))
    adopted_on = day_field(_("Adopted on"), required=False)
    adopted_precision = forms.ChoiceField(label=_("How exact"), choices=PRECISIONS.items())
    adopted_candidates = forms.CharField(
        label=_("Possible dates, where several readings are open"),
        required=False,
        help_text=_("Separated by |, for example 2014-11-24|2014-11-25. Nothing is scheduled."),
    )
    state = forms.ChoiceField(label=_("What this text is worth"), choices=VERSION_STATES.items())
    note = WordsField(label=_("Note"), required=False, long=True, max_length=4000)
    source = forms.CharField(label=_("Source"), max_length=400)

    NEW_ONLY = (
        "public_id",
        "kind",
        "titles",
        "adopted_on",
        "adopted_precision",
        "adopted_candidates",
    )

    def __init__(self, *args: Any, record: Receipt, **options: Any) -> None:
        options.pop("part", None)
        super().__init__(*args, record=record, initial=_about_initial(record), **options)
        if record.purpose != Purpose.NEW:
            for name in self.NEW_ONLY:
                del self.fields[name]

    def clean_adopted_candidates(self) -> list[str]:
        """Days, months or years, in any digits."""
        named = to_latin(self.cleaned_data["adopted_candidates"]).split("|")
        days = [day.strip() for day in named if day.strip()]
        for day in days:
            if not is_day(day):
                said = _("“%(text)s” is not understood as a day. Write it like 2014-11-25.")
                raise forms.ValidationError(said % {"text": day})
        return days

    def clean_public_id(self) -> str:
        """A name that is still free."""
        value: str = self.cleaned_data["public_id"]
        if Document.objects.filter(public_id=value).exists():
            raise forms.ValidationError(_("This name is already given."))
        return value

    def data_of_step(self) -> dict[str, Any]:
        """What is said, with days as text."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in ("version", "reason")}
        if data.get("adopted_on"):
            data["adopted_on"] = data["adopted_on"].isoformat()
        return data


def _about_initial(receipt: Receipt) -> dict[str, Any]:
    """What was said before, else what the machine and the session suggest."""
    said = review_of(receipt).about
    if said:
        return said | {"adopted_candidates": "|".join(said.get("adopted_candidates") or [])}
    session = receipt.session
    structure = receipt.reading.structure
    kinds = {"declaration": "declaration", "resolution": "resolution", "minutes": "minutes"}
    title = structure.get("title") or ""
    return {
        "kind": kinds.get(structure.get("kind", ""), receipt.kind),
        "titles": {receipt.language: title} if title and "{" not in title else {},
        "adopted_on": session.ends_on or session.starts_on if session else None,
        "adopted_precision": "day" if session and session.starts_on else "unknown",
        "state": "received",
        "source": receipt.name,
        "note": as_words({}),
    }


class SettleForm(StepForm):
    """Settle a difference between two language versions."""

    step = "settle_conflict"
    title = _("A difference between languages")
    verb = _("Settle it")
    done = _("The difference is settled.")
    choice = forms.ChoiceField(
        label=_("What holds"),
        choices=[
            ("register", _("what stands in the register")),
            ("received", _("what this text says")),
            ("both", _("both say the same in their own way")),
            ("open", _("nobody can say yet: both stand side by side")),
        ],
        widget=forms.RadioSelect,
    )
    reason = reason_field()

    def __init__(self, *args: Any, conflict: dict[str, Any], **options: Any) -> None:
        self.conflict = conflict
        super().__init__(*args, **options)

    def data_of_step(self) -> dict[str, Any]:
        """The difference as it was seen, and what holds."""
        seen = {name: self.conflict[name] for name in ("clause", "what", "left", "right")}
        return seen | {"conflict": self.conflict["key"], "choice": self.cleaned_data["choice"]}


class ReadyForm(ActForm):
    """Say that the review is done."""

    right = "intake.review_reading"
    title = _("The review is done")
    verb = _("It is ready")
    consequence = _("A second person, who did not work on it, confirms it or sends it back.")
    done = _("The reading waits for a second person.")

    def perform(self, stamp: Stamp) -> object:
        """Say so; refused while something is undecided."""
        make_ready(receipt=self.record, version=self.cleaned_data["version"], **stamp)
        return True


class SendBackForm(ActForm):
    """Send a review back."""

    right = "intake.confirm_reading"
    title = _("Send the review back")
    verb = _("Send it back")
    consequence = _("The review is open again; every step of it stays.")
    done = _("The review is open again.")
    reason = reason_field(label=_("What is to be looked at again"))

    def perform(self, stamp: Stamp) -> object:
        """Send it back."""
        data = self.cleaned_data
        send_back(receipt=self.record, reason=data["reason"], version=data["version"], **stamp)
        return True


class ConfirmForm(ActForm):
    """Confirm a reviewed reading."""

    right = "intake.confirm_reading"
    title = _("Confirm this reading")
    verb = _("Confirm it")
    consequence = _(
        "The text enters the register, clause by clause, under permanent names. Afterwards only an "
        "erratum can correct it."
    )
    done = _("The text is in the register.")
    grave = True

    def perform(self, stamp: Stamp) -> object:
        """Enter it."""
        confirm_reading(receipt=self.record, version=self.cleaned_data["version"], **stamp)
        return True


class SetAsideForm(ActForm):
    """Leave a received text."""

    right = "intake.receive_text"
    title = _("Set this text aside")
    verb = _("Set it aside")
    consequence = _("Nothing of it enters the register. A reading under way is stopped.")
    done = _("The text is set aside.")
    reason = reason_field(required=False)

    def perform(self, stamp: Stamp) -> object:
        """Set it aside."""
        data = self.cleaned_data
        set_aside(receipt=self.record, reason=data["reason"], version=data["version"], **stamp)
        return True


PART_ACTS: dict[str, type[StepForm]] = {
    "retype": RetypeForm,
    "split": SplitForm,
    "merge": MergeForm,
    "place": PlaceForm,
}
ACTS: dict[str, type[ActForm]] = {
    "about": AboutForm,
    "ready": ReadyForm,
    "send-back": SendBackForm,
    "confirm": ConfirmForm,
    "set-aside": SetAsideForm,
}
