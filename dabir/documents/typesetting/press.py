"""Prints a paper as a tagged PDF: archival (PDF/A-2a) and accessible (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from dabir.documents.typesetting.blocks import (
    Block,
    Cover,
    Facts,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Run,
    is_right_to_left,
)
from dabir.documents.typesetting.emblem import emblem_svg
from dabir.documents.typesetting.lines import UNBROKEN, Lines
from dabir.documents.typesetting.marks import MARKS
from dabir.documents.typesetting.places import by_name, lead_by_name
from dabir.documents.typesetting.typesetter import set_pdf, set_png

_TEMPLATE = Path(__file__).resolve().parent / "templates" / "paper.typ"

_MANY_ROWS = 5_000
_PORTION = 100
"""Headings of a long paper after which a new page is begun."""
_REMARK = b"//"
"""The typesetter reads every file it is given as a template too, unless it is all one remark."""
_NOT_PRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

PAGE_WORDS = {"fa": "صفحهٔ {x} از {y}", "en": "Page {x} of {y}"}
EMBLEM_WORDS = {"fa": "نشان", "en": "Emblem"}


def print_pdf(paper: Paper, *, footer: str = "") -> bytes:
    """The paper as PDF; equal papers give equal bytes."""
    files = {"main": _template(), "paper.json": _encoded(paper, footer)}
    return lead_by_name(set_pdf(files, int(paper.written_at.timestamp())))


def draw_png(svg: str, *, width_points: float = 460, ppi: float = 180) -> bytes:
    """A drawing as PNG, for formats that do not take SVG everywhere."""
    markup = (
        f"#set page(width: {width_points}pt, height: auto, margin: 0pt, fill: white)\n"
        '#image("drawing.svg", width: 100%)'
    )
    return set_png({"main": markup.encode(), "drawing.svg": svg.encode()}, ppi)


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


def _encoded(paper: Paper, footer: str) -> bytes:
    anchors = anchors_of(paper)
    rtl = is_right_to_left(paper.language)
    rows = sum(len(block.rows) for block in paper.blocks if isinstance(block, Grid))
    encoder = _Encoder(rtl=rtl, anchors=anchors, long=rows > _MANY_ROWS)
    encoder.headings = {b.anchor for b in paper.blocks if isinstance(b, Heading) and b.anchor}
    data = {
        "language": paper.language,
        "rtl": rtl,
        "persian_digits": paper.language == "fa",
        "title": paper.title,
        "author": paper.author,
        "practice": paper.practice,
        "landscape": paper.landscape,
        "running_title": paper.running_title or paper.title,
        "footer": footer,
        "contents": paper.contents,
        "page_words": PAGE_WORDS.get(paper.language, PAGE_WORDS["en"]),
        "emblem": paper.emblem or emblem_svg(),
        "emblem_words": EMBLEM_WORDS.get(paper.language, EMBLEM_WORDS["en"]),
        "letterhead": [list(name) for name in paper.letterhead],
        "letterhead_notes": list(paper.letterhead_notes),
        "marks": MARKS,
        "cover": encoder.cover(paper.cover) if paper.cover else None,
        "blocks": list(encoder.blocks(paper.blocks)),
        "phrases": encoder.lines.phrases,
    }
    return _REMARK + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def anchors_of(paper: Paper) -> set[str]:
    """All places of the paper that a link may lead to."""
    found: set[str] = set()
    for block in paper.blocks:
        if isinstance(block, Heading) and block.anchor:
            found.add(block.anchor)
        elif isinstance(block, Grid):
            found.update(run.anchor for row in block.rows for run in row[0] if run.anchor)
    return found


def may_be_followed(link: str, anchors: set[str]) -> bool:
    """Only places of the same paper and web or mail addresses: evidence is written by others."""
    if link.startswith("#"):
        return link[1:] in anchors
    return link.startswith(("https://", "http://", "mailto:"))


class _Encoder:
    """Turns blocks into the plain values that the template reads."""

    def __init__(self, *, rtl: bool, anchors: set[str], long: bool) -> None:
        self.rtl = rtl
        self.anchors = anchors
        self.long = long
        self.headings: set[str] = set()
        self.used: set[str] = set()
        self.lines = Lines(self.run, rtl=rtl)

    def cover(self, cover: Cover) -> dict[str, Any]:
        return {
            "names": [list(name) for name in cover.names],
            "title": cover.title,
            "subtitle": cover.subtitle,
            "facts": self.facts(cover.facts),
            "notice": cover.notice,
        }

    def blocks(self, blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
        """All blocks; those of a long paper in portions that begin on a page of their own.

        The typesetter sets the portions side by side, on as many processors as there are.
        """
        waiting = 0
        for block in blocks:
            waiting += isinstance(block, Heading)
            if (
                self.long
                and isinstance(block, Heading)
                and (block.level == 1 or waiting > _PORTION)
            ):
                waiting = 0
                yield {"kind": "break"}
            yield self.block(block)

    def block(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Facts):
            return {"kind": "facts", "rows": self.facts(block)}
        if isinstance(block, Grid):
            return self.grid(block)
        if isinstance(block, Picture):
            return self.picture(block)
        return {"kind": "break"}

    def heading(self, block: Heading) -> dict[str, Any]:
        out: dict[str, Any] = {
            "kind": "heading",
            "level": block.level,
            "runs": self.runs(block.runs),
        }
        if block.anchor and block.anchor not in self.used:
            self.used.add(block.anchor)
            out["a"] = block.anchor
        return out

    def paragraph(self, block: Paragraph) -> dict[str, Any]:
        out: dict[str, Any] = {
            "kind": "paragraph",
            "role": block.role,
            "runs": self.runs(block.runs),
        }
        if block.language:
            out["l"] = block.language
            out["rtl"] = is_right_to_left(block.language)
        return out

    def facts(self, block: Facts) -> list[list[Any]]:
        return [[label, self.runs(runs)] for label, runs in block.rows]

    def grid(self, block: Grid) -> dict[str, Any]:
        loose = self.long and not block.ruled and (len(block.heads) < 5 or len(block.rows) > 200)
        return {
            "kind": "grid",
            "caption": block.caption,
            "ruled": block.ruled,
            "loose": loose,
            "heads": [{"l": h.label, "k": h.kind, "w": h.weight} for h in block.heads],
            "rows": self.lines.write(block.rows, block.heads)
            if loose
            else [[self.runs(cell) for cell in row] for row in block.rows],
        }

    def picture(self, block: Picture) -> dict[str, Any]:
        out: dict[str, Any] = {
            "kind": "picture",
            "svg": block.styled_svg(),
            "words": block.words,
            "caption": block.caption,
        }
        if block.table:
            out["table"] = self.grid(block.table)
        return out

    def runs(self, runs: tuple[Run, ...]) -> list[Any]:
        out: list[Any] = []
        for run in runs:
            each = self.run(run)
            if isinstance(each, str) and out and isinstance(out[-1], str):
                out[-1] += each
            else:
                out.append(each)
        return out

    def run(self, run: Run) -> Any:
        if run.style == "mark":
            return {"m": run.mark}
        link = run.link
        if link and not may_be_followed(link, self.anchors):
            link = None
        text = _NOT_PRINTED.sub("", run.text)
        if not (run.style or run.language or link or run.anchor):
            return text
        text = _breakable(text) if run.style == "code" else text
        out: dict[str, Any] = {"t": text}
        if run.style:
            out["s"] = run.style
        if run.mark:
            out["m"] = run.mark
        if run.language:
            out["l"] = run.language
            out["d"] = "rtl" if is_right_to_left(run.language) else "ltr"
        elif run.style in {"code", "open"} and self.rtl:
            out["d"] = "ltr"
        if link:
            out["u"] = self.place(link)
        if run.anchor and run.anchor not in self.used:
            self.used.add(run.anchor)
            out["a"] = run.anchor
        return out

    def place(self, link: str) -> str:
        """A link; one to a heading of a long paper by the heading's name (`typesetting/places.py`)."""
        if self.long and link[1:] in self.headings and link.startswith("#"):
            return by_name(link[1:])
        return link


def _breakable(code: str) -> str:
    """A long identifier with places where a line may break."""
    if len(code) <= UNBROKEN:
        return code
    return "\u200b".join(code[at : at + 8] for at in range(0, len(code), 8))
