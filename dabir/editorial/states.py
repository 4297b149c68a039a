"""The kinds of pages, each with the part of the site where they lie."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words


@dataclass(frozen=True)
class Kind:
    """A part of the site: its name, and the word for it in addresses, which never changes."""

    key: str
    path: str
    label: Words
    door: str


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("news", "news", _("News"), "news"),
        Kind("views", "views", _("Views"), "news"),
        Kind("events", "events", _("Events"), "news"),
        Kind("galleries", "galleries", _("Galleries"), "news"),
        Kind("papers", "library", _("Documents"), "knowledge"),
        Kind("plain", "about", _("About us"), "forum"),
    )
}
CHOICES = [(kind.key, kind.label) for kind in KINDS.values()]
BY_PATH = {kind.path: kind for kind in KINDS.values()}
# What a part is called in each language, where the words of all languages are wanted at once.
KIND_NAMES: dict[str, dict[str, str]] = {
    "news": {"fa": "خبر", "en": "News"},
    "views": {"fa": "دیدگاه", "en": "Opinion"},
    "events": {"fa": "رویداد", "en": "Event"},
    "galleries": {"fa": "گالری", "en": "Gallery"},
    "papers": {"fa": "سند", "en": "Document"},
    "plain": {"fa": "دربارهٔ ما", "en": "About us"},
}
