"""Charts as SVG strings: status over time, silence, deadlines ahead.

Shapes carry classes and no styles, so that a page under a strict policy draws them with its own
sheet; `PAPER_STYLE` gives the same classes plain colours for print. In Persian the axis of time
starts at the right. Every chart comes with its figures as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from dabir.decisions.report.rendering.pen import Pen
from dabir.documents.typesetting.blocks import Grid, Head, Run

STATUSES: Final = (
    "done_accepted",
    "done_claimed",
    "under_way",
    "blocked",
    "not_started",
    "not_applicable",
)
"""From the ground up: what is settled lies at the bottom."""

SILENCE_BANDS: Final = ((0, 90), (91, 180), (181, 365), (366, 730), (731, 1825), (1826, None))
DEADLINE_BANDS: Final = ((None, -1), (0, 30), (31, 90), (91, 180), (181, 365), (366, None))

PAPER_STYLE: Final = (
    ".chart text{font-family:Vazirmatn;font-size:11px;fill:#1b1f24}"
    ".chart-quiet{fill:#565d66}.chart-axis{stroke:#1b1f24;stroke-width:1;fill:none}"
    ".chart-grid{stroke:#dcdee1;stroke-width:1}.chart-bar{fill:#1f4e8c}.chart-bar-late{fill:#a1301f}"
    ".chart-bar-silent{fill:#565d66}.chart-band{stroke:#ffffff;stroke-width:1.5}"
    ".chart-done_accepted{fill:#17694d}.chart-done_claimed{fill:#86bfa6}.chart-under_way{fill:#3f6fae}"
    ".chart-blocked{fill:#a1301f}.chart-not_started{fill:#c9ccd1}.chart-not_applicable{fill:#ece9df}"
)

_WIDTH, _START, _END = 640, 46, 40
_LAST_DAY = 26
"""The state on the last day is drawn this wide, or it would not be seen."""


@dataclass(frozen=True)
class Chart:
    """A drawing, what it says in words, and its figures."""

    svg: str
    words: str
    caption: str
    table: Grid


class _Sheet:
    """Collects shapes; `x` runs from the reader's start."""

    def __init__(self, height: int, words: str, language: str) -> None:
        self.height = height
        self.words = words
        self.language = language
        self.rtl = language == "fa"
        self.parts: list[str] = []

    def x(self, value: float) -> float:
        return _WIDTH - value if self.rtl else value

    def rect(self, x: float, y: float, width: float, height: float, kind: str) -> None:
        left = self.x(x + width) if self.rtl else x
        self.parts.append(
            f'<rect class="{kind}" x="{left:.1f}" y="{y:.1f}" '
            f'width="{width:.1f}" height="{height:.1f}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        self.parts.append(
            f'<line class="{kind}" x1="{self.x(x1):.1f}" y1="{y1:.1f}" '
            f'x2="{self.x(x2):.1f}" y2="{y2:.1f}"/>'
        )

    def area(self, points: Iterable[tuple[float, float]], kind: str) -> None:
        path = " ".join(f"{self.x(x):.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polygon class="{kind}" points="{path}"/>')

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "middle", kind: str = ""
    ) -> None:
        """Text whose `anchor` is start, middle or end as the reader reads."""
        side = {"start": "end", "end": "start"}.get(anchor, anchor) if self.rtl else anchor
        isolated = f"\u2067{escape(words)}\u2069" if self.rtl else escape(words)
        mark = f' class="{kind}"' if kind else ""
        self.parts.append(
            f'<text{mark} x="{self.x(x):.1f}" y="{y:.1f}" text-anchor="{side}">{isolated}</text>'
        )

    def svg(self) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart" '
            f'viewBox="0 0 {_WIDTH} {self.height}" role="img" direction="ltr" '
            f'lang="{self.language}" aria-label={quoteattr(self.words)}>'
            f"{''.join(self.parts)}</svg>"
        )


def status_over_time(
    series: Sequence[Mapping[str, Any]], language: str, *, caption: str = ""
) -> Chart | None:
    """How many commitments stood in which state on which day; None with fewer than two days."""
    days = sorted({str(point["on"]): point for point in series}.items())
    if len(days) < 2:
        return None
    pen = Pen(language)
    title = caption or pen.word("chart_status")
    words = pen.word("chart_words", caption=title)
    points = [(date.fromisoformat(on).toordinal(), point) for on, point in days]
    sheet = _Sheet(290, words, language)
    top = max(1, *(sum(int(point[s]) for s in STATUSES) for _, point in points))
    _scale(sheet, pen, top, floor=220)
    _bands(sheet, points, top)
    _time_axis(sheet, pen, points)
    _legend(sheet, pen, [s for s in STATUSES if any(int(p[s]) for _, p in points)])
    rows = tuple(
        (
            (Run(pen.day(on)),),
            *((Run(pen.number(int(point[s]))),) for s in STATUSES),
        )
        for on, point in days
    )
    heads = (Head(pen.word("day"), "date", 1.5), *(Head(pen.term(s), "number") for s in STATUSES))
    return Chart(sheet.svg(), words, title, Grid("", heads, rows))


