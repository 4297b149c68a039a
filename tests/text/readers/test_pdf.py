"""PDF files of several programs and fonts read back without a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dabir.text.readers import ReadingRefused, page_images, read_document
from dabir.text.readers.order import logical_text
from dabir.text.structure import structure_text
from tests.text.readers import made

FIXTURES = Path(__file__).parents[1] / "fixtures"
MIXED = [
    "نشانی: https://example.org/amf/2014 و رایانامه info@example.org است.",
    "شماره AMF/2014/25-A در تاریخ 25/11/2014 (۴ آذر ۱۳۹۳) ثبت شد؛ مبلغ 1,250.50 USD پرداخت شد.",
    "The Asian Mayors Forum (مجمع شهرداران آسیایی) met in Haikou on 25 November 2014.",
    "إعلان هايكو: نحن رؤساء البلديات في آسيا، إذ اجتمعنا في ٢٥ نوفمبر ٢٠١٤.",
]


def declaration() -> list[str]:
    text = (FIXTURES / "haikou.truth.fa.txt").read_text("utf-8")
    text = re.sub(r"(?m)^\[[^\]]*\] ", "", text)
    text = re.sub(r"\{(\d)[^}]*\}", r"\1", text)
    return [line.strip() for line in text.splitlines() if line.strip()]


def page() -> list[str]:
    text = (FIXTURES / "secretariat-page.truth.fa.txt").read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["chromium-naskh", "cairo-dejavu"])
def test_read_document_reads_a_declaration_without_a_fault(name: str) -> None:
    reading = read_document(FIXTURES / "pdf" / f"{name}.pdf")
    assert reading.text.split("\n") == declaration()
    assert reading.kind == "pdf"
    assert reading.whole_paragraphs
    assert reading.notices == ()
    assert len(reading.page_starts) == reading.pages >= 3
    assert list(reading.page_starts) == sorted(reading.page_starts)


def test_read_document_reads_a_page_of_names() -> None:
    reading = read_document(FIXTURES / "pdf" / "chromium-kufi-page.pdf")
    assert reading.text.split("\n") == page()
    structure = structure_text(reading.text, whole_paragraphs=True)
    assert len(structure.people) == 6


def test_read_document_reads_both_directions_in_one_line() -> None:
    reading = read_document(FIXTURES / "pdf" / "chromium-sans-mixed.pdf")
    assert reading.text.split() == " ".join(MIXED * 2).split()


@pytest.mark.parametrize("text", [declaration(), page(), MIXED])
def test_read_document_reads_typst(text: list[str]) -> None:
    reading = read_document(made.typeset(text), "typst.pdf")
    assert reading.text.split() == " ".join(text).split()


def test_read_document_reads_justified_lines() -> None:
    reading = read_document(made.typeset(declaration(), extra=")\n#set par(justify: true"), "j.pdf")
    assert reading.text.split("\n") == declaration()


def test_read_document_reads_english_and_persian_words_in_it() -> None:
    text = [
        "The Forum (in Persian مجمع شهرداران آسیایی) has its seat in Tehran; see clause 4.",
        "A second paragraph follows, long enough to be broken into several lines of the page.",
    ]
    reading = read_document(made.typeset(text, direction="ltr"), "en.pdf")
    assert reading.text.split("\n") == text


def test_read_document_reads_two_columns_one_after_the_other() -> None:
    columns = made.typeset(declaration(), extra=", columns: 2")
    reading = read_document(columns, "columns.pdf")
    assert reading.text.split() == " ".join(declaration()).split()


def test_read_document_leaves_running_heads_out() -> None:
    extra = ', header: [مجمع شهرداران آسیایی - بیانیه], numbering: "1 / 1"'
    text = declaration() * 2
    reading = read_document(made.typeset(text, extra=extra), "heads.pdf")
    assert reading.pages >= 4
    assert reading.text.split() == " ".join(text).split()
    assert [notice.code for notice in reading.notices] == ["running_heads"]


def test_structure_text_of_a_printed_declaration_has_every_clause() -> None:
    reading = read_document(made.typeset(declaration()), "haikou.pdf")
    structure = structure_text(reading.text, whole_paragraphs=True)
    found = [node.id for node in structure.walk()]
    assert len(structure.recitals) == 9
    assert len(structure.clauses) == 12
    assert "4.e" in found
    assert "11.note" in found


@pytest.mark.parametrize(
    ("seen", "typed"),
    [
        # As the eye meets the signs from the right: Latin words and numbers end first.
        ("در سال 4102", "در سال 2014"),
        ("تاریخ 41/1/2102", "تاریخ 2012/1/14"),
        ("مبلغ 05.1 DSU شد", "مبلغ 1.50 USD شد"),
        ("آیین 4102 FMA جدید", "آیین AMF 2014 جدید"),
        ("در 52 4102 rebmevoN شد", "در 25 November 2014 شد"),
        ("نام (FMA) است", "نام (AMF) است"),
    ],
)
def test_logical_text_turns_numbers_and_latin_words_back(seen: str, typed: str) -> None:
    assert logical_text(list(seen), rtl=True) == typed


def test_logical_text_turns_mirrored_brackets_round() -> None:
    assert (
        logical_text(list("نام )FMA( است"), rtl=True, mirrored=frozenset({"()"})) == "نام (AMF) است"
    )


def test_read_document_tells_its_progress() -> None:
    heard: list[tuple[int, int]] = []
    reading = read_document(
        made.typeset(declaration()), "a.pdf", progress=lambda page, of: heard.append((page, of))
    )
    assert heard == [(n, reading.pages) for n in range(1, reading.pages + 1)]


def test_read_document_says_that_letters_were_recognised() -> None:
    reading = read_document(made.recognised(), "scan.pdf")
    assert reading.text == "The year 2014 was read by a machine"
    assert [notice.code for notice in reading.notices] == ["recognised"]


def test_page_images_draws_the_pages_asked_for() -> None:
    data = made.typeset(declaration())
    pictures = page_images(data, numbers=[2])
    assert len(pictures) == 1
    assert pictures[0].startswith(b"\x89PNG\r\n\x1a\n")
    assert len(page_images(data, dots=40)) == read_document(data, "a.pdf").pages


def test_page_images_refuses_what_is_no_pdf() -> None:
    with pytest.raises(ReadingRefused):
        page_images(b"plain text")
    with pytest.raises(ReadingRefused, match="password"):
        page_images(made.locked(made.typeset(["متن"])))
