"""The names of themes; a theme that nobody named is called by its key."""

from __future__ import annotations

from collections.abc import Iterable

from dabir.core.words import as_words
from dabir.decisions.models import Decision, Theme

Names = dict[str, dict[str, str]]


def theme_names() -> Names:
    """The name of every named theme in each language, by its key."""
    return {theme.key: as_words(theme.names) for theme in Theme.objects.all()}


def themes_used() -> list[str]:
    """The keys under which decisions are kept, each once."""
    rows = Decision.objects.order_by().values_list("themes", flat=True).distinct()
    return sorted({theme for themes in rows for theme in themes})


def named_themes(keys: Iterable[str], names: Names) -> list[dict[str, str]]:
    """Themes as a page shows them: the name in each language, else the key for every language."""
    return [names.get(key) or dict.fromkeys(("fa", "en"), key) for key in keys]
