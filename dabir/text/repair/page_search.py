"""Searches the lines of a document, long ones on two processes at once."""

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

from dabir.text.repair.alphabet import END, OPEN, codes_of
from dabir.text.repair.candidates import Candidate, candidates_of
from dabir.text.repair.echo import Echo, Mixture
from dabir.text.repair.lexicon import KNOWN, lexicon
from dabir.text.repair.ngram import language_model

LEAST_ECHO = 0.03
LONG = 120  # lines from which a second process pays for its start
PROCESSES = 2
Units = list[str]


class LineSearch:
    """All lines of a document, each searched with what the others say."""

    def __init__(self, lines: Sequence[Units], protected: tuple[str, ...]) -> None:
        self.lines, self.protected = lines, protected
        self.words = guarded_words(protected)
        self.echo = Echo([codes_of(units) for units in lines])
        self.share = self.echo.weight(language_model())

    def readings(self, number: int) -> list[Candidate]:
        """The likeliest readings of one line."""
        model = language_model()
        mixed = (
            Mixture(model, self.echo.without(number), self.share)
            if self.share > LEAST_ECHO
            else model
        )
        return candidates_of(self.lines[number], mixed, self.words, [END, OPEN], self.protected)


def guarded_words(protected: Sequence[str]) -> Mapping[str, int]:
    """The lexicon with every part of a protected name: a known word is not cut."""
    parts = {part: KNOWN for name in protected for part in name.split()}
    return {**lexicon(), **parts} if parts else lexicon()


def searched_lines(
    lines: Sequence[Units], protected: tuple[str, ...], *, long: int = LONG
) -> Iterator[list[Candidate]]:
    """The readings of each line, in order; from `long` lines on by two processes."""
    if len(lines) < long or (os.cpu_count() or 1) < PROCESSES:
        search = LineSearch(lines, protected)
        yield from map(search.readings, range(len(lines)))
        return
    with ProcessPoolExecutor(
        PROCESSES,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=start_worker,
        initargs=(lines, protected),
    ) as pool:
        yield from pool.map(read_line, range(len(lines)), chunksize=4)


_search: list[LineSearch] = []


def start_worker(lines: Sequence[Units], protected: tuple[str, ...]) -> None:
    """What each process does once."""
    _search[:] = [LineSearch(lines, protected)]


def read_line(number: int) -> list[Candidate]:
    """What each process does for a line."""
    return _search[0].readings(number)
