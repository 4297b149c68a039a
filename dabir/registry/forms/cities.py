"""Acts on cities and what is known of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.core.words import as_words
from dabir.registry import services
from dabir.registry.bases import basis_named
from dabir.registry.models import City, CityFact, Country
from dabir.registry.proposals import Proposal
from dabir.registry.states import (
    CONFIDENCES,
    FACT_KINDS,
    INCOME_GROUPS,
    SCOPES,
    Confidence,
    FactKind,
)

BASIS = _("By which decision")


class CityFilter(forms.Form):
    """Which cities are listed."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, countries: list[Country], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["country"]
        named = [(country.code, str(country)) for country in countries]
        field.choices = [("", _("all")), *named, ("unknown", _("unknown"))]  # type: ignore[attr-defined]  # a choice


class ChangeCityForm(ActForm):
    """What a city is called and where it lies."""

    right = "registry.add_place"
    title = _("Change a city")
    verb = _("Save")
    consequence = _("The former name stays in the history, and the city is still found by it.")
    done = _("The change is saved.")

    names = WordsField(label=_("Name"), max_length=200)
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.order_by("code"), required=False
    )
    printed_as = forms.CharField(label=_("Printed as"), required=False, max_length=200)
    source = forms.CharField(label=_("Source"), required=False, max_length=400)
    counts_from = day_field(_("Counts from"), required=False)
    reason = reason_field(required=False)
    basis = forms.CharField(label=BASIS, required=False, max_length=200)

    def __init__(self, *args: Any, record: City, **options: Any) -> None:
        options["initial"] = {
            "names": as_words(record.names),
            "country": record.country_id,
            "printed_as": record.printed_as,
            "source": record.source,
        }
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Save it; a changed name keeps the one before."""
        given = self.cleaned_data
        return services.change_city(
            city=self.record,
            names=given["names"],
            country=given["country"],
            printed_as=given["printed_as"],
            source=given["source"],
            reason=given["reason"],
            basis=basis_named(given["basis"]),
            version=given["version"],
            **(stamp | {"on": given["counts_from"] or stamp["on"]}),
        )


class TellFactForm(ActForm):
    """A value that a source gives of a city."""

    right = "registry.add_place"
    title = _("Enter a value")
    verb = _("Enter")
    consequence = _("It stands beside what other sources say; nothing is replaced.")
    done = _("The value is entered.")

    kind = forms.ChoiceField(label=_("What is told"), choices=FACT_KINDS.items())
    value = forms.CharField(
        label=_("Value"),
        required=False,
        max_length=60,
        help_text=_("Inhabitants, or latitude and longitude such as 35.69439 51.42151."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    income = forms.ChoiceField(
        label=_("Income group"),
        required=False,
        choices=[("", "—"), *INCOME_GROUPS.items()],
        help_text=_("Only where the income group is told."),
    )
    year = forms.IntegerField(
        label=_("Year (Gregorian)"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        help_text=_("Needed for population and income group."),
    )
    scope = forms.ChoiceField(label=_("For which area"), required=False, choices=SCOPES.items())
    source = forms.CharField(
        label=_("Source"),
        max_length=400,
        help_text=_("Census, yearbook, letter, page; as exactly as you can."),
    )
    source_on = day_field(_("Date of the source"), required=False)
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=CONFIDENCES.items(), initial=Confidence.PROBABLE
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def perform(self, stamp: Stamp) -> object:
        """Enter it beside the others."""
        given = dict(self.cleaned_data)
        given.pop("version")
        income = given.pop("income")
        if given["kind"] == FactKind.INCOME_GROUP:
            given["value"] = income
        return services.tell_fact(city=self.record, **given, **stamp)


class _JudgeForm(ActForm):
    right = "registry.judge_fact"

    reason = reason_field()
    basis = forms.CharField(label=BASIS, required=False, max_length=200)

    def __init__(self, *args: Any, fact: CityFact, **options: Any) -> None:
        self.fact = fact
        super().__init__(*args, **options)

    def _given(self, stamp: Stamp) -> dict[str, Any]:
        given = self.cleaned_data
        basis = basis_named(given["basis"])
        return {"fact": self.fact, "reason": given["reason"], "basis": basis, **stamp}


class MakeOfficialForm(_JudgeForm):
    """Which of several values is the association's."""

    title = _("Make this value the official one")
    verb = _("Make it official")
    consequence = _(
        "Maps, lists and dues use this value from now on. The others stay beside it with their sources."
    )
    done = _("The value is official.")

    def perform(self, stamp: Stamp) -> object:
        """Say so, and why."""
        return services.make_official(**self._given(stamp))


class WithdrawFactForm(_JudgeForm):
    """A value that no longer counts."""

    title = _("Withdraw this value")
    verb = _("Withdraw it")
    consequence = _("It stays readable with your reason beside it and no longer counts.")
    done = _("The value is withdrawn.")
    grave = True

    def perform(self, stamp: Stamp) -> object:
        """Say so, and why."""
        return services.withdraw_fact(**self._given(stamp))


class AcceptProposalForm(ActForm):
    """What is accepted of a proposal, value by value."""

    right = "registry.add_place"
    title = _("Accept values of the proposal")
    verb = _("Accept the chosen values")
    done = _("The chosen values are entered, each with its source.")

    coordinates = forms.BooleanField(label=_("Coordinates"), required=False)
    population = forms.BooleanField(label=_("Population"), required=False)
    year = forms.IntegerField(
        label=_("Year of the population (Gregorian)"),
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        help_text=_("The source gives none. Accept the figure only if you know its year."),
    )
    persian = forms.ChoiceField(label=_("Name in Persian"), required=False)

    def __init__(self, *args: Any, proposal: Proposal, **options: Any) -> None:
        self.proposal = proposal
        super().__init__(*args, **options)
        self.fields["coordinates"].help_text = proposal.coordinates
        self.fields["population"].help_text = f"{proposal.inhabitants:,}"
        names = [] if as_words(self.record.names).get("fa") else proposal.persian_names()
        if names:
            choices = [("", _("none of these")), *((name, name) for name in names)]
            self.fields["persian"].choices = choices  # type: ignore[attr-defined]  # a choice
        else:
            del self.fields["persian"]

    def clean(self) -> dict[str, Any]:
        """Something is chosen, and a population has its year."""
        given = super().clean() or {}
        if not any(given.get(name) for name in ("coordinates", "population", "persian")):
            raise forms.ValidationError(_("Choose at least one value."))
        if given.get("population") and not given.get("year") and "year" not in self.errors:
            self.add_error("year", _("Population and income group are told for a year."))
        return given

    def perform(self, stamp: Stamp) -> object:
        """Enter each accepted value with the proposal as its source."""
        given = self.cleaned_data
        return services.accept_proposal(
            city=self.record,
            proposal=self.proposal,
            coordinates=given["coordinates"],
            population_year=given["year"] if given["population"] else None,
            persian=given.get("persian", ""),
            version=given["version"],
            **stamp,
        )


class ChangeCountryForm(ActForm):
    """What a country is called here."""

    right = "registry.add_place"
    title = _("Change a country")
    verb = _("Save")
    done = _("The change is saved.")

    names = WordsField(label=_("Name"), max_length=200)
    reason = reason_field(required=False)

    def __init__(self, *args: Any, record: Country, **options: Any) -> None:
        options["initial"] = {"names": as_words(record.names)}
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Save it."""
        given = self.cleaned_data
        return services.change_country(
            country=self.record, names=given["names"], reason=given["reason"], **stamp
        )
