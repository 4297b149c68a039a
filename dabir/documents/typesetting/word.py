"""Writes a paper as DOCX: right-to-left where the language is, headings, repeated table heads,
bookmarks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.shared import Cm, Pt, RGBColor

from dabir.documents.typesetting.blocks import Heading, Paper, Run, is_right_to_left
from dabir.documents.typesetting.emblem import emblem_svg
from dabir.documents.typesetting.press import EMBLEM_WORDS, PAGE_WORDS, anchors_of, draw_png
from dabir.documents.typesetting.word_body import BodyWriter, escaped, run_xml
from dabir.documents.typesetting.zips import fixed_zip

_FONT = "Vazirmatn"
_SIZES = {"Heading 1": 17, "Heading 2": 13.5, "Heading 3": 11}
_PLACE = f'<w:p {nsdecls("w")} w:rsidR="00DAB100"/>'
_LOCALES = {"fa": "fa-IR", "en": "en-GB", "ar": "ar-SA"}


def write_docx(paper: Paper) -> bytes:
    """The paper as DOCX; equal papers give equal bytes."""
    document = Document()
    _set_page(document, paper)
    _set_styles(document, paper)
    _set_properties(document, paper)
    _set_margins_text(document, paper)
    writer = BodyWriter(
        language=paper.language,
        anchors=anchors_of(paper),
        link=lambda url: document.part.relate_to(
            url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        ),
        picture=lambda png: str(document.part.get_or_add_image(io.BytesIO(png))[0]),
        width_cm=25.5 if paper.landscape else 16.4,
    )
    parts = [*_front(paper, writer), *(writer.block(block) for block in paper.blocks)]
    body = document.element.body
    section = body.find(qn("w:sectPr"))
    for old in [child for child in body if child is not section]:
        body.remove(old)
    section.addprevious(parse_xml(_PLACE))
    out = io.BytesIO()
    document.save(out)

    def put_in(name: str, content: bytes) -> bytes:
        # The body goes in as text: a tree of a thousand pages would take ten seconds and 800 MB.
        if name != "word/document.xml":
            return content
        before, after = re.split(rb"<w:p [^>]*w:rsidR=\"00DAB100\"[^>]*/>", content)
        declared = "".join(f' xmlns:{key}="{nsmap[key]}"' for key in ("w", "r", "wp", "a", "pic"))
        start = re.sub(rb"<w:document[^>]*>", f"<w:document{declared}>".encode(), before, count=1)
        return b"".join([start, *(part.encode() for part in parts), after])

    return fixed_zip(out.getvalue(), put_in)


def _front(paper: Paper, writer: BodyWriter) -> Iterable[str]:
    names = paper.cover.names if paper.cover else paper.letterhead
    if names:
        label = EMBLEM_WORDS.get(paper.language, EMBLEM_WORDS["en"])
        emblem = draw_png(emblem_svg(), width_points=57, ppi=220)
        yield writer.image(emblem, label, width_cm=2.0 if paper.cover else 1.5)
        for place, (code, name) in enumerate(names):
            style = "strong" if place == 0 else "quiet"
            yield writer.paragraph_xml((Run(name, style, code),), size=26 if place == 0 else 21)
    for note in paper.letterhead_notes:
        yield writer.paragraph_xml((Run(note, "quiet"),), size=17)
    if paper.cover:
        cover = paper.cover
        yield writer.paragraph_xml((Run(cover.title, "strong"),), size=54, before=3200)
        if cover.subtitle:
            yield writer.paragraph_xml((Run(cover.subtitle, "quiet"),), size=28)
        yield writer.spacer(1800)
        yield writer.block(cover.facts)
        if cover.notice:
            yield writer.paragraph_xml((Run(cover.notice, "quiet"),), size=18)
        yield writer.page_break()
    if paper.contents:
        yield writer.paragraph_xml((Run(paper.contents, "strong"),), size=34)
        for block in paper.blocks:
            if isinstance(block, Heading) and block.level <= 2 and block.anchor:
                yield writer.contents_line(block)
        yield writer.page_break()


def _set_page(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (
        (Cm(29.7), Cm(21)) if paper.landscape else (Cm(21), Cm(29.7))
    )
    if paper.landscape:
        section._sectPr.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")
    section.left_margin = section.right_margin = Cm(2.1 if paper.landscape else 2.3)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    if is_right_to_left(paper.language):
        bidi = parse_xml(f"<w:bidi {nsdecls('w')}/>")
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            section._sectPr.append(bidi)
        else:
            grid.addprevious(bidi)


def _set_styles(document: Any, paper: Paper) -> None:
    locale = _LOCALES.get(paper.language, paper.language)
    side = "bidi" if is_right_to_left(paper.language) else "val"
    for name in ("Normal", *_SIZES):
        style = document.styles[name]
        style.font.name = _FONT
        size = _SIZES.get(name, 10)
        style.font.size = Pt(size)
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), _FONT)
        _set_complex_size(properties, int(size * 2))
        if name != "Normal":
            style.font.color.rgb = (
                RGBColor(0x1F, 0x4E, 0x8C) if name == "Heading 2" else RGBColor(0x1B, 0x1F, 0x24)
            )
            style.font.bold = True
            style.font.cs_bold = True
            style.paragraph_format.space_before, style.paragraph_format.space_after = (
                Pt(size),
                Pt(4),
            )
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.25
    for old in normal.element.rPr.findall(qn("w:lang")):
        normal.element.rPr.remove(old)
    normal.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:{side}="{locale}"/>'))


def _set_complex_size(properties: Any, half_points: int) -> None:
    """Persian and Arabic take their size from a value of its own, after the Latin one."""
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    size = parse_xml(f'<w:szCs {nsdecls("w")} w:val="{half_points}"/>')
    properties.find(qn("w:sz")).addnext(size)


def _set_properties(document: Any, paper: Paper) -> None:
    core = document.core_properties
    at = paper.written_at.astimezone(UTC).replace(tzinfo=None)
    core.title, core.author, core.last_modified_by = (
        paper.title[:255],
        paper.author[:255],
        paper.author[:255],
    )
    core.created = core.modified = at
    core.language, core.revision, core.comments = paper.language, 1, ""
    core.subject, core.keywords = paper.practice, ""


def _set_margins_text(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    rtl = is_right_to_left(paper.language)
    head: tuple[Run, ...] = (Run(paper.running_title or paper.title, "quiet"),)
    if paper.practice:
        head = (*head, Run("    "), Run(paper.practice, "strong"))
    _replace(section.header, [run_xml(run, rtl, size=16) for run in head], rtl)
    words = re.split(r"(\{[xy]\})", PAGE_WORDS.get(paper.language, PAGE_WORDS["en"]))
    fields = {"{x}": "PAGE", "{y}": "NUMPAGES"}
    parts = [
        _field(fields[part], rtl) if part in fields else run_xml(Run(part, "quiet"), rtl, size=16)
        for part in words
        if part
    ]
    _replace(section.footer, parts, rtl)


def _field(name: str, rtl: bool) -> str:
    look = f'<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/>{"<w:rtl/>" if rtl else ""}</w:rPr>'
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escaped(name)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{look}<w:t>1</w:t></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def _replace(part: Any, runs: list[str], rtl: bool) -> None:
    part.is_linked_to_previous = False
    element = part._element
    for old in list(element):
        element.remove(old)
    bidi = "<w:bidi/>" if rtl else ""
    element.append(parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{bidi}</w:pPr>{''.join(runs)}</w:p>"))
