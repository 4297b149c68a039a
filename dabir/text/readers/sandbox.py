"""Files from outside are opened in a process of their own, with little time and memory.

A file can be made to keep its reader busy for ever or to fill the memory; a fault in a reader's
native part can end the process. None of that may reach the office: the worker has hard limits
of the operating system and what it says is taken as data.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from dabir.text.readers.refusal import REFUSALS, Limits, ReadingRefused

_PACKAGE_HOME = Path(__file__).resolve().parents[3]
MOST_ANSWER_BYTES = 400_000_000


def run_apart(
    task: str,
    path: Path,
    limits: Limits,
    progress: Callable[[int, int], None] | None = None,
    **arguments: Any,
) -> bytes:
    """What the worker answers to a task on a file.

    Raises ReadingRefused with the worker's own refusal, or `too_costly` where it was stopped and
    `damaged` where it fell.
    """
    order = json.dumps({"task": task, "path": str(path), "limits": asdict(limits), **arguments})
    with tempfile.TemporaryFile() as answer:
        worker = subprocess.Popen(
            [sys.executable, "-m", "dabir.text.readers.worker", order],
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.PIPE,
            env=_environment(),
            cwd="/",
        )
        try:
            said = _listen(worker, limits.seconds, progress)
        finally:
            worker.kill()
            worker.wait()
            if worker.stderr:
                worker.stderr.close()
        if worker.returncode != 0:
            _refuse(said, worker.returncode)
        return _answer(answer)


def _answer(answer: IO[bytes]) -> bytes:
    answer.seek(0)
    return answer.read(MOST_ANSWER_BYTES)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": str(_PACKAGE_HOME),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _listen(
    worker: subprocess.Popen[bytes], seconds: float, progress: Callable[[int, int], None] | None
) -> list[dict[str, Any]]:
    """Hear the worker's lines until it ends or its time does; the last ones are kept."""
    stream = worker.stderr
    if stream is None:
        raise AssertionError("the worker was started with a pipe")
    end = time.monotonic() + seconds
    said: list[dict[str, Any]] = []
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while (left := end - time.monotonic()) > 0:
            if not selector.select(timeout=left):
                break
            heard = os.read(stream.fileno(), 65_536)
            if not heard:
                worker.wait(timeout=max(1, left))
                return said
            *lines, rest = (rest + heard)[-65_536:].split(b"\n")
            for line in lines:
                _hear(line, said, progress)
    raise ReadingRefused("too_costly")


def _hear(
    line: bytes, said: list[dict[str, Any]], progress: Callable[[int, int], None] | None
) -> None:
    if not line.startswith(b"{"):
        return
    try:
        word = json.loads(line)
    except ValueError:
        return
    if "page" in word:
        if progress:
            progress(int(word["page"]), int(word["of"]))
    elif "refused" in word:
        said[:] = [word]


def _refuse(said: list[dict[str, Any]], code: int) -> None:
    if said and said[0]["refused"] in REFUSALS:
        raise ReadingRefused(said[0]["refused"], **said[0].get("params", {}))
    # A signal: the processor's time (XCPU), memory (KILL) or a fault in native code (SEGV).
    raise ReadingRefused("too_costly" if code in (-24, -9, -25) else "damaged")
