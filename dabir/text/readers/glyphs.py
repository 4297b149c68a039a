"""Where each letter of a PDF page stands: characters with their boxes, as the file draws them."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import Matrix, apply_matrix_pt

INVISIBLE = 3  # text rendering mode of the layer a scanner's OCR lays over its picture
_ZWNJ = "\u200c"
_KEPT = frozenset(f"{_ZWNJ}\t\ufffd")
_HAMZA_ABOVE = "\u0654"
UNMAPPED = "\ufffd"
MOST_GLYPHS_ON_A_PAGE = 200_000


@dataclass(frozen=True)
class Glyph:
    """One drawn sign: its text, its font and number in it, its box from left to right.

    `form` is the presentation form the file names, where it names one; `text` is plain letters.
    Lengths are points, measured from the lower left corner of the upright page.
    """

    text: str
    form: str
    font: str
    number: int
    left: float
    right: float
    base: float
    size: float

    @property
    def centre(self) -> float:
        """The middle between left and right."""
        return (self.left + self.right) / 2

    @property
    def key(self) -> tuple[str, int]:
        """The same for the same drawing: font and number."""
        return self.font, self.number


@dataclass
class PageGlyphs:
    """What a page draws: upright signs, how many are turned, invisible or pictures."""

    width: float
    height: float
    glyphs: list[Glyph]
    turned: int = 0
    invisible: int = 0
    pictures: int = 0
    drawings: int = 0


class TooManyGlyphs(Exception):
    """A page draws more signs than any page of text: made to exhaust its reader."""


class _GlyphDevice(PDFTextDevice):
    """Writes down each sign that pdfminer's interpreter draws."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.page = PageGlyphs(0, 0, [])
        self._invisible = False
        self._fonts: dict[int, int] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        left, bottom, right, top = page.mediabox
        width, height = abs(right - left), abs(top - bottom)
        if page.rotate in (90, 270):
            width, height = height, width
        self.page = PageGlyphs(width, height, [])

    def render_string(self, textstate: Any, *rest: Any, **named: Any) -> None:
        self._invisible = textstate.render == INVISIBLE
        super().render_string(textstate, *rest, **named)

    def render_image(self, name: str, stream: Any) -> None:
        self.page.pictures += 1

    def paint_path(self, *drawn: Any) -> None:
        self.page.drawings += 1

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        try:
            drawn = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            drawn = UNMAPPED
        width = font.char_width(cid)
        advance = width * fontsize * scaling
        self._write(drawn, matrix, font, cid, advance, fontsize, rise)
        return float(advance)

    def _write(
        self,
        drawn: str,
        matrix: Matrix,
        font: PDFFont,
        cid: int,
        advance: float,
        fontsize: float,
        rise: float,
    ) -> None:
        page = self.page
        if len(page.glyphs) + page.turned > MOST_GLYPHS_ON_A_PAGE:
            raise TooManyGlyphs
        a, b, c, d, _, _ = matrix
        if abs(b) + abs(c) > 0.35 * (abs(a) + abs(d)) or d <= 0:
            page.turned += 1
            return
        if self._invisible:
            page.invisible += 1
        x0, y = apply_matrix_pt(matrix, (0, rise))
        x1, _ = apply_matrix_pt(matrix, (advance, rise))
        number = self._fonts.setdefault(id(font), len(self._fonts))
        size = abs(d * fontsize)
        page.glyphs.append(
            Glyph(
                plain_letters(drawn),
                drawn.strip(_ZWNJ),
                f"{font.fontname} {number}",
                cid,
                min(x0, x1),
                max(x0, x1),
                y,
                size,
            )
        )


def plain_letters(drawn: str) -> str:
    """Letters without their presentation forms; the space before a lone mark is dropped."""
    plain = drawn
    if any("\ufb00" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufeff" for c in drawn):
        plain = unicodedata.normalize("NFKC", drawn)
        if len(plain) > 1 and plain[0] == " ":
            plain = plain[1:]
    plain = "".join(c for c in plain if c in _KEPT or unicodedata.category(c)[0] != "C")
    # Some programs name a drawing by the first place it stood in, ZWNJ before it included.
    return plain.strip(_ZWNJ) or (_ZWNJ if _ZWNJ in plain else "")


def page_count(file: BinaryIO, *, most: int) -> int:
    """How many pages the file has; stops counting one after `most`."""
    pages = PDFPage.create_pages(PDFDocument(PDFParser(file)))
    return sum(1 for _ in itertools.islice(pages, most + 1))


def pages_of(document: PDFDocument) -> Iterator[PageGlyphs]:
    """The signs of each page in turn."""
    manager = PDFResourceManager()
    device = _GlyphDevice(manager)
    interpreter = PDFPageInterpreter(manager, device)
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
        device.page.glyphs = _with_heh_below_hamza(device.page.glyphs)
        yield device.page


def _with_heh_below_hamza(glyphs: list[Glyph]) -> list[Glyph]:
    """A letter without a name that carries a hamza is a heh: fonts draw ۀ in two parts."""
    hamzas = [g for g in glyphs if g.text == _HAMZA_ABOVE]
    if not hamzas:
        return glyphs
    return [
        replace(glyph, text="ه")
        if glyph.text in ("", UNMAPPED)
        and any(
            abs(h.base - glyph.base) < glyph.size and glyph.left <= h.centre <= glyph.right
            for h in hamzas
        )
        else glyph
        for glyph in glyphs
    ]
