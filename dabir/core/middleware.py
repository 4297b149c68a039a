"""Refusals in words, the first day of an association, and what a browser need not do here."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from dabir.core.errors import DomainError
from dabir.core.firstday import association_is_founded
from dabir.text.typed import harmless

Answer = Callable[[HttpRequest], HttpResponse]


class FirstDayMiddleware:
    """Until an association is founded, every page leads to the first-run page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = reverse("first_run")
        open_paths = (first, "/static/", "/health", reverse("set_language"))
        if not request.path.startswith(open_paths) and not association_is_founded():
            return redirect(first)
        return self.get_response(request)


class HarmlessAddressMiddleware:
    """What only steers a machine (NUL, line ends, marks that turn the line) is taken out of a query.

    Pages show what was asked for once more, and no database takes a NUL. In the path it names nothing;
    the read API, below `/api/`, says so in its own way.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if harmless(request.path) != request.path and not request.path.startswith("/api/"):
            raise Http404
        if "%" in request.META.get("QUERY_STRING", ""):
            asked = QueryDict(mutable=True)
            for name, values in request.GET.lists():
                asked.setlist(harmless(name), [harmless(value) for value in values])
            request.GET = QueryDict(asked.urlencode())
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal of the domain becomes a page that says why and what cures it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only refusals of the domain; faults go on to the fault page."""
        if not isinstance(error, DomainError):
            return None
        return render(request, "core/refusal.html", {"refusal": error}, status=error.status)


# No page here asks for any of these; a page that got in by a fault must not either.
UNUSED = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "browsing-topics",
    )
)  # fmt: skip


class SafetyHeadersMiddleware:
    """Powers of the browser that no page uses are off; pages of other sites do not take ours in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", UNUSED)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer


# What an answer says for itself.
OWN = {"_csp_exempt", "_csp_config", "_csp_update", "_csp_replace"}


class ContentPolicyMiddleware(CSPMiddleware):
    """The policy of content, put together once for all answers that ask for no other."""

    usual = ""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The policy of this answer."""
        kept = not (settings.DEBUG or OWN & vars(response).keys() or hasattr(request, "_csp_nonce"))
        if kept and self.usual:
            response.headers.setdefault(HEADER, self.usual)
            return response
        said = HEADER in response
        answer = super().process_response(request, response)
        if kept and not said:
            self.usual = answer.headers.get(HEADER, "")
        return answer
