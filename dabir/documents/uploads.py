"""Files from outside: what may come in, told by content and not by name, within limits."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.core.words import number_said

OFFICE = "application/vnd.openxmlformats-officedocument."
SIGNATURES = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
)
ZIPPED = (
    ("word/document.xml", OFFICE + "wordprocessingml.document", ".docx"),
    ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet", ".xlsx"),
    ("ppt/presentation.xml", OFFICE + "presentationml.presentation", ".pptx"),
)
ALLOWED = "PDF, PNG, JPEG, DOCX, XLSX, PPTX, TXT, CSV"


@dataclass(frozen=True)
class Upload:
    """A file that was let in: its bytes, a harmless name, and its type as told by its content."""

    data: bytes
    name: str
    media_type: str


def _zipped_kind(data: bytes) -> tuple[str, str] | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        return None
    return next(((kind, ending) for name, kind, ending in ZIPPED if name in names), None)


def kind_of(data: bytes, name: str) -> tuple[str, str] | None:
    """Media type and usual ending of a file by its content; None for what may not come in."""
    for start, kind, ending in SIGNATURES:
        if data.startswith(start):
            return kind, ending
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp", ".webp"
    if data.startswith(b"PK\x03\x04"):
        return _zipped_kind(data)
    if b"\0" not in data[:65536] and data.lstrip()[:1] != b"<":
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
        ending = ".csv" if name.lower().endswith(".csv") else ".txt"
        return ("text/csv" if ending == ".csv" else "text/plain") + "; charset=utf-8", ending
    return None


def harmless_name(name: str, ending: str) -> str:
    """The name without folders, control signs and direction marks, with the ending of its content."""
    base = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    stem = re.sub(r"[^\w .()-]", "_", PurePath(kept).stem).strip(" .")[:120]
    return (stem or "file") + ending


def check_upload(file: UploadedFile) -> Upload:
    """Let a file in; raises InvalidInput for one that is empty, too large or of another kind."""
    name = file.name or ""
    size = file.size or 0
    if size > settings.UPLOAD_LIMIT:
        raise InvalidInput(
            _("“%(name)s” is larger than %(limit)s MB.")
            % {"name": name, "limit": number_said(settings.UPLOAD_LIMIT // 1024**2)},
            cure=_("Send a smaller file or a link."),
        )
    data = file.read()
    if not data:
        raise InvalidInput(_("“%(name)s” is empty.") % {"name": name})
    kind = kind_of(data, name)
    if kind is None:
        raise InvalidInput(
            _("“%(name)s” is of a kind that cannot be kept here.") % {"name": name},
            cure=_("Allowed are: %(kinds)s.") % {"kinds": ALLOWED},
        )
    return Upload(data, harmless_name(name, kind[1]), kind[0])
