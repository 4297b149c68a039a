"""The words by which a text is found, in the writings that visitors type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.text.folding import fold
from dabir.text.tokens import LONGEST_WORD, folded_text, one_slip_away, tokens_asked, tokens_of


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ايران كشور", "ایران کشور"),
        ("مدينة", "مدینه"),
        ("می شود", "می‌شود"),
        ("حمل نقل", "حمل‌نقل"),
        ("ISSIZ Istanbul", "Issız İstanbul"),
        ("ısparta", "Isparta"),
        ("елка", "Ёлка"),
        ("海", "中国海口市"),
        ("海口", "中国海口市"),
        ("海口市", "中國海口市"),
        ("臺灣", "台湾"),
        ("۱۴۰۵", "1405"),
    ],
)
def test_what_is_typed_is_among_the_words_of_the_text(typed: str, text: str) -> None:
    assert set(tokens_asked(typed)) <= set(tokens_of(text))


def test_signs_are_asked_for_in_pairs_so_that_others_do_not_match() -> None:
    assert tokens_asked("海口市") == ["海口", "口市"]
    assert not set(tokens_asked("口海")) <= set(tokens_of("海口"))


@given(st.text(alphabet="abc ءيكأإه‌ة‌اش۱٢ ёЁı-،/海", max_size=60))
def test_folding_word_by_word_gives_what_folding_the_whole_gives(text: str) -> None:
    assert folded_text(text) == fold(text)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("transprot", "transport"), ("trnsport", "transport"), ("transsport", "transport"),
     ("tramsport", "transport"), ("کتبخانه", "کتابخانه"), ("трансорт", "транспорт")],
)  # fmt: skip
def test_one_slip_is_one_letter_left_out_put_in_exchanged_or_turned(slip: str, meant: str) -> None:
    assert meant in one_slip_away(slip)


@pytest.mark.parametrize("word", ["tree", "آب", "2026", "海口市", "งานวันนี้"])
def test_short_words_numbers_and_unknown_writings_are_not_guessed_at(word: str) -> None:
    assert one_slip_away(word) == []


def test_parts_of_a_word_with_a_half_space_are_no_longer_than_a_word() -> None:
    assert max(map(len, tokens_of("a\u200c" + "b" * 70))) <= LONGEST_WORD
