"""A raw line as the search sees it: where it may have been cut, and what each piece would hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import DIGIT, IS_LETTER, SPACE, ZWNJ_SIGN, Codes, codes_of
from dabir.text.repair.lexicon import KNOWN, KNOWN_PART
from dabir.text.repair.noise import BORDERS, Border, Kind

MEMORY = 7
SPACES = re.compile(r" {2,}")
RUN_ON_LABEL = re.compile(r"(?<=.)(?:الف|[ابپتجدهوزحطی])$")  # کار + د. reads like a word: کارد.
AFTER_LABEL = (".", ")", "-")
FIRST_LABEL = re.compile(r"(?:\d{1,2}|الف|[ابپتجدهوزحطی])[.)-](?= )")
FAR_LABEL = re.compile(r"(?<!\d)\d{1,2}$")
Chunk = tuple[int, int, bool]  # r[start:end], and whether a ZWNJ stands before it


@dataclass(frozen=True)
class Reading:
    """One possible true line: its text, its chunks in true order, how likely it is, in nats."""

    text: str
    chunks: tuple[Chunk, ...]
    score: float


def cut_places(units: list[str], codes: Codes, words: Mapping[str, int]) -> list[int]:
    """Where the raw line may have been cut; never inside a number or beside a ZWNJ it holds.

    A ZWNJ that only shapes seem to prove rides on its letter: there the line may be cut.
    """
    size = len(codes)
    places = {n for n in range(1, size) if units[n - 1].endswith(ZWNJ_SIGN)}
    kinds = BORDERS[codes[:-1], codes[1:]] if size else np.empty(0)
    for place in range(1, size):
        kind = kinds[place - 1]
        if kind in (Border.ZWNJ, Border.INSIDE):
            continue
        if codes[place - 1] == DIGIT and codes[place] == DIGIT:
            continue
        places.add(place)
    start = 0
    while start < size:
        if not IS_LETTER[codes[start]]:
            start += 1
            continue
        end = start
        while end < size and IS_LETTER[codes[end]]:
            end += 1
        word = "".join(unit[0] for unit in units[start:end])
        known = words.get(word, 0) >= KNOWN
        for place in range(start + 1, end):
            halves = word[: place - start], word[place - start :]
            if not known or all(words.get(half, 0) >= KNOWN_PART for half in halves):
                places.add(place)
        label = RUN_ON_LABEL.search(word) if end < size and units[end] in AFTER_LABEL else None
        if label:
            places.add(start + label.start())
        start = end
    return sorted(places, reverse=True)


class Line:
    """A raw line with everything the searches share: its signs, its cuts, kinds of its pieces."""

    def __init__(self, units: list[str], words: Mapping[str, int]) -> None:
        self._text = "".join(units)
        self._at = [0, *accumulate(len(unit) for unit in units)]
        self.codes = codes_of(units)
        self.size = len(units)
        self.starts = [*cut_places(units, self.codes, words), 0]
        self.place = {start: row for row, start in enumerate(self.starts)}
        ahead = np.append(self.codes, np.zeros(MEMORY, dtype=np.uint8))
        windows = np.lib.stride_tricks.sliding_window_view(ahead, MEMORY)
        self.heads: Codes = windows[self.starts]
        self.letter_heads = IS_LETTER[self.heads[:, 0]]
        self.tails = tails_of(self.codes)
        self.kinds = self._chunk_kinds()
        self.blank = int(np.argmax(np.append(self.codes, 0) != SPACE))  # leading spaces
        # A label may stand whole before its text, or its number alone at the far end of the line.
        plain = "".join(unit[0] for unit in units)
        far = FAR_LABEL.search(plain)
        self.far_label = far.start() if far else -1
        self.labels = [bool(FIRST_LABEL.match(plain, start)) for start in self.starts]
        self.marks = [
            far is not None and plain[start] in AFTER_LABEL and plain[start + 1 : start + 2] == " "
            for start in self.starts
        ]

    def _chunk_kinds(self) -> npt.NDArray[np.uint8]:
        """Kind of every possible chunk: [start row, end]."""
        size = self.size
        kinds = np.full((len(self.starts), size + 1), Kind.LONGER, dtype=np.uint8)
        letters = IS_LETTER[self.codes]
        for row, k in enumerate(self.starts):
            seen = np.cumsum(letters[k:])
            if not letters[k:].any():
                kinds[row, k:] = Kind.BLANK
                continue
            words = np.cumsum(letters[k:] & ~np.append([False], letters[k:-1]))
            kinds[row, k + 1 :] = np.where(
                seen == 0, Kind.BLANK, np.where(words == 1, Kind.WORD, Kind.LONGER)
            )
        return kinds

    def written(self, chunks: tuple[Chunk, ...]) -> str:
        """The text of chunks in their true order; no ZWNJ rides across the end of one."""
        text, at = self._text, self._at
        pieces = [
            (text[at[start] : at[end]].rstrip(ZWNJ_SIGN), zwnj) for start, end, zwnj in chunks
        ]
        return "".join([ZWNJ_SIGN + piece if zwnj else piece for piece, zwnj in pieces])


def tails_of(codes: Codes) -> npt.NDArray[np.int64]:
    """For each place the seven signs before it as one number, six bits each."""
    tails = np.zeros(len(codes) + 1, dtype=np.int64)
    for back in range(MEMORY):
        if back < len(codes):
            tails[back + 1 :] |= codes[: len(codes) - back].astype(np.int64) << 6 * back
    return tails
