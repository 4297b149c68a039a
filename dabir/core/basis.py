"""By which decision: typed by its number, found by the app that keeps decisions.

An app below cannot look a decision up, which stands above it; so the app of the decisions tells here
how a number is found and which ones are offered, and whoever asks for a basis gets a `Reference`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.reference import Reference
from dabir.core.words import say

Find = Callable[[str], Reference | None]
Offer = Callable[[], Iterable[Reference]]
Address = Callable[[str], str]


@dataclass(frozen=True)
class _Register:
    find: Find
    offer: Offer
    address: Address


_REGISTERS: dict[str, _Register] = {}


def learn_decisions(*, find: Find, offer: Offer, address: Address) -> None:
    """Tell how a decision is found by its number, which ones are offered, and where one is read."""
    _REGISTERS["decision"] = _Register(find, offer, address)


def decision_named(number: str) -> Reference | None:
    """The decision with this number, None when there is none."""
    found = (register.find(number.strip()) for register in _REGISTERS.values())
    return next((reference for reference in found if reference is not None), None)


def basis_shown(basis: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A kept basis as a page shows it: its words, its day, and where the decision is read."""
    if not basis:
        return None
    register = _REGISTERS.get(basis["kind"])
    reference = Reference.from_dict(dict(basis))
    return {
        "number": reference.public_id,
        "labels": reference.labels or {"en": reference.public_id},
        "on": reference.on,
        "url": register.address(reference.public_id) if register else "",
    }


class _NumberInput(forms.TextInput):
    """A box that offers the newest decisions while one types."""

    template_name = "core/widgets/basis.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"decisions-{name}"
        context["offered"] = [
            {"number": reference.public_id, "label": say(reference.labels)}
            for register in _REGISTERS.values()
            for reference in register.offer()
        ]
        return context


class BasisField(forms.CharField):
    """The decision that an act rests on, by its number; gives its `Reference`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("By which decision"))
        options.setdefault(
            "help_text", _("Its number in the register, such as board-2026/3 or haikou-2014/5.")
        )
        options.setdefault("widget", _NumberInput(attrs={"dir": "ltr", "autocomplete": "off"}))
        super().__init__(max_length=130, **options)

    def clean(self, value: Any) -> Any:
        """The decision meant, None when nothing was typed."""
        number = super().clean(value)
        if not number:
            return None
        found = decision_named(number)
        if found is None:
            raise forms.ValidationError(
                _(
                    "There is no decision “%(number)s” in the register. Enter the decision first, "
                    "then name it here."
                ),
                code="unknown_decision",
                params={"number": number},
            )
        return found
