"""The acts on a meeting, each with its right, its consequence and its questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.core.numbering import new_public_id
from dabir.core.words import reader_language, say
from dabir.meetings import services
from dabir.meetings.models import Meeting
from dabir.meetings.states import MODES
from dabir.membership.services.standing import freeze_standing
from dabir.organs.models import Organ
from dabir.registry.models import City
from dabir.registry.states import Precision

CALL = "meetings.call_meeting"


def city_choices() -> list[tuple[str, Any]]:
    """Every city, sorted in the reader's language."""
    language = reader_language()
    named = [(c.public_id, say(c.names, language)) for c in City.objects.all()]
    return sorted(named, key=lambda row: row[1])


class CityField(forms.ChoiceField):
    """A city of the registry; none is an answer where it is not required."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=lambda: [("", _("not known yet")), *city_choices()], **options)

    def clean(self, value: Any) -> City | None:
        """The city meant."""
        chosen = super().clean(value)
        return City.objects.get(public_id=chosen) if chosen else None


class ForeseeForm(ActForm):
    """Enter a session that is foreseen."""

    right = CALL
    title = _("Foresee a meeting")
    verb = _("Foresee the meeting")
    consequence = _(
        "It stands among the meetings to come, without a day until it is called. Nothing is due by it yet."
    )
    done = _("The meeting is foreseen.")
    organ = forms.ModelChoiceField(
        label=_("Organ"), queryset=Organ.objects.order_by("position"), to_field_name="key"
    )
    ordinal = forms.IntegerField(
        label=_("Number of the session"), required=False, min_value=1, max_value=9999
    )
    names = WordsField(label=_("Name"), max_length=300)
    city = CityField(label=_("City"), required=False)
    mode = forms.ChoiceField(
        label=_("Mode"), required=False, choices=[("", _("not known yet")), *MODES.items()]
    )
    theme = WordsField(label=_("Theme"), required=False, long=True, max_length=2000)
    planned = WordsField(
        label=_("As planned"),
        required=False,
        max_length=300,
        help_text=_("The plan in its own words, such as “spring 2028”; the fact is entered later."),
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=2000)

    def perform(self, stamp: Stamp) -> object:
        """Enter it."""
        data = self.cleaned_data
        del data["version"]
        wanted = f"{data['organ'].key}-{data['ordinal']}" if data["ordinal"] else ""
        if not wanted or Meeting.objects.filter(public_id=wanted).exists():
            wanted = new_public_id("meeting")
        return services.foresee_meeting(public_id=wanted, **data, **stamp)


class DaysForm(ActForm):
    """The days of a session; a session of one day has no last day of its own."""

    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day, if it is another"), required=False)

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        initial = {"starts_on": record.starts_on, "ends_on": record.ends_on}
        super().__init__(*args, record=record, initial=initial, **options)

    def days(self) -> dict[str, Any]:
        """Both days, and the version that was seen."""
        data = self.cleaned_data
        return {
            "starts_on": data["starts_on"],
            "ends_on": data["ends_on"] or data["starts_on"],
            "version": data["version"],
        }


class CallForm(DaysForm):
    """Call a session for its days."""

    right = CALL
    title = _("Call the meeting")
    verb = _("Call the meeting")
    consequence = _(
        "Every commitment due “before the next session” of this organ is due by its first day from now on."
    )
    done = _("The meeting is called.")

    def perform(self, stamp: Stamp) -> object:
        """Call it."""
        return services.call_meeting(meeting=self.record, **self.days(), **stamp)


class MoveForm(DaysForm):
    """Move a called session to other days."""

    right = CALL
    title = _("Move the meeting")
    verb = _("Move the meeting")
    consequence = _("The deadlines that hang on it move along; the earlier call stays visible.")
    done = _("The meeting is moved.")
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Move it."""
        reason = self.cleaned_data["reason"]
        return services.move_meeting(meeting=self.record, reason=reason, **self.days(), **stamp)


class HoldForm(DaysForm):
    """Record that a session took place."""

    right = CALL
    title = _("Record that the meeting was held")
    verb = _("Record as held")
    consequence = _("The fact stands beside the plan; decisions can then name this session.")
    done = _("The meeting is recorded as held.")
    grave = True
    precision = forms.ChoiceField(
        label=_("How exactly the days are known"),
        choices=[
            (Precision.DAY.value, Precision.DAY.label),
            (Precision.MONTH.value, Precision.MONTH.label),
            (Precision.YEAR.value, Precision.YEAR.label),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """A meeting of tomorrow was not held yet."""
        data = super().clean() or self.cleaned_data
        last = data.get("ends_on") or data.get("starts_on")
        if last and last > timezone.localdate():
            self.add_error("starts_on", _("This day is still to come."))
        return data

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        precision = self.cleaned_data["precision"]
        return services.record_meeting_held(
            meeting=self.record, precision=precision, **self.days(), **stamp
        )


class CancelForm(ActForm):
    """Cancel a foreseen or called session."""

    right = CALL
    title = _("Cancel the meeting")
    verb = _("Cancel the meeting")
    consequence = _(
        "What was due before it waits for the next session that is called. A cancelled meeting is "
        "not called again; foresee a new one."
    )
    done = _("The meeting is cancelled.")
    grave = True
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Cancel it."""
        data = self.cleaned_data
        return services.cancel_meeting(
            meeting=self.record, reason=data["reason"], version=data["version"], **stamp
        )


class AttendanceForm(ActForm):
    """Record which cities were present."""

    right = CALL
    title = _("Record who was present")
    verb = _("Record the attendance")
    consequence = _("Only cities that a source names belong here; the list is not a quorum.")
    done = _("The attendance is recorded.")
    cities = forms.MultipleChoiceField(label=_("Cities present"), choices=city_choices)
    source = forms.CharField(label=_("Source"), max_length=2000)

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        super().__init__(*args, record=record, **options)
        present = set(record.attendances.values_list("city__public_id", flat=True))
        self.fields["cities"].choices = [row for row in city_choices() if row[0] not in present]  # type: ignore[attr-defined]  # a choice field

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        cities = list(City.objects.filter(public_id__in=data["cities"]))
        return services.record_attendance(
            meeting=self.record, cities=cities, source=data["source"], **stamp
        )


class FreezeForm(ActForm):
    """Freeze the standing of all members for this meeting."""

    right = "membership.freeze_standing"
    title = _("Freeze the list of voters")
    verb = _("Freeze the list")
    consequence = _(
        "Every member's standing at the deadline of credentials is kept for ever and printed with the "
        "list of voters. What is paid later changes nothing; only a logged ruling of the chair adds to it."
    )
    done = _("The list of voters is frozen.")
    grave = True
    reason = reason_field(required=False, label=_("Why, if it is a second list"))

    def perform(self, stamp: Stamp) -> object:
        """Freeze it."""
        return freeze_standing(
            meeting=self.record.reference(), reason=self.cleaned_data["reason"], **stamp
        )


MEETING_ACTS: dict[str, type[ActForm]] = {
    "call": CallForm,
    "move": MoveForm,
    "hold": HoldForm,
    "attendance": AttendanceForm,
    "freeze": FreezeForm,
    "cancel": CancelForm,
}
