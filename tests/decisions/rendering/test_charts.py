"""Charts say what their tables say, and start where the reader starts."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from dabir.decisions.report.rendering.charts import (
    DEADLINE_BANDS,
    PAPER_STYLE,
    SILENCE_BANDS,
    STATUSES,
    deadlines_ahead,
    silence,
    status_over_time,
)
from dabir.documents.typesetting.blocks import Grid, plain_text

pytestmark = pytest.mark.pure

NONE = dict.fromkeys(STATUSES, 0)
SERIES = [
    {"on": "2020-01-01", **NONE, "not_started": 4},
    {"on": "2022-01-01", **NONE, "not_started": 1, "under_way": 3},
    {"on": "2024-01-01", **NONE, "done_accepted": 4},
]


def figures(table: Grid) -> list[list[str]]:
    return [[plain_text(cell) for cell in row] for row in table.rows]


def shapes(svg: str, kind: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(svg)
    return [each.attrib for each in root.iter() if kind in each.attrib.get("class", "").split()]


def test_status_over_time_of_one_day_is_no_chart() -> None:
    assert status_over_time([], "en") is None
    assert status_over_time(SERIES[:1], "en") is None


def test_status_over_time_table_holds_every_figure_in_the_order_of_days() -> None:
    chart = status_over_time(list(reversed(SERIES)), "en")
    assert chart
    assert [row[0] for row in figures(chart.table)] == [
        "1 January 2020",
        "1 January 2022",
        "1 January 2024",
    ]
    assert [sum(map(int, row[1:])) for row in figures(chart.table)] == [4, 4, 4]


def points(svg: str, status: str) -> list[tuple[float, float]]:
    area = next(each for each in shapes(svg, f"chart-{status}") if "points" in each)
    return [tuple(map(float, pair.split(","))) for pair in area["points"].split()]  # type: ignore[misc] # two numbers


def test_status_over_time_starts_at_the_right_in_persian() -> None:
    english, persian = status_over_time(SERIES, "en"), status_over_time(SERIES, "fa")
    assert english
    assert persian
    for status in ("not_started", "under_way", "done_accepted"):
        mirrored = [(round(640 - x, 1), y) for x, y in points(english.svg, status)]
        assert mirrored == points(persian.svg, status)


def test_status_over_time_draws_heights_in_proportion() -> None:
    steady = {**NONE, "not_started": 1, "under_way": 3}
    chart = status_over_time([{"on": "2020-01-01", **steady}, {"on": "2021-01-01", **steady}], "en")
    assert chart
    under_way = [y for _, y in points(chart.svg, "under_way")]
    not_started = [y for _, y in points(chart.svg, "not_started")]
    whole = max(not_started) - min(not_started)
    assert max(under_way) - min(under_way) == pytest.approx(whole * 3, abs=0.3)


def test_status_over_time_shows_the_state_on_the_last_day() -> None:
    chart = status_over_time(SERIES, "en")
    assert chart
    xs = [x for x, _ in points(chart.svg, "done_accepted")]
    assert max(xs) - min(xs) > 10


def test_silence_counts_each_decision_once() -> None:
    chart = silence([0, 90, 91, 365, 366, 5000], "en")
    assert [row[1] for row in figures(chart.table)] == ["2", "1", "1", "1", "0", "1"]


def test_deadlines_count_past_and_today_apart() -> None:
    chart = deadlines_ahead([-1, 0, 30, 31, 400], "en")
    assert [row[1] for row in figures(chart.table)] == ["1", "2", "1", "0", "0", "1"]
    assert len(shapes(chart.svg, "chart-bar-late")) == 1


@pytest.mark.parametrize("bands", [SILENCE_BANDS, DEADLINE_BANDS])
def test_bands_leave_no_gap(bands: tuple[tuple[int | None, int | None], ...]) -> None:
    for (_, high), (low, _) in pairwise(bands):
        assert high is not None
        assert low == high + 1


@pytest.mark.parametrize("language", ["fa", "en"])
def test_chart_carries_classes_only_and_words_for_those_who_do_not_see_it(language: str) -> None:
    chart = status_over_time(SERIES, language)
    assert chart
    for drawn in (chart.svg, silence([1], language).svg, deadlines_ahead([1], language).svg):
        root = ElementTree.fromstring(drawn)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"]
        assert "style" not in drawn
        assert not [each for each in root.iter() if "fill" in each.attrib]


def test_paper_style_colours_every_class_that_is_drawn() -> None:
    chart = status_over_time(
        [{"on": "2020-01-01", **NONE}, {"on": "2021-01-01", **dict.fromkeys(STATUSES, 1)}], "en"
    )
    assert chart
    drawn = chart.svg + silence([1], "en").svg + deadlines_ahead([-1, 1], "en").svg
    used = {name for names in re.findall(r'class="([^"]+)"', drawn) for name in names.split()}
    assert {name for name in used if f".{name}" not in PAPER_STYLE} == set()


def test_persian_chart_holds_persian_digits_only() -> None:
    chart = status_over_time(SERIES, "fa")
    assert chart
    texts = [each.text or "" for each in ElementTree.fromstring(chart.svg).iter() if each.text]
    assert texts
    assert not re.search(r"[0-9]", "".join(texts))
