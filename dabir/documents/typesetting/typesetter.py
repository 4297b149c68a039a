"""Calls the typesetter. A long paper is set in a process of its own: its memory (a gigabyte for a
thousand pages, kept by the typesetter for the next paper) goes back to the machine with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from collections.abc import Mapping

FONTS = Path(__file__).resolve().parents[2] / "core" / "static" / "vendor" / "vazirmatn"
_PACKAGE_ROOT = Path(__file__).resolve().parents[3]
_LONG = 400_000
"""Bytes of a paper from which on it is set apart: about 80 pages."""
_TIMEOUT = 600

# First our own font and every archival promise; then what the machine has for other scripts; and
# where no font has a sign, the promise that every sign is drawn is given up rather than the paper.
_ATTEMPTS: tuple[tuple[bool, list[Any]], ...] = (
    (True, ["a-2a", "ua-1"]),
    (False, ["a-2a", "ua-1"]),
    (False, ["ua-1"]),
    (False, []),
)


class PaperNotPrinted(RuntimeError):
    """The paper cannot be set: the message of the typesetter says where."""


def set_pdf(files: Mapping[str, bytes], stamp: int) -> bytes:
    """The files, of which `main` is the template, as PDF dated `stamp`, in seconds since 1970."""
    if sum(map(len, files.values())) > _LONG:
        return _set_apart(files, stamp)
    return _set_here(files, stamp)


def set_png(files: Mapping[str, bytes], ppi: float) -> bytes:
    """The first page of the files as PNG."""
    compiler = _compiler(files, own_fonts_only=True)
    drawn = compiler.compile(format="png", ppi=ppi)
    return bytes(drawn[0] if isinstance(drawn, list) else drawn)


def _compiler(files: Mapping[str, bytes], *, own_fonts_only: bool) -> Any:
    # The package's own types know neither files held in memory nor more than one of them.
    compiler: Any = typst.Compiler
    return compiler(dict(files), font_paths=[str(FONTS)], ignore_system_fonts=own_fonts_only)


def _set_here(files: Mapping[str, bytes], stamp: int) -> bytes:
    trouble: Exception | None = None
    for own_fonts_only, standards in _ATTEMPTS:
        compiler = _compiler(files, own_fonts_only=own_fonts_only)
        try:
            return bytes(compiler.compile(format="pdf", pdf_standards=standards, timestamp=stamp))
        except typst.TypstError as error:
            trouble = error
    raise PaperNotPrinted(str(trouble)) from trouble


def _set_apart(files: Mapping[str, bytes], stamp: int) -> bytes:
    order = {"stamp": stamp, "files": {name: len(held) for name, held in files.items()}}
    paths = [str(_PACKAGE_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-m", "dabir.documents.typesetting.typesetter"],
        input=b"".join([json.dumps(order).encode(), b"\n", *files.values()]),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        timeout=_TIMEOUT,
        check=False,
    )
    if done.returncode != 0:
        raise PaperNotPrinted(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _answer() -> None:
    """Sets the paper given on standard input; the PDF goes to standard output."""
    order = json.loads(sys.stdin.buffer.readline())
    files = {name: sys.stdin.buffer.read(size) for name, size in order["files"].items()}
    sys.stdout.buffer.write(_set_here(files, order["stamp"]))


if __name__ == "__main__":
    _answer()
