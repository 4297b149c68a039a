"""Fields that understand what people of this house type."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

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
            language = (get_language() or "en")[:2]
            calendar = SOLAR_HIJRI if language == "fa" else GREGORIAN
            return format_date(value, language, calendar, style="short")
        return value
