"""The kinds of pages, each with the part of the site where they lie."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.errors import Words


@dataclass(frozen=True)
class Kind:
    """A part of the site: its name, the word for it in addresses, which never changes, the name of one
    page of it, and the door of the website behind which it stands.
    """

    key: str
    path: str
    label: Words
    one: Words
    door: str


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("news", "news", _("News"), pgettext_lazy("one page", "News"), "news"),
        Kind("views", "views", _("Views"), _("Opinion"), "news"),
        Kind("events", "events", _("Events"), _("Event"), "news"),
        Kind("galleries", "galleries", _("Galleries"), _("Gallery"), "news"),
        Kind("papers", "library", _("Documents"), _("Document"), "knowledge"),
        Kind("plain", "about", _("About us"), _("About us"), "forum"),
    )
}
CHOICES = [(kind.key, kind.label) for kind in KINDS.values()]
BY_PATH = {kind.path: kind for kind in KINDS.values()}
