"""Fields that understand what people of this house type."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dabir.core.composed import Composed
from dabir.core.together import given
from dabir.core.words import reader_language
from dabir.text.calendars import GREGORIAN, SOLAR_HIJRI, format_date, parse_date


class DateAnyCalendarField(forms.CharField):
    """A day in either calendar and any digits: 1393/09/04, ۴ آذر ۱۳۹۳, 2014-11-25."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"maxlength": 60, "dir": "auto"}))
        options.setdefault("help_text", _("In either calendar, such as 1393/09/04 or 2014-11-25."))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """The day meant; empty stays empty."""
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError as fault:
            raise forms.ValidationError(
                _("“%(text)s” is not understood as a day. Write it like 1405/09/01 or 2026-11-22."),
                code="invalid",
                params={"text": text},
            ) from fault

    def prepare_value(self, value: Any) -> Any:
        """A known day in the reader's own calendar."""
        if isinstance(value, date):
            language = reader_language()
            calendar = SOLAR_HIJRI if language == "fa" else GREGORIAN
            return format_date(value, language, calendar, style="short")
        return value


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

    template_name = "core/widgets/words.html"

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


class RecordField(forms.ModelChoiceField):
    """One of all records of a kind, named by a key of letters; read with a statement composed once."""

    def to_python(self, value: Any) -> Any:
        """The record meant; what is none is refused as Django refuses it."""
        if isinstance(value, str) and value not in self.empty_values and self.to_field_name:
            for found in _named(self.queryset.model, self.to_field_name).read(key=value):
                return found
        return super().to_python(value)


@cache
def _named(model: Any, field: str) -> Composed:
    return Composed(lambda: model._default_manager.filter(**{field: given("key")}))
