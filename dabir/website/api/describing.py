"""The API described by itself: OpenAPI 3.1 in the reader's language, each value with its meaning."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI

from dabir.core.words import number_said
from dabir.website.api.problems import MEDIA_TYPE
from dabir.website.api.start import VERSION, citation
from dabir.website.api.telling import SAMPLE_WORDS

SAID = ("description", "summary")
REFUSALS = {
    "400": gettext_noop("A parameter or cursor is not understood."),
    "404": gettext_noop("Nothing public is there."),
    "429": gettext_noop("Too many requests: wait for the seconds of `Retry-After`."),
}
ANSWER = gettext_noop("The answer.")
ETAG = gettext_noop("Name of this state of the answer.")
UNCHANGED = gettext_noop("Nothing has changed since the state named by the ETag.")
WAIT = gettext_noop("Seconds to wait.")
Described = dict[str, Any]


def introduction(name: str) -> str:
    """What a program's author has to know before the first question, in the reader's language."""
    licence = (
        _("The data may be used under %(licence)s.") % {"licence": settings.DATA_LICENCE}
        if settings.DATA_LICENCE
        else _("The association has not declared a licence for its data: ask it before you "
               "publish more than quotations.")
    )  # fmt: skip
    return "\n\n".join(
        (
            _("The public record of the association for programs: what its pages show, and nothing "
              "besides. It only reads, needs no account and sets no cookies."),
            _("Names and texts come in every language there is, by language code. Labels and messages "
              "come in the language of `language`, else of `Accept-Language`."),
            _("A day that is known only in part stands as `2014` or `2014-11`; one that several "
              "readings leave open, or nobody knows, as null."),
            _("Lists come in slices. Follow `next` until it is null; rows that come in meanwhile "
              "neither repeat nor hide others."),
            _("Keep what you were given with its `ETag` and ask with `If-None-Match`: an unchanged "
              "answer (304) is not counted among the %(number)s requests that one address may ask "
              "in a minute.") % {"number": number_said(settings.API_LIMIT)},
            _("Within version 1 nothing is taken away or changes its meaning; new values may come "
              "in. Read past what you do not know."),
            licence + " " + _("Cite: %(citation)s.") % {"citation": citation(name)},
        )
    )  # fmt: skip


def described(api: NinjaAPI, name: str, site: str, language: str) -> Described:
    """The description for a language; the parts that never change are made once."""
    words = _in_language(api, language)
    info: Described = {
        "title": _("Read API of %(association)s") % {"association": name},
        "version": VERSION,
        "summary": _("The public record for programs"),
        "description": introduction(name),
    }
    if settings.DATA_LICENCE:
        info["license"] = {"name": settings.DATA_LICENCE}
        if settings.DATA_LICENCE_URL:
            info["license"]["url"] = settings.DATA_LICENCE_URL
    documentation = {"url": f"{site}/{language}/api/", "description": _("For readers")}
    return words | {"info": info, "servers": [{"url": site}], "externalDocs": documentation}


@lru_cache(maxsize=8)
def _in_language(api: NinjaAPI, _language: str) -> Described:
    found: Described = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    for operations in found["paths"].values():
        for operation in operations.values():
            _mend(operation)
    shapes = found["components"]["schemas"]
    found["paths"] = _said(found["paths"])
    named = sorted(_named(found["paths"], shapes, set()))
    found["components"] = {"schemas": {name: _said(shapes[name]) for name in named}}
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["tags"] = [_(tag) for tag in operation["tags"]]
            answer = operation["responses"]["200"]["content"]["application/json"]
            answer["example"] = example_of(answer["schema"], found["components"]["schemas"])
    return found


def _named(part: Any, shapes: Described, found: set[str]) -> set[str]:
    """The shapes that a part of the description refers to, and those which these refer to."""
    for value in (
        part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    ):
        if isinstance(value, str) and value.startswith("#/components/schemas/"):
            name = value.rpartition("/")[2]
            if name not in found:
                found.add(name)
                _named(shapes[name], shapes, found)
        else:
            _named(value, shapes, found)
    return found


def _mend(operation: Described) -> None:
    """Put right what the framework's description leaves out: media types, headers, examples."""
    for parameter in operation["parameters"]:
        examples = parameter.pop("examples", None)
        if examples:
            parameter["example"] = examples[0]
        meaning = parameter["schema"].pop("description", "")
        if meaning:
            parameter["description"] = meaning
    responses = operation["responses"] = {
        str(status): answer for status, answer in operation["responses"].items()
    }
    for status, answer in responses.items():
        if status in REFUSALS:
            answer["description"] = REFUSALS[status]
            answer["content"] = {MEDIA_TYPE: answer["content"].pop("application/json")}
    responses["200"]["description"] = ANSWER
    responses["200"]["headers"] = {"ETag": {"description": ETAG, "schema": {"type": "string"}}}
    responses["304"] = {"description": UNCHANGED}
    responses["429"]["headers"] = {
        "Retry-After": {"description": WAIT, "schema": {"type": "integer"}}
    }


def _said(part: Any) -> Any:
    """The same with every meaning in the reader's language, without the framework's own titles."""
    if isinstance(part, list):
        return [_said(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: _(value) if key in SAID and isinstance(value, str) and value else _said(value)
        for key, value in part.items()
        if not (key == "title" and isinstance(value, str))
    }


def example_of(schema: Described, shapes: Described) -> Any:
    """An example of a shape, made of the examples of its values."""
    if "$ref" in schema:
        return example_of(shapes[schema["$ref"].rpartition("/")[2]], shapes)
    if schema.get("examples"):
        return schema["examples"][0]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], shapes)
    if schema.get("type") == "array":
        return [example_of(schema["items"], shapes)]
    if "properties" in schema:
        return {name: example_of(value, shapes) for name, value in schema["properties"].items()}
    return SAMPLE_WORDS if schema.get("type") == "object" else None
