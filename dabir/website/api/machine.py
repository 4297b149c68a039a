"""The addresses of the API, made of its parts; version 1 stays where it is for ever."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import ninja
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja.errors import ValidationError

from dabir.core.keyset import UnknownCursor
from dabir.core.words import reader_language, say
from dabir.registry.public import public_association
from dabir.website.api import forum, pages, problems, register, search, start
from dabir.website.api.describing import described
from dabir.website.api.door import for_programs

PARTS = (start, register, forum, pages, search)


class _Renderer(ninja.renderers.JSONRenderer):
    """Persian stands as Persian in the answer."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


API = ninja.NinjaAPI(
    title="Dabir", version=start.VERSION, urls_namespace="api", docs_url=None, openapi_url=None,
    renderer=_Renderer(),
)  # fmt: skip
for _part in PARTS:
    API.add_router("", _part.router)
API.add_exception_handler(ValidationError, problems.not_understood)
API.add_exception_handler(UnknownCursor, problems.cursor_unknown)
API.add_exception_handler(problems.NotThere, problems.not_there)
API.add_exception_handler(Http404, problems.not_there)
API.add_exception_handler(Exception, problems.fault_of_ours)


def description(request: HttpRequest) -> dict[str, Any]:
    """The whole API as OpenAPI 3.1, in the language of the answer."""
    association = public_association()
    name = say(association.names) if association else "Dabir"
    site = request.build_absolute_uri("/")[:-1]
    return described(API, name, site, reader_language())


def _openapi(request: HttpRequest) -> HttpResponse:
    content = json.dumps(description(request), ensure_ascii=False, indent=1)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


def _known(view: Any) -> Collection[str]:
    """The parameters that an address knows."""
    found = {"language"}
    for operation in view.operations:
        for model in operation.models:
            if model.__ninja_param_source__ == "query":
                found |= set(model.__ninja_flatten_map__)
    return frozenset(found)


def addresses() -> tuple[list[URLPattern], str]:
    """Every address below `/api/v1/`; what is none is told as a problem, not as a page."""
    known: dict[str, Collection[str]] = {}
    for part in PARTS:
        for place, view in part.router.path_operations.items():
            known[place.replace("{", "<").replace("}", ">")] = _known(view)
    patterns = API.urls[0]
    found = [
        URLPattern(
            p.pattern,
            for_programs(p.callback, known[str(p.pattern)]),
            p.default_args,
            p.name,
        )
        for p in patterns
        if isinstance(p, URLPattern) and p.name != "api-root"
    ]
    nothing = re_path(r"^.*$", for_programs(problems.not_there, None), name="nothing")
    openapi = path("openapi.json", for_programs(_openapi, ("language",)), name="openapi")
    return [openapi, *found, nothing], "api"
