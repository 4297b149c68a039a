"""Found, change and abolish an organ; annul what was done to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import Stamp, day_field
from dabir.core.formfields import WordsField
from dabir.core.words import as_words
from dabir.organs import services
from dabir.organs.forms.fields import GroundForm
from dabir.organs.models import Organ
from dabir.organs.states import ORGAN_KINDS
from dabir.registry.states import Precision

FOUND = "organs.found_organ"
RESERVED = {"found", "findings", "timeline"}


class SeatNumbers(forms.Form):
    """How many seats an organ has, and how few it may have."""

    seats_foreseen = forms.IntegerField(
        label=_("Seats foreseen"), required=False, min_value=1, max_value=999
    )
    seats_least = forms.IntegerField(
        label=_("Fewest seats"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("Below this number the organ is incomplete; empty when no article says so."),
    )


def parent_field() -> forms.ModelChoiceField:
    """The organ to which another belongs."""
    return forms.ModelChoiceField(
        label=_("Belongs to"),
        required=False,
        queryset=Organ.objects.filter(is_annulled=False).order_by("position"),
        to_field_name="key",
    )


class FoundForm(SeatNumbers, GroundForm):
    """Found an organ."""

    right = FOUND
    title = _("Found an organ")
    verb = _("Found the organ")
    consequence = _(
        "The organ can then be filled, called to sessions and decide. Its foundation can be annulled "
        "only as long as nothing rests on it."
    )
    done = _("The organ is founded.")
    grave = True
    names = WordsField(label=_("Name"), max_length=300)
    key = forms.SlugField(
        label=_("Key"),
        max_length=80,
        help_text=_("A short name in Latin letters for its address, such as committee-water."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ORGAN_KINDS.items())
    parent = parent_field()
    powers = WordsField(
        label=_("Powers"),
        required=False,
        long=True,
        max_length=8000,
        help_text=_("One power a line, each with its article."),
    )
    founded_on = day_field(_("With effect from"), required=False)
    founded_precision = forms.ChoiceField(
        label=_("How exactly the day is known"),
        choices=[(p.value, p.label) for p in (Precision.DAY, Precision.MONTH, Precision.YEAR)],
    )
    note = WordsField(label=_("Note"), required=False, long=True, max_length=4000)
    field_order = (
        "names",
        "key",
        "kind",
        "parent",
        "seats_foreseen",
        "seats_least",
        "powers",
        "founded_on",
        "founded_precision",
        "note",
    )

    def clean_key(self) -> str:
        """A key that is no address of another page."""
        key = str(self.cleaned_data["key"])
        if key in RESERVED:
            raise forms.ValidationError(_("This key is taken by a page. Choose another one."))
        return key

    def perform(self, stamp: Stamp) -> object:
        """Found it."""
        data, ground = self.cleaned_data, self.ground()
        fields = ("names", "key", "kind", "parent", "seats_foreseen", "seats_least", "powers")
        known = data["founded_on"]
        return services.enter_organ(
            **{field: data[field] for field in fields},
            founded_on=known,
            founded_precision=data["founded_precision"] if known else Precision.UNKNOWN,
            note=data["note"],
            basis=ground.basis,
            decided_by=ground.decided_by,
            source=ground.source,
            **stamp,
        )


class ChangeForm(SeatNumbers, GroundForm):
    """Give an organ another name, other powers, other seats or another place."""

    right = FOUND
    title = _("Change the organ")
    verb = _("Change the organ")
    consequence = _(
        "From that day the organ has this name, these powers and seats. Earlier days keep showing "
        "what was in force then."
    )
    done = _("The organ is changed.")
    grave = True
    names = WordsField(label=_("Name"), max_length=300)
    parent = parent_field()
    powers = WordsField(label=_("Powers"), required=False, long=True, max_length=8000)
    effective_on = day_field(_("With effect from"))
    field_order = ("names", "parent", "seats_foreseen", "seats_least", "powers", "effective_on")

    def __init__(self, *args: Any, record: Organ, **options: Any) -> None:
        options["initial"] = {
            "names": as_words(record.names),
            "parent": record.parent.key if record.parent else None,
            "powers": as_words(record.powers),
            "seats_foreseen": record.seats_foreseen,
            "seats_least": record.seats_least,
        }
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Change it."""
        data = self.cleaned_data
        fields = ("names", "parent", "seats_foreseen", "seats_least", "powers")
        services.change_organ(
            organ=self.record,
            effective_on=data["effective_on"],
            ground=self.ground(),
            version=data["version"],
            **{field: data[field] for field in fields},
            **stamp,
        )
        return True


class AbolishForm(GroundForm):
    """Abolish an organ."""

    right = FOUND
    title = _("Abolish the organ")
    verb = _("Abolish the organ")
    consequence = _(
        "From that day the organ and all its seats are no more. What it decided stays in force until "
        "another decision changes it."
    )
    done = _("The organ is abolished.")
    grave = True
    needs_basis = True
    effective_on = day_field(_("With effect from"))

    def perform(self, stamp: Stamp) -> object:
        """Abolish it."""
        data = self.cleaned_data
        services.abolish_organ(
            organ=self.record,
            effective_on=data["effective_on"],
            ground=self.ground(),
            version=data["version"],
            **stamp,
        )
        return True


class AnnulForm(GroundForm):
    """Annul one act on an organ."""

    right = "organs.annul_act"
    title = _("Annul the act")
    verb = _("Annul the act")
    consequence = _(
        "What followed from the act is undone, as if it had not been taken. The act and its annulment "
        "stay on record; an annulment is not annulled."
    )
    done = _("The act is annulled.")
    grave = True

    def __init__(self, *args: Any, act: Any, **options: Any) -> None:
        self.act = act
        super().__init__(*args, **options)

    def perform(self, stamp: Stamp) -> object:
        """Annul it."""
        version = self.cleaned_data["version"]
        services.annul_act(act=self.act, ground=self.ground(), version=version, **stamp)
        return True
