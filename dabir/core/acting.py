"""An act as a form: its right, its verb, its consequence said before, and the service behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import DomainError, InvalidInput, Words
from dabir.core.formfields import DateAnyCalendarField

Stamp = dict[str, Any]
Result = TypeVar("Result")


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


def attempt(form: forms.BaseForm, act: Callable[[], Result]) -> Result | None:
    """Do `act`; a refusal becomes errors of the form, at its fields where it names them."""
    try:
        return act()
    except InvalidInput as refusal:
        for field, messages in refusal.fields.items():
            for message in messages:
                form.add_error(field if field in form.fields else None, str(message))
        if not form.errors:
            form.add_error(None, _words(refusal))
    except DomainError as refusal:
        form.add_error(None, _words(refusal))
    return None


def _words(refusal: DomainError) -> str:
    return f"{refusal.message} {refusal.cure}".strip()
