"""The typesetter prints any text, gives equal bytes, and a long paper is set in its own process."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from dabir.documents.typesetting import typesetter
from dabir.documents.typesetting.blocks import Grid, Head, Heading, Paper, Paragraph, Run
from dabir.documents.typesetting.places import PlaceNotFound, lead_by_name
from dabir.documents.typesetting.press import draw_png, print_pdf
from dabir.documents.typesetting.typesetter import PaperNotPrinted, set_pdf
from dabir.documents.typesetting.word import write_docx

pytestmark = pytest.mark.pure


def paper(*blocks: object, **changes: object) -> Paper:
    given = {
        "language": "fa",
        "title": "عنوان",
        "author": "نویسنده",
        "written_at": datetime(2026, 11, 22, tzinfo=UTC),
        "blocks": blocks or (Paragraph((Run("متن"),)),),
    } | changes
    return Paper(**given)  # type: ignore[arg-type] # the changes are typed by their names


def test_print_takes_text_as_data_never_as_markup() -> None:
    hostile = '#panic("x") #sys.inputs $1/0$ `raw` @label <label> // no comment \\ "'
    assert print_pdf(paper(Paragraph((Run(hostile),)), title=hostile)).startswith(b"%PDF")


def test_print_at_another_instant_gives_other_bytes() -> None:
    later = datetime(2026, 11, 23, tzinfo=UTC)
    assert print_pdf(paper()) != print_pdf(paper(written_at=later))


def test_print_with_two_places_of_one_name_keeps_the_first() -> None:
    heading = Heading(1, (Run("x"),), "same")
    link = Paragraph((Run("to it", link="#same"), Run("nowhere", link="#gone")))
    assert print_pdf(paper(heading, heading, link)).startswith(b"%PDF")
    assert write_docx(paper(heading, heading, link))[:2] == b"PK"


@pytest.mark.parametrize(
    "text", ["\x00\x07bell", "\ud800 lone", "emoji 🏛", "漢字 中文", "नमस्ते", "\ufeff"]
)
def test_print_any_sign_is_printed_or_left_out(text: str) -> None:
    assert print_pdf(paper(Paragraph((Run(text),)))).startswith(b"%PDF")
    assert write_docx(paper(Paragraph((Run(text),))))[:2] == b"PK"


def test_broken_template_is_told_in_the_typesetters_words() -> None:
    with pytest.raises(PaperNotPrinted, match="unknown variable"):
        set_pdf({"main": b"#nothing_of_this_name"}, 0)


def test_long_paper_is_set_apart_with_equal_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    here = print_pdf(paper())
    monkeypatch.setattr(typesetter, "_LONG", 10)
    assert print_pdf(paper()) == here
    with pytest.raises(PaperNotPrinted, match="unknown variable"):
        set_pdf({"main": b"#nothing_of_this_name"}, 0)


def test_long_paper_gives_its_rows_as_paragraphs_that_lead_to_its_headings() -> None:
    heads = (Head("id"), Head("title"))
    places = ["2014/4", "(4)", "a b", "gone"]  # the second and third are no plain names
    linked = [((Run(to, "code", link=f"#{to}"),), (Run("x\ny"),)) for to in places]
    rows = [((Run(f"r{n}"),), (Run("x\ny"),)) for n in range(5001)]
    headings = [Heading(1, (Run(to),), to) for to in places[:3]]
    printed = print_pdf(paper(Grid("rows", heads, linked + rows), *headings))
    assert b"dabir:" not in printed
    reader = PdfReader(io.BytesIO(printed))
    annotations = [note.get_object() for note in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]  # pypdf's own types
    assert [note["/Dest"] for note in annotations] == places[:3]
    assert set(places[:3]) <= set(reader.named_destinations)
    assert annotations[0]["/Contents"] == "2014/4"
    assert print_pdf(paper(Grid("rows", heads, linked + rows), *headings)) == printed


def test_link_by_name_that_the_typesetter_writes_otherwise_is_a_fault() -> None:
    with pytest.raises(PlaceNotFound):
        lead_by_name(b"/A<</S/URI/URI(dabir:2014/4)>>")


def test_draw_png_twice_gives_equal_bytes() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle r="4"/></svg>'
    assert draw_png(svg) == draw_png(svg)
    assert draw_png(svg)[:8] == b"\x89PNG\r\n\x1a\n"
