"""The app `website`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

from dabir.core.slots import supply

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class WebsiteConfig(AppConfig):
    """The app `website`."""

    name = "dabir.website"
    label = "website"

    def ready(self) -> None:
        from dabir.website.searchable import join_all

        join_all()
        supply("editorial page as shown", _as_shown)


def _as_shown(request: HttpRequest, draft: Any) -> Iterable[HttpResponse]:
    # The views load much that commands do not need, so only when somebody asks.
    from dabir.website.views.editorial import preview

    return preview(request, draft)
