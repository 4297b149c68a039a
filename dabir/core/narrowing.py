"""The filter of a list as a form: what is left empty narrows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms


class NarrowingForm(forms.Form):
    """Which rows of a list are shown. Not asked, or asked what cannot be read, it shows them all."""

    # For each field the lookup that its value is compared with.
    lookups: ClassVar[Mapping[str, str]] = {}

    def narrowed(self, rows: Any) -> Any:
        """The rows that the filter lets through."""
        if not self.is_valid():
            return rows
        for name, lookup in self.lookups.items():
            if self.cleaned_data[name]:
                rows = rows.filter(**{lookup: self.cleaned_data[name]})
        return self.further(rows)

    def further(self, rows: Any) -> Any:
        """What one lookup for each field cannot say."""
        return rows
