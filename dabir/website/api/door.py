"""The door of the API: only reading, for everybody from anywhere, in the language asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from dabir.accounts.public import seconds_to_wait
from dabir.core.kept import open_to_all
from dabir.core.words import reader_language
from dabir.text.typed import harmless
from dabir.website.api import problems

View = Callable[..., HttpResponse]
READING = ("GET", "HEAD", "OPTIONS")


def for_programs(view: View, known: Collection[str] | None) -> View:
    """A view that anybody's program may ask: with these parameters, by reading, as often as is fair.

    Without a list of parameters all pass: where nothing is, that is what has to be said.
    """
    drawn = open_to_all(_counted(view))

    @csrf_exempt  # nothing is written here: who tries is told so
    @login_not_required
    @wraps(view)
    def _view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = _language(request)
        with translation.override(language):
            answer = _answered(request, drawn, known, args, kwargs)
        answer["Content-Language"] = language
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Retry-After"
        answer["X-Content-Type-Options"] = "nosniff"
        patch_vary_headers(answer, ("Accept-Language",))
        return answer

    return _view


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return reader_language()


def _answered(
    request: HttpRequest, drawn: View, known: Collection[str] | None, args: Any, kwargs: Any
) -> HttpResponse:
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer["Allow"] = answer["Access-Control-Allow-Methods"] = ", ".join(READING)
        answer["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match, If-Modified-Since"
        answer["Access-Control-Max-Age"] = "86400"
        return answer
    if request.method not in READING:
        said = _("Nothing can be changed here. Ask with GET.")
        return problems.problem(request, 405, said, Allow=", ".join(READING))
    if harmless(request.path) != request.path:
        return problems.not_there(request)
    unknown = [] if known is None else [name for name in request.GET if name not in known]
    if unknown:
        return problems.unknown_parameters(request, unknown, list(known or ()))
    return drawn(request, *args, **kwargs)


def _counted(view: View) -> View:
    """The view for an answer that has to be made: counted, and asked as GET."""

    @wraps(view)
    def _view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = seconds_to_wait(request, "api", most=settings.API_LIMIT, within=60)
        if wait:
            said = _("Ask again after the seconds of Retry-After, and keep what you were given.")
            return problems.problem(request, 429, said, Retry_After=str(wait))
        asked, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = asked

    return _view
