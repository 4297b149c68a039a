"""Files made for the tests: sound ones, and ones built to harm their reader."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter

FONTS = Path(__file__).parents[3] / "dabir" / "core" / "static" / "vendor" / "vazirmatn"


def typeset(paragraphs: list[str], *, direction: str = "rtl", extra: str = "") -> bytes:
    """A PDF of paragraphs in Vazirmatn."""
    source = (
        f'#set page(paper: "a4", margin: 2.2cm{extra})\n'
        f'#set text(font: "Vazirmatn", size: 12pt, dir: {direction})\n'
        "#for p in json(bytes(sys.inputs.paragraphs)) [#par(text(p))]\n"
    )
    return compiled(source, paragraphs)


def compiled(source: str, paragraphs: list[str]) -> bytes:
    """A PDF of typst source that reads its paragraphs from `sys.inputs`."""
    made = typst.compile(
        source.encode(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paragraphs": json.dumps(paragraphs, ensure_ascii=False)},
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made


def locked(data: bytes) -> bytes:
    """The PDF with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf(objects: list[str | bytes], trailer: str = "") -> bytes:
    """A PDF of raw objects, the first being the catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        raw = body.encode() if isinstance(body, str) else body
        out += f"{number} 0 obj\n".encode() + raw + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(body: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return f"<< /Length {len(body)} {entries} >>\nstream\n".encode() + body + b"\nendstream"


CATALOGUE = "<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(entries: str) -> str:
    """A page whose content is object 4."""
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R {entries} >>"


def picture_only() -> bytes:
    """A PDF as a scanner makes it: one picture a page, no letter."""
    image = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray"
    return pdf(
        [
            CATALOGUE,
            ONE_PAGE,
            page("/Resources << /XObject << /Im 5 0 R >> >>"),
            stream(b"q 300 0 0 300 0 0 cm /Im Do Q"),
            stream(bytes(range(64)), f"{image} /BitsPerComponent 8"),
        ]
    )


def recognised() -> bytes:
    """A scan with an invisible layer of recognised letters."""
    data = b"BT /F 12 Tf 3 Tr 20 200 Td (The year 2014 was read by a machine) Tj ET"
    return pdf(
        [CATALOGUE, ONE_PAGE, page("/Resources << /Font << /F 5 0 R >> >>"), stream(data), FONT]
    )


def outlines_only() -> bytes:
    """A PDF whose letters are drawn as curves."""
    return pdf([CATALOGUE, ONE_PAGE, page(""), stream(b"0 0 m 9 9 l 20 0 l h f\n" * 40)])


def empty_page() -> bytes:
    """A PDF with one page on which nothing stands."""
    return pdf([CATALOGUE, ONE_PAGE, page(""), stream(b"")])


def looping_pages() -> bytes:
    """A tree of pages that is its own branch."""
    return pdf([CATALOGUE, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])


def looping_form() -> bytes:
    """A drawing that draws itself."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    return pdf(
        [
            CATALOGUE,
            ONE_PAGE,
            page("/Resources << /XObject << /X 5 0 R >> >>"),
            stream(b"/X Do"),
            stream(b"/X Do /X Do", form),
        ]
    )


def looping_table() -> bytes:
    """A table of contents that says the one before it is itself."""
    data = pdf([CATALOGUE, ONE_PAGE, page(""), stream(b"")])
    start = data.rindex(b"startxref\n") + 10
    place = data[start : data.index(b"\n", start)].decode()
    return pdf([CATALOGUE, ONE_PAGE, page(""), stream(b"")], trailer=f"/Prev {place}")


def unpacking_bomb(size: int = 600_000_000) -> bytes:
    """A page whose content is packed to nearly nothing."""
    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 100_000
    packed = b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()
    return pdf([CATALOGUE, ONE_PAGE, page(""), stream(packed, "/Filter /FlateDecode")])


def sign_bomb() -> bytes:
    """A page that draws millions of letters."""
    packer = zlib.compressobj(9)
    block = b"BT /F 1 Tf (" + b"a" * 100_000 + b") Tj ET\n"
    packed = b"".join(packer.compress(block) for _ in range(300)) + packer.flush()
    return pdf(
        [
            CATALOGUE,
            ONE_PAGE,
            page("/Resources << /Font << /F 5 0 R >> >>"),
            stream(packed, "/Filter /FlateDecode"),
            FONT,
        ]
    )


def deep_arrays() -> bytes:
    """Lists in lists in lists."""
    return pdf([CATALOGUE, ONE_PAGE, page("/X " + "[" * 200_000 + "]" * 200_000), stream(b"")])


def many_pages(count: int) -> bytes:
    """A PDF of as many empty pages as asked for."""
    kids = " ".join(f"{n + 4} 0 R" for n in range(count))
    one = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 3 0 R >>"
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"
    return pdf([CATALOGUE, tree, stream(b""), *[one] * count])


def package(parts: dict[str, bytes | str]) -> bytes:
    """A zip package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word(body: str, head: str = "", **parts: str) -> bytes:
    """A Word document of raw WordprocessingML."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'{head}<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'
    more = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{main}">{text}</w:{name}>'
        for name, text in parts.items()
    }
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def paragraph(text: str) -> str:
    """A paragraph of WordprocessingML."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
