"""A row of a long paper as one line: all its words, in order, and what recurs said once."""

from __future__ import annotations

from typing import Any

import pytest

from dabir.documents.typesetting.blocks import Head, Run
from dabir.documents.typesetting.lines import Lines

pytestmark = [pytest.mark.pure, pytest.mark.once]

HEADS = (Head("commitment"), Head("status", "status"), Head("news", "date"))
ROW = (
    (Run("A website\n"), Run("City"), Run(" · one-off", "quiet")),
    (Run("delayed", "status", mark="delayed"), Run("\nsince May", "quiet")),
    (Run("1 May 2026"), Run("\n"), Run("no news", "status", mark="no_information")),
)


def encode(run: Run) -> Any:
    return run if run.style or run.link or run.language or run.anchor else run.text


def lines(*, rtl: bool = False) -> Lines:
    return Lines(encode, rtl=rtl)


def spelled(of: Lines, line: list[Any]) -> str:
    return "".join(
        of.phrases[each][0] if isinstance(each, int) else getattr(each, "text", each)
        for each in line
    )


def test_write_row_says_all_its_words_in_order() -> None:
    of = lines()
    assert spelled(of, of.write([ROW], HEADS)[0]) == (
        "A website · City · one-off · delayed · since May · news:\u00a01 May 2026 · no news"
    )


def test_write_row_again_makes_no_further_phrase() -> None:
    of = lines()
    first, known = of.write([ROW], HEADS)[0], list(of.phrases)
    assert of.write([ROW], HEADS)[0] == first
    assert of.phrases == known


def test_phrase_keeps_its_mark_its_style_and_the_stop_after_it() -> None:
    of = lines()
    line = of.write([ROW], HEADS)[0]
    said = [of.phrases[each] for each in line if isinstance(each, int)]
    assert ("delayed · ", "", "delayed") in said
    assert ("news:", "quiet", "") in said
    assert said[-1] == ("no news", "", "no_information")
    assert line[0] == "A website · City · "


def test_title_and_long_words_are_text_that_may_break() -> None:
    of = lines()
    long = "a deadline in the words of the declaration, longer than half a line"
    line = of.write(
        [((Run("title"),), (Run(long, "status", mark="delayed"),), (Run(long),))], HEADS
    )[0]
    assert spelled(of, line) == f"title · \u00a0{long} · news:\u00a0{long}"
    assert [text for text, _, _ in of.phrases] == ["news:"]


def test_phrase_after_letters_of_the_other_direction_stays_in_its_place() -> None:
    row = ((Run("سامانهٔ GIS"),), (Run("دیرکرد", "status", mark="delayed"),), (Run(":"),))
    of = lines(rtl=True)
    assert of.write([row], HEADS)[0][0] == "سامانهٔ GIS · \u200f"
    assert lines().write([ROW], HEADS)[0][0] == "A website · City · "


def test_identifier_that_leads_somewhere_is_a_phrase_under_its_link() -> None:
    def read(run: Run) -> Any:
        if run.style != "code":
            return run.text
        return {"t": run.text, "s": "code", "d": "ltr", "u": run.link}

    of = Lines(read, rtl=True)
    row = ((Run("2014/4", "code", link="#2014/4"),), (Run("x" * 29, "code", link="#y"),))
    line = of.write([row], (Head("id"), Head("id", "identifier")))[0]
    assert line == [{"p": 0, "u": "#2014/4"}, " · ", read(row[1][0])]
    assert of.phrases == [("\u20662014/4\u2069", "code", "")]


def test_words_that_a_table_says_often_are_a_phrase_others_stay_text() -> None:
    of = lines()
    heads = (Head("what"), Head("organ"))
    rows = [((Run(f"decision {n}"),), (Run("the Assembly"),)) for n in range(5)]
    assert [spelled(of, line) for line in of.write(rows, heads)] == [
        f"decision {n} · organ:\u00a0the Assembly" for n in range(5)
    ]
    assert ("the Assembly", "", "") in of.phrases
    of = lines()
    of.write(rows[:4], heads)
    assert of.phrases == [("organ:", "quiet", "")]


def test_link_language_and_place_of_a_run_are_kept() -> None:
    of = lines()
    kept = [
        Run("x", link="#there"),
        Run("y", language="en"),
        Run("z", anchor="here"),
        Run("k", "code"),
    ]
    line = of.write([(tuple(kept),)], (Head("date", "date"),))[0]
    assert line == kept
    assert not of.phrases
