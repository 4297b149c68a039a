"""The names of themes; a theme that nobody named is called by its key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from dabir.core.composed import Composed
from dabir.core.models import AuditEntry
from dabir.core.words import as_words
from dabir.decisions.models import Decision, Theme
from dabir.text.folding import fold

Names = dict[str, dict[str, str]]
NAMED = Composed(Theme.objects.all)


def theme_names() -> Names:
    """The name of every named theme in each language, by its key."""
    return {theme.key: as_words(theme.names) for theme in NAMED.read()}


def theme_names_known_at(at: datetime) -> Names:
    """The names that themes had at an instant, by the trail: a later name changes no earlier report."""
    named = AuditEntry.objects.filter(act="decisions.name_theme", recorded_at__lte=at)
    rows = named.order_by("sequence").values_list("target_id", "after")
    return {key: dict(after["names"]) for key, after in rows}


def organs_and_themes_used() -> tuple[set[str], list[str]]:
    """The keys of the organs that decided something, and of the themes of their decisions."""
    rows = list(Decision.objects.order_by().values_list("organ__key", "themes").distinct())
    themes = sorted({theme for _organ, kept in rows for theme in kept})
    return {organ for organ, _themes in rows}, themes


def named_themes(keys: Iterable[str], names: Names) -> list[dict[str, str]]:
    """Themes as a page shows them: the name in each language, else the key for every language."""
    return [names.get(key) or dict.fromkeys(("fa", "en"), key) for key in keys]


def theme_keys(typed: Iterable[str]) -> list[str]:
    """The keys of themes that somebody calls by name in any language and spelling, or by key."""
    typed = list(typed)
    known = (
        {_folded(n): key for key, names in theme_names().items() for n in names.values()}
        if typed
        else {}
    )
    return list(dict.fromkeys(known.get(_folded(name), name) for name in typed))


_folded = lru_cache(maxsize=1024)(fold)
