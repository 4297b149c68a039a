"""Counts which words follow each other, for the readings that put strangers side by side.

python -m dabir.text.training.bonds OUT.xz SENTENCES [SENTENCES ...]
"""

import argparse
import io
import lzma
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dabir.text.repair.bonds import STEP, TOKEN, single_words
from dabir.text.repair.lexicon import lexicon
from dabir.text.training.corpus import sentences_in

LEAST_PAIR, LEAST_TRIPLE = 2, 2
DISCOUNT = 0.75
Pair = tuple[int, int]
Triple = tuple[int, int, int]


class Counts:
    """Single words, pairs and triples of known words."""

    def __init__(self, sentences: Iterable[str], words: list[str]) -> None:
        number = {word: n for n, word in enumerate(words)}
        self.size = len(words)
        self.words: Counter[int] = Counter()
        self.pairs: Counter[Pair] = Counter()
        self.triples: Counter[Triple] = Counter()
        for sentence in sentences:
            first = second = -1
            for token in TOKEN.findall(sentence):
                word = number.get(token, -1)
                if word >= 0:
                    self.words[word] += 1
                    if second >= 0:
                        self.pairs[second, word] += 1
                        if first >= 0:
                            self.triples[first, second, word] += 1
                first, second = second, word
        self.total = sum(self.words.values())


def levels(values: Iterable[float]) -> npt.NDArray[np.int8]:
    """ln of some ratios in the steps that are stored."""
    logs = np.log(np.maximum(np.fromiter(values, dtype=np.float64), 1e-9))
    return np.clip(np.round(STEP * logs), -128, 127).astype(np.int8)


def bonds_of(counts: Counts) -> dict[str, npt.NDArray[np.generic]]:
    """What `dabir.text.repair.bonds` reads: how much likelier a word is after one and after two."""
    seen: Counter[int] = Counter()
    kinds: Counter[int] = Counter()
    for (before, _), count in counts.pairs.items():
        seen[before] += count
        kinds[before] += 1
    rest = [DISCOUNT * kinds[n] / seen[n] if seen[n] else 1.0 for n in range(counts.size)]
    share = {n: count / counts.total for n, count in counts.words.items()}
    pairs = sorted(pair for pair, count in counts.pairs.items() if count >= LEAST_PAIR)
    ratio = {
        (v, w): (counts.pairs[v, w] - DISCOUNT) / seen[v] / share[w] + rest[v] for v, w in pairs
    }
    place = {pair: n for n, pair in enumerate(pairs)}
    begun: Counter[Pair] = Counter()
    ways: Counter[Pair] = Counter()
    for (u, v, _), count in counts.triples.items():
        begun[u, v] += count
        ways[u, v] += 1
    left = {pair: DISCOUNT * ways[pair] / begun[pair] if begun[pair] else 1.0 for pair in pairs}
    triples = sorted(one for one, count in counts.triples.items() if count >= LEAST_TRIPLE)
    triple = [
        (counts.triples[u, v, w] - DISCOUNT) / begun[u, v] / share[w] + left[u, v] * ratio[v, w]
        for u, v, w in triples
    ]
    return {
        "pair_steps": steps(v * counts.size + w for v, w in pairs),
        "triple_steps": steps(place[u, v] * counts.size + w for u, v, w in triples),
        "pair": levels(ratio[pair] for pair in pairs),
        "triple": levels(triple),
        "after_word": levels(rest),
        "after_pair": levels(left[pair] for pair in pairs),
    }


def steps(keys: Iterable[int]) -> npt.NDArray[np.int32]:
    """Rising keys as the steps between them."""
    return np.diff(np.fromiter(keys, dtype=np.int64), prepend=0).astype(np.int32)


def main() -> None:
    """Count the named files and pack what stood side by side more than once."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("sentences", type=Path, nargs="+")
    told = reader.parse_args()
    sentences = (line for path in told.sentences for line in sentences_in(path))
    held = io.BytesIO()
    np.savez(held, **bonds_of(Counts(sentences, single_words(lexicon()))))
    told.out.write_bytes(lzma.compress(held.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{told.out}: {told.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
