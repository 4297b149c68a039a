"""The body of a DOCX as WordprocessingML, written as text: thousands of rows in a second, not in
minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from dabir.documents.typesetting import marks
from dabir.documents.typesetting.blocks import (
    Block,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Run,
    is_right_to_left,
)
from dabir.documents.typesetting.press import draw_png, may_be_followed

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_QUIET, _SAFFRON, _LAPIS, _HAIR, _WASH = "565D66", "8A5200", "1F4E8C", "C9CCD1", "F3F2ED"
_TWIPS_PER_CM = 567
_EMU_PER_CM = 360_000


def escaped(text: str) -> str:
    """Text as XML, without the signs that XML cannot hold."""
    return escape(_NOT_IN_XML.sub("", text), {'"': "&quot;"})


def run_xml(run: Run, rtl: bool, *, size: int = 0, bold: bool = False) -> str:
    """One run; `rtl` is the direction of its paragraph, `size` in half points."""
    right = is_right_to_left(run.language) if run.language else rtl
    if run.style in {"code", "open"}:
        right = False
    look = ""
    if run.style == "strong" or bold:
        look += "<w:b/><w:bCs/>"
    colour = {"quiet": _QUIET, "code": _QUIET, "open": _SAFFRON}.get(
        run.style, _LAPIS if run.link else ""
    )
    if colour:
        look += f'<w:color w:val="{colour}"/>'
    if size:
        look += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    if run.link:
        look += '<w:u w:val="single"/>'
    if run.style == "open":
        look += '<w:shd w:val="clear" w:color="auto" w:fill="F6E3BD"/>'
    if right:
        look += "<w:rtl/>"
    if run.language:
        kind = "bidi" if is_right_to_left(run.language) else "val"
        look += f'<w:lang w:{kind}="{escaped(run.language)}"/>'
    text = f"{marks.glyph_of(run.mark)}\u00a0{run.text}" if run.mark else run.text
    lines = escaped(text).split("\n")
    shown = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r><w:rPr>{look}</w:rPr>{shown}</w:r>"


def _twips(centimetres: float) -> int:
    return int(centimetres * _TWIPS_PER_CM)


class BodyWriter:
    """Turns blocks into WordprocessingML; numbers bookmarks and drawings."""

    def __init__(
        self,
        *,
        language: str,
        anchors: set[str],
        link: Callable[[str], str],
        picture: Callable[[bytes], str],
        width_cm: float,
    ) -> None:
        self.rtl = is_right_to_left(language)
        self.bookmarks = {
            anchor: f"place_{number}" for number, anchor in enumerate(sorted(anchors), 1)
        }
        self.anchors = anchors
        self.used: set[str] = set()
        self.link = link
        self.picture_id = picture
        self.width_cm = width_cm
        self.drawings = 0

    def block(self, block: Block) -> str:
        """One block of the paper."""
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Facts):
            return self.facts(block)
        if isinstance(block, Grid):
            return self.grid(block)
        if isinstance(block, Picture):
            return self.drawing(block)
        return self.page_break()

    def page_break(self) -> str:
        """What follows starts on a new page."""
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    def spacer(self, twips: int) -> str:
        """White space."""
        return f'<w:p><w:pPr><w:spacing w:before="{twips}"/></w:pPr></w:p>'

    def heading(self, block: Heading) -> str:
        """A heading with its bookmark."""
        body = self.marked(block.anchor, self.runs(block.runs, self.rtl))
        style = f'<w:pStyle w:val="Heading{min(block.level, 3)}"/><w:keepNext/>'
        return f"<w:p><w:pPr>{style}{self.bidi(self.rtl)}</w:pPr>{body}</w:p>"

    def contents_line(self, block: Heading) -> str:
        """One line of the contents, a link to its place."""
        link = f"#{block.anchor}"
        plain = tuple(Run(run.text, link=link) for run in block.runs)
        indent = 400 * (block.level - 1)
        return self.paragraph_xml(plain, indent=indent)

    def paragraph(self, block: Paragraph) -> str:
        """A paragraph in its role."""
        rtl = is_right_to_left(block.language) if block.language else self.rtl
        if block.role == "quote":
            edge = "right" if rtl else "left"
            line = f'w:val="single" w:sz="12" w:space="8" w:color="{_HAIR}"'
            border = f"<w:pBdr><w:{edge} {line}/></w:pBdr>"
            return self.paragraph_xml(block.runs, rtl=rtl, extra=border, indent=200)
        if block.role == "absence":
            side = f'w:val="dotted" w:sz="6" w:space="4" w:color="{_QUIET}"'
            edges = "".join(f"<w:{edge} {side}/>" for edge in ("top", "left", "bottom", "right"))
            return self.paragraph_xml(block.runs, rtl=rtl, extra=f"<w:pBdr>{edges}</w:pBdr>")
        size = {"note": 17, "lead": 23, "caption": 18}.get(block.role, 0)
        indent = 4600 if block.role == "right" else 0
        return self.paragraph_xml(block.runs, rtl=rtl, size=size, indent=indent)

    def paragraph_xml(
        self,
        runs: tuple[Run, ...],
        *,
        rtl: bool | None = None,
        size: int = 0,
        bold: bool = False,
        extra: str = "",
        indent: int = 0,
        before: int = 0,
        keep: bool = False,
    ) -> str:
        """A paragraph of runs; `extra` is its border, `indent` and `before` are in twips."""
        rtl = self.rtl if rtl is None else rtl
        look = "<w:keepNext/>" if keep else ""
        look += extra + self.bidi(rtl)
        if before:
            look += f'<w:spacing w:before="{before}"/>'
        if indent:
            look += (
                f'<w:ind w:left="{indent}"/>'
                if not rtl
                else f'<w:ind w:left="{indent}" w:right="0"/>'
            )
        return f"<w:p><w:pPr>{look}</w:pPr>{self.runs(runs, rtl, size=size, bold=bold)}</w:p>"

    def facts(self, block: Facts) -> str:
        """Labels and values as a table without lines."""
        label_width = min(4.4, self.width_cm * 0.28)
        rows = "".join(
            "<w:tr>"
            + self.cell(self.paragraph_xml((Run(label, "quiet"),)), label_width)
            + self.cell(self.paragraph_xml(runs), self.width_cm - label_width)
            + "</w:tr>"
            for label, runs in block.rows
        )
        widths = [label_width, self.width_cm - label_width]
        return self.table(rows, widths, borders="") + self.after_table()

    def grid(self, block: Grid) -> str:
        """A table whose head repeats on every page."""
        total = sum(head.weight for head in block.heads)
        widths = [self.width_cm * head.weight / total for head in block.heads]
        heads = "".join(
            self.cell(self.paragraph_xml((Run(head.label),), size=17, bold=True), width, fill=_WASH)
            for head, width in zip(block.heads, widths, strict=True)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>"]
        height = '<w:trPr><w:cantSplit/><w:trHeight w:val="560"/></w:trPr>'
        kept = height if block.ruled else "<w:trPr><w:cantSplit/></w:trPr>"
        for row in block.rows:
            cells = "".join(
                self.cell(self.paragraph_xml(cell, size=17), width)
                for cell, width in zip(row, widths, strict=True)
            )
            rows.append(f"<w:tr>{kept}{cells}</w:tr>")
        line = f'w:val="single" w:sz="4" w:space="0" w:color="{_HAIR}"'
        edges = (
            ("top", "left", "bottom", "right", "insideH", "insideV")
            if block.ruled
            else ("bottom", "insideH")
        )
        borders = "".join(f"<w:{edge} {line}/>" for edge in edges)
        caption = (
            self.paragraph_xml((Run(block.caption, "strong"),), size=18, keep=True)
            if block.caption
            else ""
        )
        table = self.table(
            "".join(rows), widths, f"<w:tblBorders>{borders}</w:tblBorders>", block.caption
        )
        return caption + table + self.after_table()

    def table(self, rows: str, widths: list[float], borders: str, caption: str = "") -> str:
        """A table of ready rows."""
        grid = "".join(f'<w:gridCol w:w="{_twips(w)}"/>' for w in widths)
        turned = "<w:bidiVisual/>" if self.rtl else ""
        named = f'<w:tblCaption w:val="{escaped(caption)}"/>' if caption else ""
        return (
            f'<w:tbl><w:tblPr>{turned}<w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
            f'{borders}<w:tblLayout w:type="fixed"/>{named}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        )

    def after_table(self) -> str:
        """Two tables that touch become one: a small paragraph keeps them apart."""
        return '<w:p><w:pPr><w:spacing w:after="60" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'

    def cell(self, body: str, width: float, fill: str = "") -> str:
        """A cell of ready paragraphs."""
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
        wide = f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{wide}{shade}</w:tcPr>{body}</w:tc>"

    def drawing(self, block: Picture) -> str:
        """A chart as a picture, with its words and its table."""
        caption = self.paragraph_xml((Run(block.caption, "strong"),), size=18, keep=True)
        png = draw_png(block.styled_svg())
        table = self.grid(block.table) if block.table else ""
        return caption + self.image(png, block.words, self.width_cm) + table

    def image(self, png: bytes, words: str, width_cm: float) -> str:
        """A picture with the words that replace it."""
        self.drawings += 1
        wide = int.from_bytes(png[16:20], "big")
        high = int.from_bytes(png[20:24], "big")
        x, y = int(width_cm * _EMU_PER_CM), int(width_cm * _EMU_PER_CM * high / wide)
        name = f'id="{self.drawings}" name="{self.drawings}" descr="{escaped(words)}"'
        return (
            f"<w:p><w:pPr>{self.bidi(self.rtl)}</w:pPr><w:r><w:drawing>"
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{x}" cy="{y}"/>'
            f'<wp:docPr {name}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{self.picture_id(png)}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )

    def bidi(self, rtl: bool) -> str:
        """The direction of a paragraph."""
        return "<w:bidi/>" if rtl else ""

    def runs(self, runs: tuple[Run, ...], rtl: bool, *, size: int = 0, bold: bool = False) -> str:
        """Runs with their links and bookmarks."""
        out: list[str] = []
        for run in runs:
            drawn = run_xml(run, rtl, size=size, bold=bold)
            if run.link and may_be_followed(run.link, self.anchors):
                drawn = self.linked(run.link, drawn)
            out.append(self.marked(run.anchor, drawn))
        return "".join(out)

    def linked(self, link: str, drawn: str) -> str:
        """A run that leads somewhere."""
        if link.startswith("#"):
            return f'<w:hyperlink w:anchor="{self.bookmarks[link[1:]]}">{drawn}</w:hyperlink>'
        return f'<w:hyperlink r:id="{self.link(link)}">{drawn}</w:hyperlink>'

    def marked(self, anchor: str | None, drawn: str) -> str:
        """A place that links lead to."""
        if not anchor or anchor in self.used:
            return drawn
        self.used.add(anchor)
        number = len(self.used)
        name = self.bookmarks[anchor]
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{drawn}<w:bookmarkEnd w:id="{number}"/>'
