"""Letters and the printed form say what they are given, in both languages and formats."""

from __future__ import annotations

import copy
import io
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from dabir.documents.typesetting.letters import letter_docx, letter_pdf

pytestmark = pytest.mark.pure

LETTER: dict[str, Any] = {
    "association": {
        "names": {"fa": "اتحادیهٔ تمرینی شهرها", "en": "Practice Union of Cities"},
        "practice": True,
        "lines": [{"fa": "لاله‌زار", "en": "Laleh"}, "secretariat@example.org"],
    },
    "number": "PUC-2026-0042",
    "date": "2026-11-22",
    "written_at": "2026-11-22T03:00:00+00:00",
    "recipient": {
        "name": {"fa": "شهردار نمونه"},
        "post": {"fa": "شهردار سپیدرود", "en": "Mayor of Sepidrud"},
        "address": ["1 River Street"],
    },
    "subject": {"fa": "گزارش فعالیت", "en": "Activity report"},
    "paragraphs": [
        {"fa": "با سلام", "en": "Dear Mayor,"},
        {"fa": "خواهشمند است تا ۳۰ روز پاسخ دهید.", "en": "Please answer within 30 days."},
        {"en": "This exists in English only."},
    ],
    "signature": {
        "name": {"fa": "نمونه", "en": "A. Sample"},
        "post": {"fa": "دبیرکل", "en": "Secretary General"},
    },
    "enclosures": [{"fa": "فرم", "en": "Form"}],
    "copies": [{"fa": "بایگانی", "en": "Archive"}],
    "links": [{"words": {"fa": "پیوند", "en": "Signed link"}, "url": "https://example.org/r/abc"}],
    "form": None,
}
FORM = {
    "commitment": {"id": "C-00001", "titles": {"fa": "وب‌گاه", "en": "Website"}},
    "decision": {"id": "laleh-2019/4.b", "titles": {"fa": "وب‌گاه", "en": "Website"}},
    "city": {"fa": "سپیدرود", "en": "Sepidrud"},
    "statuses": ["not_started", "under_way", "done_claimed", "blocked"],
    "return_to": "secretariat@example.org",
}


def letter(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(LETTER), **changes}


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def docx_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    return "\n".join(n.text or "" for n in document.element.body.iter() if n.tag.endswith("}t"))


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("form", [None, FORM])
def test_letter_twice_gives_equal_bytes(language: str, form: dict[str, Any] | None) -> None:
    assert letter_pdf(letter(form=form), language) == letter_pdf(letter(form=form), language)
    assert letter_docx(letter(form=form), language) == letter_docx(letter(form=form), language)


@pytest.mark.parametrize(
    "read", [lambda x: pdf_text(letter_pdf(x, "en")), lambda x: docx_text(letter_docx(x, "en"))]
)
def test_letter_says_everything_it_is_given(read: Any) -> None:
    said = read(letter())
    for words in (
        "Practice Union of Cities",
        "Laleh",
        "PUC-2026-0042",
        "22 November 2026 · 1 Azar 1405",
        "Mayor of Sepidrud",
        "1 River Street",
        "Activity report",
        "Please answer within 30 days.",
        "A. Sample",
        "Secretary General",
        "Form",
        "Archive",
        "https://example.org/r/abc",
        "only in Persian",
    ):
        assert words in said, words


def test_persian_letter_shows_persian_digits_and_both_calendars() -> None:
    said = docx_text(letter_docx(letter(), "fa"))
    assert "۱ آذر ۱۴۰۵ · ۲۲ نوامبر ۲۰۲۶" in said
    assert "This exists in English only." in said


def test_form_has_an_empty_cell_for_every_answer_and_starts_a_page() -> None:
    document = Document(io.BytesIO(letter_docx(letter(form=FORM), "en")))
    answers = next(t for t in document.tables if t.rows[0].cells[0].text == "Question")
    assert [row.cells[0].text for row in answers.rows[1:]] == [
        "Date of the event",
        "What was done?",
        "Obstacles and what is needed",
        "Next step and its date",
        "Name, post and signature",
    ]
    assert all(not row.cells[1].text.strip() for row in answers.rows[1:])
    pages = PdfReader(io.BytesIO(letter_pdf(letter(form=FORM), "en"))).pages
    assert len(pages) == 2
    assert "Activity report form" in pages[1].extract_text()
    assert "C-00001" in pages[1].extract_text()


def test_form_alone_is_one_page_with_its_number_and_no_letter() -> None:
    alone = letter(form=FORM, paragraphs=[], signature=None)
    pages = PdfReader(io.BytesIO(letter_pdf(alone, "en"))).pages
    assert len(pages) == 1
    said = pages[0].extract_text()
    assert "PUC-2026-0042" in said
    assert "What was done?" in said
    assert "Mayor of Sepidrud" not in said


def test_practice_letter_bears_the_word_and_a_true_one_does_not() -> None:
    assert "PRACTICE" in pdf_text(letter_pdf(letter(), "en"))
    true = letter()
    true["association"]["practice"] = False
    assert "PRACTICE" not in pdf_text(letter_pdf(true, "en"))


def test_letter_in_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        letter_pdf(letter(), "de")


def test_letter_link_that_would_run_is_printed_but_not_followed() -> None:
    data = letter(links=[{"words": {"en": "x"}, "url": "javascript:alert(1)"}])
    assert b"javascript" not in b"".join(
        str(a.get_object()).encode()
        for page in PdfReader(io.BytesIO(letter_pdf(data, "en"))).pages
        for a in page.get("/Annots", [])
    )
