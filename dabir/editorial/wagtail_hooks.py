"""What Wagtail's admin shows of the house: its colours and letters, the way back, no pages of other hosts."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.ui.components import Component

from dabir.core.words import reader_language
from dabir.editorial.models import Section

OF_A_LANGUAGE = re.compile(f"^/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})/")


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    """The first entry of the rail."""
    return MenuItem(_("Desk"), reverse("office:desk"), name="desk", icon_name="arrow-left", order=1)


@hooks.register("insert_global_admin_css")
def ink_and_paper() -> SafeString:
    """The tokens of the house, and what Wagtail draws by them."""
    sheets = ((static(name),) for name in ("core/css/tokens.css", "editorial/admin.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def names_of_fields() -> SafeString:
    """What the editor leaves unsaid."""
    return format_html('<script type="module" src="{}"></script>', static("editorial/admin.js"))


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's help leads to pages of another host; ours is `docs/use/editorial.md`."""
    items[:] = [item for item in items if item.name != "help"]


class Parts(Component):
    """Where one writes: the parts of the site in the reader's language, one press from the beginning."""

    template_name = "editorial/parts.html"
    order = 10

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The parts in their order on the site."""
        rows = Section.objects.filter(locale__language_code=reader_language())
        return {"parts": rows.order_by("path")}


@hooks.register("construct_homepage_panels")
def parts_of_the_site(request: HttpRequest, panels: list[Any]) -> None:
    """After what waits; and not nothing, where nothing waits."""
    panels.append(Parts())


class PagesHere(SearchArea):
    """The search of pages in the language of the page from which one asks."""

    @property
    def url(self) -> str:
        """Asked anew each time."""
        return reverse("wagtailadmin_pages:search")

    @url.setter
    def url(self, _once: str) -> None:
        """Wagtail would keep the address of the first request."""


@hooks.register("register_admin_search_area")
def search_of_pages() -> PagesHere:
    """Stands before Wagtail's own; the rail takes the first."""
    return PagesHere(_("Pages"), "", name="pages-here", icon_name="folder-open-inverse", order=1)


@hooks.register("construct_search")
def pages_once(request: HttpRequest, areas: list[Any]) -> None:
    """Wagtail's own search of pages is the same."""
    areas[:] = [area for area in areas if area.name != "pages"]


@hooks.register("construct_main_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_search")
def in_the_language_of_the_page(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail makes the entries of its rail once, with addresses in the language of who came first."""
    items[:] = [_led_by(request, item) for item in items]


def _led_by(request: HttpRequest, item: Any) -> Any:
    led = copy(item)
    led.url = OF_A_LANGUAGE.sub(f"/{reader_language()}/", item.url)
    if (
        getattr(item, "name", "") == "desk"
    ):  # the whole address: else the rail says one stands on it
        led.url = request.build_absolute_uri(led.url)
    return led


class SubmitPage(SubmitForModerationMenuItem):
    """Submitting in the reader's language; Wagtail says the name of the workflow as it was laid out."""

    def get_context_data(self, parent_context: Any) -> Any:
        """A page that came back is submitted again."""
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        came_back = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        context["label"] = _("Submit again") if came_back else _("Submit for approval")
        return context


@hooks.register("construct_page_action_menu")
def submit_in_words(items: list[Any], request: HttpRequest, context: Any) -> None:
    """The one step there is needs no name."""
    items[:] = [
        SubmitPage(order=item.order) if item.name == SubmitPage.name else item for item in items
    ]
