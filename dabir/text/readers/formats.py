"""Which format a file has, by its bytes; its name is only a claim."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from dabir.text.messages import gettext_noop
from dabir.text.readers.refusal import ReadingRefused

_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"BM",
)
_BINARIES = (
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\xca\xfe\xba\xbe",
    b"BZh",
    b"\xfd7zXZ",
    b"OggS",
    b"ID3",
    b"SQLite format 3",
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Microsoft's container of the nineties
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# What a refusal calls a format; whoever shows the refusal translates these too.
NAMES = {
    "pdf": "PDF",
    "docx": gettext_noop("a Word document"),
    "text": gettext_noop("plain text"),
    "archive": gettext_noop("an archive"),
    "rtf": "RTF",
    "page": gettext_noop("a web page or XML"),
    "spreadsheet": gettext_noop("a spreadsheet"),
    "presentation": gettext_noop("a presentation"),
    "opendocument": gettext_noop("an OpenDocument file"),
    "other": gettext_noop("another format"),
}
_ENDINGS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".csv": "text",
}


def kind_of(data: bytes) -> str:
    """pdf, docx or text; ReadingRefused for every other format, in words."""
    start = data[:1024]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_package(data)
    if start.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise ReadingRefused("other_format", found=NAMES["archive"])
    if start.startswith(_COMPOUND):
        raise ReadingRefused("encrypted" if _ENCRYPTED_PACKAGE in data else "old_word")
    if start.startswith(b"{\\rtf"):
        raise ReadingRefused("other_format", found=NAMES["rtf"])
    if start.startswith(_PICTURES[:-1]) or (start.startswith(b"BM") and b"\x00" in start[:14]):
        raise ReadingRefused("picture")
    if start[:4] == b"RIFF" or start[4:8] == b"ftyp":
        raise ReadingRefused("picture" if start[8:12] in (b"WEBP", b"heic", b"avif") else "binary")
    if start.startswith(_BINARIES) and b"\x00" in data[:4096]:
        raise ReadingRefused("binary")
    page = rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<\?xml|<svg|<script)"
    if re.match(page, start, re.IGNORECASE):
        raise ReadingRefused("other_format", found=NAMES["page"])
    return "text"


def _kind_of_package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise ReadingRefused("damaged") from fault
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise ReadingRefused("other_format", found=NAMES["spreadsheet"])
    if any(name.startswith("ppt/") for name in names):
        raise ReadingRefused("other_format", found=NAMES["presentation"])
    if "content.xml" in names:
        raise ReadingRefused("other_format", found=NAMES["opendocument"])
    raise ReadingRefused("other_format", found=NAMES["archive"])


def refuse_wrong_name(name: str, kind: str) -> None:
    """Refuse a file whose ending says another format than its bytes."""
    ending = PurePath(name).suffix.lower()
    if ending == ".doc" and kind != "docx":
        raise ReadingRefused("wrong_name", named="DOC", found=NAMES[kind])
    claimed = _ENDINGS.get(ending)
    if claimed is not None and claimed != kind:
        raise ReadingRefused("wrong_name", named=NAMES[claimed], found=NAMES[kind])
    if claimed is None and ending in (".png", ".jpg", ".jpeg", ".gif", ".xlsx", ".exe", ".zip"):
        raise ReadingRefused("wrong_name", named=ending[1:].upper(), found=NAMES[kind])
