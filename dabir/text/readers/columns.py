"""Pages set in two columns: which signs are read before which."""

from __future__ import annotations

from dataclasses import dataclass

from dabir.text.readers.glyphs import Glyph, PageGlyphs
from dabir.text.readers.rows import is_right_to_left, rows_of

FEWEST_ROWS = 8
_STEP = 2.0  # points between the places where a gutter is looked for

WIDEST_PAGE = 14_400  # points; a page that claims more is no page


@dataclass(frozen=True)
class Block:
    """A part of a page that is read from top to bottom, with its rows and edges."""

    rows: list[list[Glyph]]
    left: float
    right: float


def blocks_of(page: PageGlyphs) -> list[Block]:
    """The blocks of a page in reading order: one, or bands of two columns and full lines."""
    rows = rows_of(page.glyphs)
    if not rows:
        return []
    gutter = _gutter(rows, page.width)
    if gutter is None:
        return [_block(rows)]
    rtl = is_right_to_left(g for row in rows for g in row)
    blocks: list[Block] = []
    band: list[list[Glyph]] = []
    for row in rows:
        if _crosses(row, gutter):
            blocks += [*_split(band, gutter, rtl=rtl), _block([row])]
            band = []
        else:
            band.append(row)
    return [*blocks, *_split(band, gutter, rtl=rtl)]


def _block(rows: list[list[Glyph]]) -> Block:
    signs = [g for row in rows for g in row if not g.text.isspace()]
    return Block(rows, min(g.left for g in signs), max(g.right for g in signs))


def _split(band: list[list[Glyph]], gutter: float, *, rtl: bool) -> list[Block]:
    left = rows_of([g for row in band for g in row if g.centre < gutter])
    right = rows_of([g for row in band for g in row if g.centre >= gutter])
    return [_block(rows) for rows in ((right, left) if rtl else (left, right)) if rows]


def _crosses(row: list[Glyph], gutter: float) -> bool:
    return any(g.left < gutter < g.right for g in row if not g.text.isspace())


def _gutter(rows: list[list[Glyph]], width: float) -> float | None:
    """The middle of a white stripe that parts two columns of running text, if there is one."""
    if width > WIDEST_PAGE:
        return None
    best: tuple[int, float, float] | None = None
    place = 0.3 * width
    while place < 0.7 * width:
        both = [row for row in rows if _on_both_sides(row, place)]
        clear = [row for row in both if not _crosses_stripe(row, place)]
        if (
            len(clear) >= FEWEST_ROWS
            and len(clear) >= 0.85 * len(both)
            and _is_running_text(clear, place)
        ):
            if best is None or len(clear) > best[0]:
                best = (len(clear), place, place)
            elif len(clear) == best[0]:
                best = (len(clear), best[1], place)
        place += _STEP
    return (best[1] + best[2]) / 2 if best else None


def _on_both_sides(row: list[Glyph], place: float) -> bool:
    signs = [g for g in row if not g.text.isspace()]
    return any(g.centre < place for g in signs) and any(g.centre > place for g in signs)


def _crosses_stripe(row: list[Glyph], place: float) -> bool:
    slack = 0.4 * max(g.size for g in row)
    return any(g.left < place + slack and g.right > place - slack for g in row if g.text != " ")


def _is_running_text(rows: list[list[Glyph]], place: float) -> bool:
    """Whether rows fill both sides: cells of a table leave most of theirs white."""
    for side in (True, False):
        widths = []
        for row in rows:
            signs = [g for g in row if not g.text.isspace() and (g.centre < place) == side]
            if signs:
                widths.append(max(g.right for g in signs) - min(g.left for g in signs))
        widths.sort()
        if not widths or widths[len(widths) // 2] < 0.7 * widths[-1]:
            return False
        if widths[-1] < 8 * rows[0][0].size:
            return False
    return True
