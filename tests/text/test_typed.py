"""Words that a stranger typed, made harmless without harm to any script."""

from __future__ import annotations

import pytest

from dabir.text.erasing import without
from dabir.text.typed import harmless, one_line

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "words",
    [
        "علی\u200cرضا می\u200cنویسد",
        "نامه\u200cهای خانم مه\u200dدی",
        "شمارهٔ \u200eQ-2026/0003\u200f است",
        "كِتاب، ۱۲٪ «خوب»",
    ],
)
def test_one_line_keeps_persian_as_it_was_written(words: str) -> None:
    assert one_line(words) == harmless(words) == words


def test_harmless_drops_what_steers_and_keeps_lines_only_where_asked() -> None:
    steering = "a\u202eb\u2066c\u0007d\ufeffe\x00f\u00adg"
    assert one_line(steering) == "abcdefg"
    spaces = "a\u00a0b\u2003c\u2028d\r\ne\tf"
    assert one_line(spaces) == "a b c d  e f"
    assert harmless("a\nb\tc\x0bd", kept="\n\t") == "a\nb\tc d"


def test_without_takes_out_names_however_they_are_spaced_and_nothing_else() -> None:
    text = "Dear NIKA  Reader,\nNika\u00a0Reader wrote. Readers of Nikaragua know."
    assert without(text, ["Nika Reader", "", " "]) == (
        "Dear —,\n— wrote. Readers of Nikaragua know."
    )
    assert without("علی‌رضا: a@b.example", ["علی‌رضا", "A@b.example"]) == "—: —"
