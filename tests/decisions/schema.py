"""Holds data against the part of JSON Schema that our schema uses; unknown words are a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dabir.decisions.report

FILE = Path(dabir.decisions.report.__file__).parent / "schema" / "progress-report-1.json"
SCHEMA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}
SPOKEN = {"$schema", "$id", "$defs", "title", "description"}


def _is(data: Any, name: str) -> bool:
    if name == "integer":
        return isinstance(data, int) and not isinstance(data, bool)
    return isinstance(data, TYPES[name])


def faults(data: Any, schema: dict[str, Any] | None = None, place: str = "$") -> Iterator[str]:
    """Where the data is not what the schema says."""
    schema = SCHEMA if schema is None else schema
    for word, said in schema.items():
        if word in SPOKEN or word in ("required", "additionalProperties"):
            continue
        yield from CHECKS[word](data, said, schema, place)


def _ref(data: Any, said: str, schema: dict[str, Any], place: str) -> Iterator[str]:
    yield from faults(data, SCHEMA["$defs"][said.rpartition("/")[2]], place)


def _type(data: Any, said: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    names = [said] if isinstance(said, str) else said
    if not any(_is(data, name) for name in names):
        yield f"{place} is no {names}: {data!r}"
    elif isinstance(data, dict):
        known = schema.get("properties", {})
        yield from (f"{place}.{k} is missing" for k in schema.get("required", []) if k not in data)
        more = schema.get("additionalProperties", {})
        for key in data.keys() - known.keys():
            if more is False:
                yield f"{place}.{key} is not foreseen"
            else:
                yield from faults(data[key], more, f"{place}.{key}")


def _properties(data: Any, said: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    for key, inner in said.items():
        if isinstance(data, dict) and key in data:
            yield from faults(data[key], inner, f"{place}.{key}")


def _items(data: Any, said: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    for number, item in enumerate(data if isinstance(data, list) else []):
        yield from faults(item, said, f"{place}[{number}]")


def _any(data: Any, said: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    tried = [list(faults(data, one, place)) for one in said]
    if all(tried):
        yield min(tried, key=len)[0]


def _only(data: Any, said: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    if data not in (said if isinstance(said, list) else [said]):
        yield f"{place} is none of {said}: {data!r}"


def _pattern(data: Any, said: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    if isinstance(data, str) and not re.search(said, data):
        yield f"{place} does not fit {said}: {data!r}"


def _least(data: Any, said: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    if isinstance(data, int) and data < said:
        yield f"{place} is less than {said}"


CHECKS = {
    "$ref": _ref,
    "type": _type,
    "properties": _properties,
    "items": _items,
    "anyOf": _any,
    "enum": _only,
    "const": _only,
    "pattern": _pattern,
    "minimum": _least,
}
