"""What Wagtail's admin shows of the house: the way back to the desk, and no help pages of other hosts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def way_back() -> MenuItem:
    """The first entry of the rail."""
    return MenuItem(_("Desk"), reverse("office:desk"), name="desk", icon_name="arrow-left", order=1)


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's help leads to pages of another host; ours is `docs/use/editorial.md`."""
    items[:] = [item for item in items if item.name != "help"]
