"""Every rule described for a reader and for a machine: type, unit, meaning, parts, acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import override

from dabir.statutes.acts import acts_that_need
from dabir.statutes.schema import all_keys
from dabir.statutes.shapes import Shape

LANGUAGES = ("en", "fa")


def described() -> Iterator[dict[str, Any]]:
    """Every rule as plain values; name and meaning also in each language."""
    for key in all_keys():
        words = {}
        for language in LANGUAGES:
            with override(language):
                words[language] = {"name": str(key.names), "meaning": str(key.meaning)}
        yield {
            "key": key.key,
            "type": type_of(key.shape),
            "unit": unit_of(key.shape),
            "name": str(key.names),
            "meaning": str(key.meaning),
            "words": words,
            "value": as_data(key.shape),
            "needed_by": [act.key for act in acts_that_need(key.key)],
        }


def type_of(shape: Shape) -> str:
    """The kind of a value in one or two words."""
    if shape.kind == "either":
        return " | ".join(type_of(option) for option in shape.options)
    if shape.kind == "list" and shape.item:
        return f"list of {type_of(shape.item)}"
    return shape.kind


def unit_of(shape: Shape) -> str:
    """The unit of a number, alone or in a list."""
    if shape.kind == "either":
        return next((unit_of(option) for option in shape.options if unit_of(option)), "")
    return unit_of(shape.item) if shape.item else shape.unit


def as_data(shape: Shape) -> dict[str, Any]:
    """The whole shape as plain values: choices, bounds, parts."""
    data: dict[str, Any] = {"type": shape.kind}
    if shape.unit:
        data["unit"] = shape.unit
    if shape.kind == "number":
        data |= {"least": shape.low, "most": shape.high}
    if shape.choices:
        data["words"] = list(shape.choices)
    if shape.item:
        data["item"] = as_data(shape.item)
    if shape.options:
        data["one_of"] = [as_data(option) for option in shape.options]
    if shape.parts:
        data["parts"] = {
            name: as_data(part.shape) | {"label": str(part.label), "needed": part.needed}
            for name, part in shape.parts.items()
        }
    return data
