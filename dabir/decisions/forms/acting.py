"""An act as a form: its right, its verb, its consequence said before, and the service behind it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words
from dabir.core.formfields import DateAnyCalendarField
from dabir.core.words import say
from dabir.decisions.services.terms import Deadline, Lead
from dabir.decisions.states import DEADLINE_TYPES, DeadlineType
from dabir.organs.models import Organ
from dabir.registry.models import City, Post

Stamp = dict[str, Any]


class ActForm(forms.Form):
    """One act on one record. `perform` calls the service; refusals become errors of the form."""

    right: ClassVar[str]
    title: ClassVar[Words]
    verb: ClassVar[Words]
    consequence: ClassVar[Words] = ""
    done: ClassVar[Words] = _("Done.")
    grave: ClassVar[bool] = False

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        self.record = record
        options.setdefault("initial", {})
        options["initial"] = {"version": getattr(record, "version", None)} | options["initial"]
        super().__init__(*args, **options)

    def perform(self, stamp: Stamp) -> object:
        """Do the act."""
        raise NotImplementedError


def reason_field(*, required: bool = True, label: Words | None = None) -> forms.CharField:
    """Why, in the words of the person who acts."""
    return forms.CharField(
        label=label or _("Reason"),
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def day_field(label: Words, *, required: bool = True) -> DateAnyCalendarField:
    """A day in either calendar."""
    return DateAnyCalendarField(label=label, required=required)


class WordsField(forms.MultiValueField):
    """The same words in every language of the installation; one of them is enough."""

    def __init__(self, *, long: bool = False, max_length: int = 400, **options: Any) -> None:
        self.languages = [code for code, _name in settings.LANGUAGES]
        fields = [forms.CharField(required=False, max_length=max_length) for _ in self.languages]
        options.setdefault("widget", WordsWidget(self.languages, long=long))
        super().__init__(fields, require_all_fields=False, **options)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """{language: text}, blanks left out."""
        return {
            code: text.strip()
            for code, text in zip(self.languages, data_list or [], strict=False)
            if text and text.strip()
        }


class WordsWidget(forms.MultiWidget):
    """One box for each language, each in its own direction."""

    template_name = "decisions/widgets/words.html"

    def __init__(self, languages: list[str], *, long: bool) -> None:
        self.languages = languages
        kind = forms.Textarea if long else forms.TextInput
        names = dict(settings.LANGUAGES)
        widgets = {
            code: kind(
                attrs={
                    "lang": code,
                    "dir": "rtl" if code in {"fa", "ar", "ur"} else "ltr",
                    "aria-label": names[code],
                    **({"rows": 4} if long else {}),
                }
            )
            for code in languages
        }
        super().__init__(widgets)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Each box with the name of its language."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        names = dict(settings.LANGUAGES)
        for box, code in zip(context["widget"]["subwidgets"], self.languages, strict=True):
            box["language"] = names[code]
        return context

    def decompress(self, value: Any) -> list[str]:
        """The boxes of {language: text}."""
        return [(value or {}).get(code, "") for code in self.languages]


def party_choices() -> list[tuple[str, Any]]:
    """Everybody who may lead: posts, organs, cities, sorted in the reader's language."""
    language = (get_language() or "en")[:2]

    def rows(kind: str, records: Any, key: str) -> list[tuple[str, str]]:
        named = [(f"{kind}:{getattr(r, key)}", say(r.names, language)) for r in records]
        return sorted(named, key=lambda row: row[1])

    return [
        ("", _("nobody yet")),
        (_("Posts"), rows("post", Post.objects.all(), "public_id")),
        (_("Organs"), rows("organ", Organ.objects.all(), "key")),
        (_("Cities"), rows("city", City.objects.all(), "public_id")),
    ]


class LeadField(forms.ChoiceField):
    """The one that leads, chosen among posts, organs and cities."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Lead"))
        super().__init__(choices=party_choices, **options)

    def clean(self, value: Any) -> Any:
        """The lead meant."""
        return lead_of(super().clean(value))


def lead_of(value: str) -> Lead:
    """The lead behind a choice such as `city:tehran`."""
    kind, _colon, name = (value or "").partition(":")
    if kind == "post":
        return Lead(post=Post.objects.get(public_id=name))
    if kind == "city":
        return Lead(city=City.objects.get(public_id=name))
    if kind == "organ":
        return Lead(organ=Organ.objects.get(key=name))
    return Lead()


def lead_value(lead: Lead) -> str:
    """The choice of a lead."""
    if lead.post:
        return f"post:{lead.post.public_id}"
    if lead.city:
        return f"city:{lead.city.public_id}"
    return f"organ:{lead.organ.key}" if lead.organ else ""


class DeadlineFields(forms.Form):
    """The questions about a deadline; only those of the chosen kind count."""

    deadline_type = forms.ChoiceField(label=_("Kind of deadline"), choices=DEADLINE_TYPES.items())
    deadline_on = day_field(_("Due on (for “a date”)"), required=False)
    deadline_organ = forms.ModelChoiceField(
        label=_("Organ (for “before the next session”)"),
        queryset=Organ.objects.all(),
        to_field_name="key",
        required=False,
    )
    recurrence = forms.ChoiceField(
        label=_("Period (for “recurring”)"),
        required=False,
        choices=[
            ("", "—"),
            ("P1M", _("every month")),
            ("P3M", _("every three months")),
            ("P6M", _("every six months")),
            ("P1Y", _("every year")),
            ("P2Y", _("every two years")),
            ("P3Y", _("every three years")),
        ],
    )
    recurrence_from = day_field(_("First time due on"), required=False)
    candidates = forms.CharField(
        label=_("Possible dates (for “several readings are open”)"),
        required=False,
        help_text=_("Separated by |, for example 2014-11-24|2014-11-25. Nothing is scheduled."),
    )
    deadline_words = WordsField(label=_("Deadline in the words of the text"), required=False)

    def deadline(self) -> Deadline:
        """The deadline that was asked for; what belongs to another kind is left out."""
        data = self.cleaned_data
        kind = data["deadline_type"]
        recurring = kind == DeadlineType.RECURRING
        named = [c.strip() for c in data["candidates"].split("|") if c.strip()]
        return Deadline(
            type=kind,
            on=data["deadline_on"] if kind == DeadlineType.DATE else None,
            candidates=tuple(named) if kind == DeadlineType.CANDIDATES else (),
            organ=data["deadline_organ"] if kind == DeadlineType.BEFORE_NEXT else None,
            words=data["deadline_words"] or {},
            recurrence=data["recurrence"] if recurring else "",
            recurrence_from=data["recurrence_from"] if recurring else None,
        )


def deadline_initial(deadline: Deadline) -> dict[str, Any]:
    """A deadline as the initial values of the fields."""
    return {
        "deadline_type": deadline.type,
        "deadline_on": deadline.on,
        "deadline_organ": deadline.organ.key if deadline.organ else None,
        "recurrence": deadline.recurrence,
        "recurrence_from": deadline.recurrence_from,
        "candidates": "|".join(deadline.candidates),
        "deadline_words": dict(deadline.words),
    }
