"""A second process that takes lines off a long document; without it all is read by one.

A plain child process is started rather than a pool: a pool would run the main script of whoever
uses the library once more.
"""

import os
import pickle
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from dabir.text.repair.candidates import Candidate
from dabir.text.repair.page_search import Batch, LineSearch, Units

HOME = Path(__file__).parents[3]
START = "from dabir.text.repair.helping import main; main()"
SIZE = struct.Struct("<Q")
Found = list[list[Candidate]]


def say(stream: IO[bytes], thing: object) -> None:
    """Hand a thing to the other process."""
    body = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    stream.write(SIZE.pack(len(body)) + body)
    stream.flush()


def hear(stream: IO[bytes]) -> Any:
    """What the other process hands over; EOFError where it is gone."""
    head = stream.read(SIZE.size)
    if len(head) < SIZE.size:
        raise EOFError
    body = stream.read(SIZE.unpack(head)[0])
    return pickle.loads(body)  # noqa: S301 - from our own child over a private pipe


class Helper:
    """The other process, and the thread that gives it one batch after the other."""

    def __init__(self, lines: Sequence[Units], protected: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(HOME), "OPENBLAS_NUM_THREADS": "1"},
        )
        self._order = (list(lines), protected)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._waiting: deque[Batch] = deque()
        self._found: dict[Batch, Future[Found]] = {}

    def results(self, search: LineSearch, batches: Sequence[Batch]) -> Iterator[list[Candidate]]:
        """Batches from the end are read there, those from the beginning here."""
        self._waiting.extend(batches)
        self._found = {batch: Future() for batch in batches}
        self._thread.start()
        for batch in batches:
            yield from (
                search.readings(*batch) if self._taken_back(batch) else self._given(search, batch)
            )

    def _taken_back(self, batch: Batch) -> bool:
        """Whether the other process has not begun with a batch; then it never will."""
        try:
            self._waiting.remove(batch)
        except ValueError:
            return False
        return True

    def _given(self, search: LineSearch, batch: Batch) -> Found:
        try:
            return self._found[batch].result()
        except (OSError, EOFError):  # the other process is gone
            return search.readings(*batch)

    def _work(self) -> None:
        """Hand out batches from the end until none is left."""
        into, out = self._process.stdin, self._process.stdout
        if into is None or out is None:
            raise AssertionError("the process was started with pipes")
        first: object | None = self._order
        while self._waiting:
            try:
                batch = self._waiting.pop()
            except IndexError:
                return
            try:
                if first is not None:
                    say(into, first)
                    first = None
                say(into, batch)
                self._found[batch].set_result(hear(out))
            except (OSError, EOFError, ValueError) as fault:
                self._found[batch].set_exception(EOFError(str(fault)))
                return

    def close(self) -> None:
        """End the other process, whatever it is doing."""
        self._waiting.clear()
        self._process.kill()
        self._process.wait()
        if self._thread.ident is not None:
            self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):  # what was not yet handed over is lost with it
                    stream.close()


def main() -> None:
    """What the other process does: read batches of lines until nobody asks for more."""
    into, out = sys.stdin.buffer, sys.stdout.buffer
    try:
        search = LineSearch(*hear(into))
        while True:
            say(out, search.readings(*hear(into)))
    except EOFError:
        return
