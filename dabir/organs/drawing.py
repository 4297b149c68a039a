"""The timeline as SVG, drawn by the server for either direction: pure, from lanes and two days.

Lines run from the reader's start: in a right-to-left page the axis begins on the right, and text
anchors follow the page by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

WIDTH, NAMES, ROW, TOP, EDGE = 960, 190, 34, 26, 10
LETTER = 6.2  # width of an average letter at the size of the drawing's text


class SpanLike(Protocol):
    """Something that lasted."""

    @property
    def names(self) -> dict[str, str]:
        """What it is called."""

    @property
    def starts_on(self) -> date:
        """Its first day."""

    @property
    def ends_on(self) -> date | None:
        """The day it ended."""

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows who it was."""


class LaneLike(Protocol):
    """A row of the drawing."""

    @property
    def names(self) -> dict[str, str]:
        """What the row shows."""

    @property
    def spans(self) -> Sequence[SpanLike]:
        """What lasted."""

    @property
    def moments(self) -> Sequence[SpanLike]:
        """What happened once."""


Say = Callable[[dict[str, str]], str]


class Drawing:
    """Places days on a line and draws lanes below one another."""

    def __init__(self, first: date, last: date, *, rtl: bool, say: Say) -> None:
        self.first = first.replace(month=1, day=1)
        self.last = date(last.year + 1, 1, 1)
        self.rtl, self.say = rtl, say
        self.parts: list[str] = []

    def x(self, day: date) -> float:
        """Where a day lies."""
        whole = (self.last - self.first).days
        share = max(0.0, min(1.0, (day - self.first).days / whole))
        return self._at(NAMES + share * (WIDTH - NAMES - EDGE))

    def _at(self, place: float) -> float:
        return round(WIDTH - place if self.rtl else place, 1)

    def draw(self, lanes: Sequence[LaneLike], *, label: str, digits: Callable[[int], str]) -> str:
        """The whole drawing."""
        height = TOP + ROW * len(lanes) + EDGE
        self._axis(height, digits)
        for number, lane in enumerate(lanes):
            self._lane(lane, TOP + ROW * number)
        return (
            f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
            f"aria-label={quoteattr(label)}>{''.join(self.parts)}</svg>"
        )

    def _axis(self, height: int, digits: Callable[[int], str]) -> None:
        years = range(self.first.year, self.last.year)
        step = 1 if len(years) <= 12 else 2 if len(years) <= 24 else 5
        for year in years[::step]:
            x = self.x(date(year, 1, 1))
            self.parts.append(
                f'<line class="chart-grid" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{height}"/>'
                f'<text x="{x}" y="{TOP - 12}" text-anchor="middle" class="chart-quiet">'
                f"{escape(digits(year))}</text>"
            )

    def _lane(self, lane: LaneLike, top: int) -> None:
        name = _shortened(self.say(lane.names), NAMES - EDGE)
        self.parts.append(f'<text x="{self._at(0)}" y="{top + 20}">{escape(name)}</text>')
        for span in lane.spans:
            self._span(span, top)
        for moment in lane.moments:
            self._moment(moment, top)

    def _span(self, span: SpanLike, top: int) -> None:
        one, other = self.x(span.starts_on), self.x(span.ends_on or self.last)
        x, width = min(one, other), max(abs(other - one) - 1.5, 2)
        kind = "chart-bar-silent" if span.is_unknown else "chart-bar"
        words = self.say(span.names)
        self.parts.append(
            f'<rect class="{kind}" x="{round(x, 1)}" y="{top + 16}" width="{round(width, 1)}" '
            f'height="8" rx="2"><title>{escape(words)}</title></rect>'
        )
        if width > 3 * LETTER:
            place = one - 2 if self.rtl else one + 2
            self.parts.append(
                f'<text x="{round(place, 1)}" y="{top + 12}" class="chart-quiet">'
                f"{escape(_shortened(words, width))}</text>"
            )

    def _moment(self, moment: SpanLike, top: int) -> None:
        x = self.x(moment.starts_on)
        words = self.say(moment.names)
        self.parts.append(
            f'<circle class="chart-bar" cx="{x}" cy="{top + 20}" r="5">'
            f"<title>{escape(words)}</title></circle>"
        )


def _shortened(words: str, width: float) -> str:
    """As many letters as fit."""
    fits = int(width / LETTER)
    return words if len(words) <= fits else f"{words[: max(fits - 1, 1)]}…"
