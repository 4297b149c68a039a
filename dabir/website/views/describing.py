"""The read API for readers: the same description that programs get, as a page in their language."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dabir.core.kept import open_to_all
from dabir.website.api.machine import description
from dabir.website.api.problems import TITLES
from dabir.website.pages import show

Part = dict[str, Any]


@open_to_all
def api(request: HttpRequest) -> HttpResponse:
    """Every address of the API with what may be asked, what is answered, and an example."""
    told = description(request)
    shapes = told["components"]["schemas"]
    groups: dict[str, list[Part]] = {}
    for path, operations in told["paths"].items():
        operation = operations["get"]
        groups.setdefault(operation["tags"][0], []).append(_operation(path, operation))
    context = {
        "info": told["info"],
        "paragraphs": [_said(part) for part in told["info"]["description"].split("\n\n")],
        "groups": groups,
        "shapes": [_shape(name, shapes[name]) for name in shapes if "properties" in shapes[name]],
        "problems": [{"status": status, "title": title} for status, title in TITLES.items()],
        "site": told["servers"][0]["url"],
    }
    crumbs = [(_("Data for programs"), "")]
    return show(request, "website/api.html", "knowledge", context, crumbs=crumbs)


def _said(words: str) -> SafeString:
    """Words of the description with what stands in backticks set as the code that it is."""
    parts = (
        format_html('<code dir="ltr" lang="en">{}</code>', part) if number % 2 else part
        for number, part in enumerate(words.split("`"))
    )
    return format_html_join("", "{}", ((part,) for part in parts))


def _operation(path: str, operation: Part) -> Part:
    answer = operation["responses"]["200"]["content"]["application/json"]
    return {
        "id": operation["operationId"],
        "path": path,
        "link": "" if "{" in path else path + _needed(operation["parameters"]),
        "summary": operation["summary"],
        "description": _said(operation["description"]),
        "parameters": [_parameter(p) for p in operation["parameters"] if p["name"] != "language"],
        "shape": _kind(answer["schema"]),
        "example": json.dumps(answer["example"], ensure_ascii=False, indent=2),
    }


def _needed(parameters: list[Part]) -> str:
    """The parameters without which there is no answer, with their examples."""
    needed = {p["name"]: p["example"] for p in parameters if p["required"]}
    return f"?{urlencode(needed)}" if needed else ""


def _parameter(parameter: Part) -> Part:
    schema = parameter["schema"]
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    return {
        "name": parameter["name"],
        "is_required": parameter["required"],
        "description": _said(parameter.get("description", "")),
        "values": values,
        "example": "" if values else parameter.get("example", ""),
    }


def _shape(name: str, shape: Part) -> Part:
    return {
        "name": name,
        "description": _said(shape.get("description", "")),
        "values": [
            {"name": key, "kind": _kind(value), "description": _said(value.get("description", ""))}
            for key, value in shape["properties"].items()
        ],
    }


def _kind(schema: Part) -> Part:
    """What a value is, in words; where it is a shape, its name, to be led there."""
    if "$ref" in schema:
        return {"shape": schema["$ref"].rpartition("/")[2]}
    if "anyOf" in schema:
        first = next(part for part in schema["anyOf"] if part.get("type") != "null")
        return _kind(first) | {"may_be_null": True}
    if schema.get("type") == "array":
        return _kind(schema["items"]) | {"is_list": True}
    words = {
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("yes or no"),
        "object": _("texts or numbers by key"),
        "date": _("day"),
        "uri": _("address"),
    }
    plain = words.get(schema.get("format", "")) or words.get(schema.get("type", ""))
    return {"words": plain or _("text")}
