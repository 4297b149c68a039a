"""What a document's other lines say: bodies and titles come again and again in a declaration.

A small model of up to six signs, made from every other raw line (inside a chunk the order of the
letters is right), and mixed into the language model with a weight learnt from the document itself.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import END, Codes
from dabir.text.repair.ngram import CharacterModel, side_by_side

ORDER = 6
DISCOUNT = 0.7
MOST = 0.3  # more than this and the damage itself would be learnt
Keys = npt.NDArray[np.uint64]
SIX = np.uint64(6)


class Echo:
    """The lines of one document, ready to be asked about each other."""

    def __init__(self, lines: Sequence[Codes]) -> None:
        stop = np.array([END], dtype=np.uint8)
        self._lines = [np.concatenate([stop, line]) for line in lines]

    def without(self, number: int) -> CharacterModel:
        """The model of all lines but one."""
        return estimated([*self._lines[:number], *self._lines[number + 1 :]])

    def weight(self, model: CharacterModel, sample: int = 12) -> float:
        """The share the echo deserves: what makes left-out lines likeliest, at most `MOST`."""
        if len(self._lines) < 8:
            return 0.0
        chosen = range(0, len(self._lines), max(1, len(self._lines) // sample))
        lines = [self._lines[number] for number in chosen]
        signs = np.full((len(lines), max(map(len, lines))), END, dtype=np.uint8)
        for row, line in enumerate(lines):
            signs[row, : len(line)] = line
        echo, roots = side_by_side([self.without(number) for number in chosen])
        there = np.arange(signs.shape[1]) < np.array([len(line) for line in lines])[:, None]
        own = np.exp(echo.read(roots, signs)[0][there])
        other = np.exp(model.read(model.unknown(len(lines)), signs)[0][there])
        share = 0.2
        for _ in range(8):
            share = float(np.mean(share * own / (share * own + (1 - share) * other)))
        return min(share, MOST)


def estimated(lines: Sequence[Codes]) -> CharacterModel:
    """Absolute discounting over the runs of signs of these lines."""
    stream = np.concatenate([*lines, np.array([END], dtype=np.uint8)]).astype(np.uint64)
    levels: list[tuple[Keys, npt.NDArray[np.float64], npt.NDArray[np.float64]]] = []
    window = stream
    ends = stream == END
    inside = np.zeros(len(stream), dtype=bool)
    for size in range(1, ORDER + 1):
        if size > 1:
            window = (window[:-1] << SIX) | stream[size - 1 :]
            inside = inside[: len(window)]
            if size > 2:
                inside = inside | ends[size - 2 : size - 2 + len(window)]
        keys, counts = np.unique(window[~inside], return_counts=True)
        levels.append(level(keys, counts.astype(np.float64), levels))
    return grown(levels)


def level(
    keys: Keys,
    counts: npt.NDArray[np.float64],
    below: list[tuple[Keys, npt.NDArray[np.float64], npt.NDArray[np.float64]]],
) -> tuple[Keys, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Keys, probabilities and (still open) back-off weights of one length of run."""
    if not below:
        share = np.full(64, DISCOUNT * len(keys) / counts.sum() / 64)
        share[keys.astype(np.intp)] += (counts - DISCOUNT) / counts.sum()
        return np.arange(64, dtype=np.uint64), share, np.ones(64)
    contexts, start = np.unique(keys >> SIX, return_index=True)
    totals = np.add.reduceat(counts, start)
    kinds = np.diff(np.append(start, len(keys)))
    owner = np.repeat(np.arange(len(contexts)), kinds)
    freed = DISCOUNT * kinds / totals
    lower, lower_share, lower_weight = below[-1]
    lower_weight[np.searchsorted(lower, contexts)] = freed
    tails = keys & np.uint64((1 << 6 * len(below)) - 1)
    share = (counts - DISCOUNT) / totals[owner]
    share = share + freed[owner] * lower_share[np.searchsorted(lower, tails)]
    return keys, share, np.ones(len(keys))


def grown(
    levels: list[tuple[Keys, npt.NDArray[np.float64], npt.NDArray[np.float64]]],
) -> CharacterModel:
    """The levels as a trie."""
    model = CharacterModel()
    model.order = len(levels)
    signs = np.concatenate([keys & np.uint64(63) for keys, _, _ in levels]).astype(np.uint8)
    shares = np.log(np.concatenate([share for _, share, _ in levels])).astype(np.float32)
    weights = np.log(np.concatenate([w for _, _, w in levels[:-1]])).astype(np.float32)
    children = []
    for (keys, _, _), (below, _, _) in pairwise(levels):
        above = below >> SIX
        children.append(np.searchsorted(above, keys, "right") - np.searchsorted(above, keys))
    sizes = [len(keys) for keys, _, _ in levels]
    model.grow(signs, np.concatenate(children).astype(np.uint8), shares, weights, sizes)
    return model
