"""What is asked of people who keep the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.accounts.forms import NewPasswordForm
from dabir.core.errors import InvalidInput
from dabir.core.formfields import DateAnyCalendarField
from dabir.core.words import as_words
from dabir.registry.checking import CALENDARS
from dabir.registry.models import Association, City, Country, Mandate, Person
from dabir.registry.rights import POWERS

LANGUAGE_NAMES = dict(settings.LANGUAGES)


def words_from(data: Mapping[str, Any], field: str) -> dict[str, str]:
    """The texts of `field_fa`, `field_en`… as {language: text}, blanks left out."""
    return {
        code: data[f"{field}_{code}"]
        for code, _name in settings.LANGUAGES
        if data.get(f"{field}_{code}")
    }


def tell(form: forms.BaseForm, refusal: InvalidInput) -> None:
    """Show a refusal at the fields that it names, else above the form."""
    for field, reasons in refusal.fields.items():
        places = [name for name in form.fields if name == field or name.startswith(f"{field}_")]
        for reason in reasons:
            form.add_error(places[0] if places else None, str(reason))
    if not refusal.fields:
        form.add_error(None, f"{refusal.message} {refusal.cure}".strip())


def _name_field(label: Any, language: str, *, said: Any = "") -> forms.CharField:
    attributes = {"lang": language, "dir": "rtl" if language == "fa" else "ltr"}
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        help_text=said,
        widget=forms.TextInput(attrs=attributes),
    )


class NamesForm(forms.Form):
    """Names in Persian and English; one of them is enough."""

    names_fa = _name_field(_("Name in Persian"), "fa", said=_("One of the two names is enough."))
    names_en = _name_field(_("Name in English"), "en")

    def clean(self) -> dict[str, Any]:
        """One name at least."""
        given = super().clean() or {}
        if not words_from(given, "names"):
            self.add_error("names_fa", _("A name in at least one language is needed."))
        return given


class VersionedForm(forms.Form):
    """Carries the version that the person saw, so that a change in between is noticed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PersonForm(NamesForm, VersionedForm):
    """One human being."""

    language = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Letters and the invitation go there."),
    )


class PostForm(NamesForm):
    """A post and its powers."""

    powers = forms.MultipleChoiceField(
        label=_("Powers"),
        choices=list(POWERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The page of rights says what each of them may do."),
    )
    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = City.objects.order_by("id")  # type: ignore[attr-defined]  # a choice among records


class MandateForm(forms.Form):
    """Who holds the post, from when, by which decision."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    starts_on = DateAnyCalendarField(label=_("From"), help_text=_("In either calendar."))
    ends_on = DateAnyCalendarField(
        label=_("Until, that day not included"), required=False, help_text=""
    )
    is_acting = forms.BooleanField(
        label=_("Acting, beside or instead of the holder"), required=False
    )
    until_organ = forms.ChoiceField(
        label=_("Acting until the next session of"),
        required=False,
        help_text=_("Only for an acting holder."),
    )
    basis = forms.CharField(
        label=_("By which decision"),
        required=False,
        max_length=200,
        help_text=_(
            "The number of a decision here, such as board-2026/3, or words. Empty: unknown."
        ),
    )

    def __init__(
        self, *args: Any, organs: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_organ"].choices = [("", "—"), *(organs or [])]  # type: ignore[attr-defined]  # a choice
        self.fields["person"].queryset = Person.objects.order_by("id")  # type: ignore[attr-defined]  # a choice among records


class HandOverForm(VersionedForm):
    """Who takes the post over, and on which day."""

    person = forms.ModelChoiceField(label=_("Who takes over"), queryset=Person.objects.none())
    hands_over_on = DateAnyCalendarField(label=_("First day of the new holder"), help_text="")
    basis = forms.CharField(label=_("By which decision"), required=False, max_length=200)
    moves_items = forms.BooleanField(
        label=_("What lies open with the one who leaves goes to the successor"),
        required=False,
        initial=True,
        help_text=_("Letters that have not left, links, tables that were tried."),
    )

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Person.objects.exclude(pk=mandate.person_id).order_by("id")
        self.fields["person"].queryset = others  # type: ignore[attr-defined]  # a choice among records


class EndMandateForm(VersionedForm):
    """The first day without the post."""

    ends_on = DateAnyCalendarField(label=_("First day without the post"), help_text="")
    reason = forms.CharField(label=_("Reason"), required=False, max_length=400)


class ContactForm(forms.Form):
    """Where a person is reached."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("email", _("e-mail")), ("post", _("postal address")), ("phone", _("telephone"))],
        widget=forms.RadioSelect,
    )
    value = forms.CharField(label=_("Address"), max_length=400)
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class InvitationForm(forms.Form):
    """The address to which the invitation goes."""

    email = forms.EmailField(label=_("E-mail address"))


