"""How well words follow each other: a reading in the wrong order puts strangers side by side.

For a word w after u and v: ln of how much likelier w is there than anywhere. Words that the
training sentences do not know say nothing.
"""

import functools
import io
import lzma
import re
from collections.abc import Iterable, Sequence
from importlib import resources

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import LETTERS
from dabir.text.repair.lexicon import lexicon

STEP = 16.0  # stored steps a nat
TOKEN = re.compile(f"[{LETTERS}]+|[.؛:؟!]")
Keys = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]


class Bonds:
    """Pairs and triples of words that stood side by side; all that is stored is steps of ln."""

    def __init__(self, arrays: dict[str, npt.NDArray[np.generic]], words: Sequence[str]) -> None:
        self.number = {word: n for n, word in enumerate(words)}
        self.count = len(words)
        self.pairs: Keys = np.cumsum(arrays["pair_steps"], dtype=np.int64)
        self.triples: Keys = np.cumsum(arrays["triple_steps"], dtype=np.int64)
        self.pair: Levels = arrays["pair"].astype(np.int8)
        self.triple: Levels = arrays["triple"].astype(np.int8)
        self.after_word: Levels = arrays["after_word"].astype(np.int8)
        self.after_pair: Levels = arrays["after_pair"].astype(np.int8)
        self._known: dict[tuple[int, int, int], float] = {}

    def score(self, text: str) -> float:
        """What all words of a text say of their neighbours before them, in nats."""
        total = 0.0
        first = second = -1
        for token in TOKEN.findall(text):
            word = self.number.get(token, -1)
            if word >= 0 and second >= 0:
                key = first, second, word
                found = self._known.get(key)
                if found is None:
                    found = self._known[key] = self._looked_up(*key)
                total += found
            first, second = second, word
        return total

    def _looked_up(self, first: int, second: int, word: int) -> float:
        pair = place_of(self.pairs, second * self.count + word)
        level = int(self.pair[pair]) if pair >= 0 else int(self.after_word[second])
        before = place_of(self.pairs, first * self.count + second) if first >= 0 else -1
        if before >= 0:
            triple = place_of(self.triples, before * self.count + word)
            if triple >= 0:
                level = int(self.triple[triple])
            else:
                level += int(self.after_pair[before])
        return level / STEP


def place_of(keys: Keys, key: int) -> int:
    """Where a key stands among rising keys; -1 where it does not."""
    place = int(np.searchsorted(keys, key))
    return place if place < len(keys) and keys[place] == key else -1


@functools.cache
def word_bonds() -> Bonds:
    """The pairs and triples that ship with the library; read once."""
    packed = resources.files("dabir.text.model").joinpath("bonds.xz").read_bytes()
    with np.load(io.BytesIO(lzma.decompress(packed))) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Bonds(arrays, single_words(lexicon()))


def single_words(words: Iterable[str]) -> list[str]:
    """The words of the lexicon that are one token, in its order."""
    return [word for word in words if TOKEN.fullmatch(word)]