def silence(silent_days: Iterable[int], language: str) -> Chart:
    """How many decisions have been silent for how long."""
    pen = Pen(language)
    values = list(silent_days)
    counted = [
        (_band_words(pen, a, b), sum(_within(v, a, b) for v in values)) for a, b in SILENCE_BANDS
    ]
    return _bars(pen, pen.word("chart_silence"), counted, ["chart-bar-silent"] * len(counted))


def deadlines_ahead(days_left: Iterable[int], language: str) -> Chart:
    """How many deadlines lie how far ahead; what is past comes first."""
    pen = Pen(language)
    values = list(days_left)
    counted = [
        (_band_words(pen, a, b), sum(_within(v, a, b) for v in values)) for a, b in DEADLINE_BANDS
    ]
    kinds = ["chart-bar-late" if a is None else "chart-bar" for a, _ in DEADLINE_BANDS]
    return _bars(pen, pen.word("chart_deadlines"), counted, kinds)


def _within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _band_words(pen: Pen, low: int | None, high: int | None) -> str:
    if low is None:
        return pen.word("overdue")
    if high is None:
        return pen.word("over_days", n=pen.number(low - 1))
    if low == 0:
        return pen.word("up_to_days", n=pen.number(high))
    return pen.word("range_days", a=pen.number(low), b=pen.number(high))


def _bars(pen: Pen, title: str, counted: list[tuple[str, int]], kinds: list[str]) -> Chart:
    words = pen.word("chart_words", caption=title)
    step, name_width = 26, 150
    sheet = _Sheet(len(counted) * step + 14, words, pen.language)
    most = max(1, *(count for _, count in counted))
    room = _WIDTH - name_width - _END - 46
    for row, ((label, count), kind) in enumerate(zip(counted, kinds, strict=True)):
        y = 8 + row * step
        sheet.text(name_width - 10, y + 14, label, anchor="end")
        if count:
            sheet.rect(name_width, y, count / most * room, 18, kind)
        sheet.text(name_width + count / most * room + 7, y + 14, pen.number(count), anchor="start")
    sheet.line(name_width, 2, name_width, len(counted) * step + 8, "chart-axis")
    rows = tuple(((Run(label),), (Run(pen.number(count)),)) for label, count in counted)
    heads = (Head(pen.word("band"), "text", 2), Head(pen.word("count"), "number"))
    return Chart(sheet.svg(), words, title, Grid("", heads, rows))


def _scale(sheet: _Sheet, pen: Pen, top: int, *, floor: int) -> None:
    for tick in _ticks(top):
        y = floor - tick / top * (floor - 14)
        sheet.line(_START, y, _WIDTH - _END, y, "chart-grid")
        sheet.text(_START - 8, y + 4, pen.number(tick), anchor="end", kind="chart-quiet")


def _ticks(top: int) -> list[int]:
    step = next(s for s in _steps() if top / s <= 5)
    return list(range(0, top + 1, step))


def _steps() -> Iterable[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _bands(sheet: _Sheet, points: list[tuple[int, Mapping[str, Any]]], top: int) -> None:
    """Steps, not slopes: a state lasts until the next day on which something changed."""
    first, last = points[0][0], points[-1][0]
    room = _WIDTH - _START - _END

    def place(day: int) -> float:
        return _START + (day - first) / (last - first) * room

    below = [0] * len(points)
    for status in STATUSES:
        above = [low + int(point[status]) for low, (_, point) in zip(below, points, strict=True)]
        if above != below:
            edge = _steps_of(
                [(place(day), value) for (day, _), value in zip(points, above, strict=True)]
            )
            ground = _steps_of(
                [(place(day), value) for (day, _), value in zip(points, below, strict=True)]
            )
            outline = [(x, 220 - v / top * 206) for x, v in [*edge, *reversed(ground)]]
            sheet.area(outline, f"chart-band chart-{status}")
        below = above


def _steps_of(values: list[tuple[float, int]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for (x, value), (following, _) in pairwise(values):
        out += [(x, value), (following, value)]
    x, value = values[-1]
    return [*out, (x, value), (x + _LAST_DAY, value)]


def _time_axis(sheet: _Sheet, pen: Pen, points: list[tuple[int, Mapping[str, Any]]]) -> None:
    first, last = points[0][0], points[-1][0]
    sheet.line(_START, 220, _WIDTH - _END, 220, "chart-axis")
    for index in range(4):
        day = first + round((last - first) * index / 3)
        x = _START + (day - first) / (last - first) * (_WIDTH - _START - _END)
        sheet.line(x, 220, x, 225, "chart-axis")
        anchor = "start" if index == 0 else "end" if index == 3 else "middle"
        sheet.text(
            x, 240, pen.day(date.fromordinal(day).isoformat()), anchor=anchor, kind="chart-quiet"
        )


def _legend(sheet: _Sheet, pen: Pen, statuses: list[str]) -> None:
    for place, status in enumerate(statuses):
        x = _START + (place % 3) * 195
        y = 256 + (place // 3) * 18
        sheet.rect(x, y, 11, 11, f"chart-band chart-{status}")
        sheet.text(x + 17, y + 10, pen.term(status), anchor="start")
