"""The words of Wagtail's scripts: its own Persian lacks these, and ours stand in one catalogue."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

WORDS = (
    _("A network error occurred."),
    _("A server error occurred."),
    _("Add a comment"),
    _("Are you sure?"),
    _("Autosave in progress…"),
    _("Blocks"),
    _("Changes have been autosaved."),
    _("Character count:"),
    _("Collapse all"),
    _("Complex"),
    _("Decorative image"),
    _("Delete error"),
    _("Deleting"),
    _("Duplicate"),
    _("Enter your comments..."),
    _("Enter your reply..."),
    _("Error while sending preview data."),
    _("Expand all"),
    _("Fair"),
    _("Focus comment"),
    _("Good"),
    _("Insert a block"),
    _("Main menu"),
    _("No"),
    _("Pages"),
    _("Pin toolbar"),
    _("Reply"),
    _("Resolve"),
    _("Retry"),
    _("Save error"),
    _("Saving..."),
    _("Search"),
    _("Search options…"),
    _("Split block"),
    _("Toggle section"),
    _("Toggle side panel"),
    _("Toggle sidebar"),
    _("Unfocus comment"),
    _("Unpin toolbar"),
    _("Write something or type ‘/’ to insert a block"),
)


class WordsForScripts(JavaScriptCatalog):
    """What Wagtail's scripts say, in the reader's language."""

    packages = ("wagtail.admin",)

    def get_catalog(self) -> dict[str, Any]:
        """Wagtail's words, ours before them."""
        return super().get_catalog() | {str(word._args[0]): str(word) for word in WORDS}
