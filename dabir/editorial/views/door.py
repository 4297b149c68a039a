"""The door to the editors' admin: a right, a policy of its own, one transaction for each act."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from dabir.registry.rights import require

View = Callable[..., HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}
# Wagtail's admin sets styles from its scripts and shows chosen pictures before they are sent. Still
# nothing of another host, and of the scripts that stand in a page only those that start a field.
POLICY = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}
IN_PAGE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STARTS_A_FIELD = re.compile(
    r"\s*(?:new \w+Chooser|init(?:Date|Time|DateTime)Chooser)\((.*)\);\s*", re.DOTALL
)


def behind_the_door(view: View) -> View:
    """Whoever may write pages comes in; what they do is entered in the trail or not done at all."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user, "editorial.write_page")
        request.is_editors_admin = True  # type: ignore[attr-defined]  # for `office_context`
        if request.method in SAFE:
            return _with_policy(_rendered(view(request, *args, **kwargs)))
        with transaction.atomic():
            answer = _rendered(view(request, *args, **kwargs))
        return _with_policy(answer)

    guarded.asks_for = "editorial.write_page"  # type: ignore[attr-defined]  # a test asks each address
    return guarded


def _rendered(answer: Any) -> HttpResponse:
    if hasattr(answer, "render") and not answer.is_rendered:
        answer.render()
    return answer  # type: ignore[no-any-return]  # Wagtail has no types


def _with_policy(answer: HttpResponse) -> HttpResponse:
    policy = dict(POLICY)
    if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
        policy["script-src"] = ["'self'", *_starting_fields(answer.content.decode())]
    answer._csp_replace = policy  # type: ignore[attr-defined]  # so says django-csp's decorator too
    return answer


def _starting_fields(page: str) -> Iterator[str]:
    """The hashes of the scripts in a page that only start a chooser or a calendar with plain values."""
    for script in IN_PAGE.findall(page):
        call = STARTS_A_FIELD.fullmatch(script)
        if call and _are_plain(call[1]):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            yield f"'sha256-{digest}'"


def _are_plain(values: str) -> bool:
    try:
        json.loads(f"[{values}]")
    except ValueError:
        return False
    return True
