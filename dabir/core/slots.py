"""Panels of apps above on the pages of apps below: the page names a slot, others fill it.

A meeting's page cannot know decisions, which are built upon it; so it asks for the panels of its
slot, and the app of the decisions has filled that slot when it became ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """A part of a page: the template that draws it, and what it is drawn from."""

    template: str
    facts: dict[str, Any] = field(default_factory=dict)


Filler: TypeAlias = Callable[[HttpRequest, Any], Panel | None]
SLOTS: dict[str, list[Filler]] = {}


def fill(slot: str, filler: Filler) -> None:
    """Add a panel to a slot; it may have nothing to show for a record or a reader."""
    fillers = SLOTS.setdefault(slot, [])
    if filler not in fillers:
        fillers.append(filler)


def panels(slot: str, request: HttpRequest, record: Any) -> list[Panel]:
    """The panels that the apps above show with this record to this reader."""
    found = (filler(request, record) for filler in SLOTS.get(slot, []))
    return [panel for panel in found if panel is not None]


Supplier: TypeAlias = Callable[..., Iterable[Any]]
SUPPLIERS: dict[str, list[Supplier]] = {}


def supply(question: str, supplier: Supplier) -> None:
    """Let an app above answer a question that an app below has to ask."""
    suppliers = SUPPLIERS.setdefault(question, [])
    if supplier not in suppliers:
        suppliers.append(supplier)


def supplied(question: str, *given: Any, **named: Any) -> list[Any]:
    """What the apps above answer, one after the other; nothing where nobody knows."""
    return [
        answer for supplier in SUPPLIERS.get(question, []) for answer in supplier(*given, **named)
    ]
