"""From signs with boxes to lines of text in reading order.

A PDF keeps where signs stand, not what was written. Persian is drawn from right to left with
numbers and Latin words from left to right inside it, letters in the form of their neighbours,
the joiner that parts می from شود not at all. So: signs on one base line are one line; they are
read by their centres; runs of the other direction are turned; a letter drawn in its final form
directly before another letter had a ZWNJ after it.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from dataclasses import dataclass, replace

from dabir.text.digits import to_persian
from dabir.text.readers.columns import Block, blocks_of
from dabir.text.readers.glyphs import Glyph, PageGlyphs
from dabir.text.readers.order import NONE, PAIRS, closed_brackets, logical_text
from dabir.text.readers.rows import (
    SPACE_GAP,
    Cell,
    cells_of,
    gap,
    is_right_to_left,
    joins,
    parts_of_row,
)
from dabir.text.readers.shapes import Shapes

_ZWNJ = "\u200c"
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC = re.compile("[ةيىكأإ]")


@dataclass(frozen=True)
class TextLine:
    """A line of a page: its text and where it stands, in points.

    `lead` is the width of its first word, `block` and `edges` tell the column it stands in.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    rtl: bool
    lead: float
    block: int
    edges: tuple[float, float]


@dataclass(frozen=True)
class _Seen:
    """A line as it is seen: pieces from the side where it begins.

    `lead` is the width of its first word; `block` and `edges` tell the column it stands in.
    """

    pieces: list[str]
    cells: list[Cell]
    rtl: bool
    lead: float
    block: int
    edges: tuple[float, float]

    def read(self, mirrored: frozenset[str]) -> str:
        return logical_text(self.pieces, rtl=self.rtl, mirrored=mirrored)


def lines_of_pages(pages: list[PageGlyphs]) -> list[list[TextLine]]:
    """The lines of each page from top to bottom, each in the order it is read."""
    shapes = Shapes()
    for page in pages:
        shapes.learn(page)
    seen = [_seen_on(page, shapes) for page in pages]
    every = [line for lines in seen for line in lines]
    mirrored = _mirrored_pairs(every)
    lines = [[_line(one, mirrored) for one in lines] for lines in seen]
    if any(re.search("[۴۵۶]", line.text) for page_lines in lines for line in page_lines):
        lines = [[_with_persian_digits(line) for line in page_lines] for page_lines in lines]
    return lines


def _mirrored_pairs(lines: list[_Seen]) -> frozenset[str]:
    """The pairs of brackets that close before they open unless they are turned round."""
    found = set()
    for pair in PAIRS:
        held = [
            line for line in lines if any(sign in piece for piece in line.pieces for sign in pair)
        ]
        asis, turned = (
            sum(closed_brackets(line.read(which), pair) for line in held)
            for which in (NONE, frozenset({pair}))
        )
        if turned > asis:
            found.add(pair)
    return frozenset(found)


def _seen_on(page: PageGlyphs, shapes: Shapes) -> list[_Seen]:
    blocks = blocks_of(page)
    rtl_page = is_right_to_left(g for block in blocks for row in block.rows for g in row)
    return [
        line
        for number, block in enumerate(blocks)
        for row in block.rows
        for part in parts_of_row(row)
        if (line := _seen(part, rtl_page, shapes, number, block)).pieces
    ]


def _seen(row: list[Glyph], rtl_page: bool, shapes: Shapes, number: int, block: Block) -> _Seen:
    rtl = _runs_right_to_left(row, rtl_page)
    spaced = _spaced(row, rtl=rtl)
    spaced = [
        cell
        for n, cell in enumerate(spaced)
        if cell is None or not (_between_letters(spaced, n) and shapes.is_filler(cell))
    ]
    solid = [cell for cell in spaced if cell is not None]
    first = spaced[: spaced.index(None)] if None in spaced else spaced
    edges = [edge for cell in first if cell for edge in (cell.glyph.left, cell.glyph.right)]
    lead = max(edges) - min(edges) if edges else 0
    pieces = _parted(spaced, shapes, rtl=rtl)
    return _Seen(pieces, solid, rtl, lead, number, (block.left, block.right))


def _spaced(row: list[Glyph], *, rtl: bool) -> list[Cell | None]:
    """The signs of a row as they are seen, None for each space, drawn or only left white."""
    spaced: list[Cell | None] = []
    last: Cell | None = None
    for cell in cells_of(row, rtl=rtl):
        touching = bool(spaced) and spaced[-1] is not None
        if cell is None:
            if touching:
                spaced.append(None)
            continue
        if touching and last is not None and gap(last, cell) > SPACE_GAP * cell.glyph.size:
            spaced.append(None)
        spaced.append(cell)
        last = cell
    while spaced and spaced[-1] is None:
        spaced.pop()
    return spaced


def _runs_right_to_left(row: list[Glyph], rtl_page: bool) -> bool:
    """The base direction of a line: of its page where it has words of both."""
    kinds = [unicodedata.bidirectional(g.text[0]) for g in row]
    right, left = sum(kind in ("R", "AL") for kind in kinds), kinds.count("L")
    if right and left:
        return rtl_page or right > 3 * left
    if right or not rtl_page:
        return right > 0
    ordered = sorted((g for g in row if not g.text.isspace()), key=lambda g: g.centre)
    ends_at_the_left = bool(ordered) and ordered[0].text in ".,;:!?،؛؟"
    return not left or (ends_at_the_left and ordered[-1].text not in ".,;:!?،؛؟")


def _between_letters(cells: list[Cell | None], at: int) -> bool:
    before = cells[at - 1] if at else None
    after = cells[at + 1] if at + 1 < len(cells) else None
    return joins(before) and joins(after)


def _parted(cells: list[Cell | None], shapes: Shapes, *, rtl: bool) -> list[str]:
    """The texts of cells in the order they are seen, spaces and ZWNJ between them."""
    pieces: list[str] = []
    before: Cell | None = None
    for cell in cells:
        if cell is None:
            pieces.append(" ")
        else:
            if rtl and before is not None and shapes.parted(before, cell):
                pieces.append(_ZWNJ)
            pieces.append(cell.text)
        before = cell
    return pieces


def _line(seen: _Seen, mirrored: frozenset[str]) -> TextLine:
    glyphs = [cell.glyph for cell in seen.cells]
    return TextLine(
        seen.read(mirrored),
        min(g.left for g in glyphs),
        max(g.right for g in glyphs),
        statistics.median(g.base for g in glyphs),
        statistics.median(g.size for g in glyphs),
        seen.rtl,
        seen.lead,
        seen.block,
        seen.edges,
    )


def _with_persian_digits(line: TextLine) -> TextLine:
    """A Persian line with its digits in one script: fonts draw ۶ and ٦ with one sign."""
    persian, arabic = len(_PERSIAN.findall(line.text)), len(_ARABIC.findall(line.text))
    if persian <= arabic or not re.search("[٠-٩]", line.text):
        return line
    return replace(line, text=re.sub("[٠-٩]", lambda found: to_persian(found[0]), line.text))
