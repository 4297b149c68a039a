"""Pages of a PDF as pictures, to lay beside what was read from them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import pypdfium2

from dabir.text.readers.refusal import Limits, ReadingRefused

MOST_PIXELS = 12_000_000


def draw_pages(
    data: bytes, limits: Limits, numbers: list[int] | None, dots: float
) -> Iterator[bytes]:
    """Pictures (PNG) of pages by their numbers from 1, or of all; `dots` to the inch."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise ReadingRefused("encrypted" if locked else "damaged") from fault
    with document:
        count = len(document)
        if count > limits.most_pages:
            raise ReadingRefused("too_many_pages", pages=count, most=limits.most_pages)
        for number in numbers or range(1, count + 1):
            if not 1 <= number <= count:
                raise ReadingRefused("damaged")
            yield _picture(document[number - 1], dots)


def _picture(page: pypdfium2.PdfPage, dots: float) -> bytes:
    width, height = page.get_size()
    scale = dots / 72
    if width * height * scale * scale > MOST_PIXELS:
        scale = (MOST_PIXELS / max(1.0, width * height)) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    stride, wide, high = bitmap.stride, bitmap.width, bitmap.height
    return _png([rows[n * stride : n * stride + wide] for n in range(high)], wide, high)


def _png(rows: list[bytes], width: int, height: int) -> bytes:
    """A grey picture in the PNG format, by its public specification."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
