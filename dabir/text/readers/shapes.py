"""Which drawings of a letter are free at a side: how a ZWNJ shows in a PDF."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from dabir.text.readers.glyphs import PageGlyphs
from dabir.text.readers.rows import (
    DUAL,
    JOINING,
    Cell,
    cells_of,
    joins,
    parts_of_row,
    rows_of,
    with_gaps,
)


class Shapes:
    """Which drawings are word-final or word-initial forms, learnt from the whole document.

    A drawing of a joining letter that is ever seen at the end of a word is a final form (medial
    ones never are); one that is seen where nothing joins it from the right is an initial form.
    """

    def __init__(self) -> None:
        self._at_end: Counter[tuple[str, int]] = Counter()
        self._before_letter: Counter[tuple[str, int]] = Counter()
        self._at_start: Counter[tuple[str, int]] = Counter()
        self._after_joiner: Counter[tuple[str, int]] = Counter()
        self._fillers: Counter[tuple[str, int]] = Counter()
        self._elsewhere: Counter[tuple[str, int]] = Counter()

    def learn(self, page: PageGlyphs) -> None:
        """Count how each drawing of a page meets its neighbours."""
        for row in rows_of(page.glyphs):
            for part in parts_of_row(row):
                cells = [cell for cell in cells_of(part, rtl=True) if cell is not None]
                self._learn_row(with_gaps(cells))

    def _learn_row(self, cells: list[Cell | None]) -> None:
        padded = [None, *cells, None]
        for before, here, after in zip(padded, padded[1:], padded[2:], strict=False):
            if here is None:
                continue
            letter, key = here.text[-1:], here.glyph.key
            if letter in DUAL:
                (self._before_letter if joins(after) else self._at_end)[key] += 1
            if here.text[:1] in JOINING:
                joined = before is not None and before.text[-1:] in DUAL
                (self._after_joiner if joined else self._at_start)[key] += 1
            elif not here.text[:1].isalnum() and not here.text.isspace():
                between = joins(before) and joins(after)
                (self._fillers if between else self._elsewhere)[key] += 1

    def parted(self, before: Cell, after: Cell) -> bool:
        """Whether two letters side by side were parted by a ZWNJ."""
        if before.text[-1:] not in DUAL or after.text[:1] not in JOINING:
            return False
        final = self._final(before)
        initial = self._initial(after)
        if final is None or initial is None:
            return bool(final or initial)
        return final and initial

    def _final(self, cell: Cell) -> bool | None:
        """Whether a drawing is the form at the end of a word; None where it shows neither."""
        if (named := _named_form(cell.glyph.form[-1:])) is not None:
            return named in ("final", "isolated")
        return _leaning(self._at_end[cell.glyph.key], self._before_letter[cell.glyph.key])

    def _initial(self, cell: Cell) -> bool | None:
        """Whether a drawing is the form that nothing joins from the right."""
        if (named := _named_form(cell.glyph.form[:1])) is not None:
            return named in ("initial", "isolated")
        return _leaning(self._at_start[cell.glyph.key], self._after_joiner[cell.glyph.key])

    def is_filler(self, cell: Cell) -> bool:
        """Whether a sign is no letter but a stroke that makes a word longer (kashida)."""
        if cell.text == "ـ":
            return True
        key = cell.glyph.key
        return self._fillers[key] >= 5 and self._elsewhere[key] == 0


def _leaning(free: int, joined: int) -> bool | None:
    """What the counts of a drawing say: True a free form, False a joined one, None neither."""
    if free == 0:
        return False if joined >= 4 else None
    return True if joined <= 0.6 * free + 1 else None


def _named_form(sign: str) -> str | None:
    """The form a presentation sign names: isolated, final, initial or medial."""
    if not ("\ufb50" <= sign <= "\ufdff" or "\ufe70" <= sign <= "\ufefc"):
        return None
    found = re.match(r"<(isolated|final|initial|medial)>", unicodedata.decomposition(sign))
    return found[1] if found else None