class AddressForm(InvitationForm):
    """Another sign-in address, and why the secretariat names it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        help_text=_("Why, and how you know that it is they. Kept in the trail."),
    )


class ReasonForm(forms.Form):
    """Why; kept in the trail."""

    reason = forms.CharField(label=_("Reason"), max_length=400)


class OptionalReasonForm(forms.Form):
    """Why, where somebody wants to say it."""

    reason = forms.CharField(label=_("Reason"), max_length=400, required=False)


class DayForm(forms.Form):
    """The day on which a page looks."""

    on = DateAnyCalendarField(label=_("On the day"), required=False, help_text="")

    def day(self) -> Any:
        """The day asked for, else today."""
        return (self.is_valid() and self.cleaned_data.get("on")) or timezone.localdate()


class CityForm(NamesForm):
    """A city and its country; an unknown country stays empty."""

    country_code = forms.CharField(
        label=_("Country, by its two letters"),
        required=False,
        min_length=2,
        max_length=2,
        help_text=_("ISO 3166, such as IR. Left empty, the country is unknown."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    country_fa = _name_field(_("Name of the country in Persian"), "fa")
    country_en = _name_field(_("Name of the country in English"), "en")

    def clean(self) -> dict[str, Any]:
        """A country met for the first time needs a name."""
        given = super().clean()
        code = (given.get("country_code") or "").upper()
        self.country = Country.objects.filter(code=code).first()
        if code and self.country is None and not words_from(given, "country"):
            self.add_error("country_fa", _("This country is new here: give its name."))
        return given


class AssociationForm(NamesForm):
    """What an association says about itself."""

    names_fa = _name_field(
        _("Name in Persian"), "fa", said=_("A name in each language of the association.")
    )
    abbreviation = forms.CharField(
        label=_("Abbreviation"),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Stands in numbers of letters and reports, such as AMF."),
    )
    seat_fa = _name_field(_("Seat in Persian"), "fa")
    seat_en = _name_field(_("Seat in English"), "en")
    languages = forms.MultipleChoiceField(
        label=_("Languages of the association"),
        choices=settings.LANGUAGES,
        initial=[code for code, _name in settings.LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
    )
    first_language = forms.ChoiceField(
        label=_("First language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    calendars = forms.MultipleChoiceField(
        label=_("Calendars"),
        choices=list(CALENDARS.items()),
        initial=list(CALENDARS),
        widget=forms.CheckboxSelectMultiple,
    )
    emblem = forms.FileField(
        label=_("Emblem"),
        required=False,
        help_text=_("An SVG drawing of up to 256 kB. It can be added later."),
        widget=forms.FileInput(attrs={"accept": ".svg,image/svg+xml"}),
    )

    def clean(self) -> dict[str, Any]:
        """The first language is one of the association's, and it has a name in it."""
        given = super().clean()
        languages = given.get("languages", [])
        first = given.get("first_language")
        if first and languages and first not in languages:
            self.add_error("first_language", _("Choose one of the languages of the association."))
        for code in languages:
            if not given.get(f"names_{code}") and words_from(given, "names"):
                self.add_error(
                    f"names_{code}",
                    _("The association uses %(language)s, so it needs its name in it.")
                    % {"language": LANGUAGE_NAMES[code]},
                )
        return given

    def emblem_bytes(self) -> bytes:
        """The uploaded drawing, empty when there is none."""
        upload = self.cleaned_data.get("emblem")
        return upload.read() if upload else b""

    def languages_in_order(self) -> list[str]:
        """The association's languages, the first one first."""
        first = self.cleaned_data["first_language"]
        return [first, *(code for code in self.cleaned_data["languages"] if code != first)]


class ChangeAssociationForm(AssociationForm, VersionedForm):
    """The association as it stands, to be changed."""

    remove_emblem = forms.BooleanField(label=_("Use no emblem"), required=False)

    @staticmethod
    def what_stands(association: Association) -> dict[str, Any]:
        """The form's first content."""
        names = {f"names_{code}": name for code, name in as_words(association.names).items()}
        seats = {f"seat_{code}": name for code, name in as_words(association.seat).items()}
        return {
            **names,
            **seats,
            "abbreviation": association.abbreviation,
            "languages": association.languages,
            "first_language": association.languages[0] if association.languages else "",
            "calendars": association.calendars,
            "version": association.version,
        }


class FirstRunForm(AssociationForm, NewPasswordForm):
    """The first day: the association, and the person who lets everybody else in."""

    code = forms.CharField(
        label=_("Set-up code"),
        max_length=40,
        help_text=_("Printed where Dabir was started; the command “dabir init” prints it again."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "one-time-code"}),
    )
    person_fa = _name_field(
        _("Your name in Persian"), "fa", said=_("One of the two names is enough.")
    )
    person_en = _name_field(_("Your name in English"), "en")
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You will sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("code",)

    GROUPS = (
        (_("Proof that you may do this"), ("code",)),
        (_("Name and emblem"), ("names_fa", "names_en", "abbreviation", "emblem")),
        (
            _("Seat, languages, calendars"),
            ("seat_fa", "seat_en", "languages", "first_language", "calendars"),
        ),
        (
            _("The first administrator"),
            ("person_fa", "person_en", "email", "password", "password_again"),
        ),
    )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings, in the order of asking."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def address(self) -> str:
        """The address of the new account."""
        return str(self.cleaned_data.get("email", ""))

    def clean(self) -> dict[str, Any]:
        """A person has a name too."""
        given = super().clean()
        if not words_from(given, "person"):
            self.add_error("person_fa", _("A name in at least one language is needed."))
        return given
