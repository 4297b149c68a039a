from __future__ import annotations

import io

import docx
import pytest

from dabir.text.readers import ReadingRefused, read_document
from tests.text.readers import made


def read(data: bytes) -> str:
    return read_document(data, "a.docx").text


def test_read_document_reads_a_document_of_a_word_processor() -> None:
    document = docx.Document()
    document.add_heading("بیانیه", 0)
    document.add_paragraph("ما شهرداران؛")
    table = document.add_table(rows=2, cols=2)
    for n, words in enumerate(["نام", "سمت", "روشن", "مدیر"]):
        table.cell(n // 2, n % 2).text = words
    document.add_paragraph("پایان.")
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()).split("\n") == [
        "بیانیه",
        "ما شهرداران؛",
        "نام\tسمت",
        "روشن\tمدیر",
        "پایان.",
    ]


def level(number: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def counted(text: str, depth: int) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("lowerLetter", ["a)", "b)"]),
        ("upperRoman", ["I)", "II)"]),
        ("arabicAbjad", ["أ)", "ب)"]),
        ("decimal", ["1)", "2)"]),
        ("hindiNumbers", ["١)", "٢)"]),
    ],
)
def test_read_document_writes_the_numbers_word_counts(form: str, labels: list[str]) -> None:
    levels = level(0, "decimal", "%1.") + level(1, form, "%2)")
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    body = "".join(
        counted(text, depth)
        for text, depth in [("یک", 0), ("الف", 1), ("ب", 1), ("دو", 0), ("الف", 1)]
    )
    data = made.word(body, numbering=numbering)
    assert read(data).split("\n") == [
        "1. یک",
        f"{labels[0]} الف",
        f"{labels[1]} ب",
        "2. دو",
        f"{labels[0]} الف",
    ]


def test_read_document_leaves_deleted_words_out_and_says_so() -> None:
    body = (
        "<w:p><w:r><w:t>در سال </w:t></w:r><w:del><w:r><w:delText>2014</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2016</w:t></w:r></w:ins></w:p>"
    )
    reading = read_document(made.word(body), "a.docx")
    assert reading.text == "در سال 2016"
    assert [notice.code for notice in reading.notices] == ["changes_tracked"]


def test_read_document_keeps_runs_tabs_and_breaks() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/></w:r>"
        "<w:hyperlink><w:r><w:t>c</w:t></w:r></w:hyperlink></w:p>"
    )
    assert read(made.word(body)) == "a\tb\nc"


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (made.word(made.paragraph("x"), head=ENTITY), "hostile"),
        (made.word(made.paragraph("x"), head=OUTSIDE), "hostile"),
        (made.word(made.paragraph("&amp;") + " " * 40_000_000), "hostile"),
        (made.word("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000), "hostile"),
        (made.word("<w:p>"), "damaged"),
        (made.word(""), "empty"),
        (made.package({"word/document.xml": b"\xff\xfe nothing"}), "damaged"),
        (made.word(made.paragraph("x"))[:-60], "damaged"),
    ],
)
def test_read_document_refuses_bombs_entities_and_damage(data: bytes, code: str) -> None:
    with pytest.raises(ReadingRefused) as refused:
        read_document(data, "a.docx")
    assert refused.value.code == code


def test_read_document_refuses_a_package_that_lies_about_its_size() -> None:
    data = bytearray(made.word(made.paragraph("x" * 2_000_000)))
    place = data.rindex(b"PK\x01\x02")
    assert data[place:].startswith(b"PK")
    for at in range(len(data) - 4):
        if data[at : at + 4] == (2_000_000 + 200).to_bytes(4, "little"):
            data[at : at + 4] = (5).to_bytes(4, "little")
    with pytest.raises(ReadingRefused) as refused:
        read_document(bytes(data), "a.docx")
    assert refused.value.code in ("hostile", "damaged")
