"""The encoder that judges the order of words, on sentences that no training text holds."""

import pytest

from dabir.text.repair.order import (
    NEW_PARAGRAPH,
    UNKNOWN,
    Tokens,
    border,
    word_order,
)


def worth(text: str) -> float:
    reader, end = word_order(), border(NEW_PARAGRAPH)
    (joints,) = reader.judged([(end, reader.tokens.of(text)[0], end)])
    return float(joints[:, 0].sum())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("از مردم و شهرداری یزد سپاسگزاریم.", "از مردم و یزد شهرداری سپاسگزاریم."),
        ("بیانیه کاتماندو منتشر شد.", "کاتماندو بیانیه منتشر شد."),
        ("رئیس شورا گزارش خود را خواند.", "گزارش رئیس خود شورا را خواند."),
    ],
)
def test_order_that_people_write_is_worth_more(right: str, wrong: str) -> None:
    assert worth(right) > worth(wrong)


def test_rows_read_together_are_read_as_alone() -> None:
    reader, end = word_order(), border(NEW_PARAGRAPH)
    texts = ["رئیس شورا گزارش خود را خواند.", "بیانیه منتشر شد.", "", "۱۲. شهر"]
    rows = [(end, reader.tokens.of(text)[0], end) for text in texts]
    for row, joints in zip(rows, reader.judged(rows), strict=True):
        assert len(joints) == len(row[1]) + 1
        assert joints == pytest.approx(reader.judged([row])[0], abs=1e-3)


def test_tokens_say_what_parts_words_and_know_numbers_by_their_length() -> None:
    words, starts = Tokens(["شهر", "ها"]).of("شهر\u200cها: ۱۲ ناشناس")
    assert starts == [0, 4, 6, 8, 11]
    assert words[:, 3].tolist() == [1, 2, 0, 1, 1]
    assert words[3, 0] == 5
    assert words[4, 0] == UNKNOWN
    assert words[4, 1]
    assert words[4, 2]
