"""The character language model: how likely each next sign is after the seven before it.

The packed model is a trie over runs of signs. A node knows its children as one 64-bit mask, so a
child is found by counting bits, for thousands of contexts at a time. A *state* is the row of nodes
of the last one, two, ... signs; a node never seen is `missing`.
"""

import functools
import lzma
from importlib import resources

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import END, SPACE

PROBABILITY_STEP = 0.06
BACKOFF_STEP = 0.03
SPARE_SPACE = -1.5  # nats a space costs that follows a space: layout, not language
BIT = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))
LOWER = BIT - np.uint64(1)
States = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]


class CharacterModel:
    """A back-off model of signs, asked for many contexts at once."""

    order: int
    missing: int

    @classmethod
    def unpacked(cls, packed: bytes) -> "CharacterModel":
        """The model from its packed bytes, as the training script wrote them."""
        model = cls()
        raw = memoryview(lzma.decompress(packed))
        model.order = raw[0]
        sizes = [int.from_bytes(raw[1 + 4 * n : 5 + 4 * n], "little") for n in range(model.order)]
        total, inner = sum(sizes), sum(sizes[:-1])
        starts = np.cumsum([1 + 4 * model.order, total, inner, total])
        signs, children, shares, weights = (
            np.frombuffer(raw, np.uint8, count, int(start))
            for start, count in zip(starts, (total, inner, total, inner), strict=True)
        )
        cost = (-PROBABILITY_STEP * np.arange(256)).astype(np.float32)
        back = (-BACKOFF_STEP * (np.arange(256) - 50)).astype(np.float32)
        model.grow(signs, children, cost[shares], back[weights], sizes[0])
        return model

    def grow(
        self,
        signs: npt.NDArray[np.uint8],
        children: npt.NDArray[np.uint8],
        shares: Scores,
        weights: Scores,
        roots: int,
    ) -> None:
        """Lay the trie out: node numbers run level by level, each level in key order."""
        count, inner = len(signs), len(children)
        self.missing = count
        first = np.empty(inner, dtype=np.int32)
        first[0] = roots
        np.cumsum(children[:-1], out=first[1:], dtype=np.int32)
        first[1:] += roots
        bits = np.left_shift(np.uint64(1), signs.astype(np.uint64))
        full = np.flatnonzero(children)
        self._mask = np.zeros(count + 1, dtype=np.uint64)
        self._mask[full] = np.bitwise_or.reduceat(bits, first[full])
        self._first = np.append(first, np.zeros(count + 1 - inner, dtype=np.int32))
        self._share = np.append(shares, np.float32(0))
        self._weight = np.append(weights, np.zeros(count + 1 - inner, dtype=np.float32))

    def unknown(self, rows: int) -> States:
        """States that know nothing of what went before."""
        return np.full((rows, self.order - 1), self.missing, dtype=np.int32)

    def step(self, states: States, signs: npt.NDArray[np.uint8]) -> tuple[Scores, States]:
        """ln P(sign | state) of each row and the state after it.

        A space after a space or a paragraph end is layout: it costs a fixed price and leaves the
        state as it was.
        """
        mask = self._mask.take(states)
        below = mask & LOWER[signs][:, None]
        has = (mask & BIT[signs][:, None]) != 0
        child = self._first.take(states)
        child += np.bitwise_count(below)
        child[~has] = self.missing
        depth = np.count_nonzero(has, axis=1)
        rows = np.arange(len(signs))
        deepest = np.where(depth > 0, child[rows, depth - 1], signs)
        weights = self._weight.take(states)
        weights[has] = 0
        score = self._share.take(deepest) + weights.sum(axis=1)
        after = np.empty_like(states)
        after[:, 0] = signs
        after[:, 1:] = child[:, :-1]
        spare = (signs == SPACE) & ((states[:, 0] == SPACE) | (states[:, 0] == END))
        if spare.any():
            score[spare] = SPARE_SPACE
            after[spare] = states[spare]
        return score, after

    def read(self, states: States, signs: npt.NDArray[np.uint8]) -> tuple[Scores, States]:
        """Scores of each sign of each row of `signs` (rows x length), and the last states."""
        found = np.zeros(signs.shape, dtype=np.float32)
        for place in range(signs.shape[1]):
            found[:, place], states = self.step(states, signs[:, place])
        return found, states


@functools.cache
def language_model() -> CharacterModel:
    """The model that ships with the library; read once."""
    packed = resources.files("dabir.text.model").joinpath("ngram.xz").read_bytes()
    return CharacterModel.unpacked(packed)
