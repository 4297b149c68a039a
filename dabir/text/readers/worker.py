"""The process in which files from outside are opened; see `sandbox`."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from dabir.text.readers.refusal import Limits, ReadingRefused
from dabir.text.readers.sandbox import MOST_ANSWER_BYTES


def main() -> int:
    """Do one task on one file; 0 with the answer on the standard output, 3 with a refusal."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    _bind(limits)
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(2_000)
    try:
        _tasks()[order["task"]](Path(order["path"]).read_bytes(), limits, order)
    except ReadingRefused as refusal:
        return _say_refusal(refusal)
    except MemoryError:
        return _say_refusal(ReadingRefused("too_costly"))
    return 0


def _bind(limits: Limits) -> None:
    """Let the operating system hold the process to its limits."""
    try:
        import resource  # not on every system
    except ImportError:
        return
    seconds = int(limits.seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MOST_ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))


def _tasks() -> dict[str, Any]:
    return {"pdf": _read_pdf, "word": _read_word, "pictures": _draw_pages}


def _read_pdf(data: bytes, limits: Limits, order: dict[str, Any]) -> None:
    from dabir.text.readers.pdf import read_pdf  # only what the task needs

    text = read_pdf(data, limits, _say_progress)
    _answer(
        {
            "paragraphs": text.paragraphs,
            "begins": text.begins,
            "pages": text.pages,
            "notices": [[notice.code, notice.params] for notice in text.notices],
        }
    )


def _read_word(data: bytes, limits: Limits, order: dict[str, Any]) -> None:
    from dabir.text.readers.word import read_word  # only what the task needs

    text, notices = read_word(data, limits)
    _answer({"text": text, "notices": [[notice.code, notice.params] for notice in notices]})


def _draw_pages(data: bytes, limits: Limits, order: dict[str, Any]) -> None:
    from dabir.text.readers.pictures import draw_pages  # only what the task needs

    for png in draw_pages(data, limits, order["numbers"], order["dots"]):
        sys.stdout.buffer.write(len(png).to_bytes(4, "big") + png)
    sys.stdout.buffer.flush()


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _say_progress(page: int, of: int) -> None:
    sys.stderr.write(json.dumps({"page": page, "of": of}) + "\n")
    sys.stderr.flush()


def _say_refusal(refusal: ReadingRefused) -> int:
    sys.stderr.write(json.dumps(refusal.to_json()) + "\n")
    return 3


if __name__ == "__main__":
    sys.exit(main())
