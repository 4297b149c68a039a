"""PDF files, read by the places of their letters."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from dabir.text.readers.glyphs import UNMAPPED, PageGlyphs, TooManyGlyphs, page_count, pages_of
from dabir.text.readers.layout import paragraphs_of_pages
from dabir.text.readers.lines import lines_of_pages
from dabir.text.readers.refusal import Limits, Notice, ReadingRefused

_FAULTS = (
    PDFException,
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class PdfText:
    """The paragraphs of a PDF and the page on which each begins."""

    paragraphs: list[str]
    begins: list[int]
    pages: int
    notices: list[Notice]


def read_pdf(
    data: bytes, limits: Limits, progress: Callable[[int, int], None] | None = None
) -> PdfText:
    """The text of a PDF in the order it is read.

    Raises ReadingRefused for passwords, scans, damage and too many pages.
    """
    try:
        count = page_count(io.BytesIO(data), most=limits.most_pages)
        if count > limits.most_pages:
            raise ReadingRefused(
                "too_many_pages", pages=f"> {limits.most_pages}", most=limits.most_pages
            )
        pages = _pages(data, count, progress)
    except (PDFPasswordIncorrect, PDFEncryptionError) as fault:
        raise ReadingRefused("encrypted") from fault
    except TooManyGlyphs as fault:
        raise ReadingRefused("hostile") from fault
    except RecursionError as fault:
        raise ReadingRefused("hostile") from fault
    except _FAULTS as fault:  # pdfminer meets damage with whatever its parser stumbles over
        raise ReadingRefused("damaged") from fault
    _refuse_without_text(pages)
    lines = lines_of_pages(pages)
    paragraphs, begins, heads = paragraphs_of_pages(lines)
    if sum(len(p) for p in paragraphs) > limits.most_characters:
        raise ReadingRefused("too_long", most=limits.most_characters)
    notices = _notices(pages)
    if heads:
        notices.append(Notice("running_heads", {"lines": " · ".join(heads)[:300]}))
    return PdfText(paragraphs, begins, count, notices)


def _pages(
    data: bytes, count: int, progress: Callable[[int, int], None] | None
) -> list[PageGlyphs]:
    pages = []
    for page in pages_of(PDFDocument(PDFParser(io.BytesIO(data)))):
        pages.append(page)
        if progress:
            progress(len(pages), count)
    if not pages:
        raise ReadingRefused("damaged")
    return pages


def _has_text(page: PageGlyphs) -> bool:
    return any(g.text and not g.text.isspace() and g.text != UNMAPPED for g in page.glyphs)


def _refuse_without_text(pages: list[PageGlyphs]) -> None:
    if any(_has_text(page) for page in pages):
        signs = [g for page in pages for g in page.glyphs if not g.text.isspace()]
        if sum(not g.text or UNMAPPED in g.text for g in signs) > 0.3 * len(signs):
            raise ReadingRefused("no_text")
        if sum("nastal" in g.font.lower() for g in signs) > 0.5 * len(signs):
            raise ReadingRefused("sloping")
        return
    if any(page.glyphs for page in pages) or not any(page.pictures for page in pages):
        drawn = any(page.glyphs or page.drawings for page in pages)
        raise ReadingRefused("no_text" if drawn else "empty")
    raise ReadingRefused("scanned")


def _notices(pages: list[PageGlyphs]) -> list[Notice]:
    notices = []
    total = sum(len(page.glyphs) for page in pages)
    if sum(page.invisible for page in pages) > 0.5 * total:
        notices.append(Notice("recognised", {}))
    bare = [str(n) for n, page in enumerate(pages, 1) if not _has_text(page)]
    if bare:
        notices.append(Notice("pages_without_text", {"pages": ", ".join(bare[:50])}))
    if unknown := sum(UNMAPPED in g.text for page in pages for g in page.glyphs):
        notices.append(Notice("unknown_signs", {"count": unknown}))
    if turned := sum(page.turned for page in pages):
        notices.append(Notice("turned_signs", {"count": turned}))
    return notices
