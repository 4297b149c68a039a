"""Signs of a page put into rows, and the signs of a row in the order they are seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dabir.text.readers.glyphs import Glyph

# Letters that join the next one; ا د ذ ر ز ژ و and their like do not.
DUAL = frozenset("بپتثجچحخسشصضطظعغفقکكگلمنهیيىئھہڤ")
JOINING = DUAL | frozenset("اآأإٱدذرزژوؤةەۀڈڑے")
_TANWIN = "\u064b"
_BEARS_TANWIN = frozenset("اةءئهت")  # at the end of a word
SPACE_GAP = 0.17  # of the letter size: a gap that wide is a space though none is drawn
COLUMN_GAP = 3.6  # of the letter size: wider than any space between words


@dataclass(frozen=True)
class Cell:
    """A sign with the marks above and below it."""

    glyph: Glyph
    text: str


def joins(cell: Cell | None) -> bool:
    """Whether a sign is a letter that joins its neighbours."""
    return cell is not None and cell.text[:1] in JOINING


def rows_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Signs that share a base line, from the top of the page down."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if g.text), key=lambda g: -g.base):
        if rows and abs(rows[-1][0].base - glyph.base) <= 0.35 * max(glyph.size, 1):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [row for row in rows if any(not g.text.isspace() for g in row)]


def parts_of_row(row: list[Glyph]) -> list[list[Glyph]]:
    """The parts of a row that stand far apart, in the order they are read."""
    ordered = sorted(row, key=lambda g: g.centre)
    parts: list[list[Glyph]] = [[]]
    edge = None
    for glyph in ordered:
        if glyph.text.isspace() and glyph.right - glyph.left > COLUMN_GAP * glyph.size:
            continue
        if edge is not None and glyph.left - edge > COLUMN_GAP * max(glyph.size, 1):
            parts.append([])
        parts[-1].append(glyph)
        if not glyph.text.isspace():
            edge = max(edge or glyph.right, glyph.right)
    kept = [part for part in parts if any(not g.text.isspace() for g in part)]
    return kept[::-1] if is_right_to_left(ordered) else kept


def is_right_to_left(glyphs: Iterable[Glyph]) -> bool:
    """Whether signs are mostly of a script that runs from right to left."""
    right = left = 0
    for glyph in glyphs:
        kind = unicodedata.bidirectional(glyph.text[0])
        right += kind in ("R", "AL")
        left += kind == "L"
    return right > 0.6 * left and right > 0


def cells_of(row: list[Glyph], *, rtl: bool) -> list[Cell | None]:
    """Signs in the order of their centres, marks put on their letters; None is a space."""
    row = [_as_mark(g) for g in row]
    marks = [g for g in row if _is_mark(g.text[0])]
    signs = [g for g in row if not _is_mark(g.text[0])]
    signs = _without_overlapped_spaces(_without_doubles(signs))
    letters = [g for g in signs if not g.text.isspace()]
    carried: dict[int, str] = {}
    for mark in marks:
        if letters:
            bearer = _bearer(mark, letters)
            carried[id(bearer)] = carried.get(id(bearer), "") + mark.text
    signs.sort(key=lambda g: g.centre, reverse=rtl)
    return [None if g.text.isspace() else Cell(g, g.text + carried.get(id(g), "")) for g in signs]


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Me")


def _as_mark(glyph: Glyph) -> Glyph:
    """A mark that bears the name of its letter too, as some programs call it, without it."""
    narrow = glyph.right - glyph.left < 0.05 * glyph.size
    if narrow and len(glyph.text) > 1 and all(_is_mark(sign) for sign in glyph.text[1:]):
        return replace(glyph, text=glyph.text[1:])
    return glyph


def _bearer(mark: Glyph, letters: list[Glyph]) -> Glyph:
    """The letter a mark belongs to: the nearest that can bear it."""
    if mark.text == _TANWIN:
        near = [g for g in letters if abs(g.centre - mark.centre) < mark.size]
        letters = [
            g for g in near if g.text[-1] in _BEARS_TANWIN and _ends_word(g, near)
        ] or letters
    return min(letters, key=lambda g: abs(g.centre - mark.centre))


def _ends_word(letter: Glyph, near: list[Glyph]) -> bool:
    """Whether nothing touches a letter on its left."""
    reach = letter.left - SPACE_GAP * letter.size
    return not any(
        reach < g.right <= letter.left + 0.1 * letter.size for g in near if g is not letter
    )


def _without_doubles(signs: list[Glyph]) -> list[Glyph]:
    """Each sign once, though bold was faked by drawing it twice."""
    kept: list[Glyph] = []
    for glyph in sorted(signs, key=lambda g: (g.centre, g.text)):
        twin = next((n for n in range(-1, -4, -1) if _has_twin_at(kept, n, glyph)), None)
        if twin is None:
            kept.append(glyph)
        elif glyph.right - glyph.left > kept[twin].right - kept[twin].left:
            kept[twin] = glyph
    return kept


def _has_twin_at(kept: list[Glyph], at: int, glyph: Glyph) -> bool:
    return -at <= len(kept) and _are_twins(glyph, kept[at])


def _are_twins(one: Glyph, other: Glyph) -> bool:
    """Whether two signs are one drawn twice, or two parts that both bear the letter's name."""
    if one.text != other.text:
        return False
    near = 0.08 * one.size
    if abs(one.centre - other.centre) < near and abs(one.left - other.left) < near:
        return True
    part = min(one.right - one.left, other.right - other.left) < 0.05 * one.size
    inside = abs(one.centre - other.centre) < 0.6 * one.size
    return part and inside and len(unicodedata.normalize("NFD", one.text)) > 1


def _without_overlapped_spaces(signs: list[Glyph]) -> list[Glyph]:
    letters = sorted((g for g in signs if not g.text.isspace()), key=lambda g: g.left)
    kept = []
    for glyph in signs:
        if glyph.text.isspace():
            middle = glyph.centre
            slack = 0.02 * glyph.size
            if any(g.left + slack < middle < g.right - slack for g in letters):
                continue
        kept.append(glyph)
    return kept


def with_gaps(cells: list[Cell]) -> list[Cell | None]:
    """Cells with None where a gap between two is as wide as a space."""
    out: list[Cell | None] = []
    previous: Cell | None = None
    for cell in cells:
        if previous is not None and gap(previous, cell) > SPACE_GAP * cell.glyph.size:
            out.append(None)
        out.append(cell)
        previous = cell
    return out


def gap(one: Cell, other: Cell) -> float:
    """The white between two signs; below nought where they overlap."""
    first, second = sorted((one.glyph, other.glyph), key=lambda g: g.centre)
    return second.left - first.right
