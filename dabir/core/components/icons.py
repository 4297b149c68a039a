"""Signs from the one sprite, `core/icons.svg`."""

from __future__ import annotations

from functools import cache, lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dabir.core.errors import Words

# Signs that mean a direction are drawn for left-to-right and turn in right-to-left pages.
TURNS = frozenset(
    [
        "next",
        "previous",
        "arrow",
        "exit",
        "undo",
        "external",
        "hand-over",
        "reply",
        "mark-back",
        "density",
        "menu",
        "register",
    ]
)


@cache
def sprite_address() -> str:
    """Where the browser finds the sprite."""
    return static("core/icons.svg")


def icon_html(name: str, *, label: Words = "", css: str = "") -> SafeString:
    """A sign as SVG: decorative, or with words for those who do not see it."""
    return _drawn(name, str(label), css)


@lru_cache(maxsize=1024)
def _drawn(name: str, label: str, css: str) -> SafeString:
    classes = " ".join(c for c in ("icon", "turns" if name in TURNS else "", css) if c)
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            classes,
            label,
            sprite_address(),
            name,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        classes,
        sprite_address(),
        name,
    )
