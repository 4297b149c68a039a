"""The map of members: an SVG that the server draws, without a script and without another host. Pure.

Longitude and latitude are drawn as they are (plate carrée), in whole quarters of a degree: at the scale of
a page that is as exact as a mark. The map is cut to where the members lie.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LAND = Path(__file__).resolve().parent / "data" / "land.json"
MARGIN, SMALLEST = 24, 120
MOST_NAMED = 30
WEST, EAST, NORTH, SOUTH = -720, 720, -336, 240
"""The whole world but the ice, in quarters of a degree."""


@dataclass(frozen=True)
class Place:
    """A member on the map: what a reader is told, where it leads, latitude and longitude in degrees."""

    name: str
    url: str
    latitude: float
    longitude: float
    mark: str = "full"


@dataclass(frozen=True)
class Mark:
    """A place as drawn."""

    name: str
    url: str
    x: int
    y: int
    mark: str


@dataclass(frozen=True)
class Map:
    """What the template draws: the window, the land in it, the marks, and the size of a mark."""

    left: int
    top: int
    width: int
    height: int
    land: tuple[str, ...]
    marks: tuple[Mark, ...]
    radius: float

    @property
    def label_size(self) -> float:
        """How high the names beside the marks are; nothing where they would cover each other."""
        return round(self.width / 85, 1) if len(self.marks) <= MOST_NAMED else 0

    @property
    def window(self) -> str:
        """The window as SVG takes it."""
        return f"{self.left} {self.top} {self.width} {self.height}"

    @property
    def drawn(self) -> SafeString:
        """The land and the marks, each a link with its name, said straight: there may be hundreds."""
        land = "\n".join(f'<path d="{escape(path)}" aria-hidden="true"/>' for path in self.land)
        marks = "".join(map(self._marked, self.marks))
        return mark_safe(f"{land}\n{marks}")  # noqa: S308 # each piece is escaped

    def _marked(self, mark: Mark) -> str:
        size, name = self.label_size, escape(mark.name)
        css = "" if mark.mark == "full" else ' class="other"'
        beside = (
            f'<text x="{mark.x:d}" y="{mark.y:d}" dy="-0.8em" font-size="{size}"'
            f' text-anchor="middle" aria-hidden="true">{name}</text>'
            if size
            else ""
        )
        return (
            f'<a href="{escape(mark.url)}"{css}><title>{name}</title>'
            f'<circle cx="{mark.x:d}" cy="{mark.y:d}" r="{self.radius}"/>{beside}</a>'
        )


@cache
def _land() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(LAND.read_text())
    return data


def _window(marks: Sequence[Mark]) -> tuple[int, int, int, int]:
    """The part of the world that holds every mark, twice as wide as high, never over the edge."""
    left, right = min(m.x for m in marks) - MARGIN, max(m.x for m in marks) + MARGIN
    top, bottom = min(m.y for m in marks) - MARGIN, max(m.y for m in marks) + MARGIN
    width = min(max(right - left, 2 * (bottom - top), 2 * SMALLEST), EAST - WEST)
    height = min(max(width // 2, bottom - top), SOUTH - NORTH)
    left = (left + right - width) // 2
    top = (top + bottom - height) // 2
    left = min(max(left, WEST), EAST - width)
    top = min(max(top, NORTH), SOUTH - height)
    return left, top, width, height


def draw_map(places: Sequence[Place]) -> Map | None:
    """The map of these places; None where no place is known."""
    if not places:
        return None
    parts = _land()["parts_of_a_degree"]
    marks = tuple(
        Mark(p.name, p.url, round(p.longitude * parts), round(-p.latitude * parts), p.mark)
        for p in places
    )
    left, top, width, height = _window(marks)
    land = tuple(
        path
        for x_from, y_from, x_to, y_to, path in _land()["land"]
        if x_to >= left and x_from <= left + width and y_to >= top and y_from <= top + height
    )
    return Map(left, top, width, height, land, marks, round(width / 130, 1))
