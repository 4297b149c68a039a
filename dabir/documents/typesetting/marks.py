"""Every state as shape, word and colour: the shape and the colour; the word is the caller's."""

from __future__ import annotations

INK = "#1b1f24"
LAPIS = "#1f4e8c"
SAFFRON = "#8a5200"
JADE = "#17694d"
BRICK = "#a1301f"
STONE = "#565d66"

MARKS: dict[str, tuple[str, str]] = {
    "not_started": ("ring", STONE),
    "under_way": ("half", LAPIS),
    "done_claimed": ("diamond", JADE),
    "done_accepted": ("disc", JADE),
    "blocked": ("bar", BRICK),
    "not_applicable": ("dash", STONE),
    "no_commitment": ("dash", STONE),
    "delayed": ("triangle", BRICK),
    "no_information": ("dots", STONE),
    "in_force": ("disc", LAPIS),
    "amended": ("half", SAFFRON),
    "superseded": ("square", STONE),
    "retired": ("square", STONE),
    "lapsed": ("dots", STONE),
    "done": ("disc", JADE),
    "choice": ("square", INK),
}

GLYPHS: dict[str, str] = {
    "ring": "○",
    "half": "◐",
    "diamond": "◇",
    "disc": "●",
    "bar": "■",
    "square": "□",
    "dash": "–",
    "triangle": "▲",
    "dots": "◌",
}


def glyph_of(mark: str) -> str:
    """The shape as a character, where nothing can be drawn."""
    return GLYPHS[MARKS[mark][0]]
