"""A DOCX is made by hand as text: its parts stand in the order that the format asks for."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from dabir.documents.typesetting.blocks import (
    Facts,
    Grid,
    Head,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Run,
)
from dabir.documents.typesetting.word import write_docx

pytestmark = pytest.mark.pure

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The sequences of ISO/IEC 29500-1, as far as our papers use them.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi "
    "spacing ind contextualSpacing jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing kern sz szCs highlight u shd vertAlign "
    "rtl cs lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblCaption",
    "tcPr": "tcW gridSpan vMerge tcBorders shd",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg bidi docGrid",
}
CELLS = (
    (Run("one\ntwo"),),
    (Run("blocked", "status", mark="blocked"), Run("x", "code", link="#a")),
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect class="a" width="5"/></svg>'
HEADS = (Head("a", "number"), Head("b"))
BLOCKS = (
    Heading(1, (Run("first"),), "a"),
    Heading(2, (Run("second", language="fa"),), "b/4.b"),
    *(
        Paragraph((Run("متن"), Run("201{4|5|8}", "open"), Run("x", "strong", "en")), role)
        for role in ("body", "lead", "note", "absence", "quote", "recipient", "right")
    ),
    Paragraph((Run("quoted"),), "quote", "en"),
    Facts((("label", (Run("value", link="https://example.org/?a=1&b=2"),)),)),
    Grid("caption", HEADS, [CELLS] * 3),
    Grid("", HEADS, [CELLS], ruled=True),
    Picture(SVG, 'words "quoted" & more', "caption", Grid("", HEADS, [CELLS]), ".a{fill:red}"),
    PageBreak(),
)


def paper(language: str, *, landscape: bool = False) -> Paper:
    return Paper(
        language=language,
        title="title & <more>",
        author="author",
        written_at=datetime(2026, 11, 22, tzinfo=UTC),
        blocks=BLOCKS,
        contents="Contents",
        letterhead=((language, "name"),),
        letterhead_notes=("note",),
        practice="PRACTICE",
        landscape=landscape,
    )


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {
            name: ElementTree.fromstring(packed.read(name))
            for name in packed.namelist()
            if name.endswith(".xml")
        }


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("parent", ORDER)
def test_properties_stand_in_the_order_of_the_format(language: str, parent: str) -> None:
    order = ORDER[parent].split()
    seen = 0
    written = parts(write_docx(paper(language)))
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for element in written[name].iter(f"{W}{parent}"):
            places = [order.index(child.tag.removeprefix(W)) for child in element]
            assert places == sorted(places), ElementTree.tostring(element)
            seen += 1
    assert seen


def test_every_cell_ends_with_a_paragraph_and_every_table_is_followed_by_one() -> None:
    body = parts(write_docx(paper("fa")))["word/document.xml"][0]
    kinds = [child.tag.removeprefix(W) for child in body]
    assert kinds[-1] == "sectPr"
    assert all(kinds[place + 1] == "p" for place, kind in enumerate(kinds) if kind == "tbl")
    assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))


def test_every_row_has_as_many_cells_as_the_grid_has_columns() -> None:
    body = parts(write_docx(paper("en")))["word/document.xml"]
    for table in body.iter(f"{W}tbl"):
        columns = len(list(table.iter(f"{W}gridCol")))
        assert {len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")} == {columns}


def test_links_and_pictures_name_parts_that_are_there() -> None:
    written = parts(write_docx(paper("en")))
    with zipfile.ZipFile(io.BytesIO(write_docx(paper("en")))) as packed:
        related = packed.read("word/_rels/document.xml.rels").decode()
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    used = [
        value
        for element in written["word/document.xml"].iter()
        for name, value in element.attrib.items()
        if name in {f"{key}id", f"{key}embed"}
    ]
    assert len(used) >= 3
    assert all(f'Id="{each}"' in related for each in used)


def test_drawings_and_bookmarks_have_numbers_of_their_own() -> None:
    document = parts(write_docx(paper("fa")))["word/document.xml"]
    for tag in ("bookmarkStart", "docPr"):
        numbers = [
            value
            for element in document.iter()
            if element.tag.endswith(f"}}{tag}")
            for name, value in element.attrib.items()
            if name.removeprefix(W) == "id"
        ]
        assert numbers
        assert len(numbers) == len(set(numbers))


def test_landscape_paper_lies_on_its_side() -> None:
    size = next(
        parts(write_docx(paper("en", landscape=True)))["word/document.xml"].iter(f"{W}pgSz")
    )
    assert size.get(f"{W}orient") == "landscape"
    assert int(str(size.get(f"{W}w"))) > int(str(size.get(f"{W}h")))
