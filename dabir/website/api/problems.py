"""Why there is no answer: problem details (RFC 9457) in the reader's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.addresses import address
from dabir.core.keyset import TwoCursors
from dabir.core.words import number_said

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("The request cannot be understood"),
    404: gettext_lazy("There is nothing at this address"),
    405: gettext_lazy("This can only be read"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("A fault of ours"),
}
log = logging.getLogger(__name__)


class NotThere(Exception):  # named by what it says, as refusals are
    """Nothing public has the id that was asked for."""


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    errors: Sequence[Mapping[str, Any]] = (),
    **headers: str,
) -> HttpResponse:
    """An answer that says what is wrong and what cures it."""
    page = request.build_absolute_uri(address("website:api"))
    data = {
        "type": f"{page}#problem-{status}",
        "title": str(TITLES[status]),
        "status": status,
        "detail": detail,
        "instance": request.get_full_path(),
        "errors": list(errors),
    }
    content = json.dumps(data, ensure_ascii=False)
    answer = HttpResponse(content, status=status, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    return answer


def not_there(request: HttpRequest, _error: Any = None) -> HttpResponse:
    """Nothing public is at the address."""
    return problem(request, 404, _("Nothing public has this id, or there is no such address."))


def cursor_unknown(request: HttpRequest, error: Any) -> HttpResponse:
    """A cursor that no list of ours has given, whose row has been taken down, or two at once."""
    if isinstance(error, TwoCursors):
        said = _("A slice begins after a row or ends before one: give one of the two cursors.")
    else:
        said = _("This cursor leads nowhere. Begin again without it.")
    return problem(request, 400, said, [{"name": "after, before", "detail": said}])


def not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    """A parameter that is none, or whose value is none; in the path it is an address without page."""
    faults = [(fault["loc"], _said(fault)) for fault in error.errors]
    if any(loc[0] == "path" for loc, _words in faults):
        return not_there(request)
    errors = [{"name": str(loc[-1]), "detail": words} for loc, words in faults]
    named = "; ".join(f"{fault['name']}: {fault['detail']}" for fault in errors)
    return problem(request, 400, named, errors)


def unknown_parameters(
    request: HttpRequest, unknown: Sequence[str], known: Sequence[str]
) -> HttpResponse:
    """Parameters that this address does not know; left in, they would silently narrow nothing."""
    said = _("is not known here. Known are: %(known)s") % {"known": ", ".join(sorted(known))}
    errors = [{"name": name[:80], "detail": said} for name in unknown[:10]]
    return problem(request, 400, f"{errors[0]['name']}: {said}", errors)


def fault_of_ours(request: HttpRequest, error: Any) -> HttpResponse:
    """What must not happen: kept in the log, told without its inside."""
    log.error("api: %s", request.path, exc_info=error)
    return problem(request, 500, _("This was recorded. Try again later."))


def _said(fault: Mapping[str, Any]) -> str:
    kind, limits = str(fault["type"]), dict(fault.get("ctx") or {})
    if kind == "literal_error":
        return _("is one of %(values)s") % {"values": str(limits.get("expected", ""))}
    if kind.startswith("date"):
        return _("is a day such as 2014-11-25")
    if kind.startswith("int"):
        return _("is a whole number")
    if kind in ("greater_than_equal", "less_than_equal"):
        return _("lies between %(least)s and %(most)s") % {
            "least": number_said(1), "most": number_said(100),
        }  # fmt: skip
    if kind in ("string_too_short", "too_short"):
        least = number_said(int(limits.get("min_length", 0)))
        return _("has at least %(least)s signs") % {"least": least}
    if kind in ("string_too_long", "too_long"):
        most = number_said(int(limits.get("max_length", 0)))
        return _("has at most %(most)s signs") % {"most": most}
    if kind == "missing":
        return _("is missing")
    return _("has signs that cannot be in it")
