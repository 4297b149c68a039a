"""The mark on a paper whose association has given no emblem of its own: a star of two squares and
a nib.
"""

from __future__ import annotations

import math

_LAPIS = "#1f4e8c"


def _square(turn: float) -> str:
    points = (
        (
            50 + 38 * math.cos(math.radians(turn + 90 * i)),
            50 + 38 * math.sin(math.radians(turn + 90 * i)),
        )
        for i in range(4)
    )
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def emblem_svg() -> str:
    """The mark as a drawing of 100 by 100 units."""
    line = f'fill="none" stroke="{_LAPIS}" stroke-width="2.6" stroke-linejoin="round"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">'
        f'<circle cx="50" cy="50" r="46.5" fill="none" stroke="{_LAPIS}" stroke-width="1.6"/>'
        f'<polygon points="{_square(45)}" {line}/><polygon points="{_square(0)}" {line}/>'
        f'<path d="M50 30 L59 52 L50 70 L41 52 Z" fill="{_LAPIS}"/>'
        '<path d="M50 47 L50 70" stroke="#ffffff" stroke-width="1.6"/>'
        '<circle cx="50" cy="46" r="2.4" fill="#ffffff"/></svg>'
    )
