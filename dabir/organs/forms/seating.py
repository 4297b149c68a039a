"""Give, end and replace seats; give and end functions; record an election."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import Stamp, day_field
from dabir.organs import services
from dabir.organs.forms.fields import GroundForm, HolderField, city_choices
from dabir.organs.models import Seat
from dabir.organs.states import FUNCTIONS, MANNERS
from dabir.registry.models import City

FILL = "organs.fill_seat"
NO_FUNCTION = ("", _("no function"))


def function_field(*, required: bool = False) -> forms.ChoiceField:
    """What the holder of a seat does in the organ."""
    choices = [*FUNCTIONS.items()] if required else [NO_FUNCTION, *FUNCTIONS.items()]
    return forms.ChoiceField(label=_("Function"), required=required, choices=choices)


class FillForm(GroundForm):
    """Give a city or post a seat."""

    right = FILL
    title = _("Give a seat")
    verb = _("Give the seat")
    consequence = _(
        "From that day the seat is held. An elected seat is held for the term that the rule set in "
        "force names; the seat is the city's, whoever is its mayor."
    )
    done = _("The seat is given.")
    holder = HolderField(
        required=False,
        help_text=_("Left empty when no source names the holder: then name the source."),
    )
    function = function_field()
    manner = forms.ChoiceField(label=_("How it is come by"), choices=MANNERS.items())
    starts_on = day_field(_("From"), required=False)
    ends_on = day_field(_("Until, that day not included, if it has ended"), required=False)
    term_ends_on = day_field(_("End of the term, if the decision names another"), required=False)

    def clean(self) -> dict[str, Any]:
        """A seat without a holder rests on a source."""
        data = super().clean() or self.cleaned_data
        if not data.get("holder") and not data.get("source"):
            self.add_error(
                "holder", _("Choose the holder, or name the source that leaves it open.")
            )
        return data

    def perform(self, stamp: Stamp) -> object:
        """Give it."""
        data, ground = self.cleaned_data, self.ground()
        fields = ("function", "manner", "starts_on", "ends_on", "term_ends_on", "version")
        services.give_seat(
            organ=self.record,
            holder_unknown=not data["holder"],
            basis=ground.basis,
            decided_by=ground.decided_by,
            source=ground.source,
            **data["holder"],
            **{field: data[field] for field in fields},
            **stamp,
        )
        return True


class ElectForm(GroundForm):
    """Seat the elected."""

    right = FILL
    title = _("Record an election")
    verb = _("Record the election")
    consequence = _(
        "The elected seats held until then end on that day, and those of the elected begin. Seats "
        "held by right of office or seat stay."
    )
    done = _("The election is recorded.")
    grave = True
    needs_basis = True
    cities = forms.MultipleChoiceField(label=_("Elected cities"), choices=city_choices)
    starts_on = day_field(_("From"))

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        return services.record_election(
            organ=self.record,
            cities=list(City.objects.filter(public_id__in=data["cities"]).order_by("public_id")),
            starts_on=data["starts_on"],
            ground=self.ground(),
            version=data["version"],
            **stamp,
        )


class SeatForm(GroundForm):
    """An act on one seat; the record is its organ."""

    right = FILL

    def __init__(self, *args: Any, seat: Seat, **options: Any) -> None:
        self.seat = seat
        super().__init__(*args, **options)


class EndForm(SeatForm):
    """End a seat."""

    title = _("End the seat")
    verb = _("End the seat")
    consequence = _("From that day the seat is vacant, and the functions that go with it end.")
    done = _("The seat ends on that day.")
    grave = True
    ends_on = day_field(_("First day on which it is no longer held"))

    def perform(self, stamp: Stamp) -> object:
        """End it."""
        data = self.cleaned_data
        return services.end_seat(
            seat=self.seat,
            ends_on=data["ends_on"],
            ground=self.ground(),
            version=data["version"],
            **stamp,
        )


class ReplaceForm(SeatForm):
    """Let another take a seat over."""

    title = _("Replace for the rest of the term")
    verb = _("Replace")
    consequence = _(
        "The seat passes on that day and is held until the end of the same term. Functions do not "
        "pass with it."
    )
    done = _("The seat has passed.")
    grave = True
    holder = HolderField(label=_("Successor"))
    starts_on = day_field(_("From"))
    function = function_field()

    def perform(self, stamp: Stamp) -> object:
        """Replace."""
        data = self.cleaned_data
        services.replace_seat(
            seat=self.seat,
            starts_on=data["starts_on"],
            function=data["function"],
            ground=self.ground(),
            version=data["version"],
            **data["holder"],
            **stamp,
        )
        return True


class EntrustForm(SeatForm):
    """Make the holder of a seat chair, vice-chair or secretary."""

    title = _("Give a function")
    verb = _("Give the function")
    consequence = _("From that day the holder of the seat has the function beside the seat.")
    done = _("The function is given.")
    function = function_field(required=True)
    starts_on = day_field(_("From"))

    def perform(self, stamp: Stamp) -> object:
        """Give it."""
        data = self.cleaned_data
        return services.entrust_function(
            seat=self.seat,
            function=data["function"],
            starts_on=data["starts_on"],
            ground=self.ground(),
            version=data["version"],
            **stamp,
        )


class RelieveForm(SeatForm):
    """End a function."""

    title = _("End a function")
    verb = _("End the function")
    consequence = _("From that day the holder keeps the seat without the function.")
    done = _("The function ends on that day.")
    function = function_field(required=True)
    ends_on = day_field(_("First day on which it is no longer held"))

    def perform(self, stamp: Stamp) -> object:
        """End it."""
        data = self.cleaned_data
        return services.relieve_function(
            seat=self.seat,
            function=data["function"],
            ends_on=data["ends_on"],
            ground=self.ground(),
            version=data["version"],
            **stamp,
        )


SEAT_ACTS: dict[str, type[SeatForm]] = {
    "end": EndForm,
    "replace": ReplaceForm,
    "entrust": EntrustForm,
    "relieve": RelieveForm,
}
