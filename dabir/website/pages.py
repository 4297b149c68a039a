"""What the public pages have in common: masthead and doors, the way to a page, what leads on from it."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from dabir.core.addresses import address, where
from dabir.core.components.lists import Told, as_told
from dabir.core.kept import known
from dabir.core.words import reader_language
from dabir.registry.public import association_named

DESCRIPTION = "api:openapi"


def doors(current: str) -> Told:
    """The five doors of the public pages."""
    return _doors(current, where())


@lru_cache(maxsize=256)
def _doors(current: str, _where: Hashable) -> Told:
    labels = {
        "website:forum": _("The association"),
        "website:texts": _("Decisions"),
        "membership:cities": _("Cities"),
        "website:knowledge": _("Knowledge"),
        "website:news": _("News"),
    }
    return as_told(
        {"label": label, "url": address(view), "current": view.partition(":")[2] == current}
        for view, label in labels.items()
    )


def public_context(request: HttpRequest) -> dict[str, Any]:
    """The masthead of public pages that apps below draw: the same association, doors and search.

    Read only where a page asks for it; pages of this app say for themselves which door is open.
    """
    open_door = "cities" if "/cities/" in request.path else ""
    found = {"doors": SimpleLazyObject(lambda: doors(open_door)), "foot": "website/foot.html"}
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        return found
    return found | {
        "association": SimpleLazyObject(lambda: known(request, "association", association_named)),
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
