"""What stands in a file that somebody sent."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from dabir.text.readers.formats import NAMES, kind_of, refuse_wrong_name
from dabir.text.readers.plain import read_plain
from dabir.text.readers.refusal import Limits, Notice, ReadingRefused, safe_name
from dabir.text.readers.sandbox import run_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True)
class Reading:
    """The text of a file, with all that a reviewer should know about how it was read.

    `page_starts` are the places in `text` where the pages of a PDF begin (in code points);
    `whole_paragraphs` says that each line is a paragraph, not a line some program broke.
    """

    name: str
    kind: str
    text: str
    pages: int
    page_starts: tuple[int, ...]
    whole_paragraphs: bool
    notices: tuple[Notice, ...]
    sha256: str
    size: int

    @property
    def warnings(self) -> tuple[str, ...]:
        """The notices in English words."""
        return tuple(notice.message for notice in self.notices)

    def to_json(self) -> dict[str, Any]:
        """The reading for a machine."""
        return {
            "name": self.name,
            "kind": self.kind,
            "text": self.text,
            "pages": self.pages,
            "page_starts": list(self.page_starts),
            "whole_paragraphs": self.whole_paragraphs,
            "notices": [notice.to_json() for notice in self.notices],
            "sha256": self.sha256,
            "size": self.size,
        }


def read_document(
    source: Path | str | bytes,
    name: str | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read a file (by its path or its bytes): PDF, DOCX or plain text in any encoding.

    `name` is what the sender called it; where its ending belies its bytes the file is refused.
    Raises ReadingRefused with a code, words and the way out; nothing is left behind.
    """
    limits = limits or Limits()
    data = _bytes_of(source, limits)
    called = safe_name(name or (Path(source).name if isinstance(source, Path | str) else "file"))
    if not data:
        raise ReadingRefused("empty")
    kind = kind_of(data)
    refuse_wrong_name(called, kind)
    if kind == "pdf":
        text, pages, starts, notices = _pdf(data, limits, progress)
    elif kind == "docx":
        text, notices = _word(data, limits)
        pages, starts = 1, (0,)
    else:
        text, notices = read_plain(data, limits)
        pages, starts = 1, (0,)
    if not text.strip():
        raise ReadingRefused("empty")
    return Reading(
        name=called,
        kind=kind,
        text=text,
        pages=pages,
        page_starts=starts,
        whole_paragraphs=kind in ("pdf", "docx"),
        notices=tuple(notices),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )


def read_folder(
    folder: Path | str,
    *,
    limits: Limits | None = None,
    progress: Callable[[Path, int, int], None] | None = None,
) -> Iterator[tuple[Path, Reading | ReadingRefused]]:
    """Read every file of a folder by name, each with its own result; one refusal stops none.

    Folders inside it, hidden files and links are left out.
    """
    for path in sorted(Path(folder).iterdir()):
        if path.is_symlink() or not path.is_file() or path.name.startswith("."):
            continue
        heard = partial(progress, path) if progress else None
        try:
            yield path, read_document(path, limits=limits, progress=heard)
        except ReadingRefused as refusal:
            yield path, refusal


def page_images(
    source: Path | str | bytes,
    *,
    numbers: Sequence[int] | None = None,
    dots: float = 110,
    limits: Limits | None = None,
) -> list[bytes]:
    """Pictures (PNG, grey) of the pages of a PDF, all or by their numbers from 1."""
    limits = limits or Limits()
    data = _bytes_of(source, limits)
    if kind_of(data) != "pdf":
        raise ReadingRefused("wrong_name", named="PDF", found=NAMES["other"])
    with _kept(data) as path:
        numbers = list(numbers) if numbers else None
        answer = run_apart("pictures", path, limits, numbers=numbers, dots=dots)
    pictures, at = [], 0
    while at + 4 <= len(answer):
        size = int.from_bytes(answer[at : at + 4], "big")
        pictures.append(answer[at + 4 : at + 4 + size])
        at += 4 + size
    return pictures


def _bytes_of(source: Path | str | bytes, limits: Limits) -> bytes:
    """The bytes of a file, once its size is known to be allowed."""
    if isinstance(source, bytes):
        size, data = len(source), source
    else:
        path = Path(source)
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                data = file.read(limits.most_bytes + 1)
        except OSError as fault:
            raise ReadingRefused("damaged") from fault
    if max(size, len(data)) >= limits.most_bytes:
        shown = f"{max(size, len(data)) / 1_000_000:.0f}"
        raise ReadingRefused("too_large", size=shown, most=limits.most_bytes // 1_000_000)
    return data


@contextmanager
def _kept(data: bytes) -> Iterator[Path]:
    """The bytes in a file of our own naming, for as long as a worker reads them."""
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        yield path


def _pdf(
    data: bytes, limits: Limits, progress: Progress | None
) -> tuple[str, int, tuple[int, ...], list[Notice]]:
    with _kept(data) as path:
        answer = json.loads(run_apart("pdf", path, limits, progress))
    starts: list[int] = []
    at = 0
    for paragraph, page in zip(answer["paragraphs"], answer["begins"], strict=True):
        while len(starts) < page:
            starts.append(at)
        at += len(paragraph) + 1
    while len(starts) < answer["pages"]:
        starts.append(max(0, at - 1))
    notices = [Notice(code, params) for code, params in answer["notices"]]
    return "\n".join(answer["paragraphs"]), answer["pages"], tuple(starts), notices


def _word(data: bytes, limits: Limits) -> tuple[str, list[Notice]]:
    with _kept(data) as path:
        answer = json.loads(run_apart("word", path, limits))
    return answer["text"], [Notice(code, params) for code, params in answer["notices"]]
