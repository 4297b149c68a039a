"""How a public page is answered: for everybody, without cookies, kept until something is recorded.

The trail says when anything changed; its head and the day name the state that a page shows. So a
browser that has the page is told "unchanged" at the cost of one statement, and a page drawn once for
a state is handed out again to the next stranger (`kept.py`). The signed-in always get their own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dabir.core.addresses import address
from dabir.core.words import reader_language
from dabir.registry.public import association_named
from dabir.website import kept

View = Callable[..., HttpResponse]
FRESH_SECONDS = 60
DESCRIPTION = "api:openapi"


def open_to_all(view: View) -> View:
    """The page is for everybody, is only read, and may be kept by browsers and by us."""

    @login_not_required
    @require_safe
    @wraps(view)
    def _view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            answer = view(request, *args, **kwargs)
            patch_cache_control(answer, private=True, no_cache=True)
            return answer
        state, changed = _state(request)
        unchanged = get_conditional_response(request, state, int(changed.timestamp()))
        answer = unchanged or view(request, *args, **kwargs)
        if answer.status_code in (200, 304):
            answer["ETag"] = state
            answer["Last-Modified"] = http_date(changed.timestamp())
            patch_cache_control(answer, public=True, max_age=FRESH_SECONDS)
            setattr(answer, kept.STATE, state)
        patch_vary_headers(answer, ("Cookie",))
        return answer

    return _view


def _state(request: HttpRequest) -> tuple[str, datetime]:
    """The name of what the page shows now, and since when: the last act, or midnight."""
    today = timezone.localdate()
    midnight = datetime.combine(today, time.min, timezone.get_current_timezone())
    digest, recorded_at = kept.head_for(request)
    changed = max(midnight, recorded_at) if recorded_at else midnight
    state = kept.state_of(request, digest, get_language() or "")
    return state, changed.astimezone(UTC)


def forget_kept() -> None:
    """Draw every page anew: for tests that start from nothing."""
    kept.SHELF.clear()
    kept.KNOWN.clear()


def doors(current: str) -> list[dict[str, Any]]:
    """The five doors of the public pages."""
    labels = {
        "website:forum": _("The association"),
        "website:texts": _("Decisions"),
        "membership:cities": _("Cities"),
        "website:knowledge": _("Knowledge"),
        "website:news": _("News"),
    }
    return [
        {"label": label, "url": address(view), "current": view.partition(":")[2] == current}
        for view, label in labels.items()
    ]


def public_context(request: HttpRequest) -> dict[str, Any]:
    """The masthead of public pages that apps below draw: the same doors, the same search.

    Read only where a page asks for it; pages of this app say for themselves which door is open.
    """
    open_door = "cities" if "/cities/" in request.path else ""
    found = {"doors": SimpleLazyObject(lambda: doors(open_door)), "foot": "website/foot.html"}
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        return found
    return found | {
        "brand_url": SimpleLazyObject(lambda: address("website:home")),
        "search_url": SimpleLazyObject(lambda: address("website:search")),
    }


def page_of(pages: Paginator[Any], number: int | str) -> Page[Any]:
    """One page of a list; raises Http404 where it has none of this number."""
    try:
        return pages.page(number)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error


def show(
    request: HttpRequest,
    template: str,
    door: str,
    context: dict[str, Any] | None = None,
    *,
    crumbs: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw a public page with its masthead and the way to it."""
    home = address("website:home")
    way = [{"label": label, "url": url} for label, url in crumbs or []]
    said = {"alternates": alternates(request), **(context or {})}
    words = {
        "doors": doors(door),
        "brand_url": home,
        "search_url": address("website:search"),
        "breadcrumbs": [{"label": _("First page"), "url": home}, *way] if way else [],
        "canonical": request.build_absolute_uri(request.path),
        "is_public_page": True,
    }
    if not request.user.is_authenticated:
        words["association"] = SimpleLazyObject(
            lambda: kept.known(request, "association", association_named)
        )
    answer = render(request, template, words | said, status=status)
    answer["Link"] = ", ".join(links(said["alternates"]))
    return answer


def links(others: list[dict[str, str]]) -> list[str]:
    """What leads on from a page, for programs that read no HTML (RFC 8288): the same page in the
    other languages, the description of the public record, and the licence of what it says.
    """
    found = [f'<{one["url"]}>; rel="alternate"; hreflang="{one["code"]}"' for one in others]
    found.append(f'<{address("website:api")}>; rel="service-doc"')
    found.append(f'<{address(DESCRIPTION)}>; rel="service-desc"; type="application/json"')
    if settings.DATA_LICENCE_URL:
        found.append(f'<{iri_to_uri(settings.DATA_LICENCE_URL)}>; rel="license"')
    return found


def alternates(request: HttpRequest) -> list[dict[str, str]]:
    """The address of this page in every language, for search engines."""
    here = request.path
    language = reader_language()
    rest = here.removeprefix(f"/{language}/")
    return [
        {"code": code, "url": request.build_absolute_uri(f"/{code}/{rest}")}
        for code, _name in settings.LANGUAGES
    ]
