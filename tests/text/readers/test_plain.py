from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.text.readers import Limits, ReadingRefused, read_document
from dabir.text.readers.plain import read_plain

PERSIAN = "بیانیه هایکو\nما شهرداران؛\n1. همکاری می‌کنیم؛"
ARABIC = "بيان هايكو\nنحن رؤساء البلديات\n1. نتعاون مع الجميع"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (PERSIAN.encode(), []),
        (codecs.BOM_UTF8 + PERSIAN.encode(), []),
        (codecs.BOM_UTF16_LE + PERSIAN.encode("utf-16-le"), []),
        (codecs.BOM_UTF16_BE + PERSIAN.encode("utf-16-be"), []),
        (codecs.BOM_UTF32_LE + PERSIAN.encode("utf-32-le"), []),
        (PERSIAN.encode("utf-16-le"), ["encoding"]),
        (PERSIAN.encode("utf-16-be"), ["encoding"]),
        (PERSIAN.replace("\n", "\r\n").encode(), []),
        (PERSIAN.replace("\n", "\r").encode(), []),
        (PERSIAN.encode().decode("latin-1").encode(), ["double_encoding"]),
    ],
)
def test_read_document_reads_every_encoding(data: bytes, codes: list[str]) -> None:
    reading = read_document(data, "a.txt")
    assert reading.text == PERSIAN
    assert [notice.code for notice in reading.notices] == codes
    assert not reading.whole_paragraphs


def test_read_document_reads_arabic_windows() -> None:
    reading = read_document(ARABIC.encode("cp1256"), "a.txt")
    assert reading.text == ARABIC
    assert reading.notices[0].params == {"encoding": "cp1256"}


def test_read_document_reads_western_windows() -> None:
    text = "The mayor’s café in Türkiye – a long line of plain words"
    assert read_document(text.encode("cp1252"), "a.txt").text == text


def test_read_document_reads_each_line_by_its_own_encoding() -> None:
    lines = [ARABIC.split("\n")[1].encode("cp1256"), ARABIC.split("\n")[2].encode("utf-8")]
    reading = read_document(b"\n".join(lines), "a.txt")
    assert reading.text == "\n".join(ARABIC.split("\n")[1:])
    assert [notice.code for notice in reading.notices] == ["mixed_encoding"]


def test_read_document_keeps_damaged_text_as_it_came() -> None:
    text = "  3131بیانیه هایکو \n\n ما شهرداران،فرمانداران و  مدیران\uf0b7 آسْیایی؛\n"
    assert read_document(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    "data", [b"", b"  \n\t ", b"\xef\xbb\xbf", codecs.BOM_UTF16_LE, b"\xff\xfe \x00"]
)
def test_read_document_refuses_empty_files(data: bytes) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_document(data, "a.txt")
    assert refused.value.code == "empty"


def test_read_document_refuses_too_long_a_text() -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_document(b"a" * 1001, "a.txt", limits=Limits(most_characters=1000))
    assert refused.value.code == "too_long"


@given(st.binary(max_size=400))
@settings(max_examples=400)
def test_read_plain_of_any_bytes_is_text_or_a_refusal(data: bytes) -> None:
    with suppress(ReadingRefused):
        text, _ = read_plain(data, Limits())
        assert text.strip()
        assert "\x00" not in text
        text.encode()


@given(st.text(alphabet="مجعبیکپچگ ‌abcXYZ.,؛0123۴۵۶\n", min_size=1).filter(str.strip))
def test_read_plain_gives_unicode_text_back_unchanged(text: str) -> None:
    if text.strip(" \n\u200c"):
        assert read_plain(text.encode(), Limits())[0] == text
