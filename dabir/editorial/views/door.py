"""The door to the editors' admin: a right, a policy of its own, one transaction for each act."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from dabir.registry.rights import require

View = Callable[..., HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}
# Wagtail's admin sets styles from its scripts and shows chosen pictures before they are sent. Still
# nothing of another host, and no script that stands in a page.
POLICY = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}


def behind_the_door(view: View) -> View:
    """Whoever may write pages comes in; what they do is entered in the trail or not done at all."""

    @wraps(view)
    def _view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(request.user, "editorial.write_page")
        request.is_editors_admin = True  # type: ignore[attr-defined]  # for `office_context`
        if request.method in SAFE:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            answer = view(request, *args, **kwargs)
            if hasattr(answer, "render") and not answer.is_rendered:
                answer.render()
        return answer

    guarded = csp_replace(POLICY)(_view)
    guarded.asks_for = (
        "editorial.write_page"  # so that a test can see that no address was forgotten
    )
    return guarded  # type: ignore[no-any-return]  # django-csp has no types
