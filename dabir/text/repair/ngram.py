"""The character language model: how likely each next sign is after the seven before it.

The packed model is a trie over runs of signs. A node knows its children as one 64-bit mask, so a
child is found by counting bits, for thousands of contexts at a time. A *state* is the node of the
longest known run of last signs; where it has no child for the next sign, its weight is paid and the
run without its first sign is asked: every node knows that one, too.
"""

import functools
import zlib
from collections.abc import Sequence
from importlib import resources
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import END, SPACE

PROBABILITY_STEP = 0.06
BACKOFF_STEP = 0.03
SPARE_SPACE = -1.5  # nats a space costs that follows a space: layout, not language
ONE = np.uint64(1)
BIT = np.left_shift(ONE, np.arange(64, dtype=np.uint64))
LOWER = BIT - ONE
States = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]
Signs = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


class CharacterModel:
    """A back-off model of signs, asked for many contexts at once.

    Nodes that have children come first, level by level, then the root, then the leaves.
    """

    order: int
    root: int

    @classmethod
    def unpacked(cls, packed: bytes) -> "CharacterModel":
        """The model from its packed bytes, as the training script wrote them."""
        model = cls()
        raw = memoryview(zlib.decompress(packed))
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
        model.grow(signs, children, cost[shares], back[weights], sizes)
        return model

    def grow(
        self,
        signs: Signs,
        children: Signs,
        shares: Scores,
        weights: Scores,
        sizes: Sequence[int],
    ) -> None:
        """Lay the trie out: nodes run level by level, each level in key order."""
        inner = len(children)
        self.root = inner
        first = np.empty(inner, dtype=np.int64)
        first[0] = sizes[0]
        np.cumsum(children[:-1], out=first[1:])
        first[1:] += sizes[0]
        bits = BIT[signs]
        full = np.flatnonzero(children)
        table = np.zeros((inner + 1, 2), dtype=np.uint64)  # the children's signs; the first child
        table[full, 0] = np.bitwise_or.reduceat(bits, first[full])
        table[:inner, 1] = first
        table[inner] = np.bitwise_or.reduce(bits[: sizes[0]]), 0
        table[:inner, 1] += (first >= inner).astype(np.uint64)  # the root has a place, too
        self.table = table
        self.share = np.insert(shares, inner, 0).astype(np.float32)
        self.weight = np.append(weights, np.float32(0)).astype(np.float32)
        self.layout = np.isin(np.append(signs[:inner], np.uint8(63)), (SPACE, END))
        self.link = np.full(inner + 1, inner, dtype=np.int32)
        start = sizes[0]
        for above, size in pairwise(sizes[:-1]):
            parents = np.repeat(self.link[start - above : start], children[start - above : start])
            self.link[start : start + size] = self._child(parents, signs[start : start + size])
            start += size

    def _child(self, nodes: States, signs: Signs) -> npt.NDArray[np.int32]:
        """The child of each node for a sign it is known to have."""
        pairs = self.table.take(nodes, axis=0)
        below = np.bitwise_count(pairs[:, 0] & LOWER[signs])
        return np.asarray(pairs[:, 1] + below, dtype=np.int32)

    def unknown(self, rows: int) -> States:
        """States that know nothing of what went before."""
        return np.full(rows, self.root, dtype=np.int32)

    def step(self, states: States, signs: Signs) -> tuple[Scores, States]:
        """ln P(sign | state) of each row and the state after it.

        A space after a space or a paragraph end is layout: it costs a fixed price and leaves the
        state as it was.
        """
        pairs = self.table.take(states, axis=0)
        mask = pairs[:, 0]
        has = (mask & BIT.take(signs)) != 0
        after = (pairs[:, 1] + np.bitwise_count(mask & LOWER.take(signs))).astype(np.int32)
        parent = states
        score = np.where(has, self.share.take(after, mode="clip"), self.weight.take(states))
        rows = (~has).nonzero()[0]
        if len(rows):
            parent = states.copy()
            self._back_off(rows, self.link.take(states.take(rows)), signs, score, after, parent)
        leaves = (after > self.root).nonzero()[0]
        if len(leaves):  # cannot be a state: the run without its first sign is
            above = self.link.take(parent.take(leaves))
            after[leaves] = self._child(above, signs.take(leaves))
        spare = (signs == SPACE) & self.layout.take(states)
        if spare.any():
            score[spare] = SPARE_SPACE
            after[spare] = states[spare]
        return score, after

    def _back_off(
        self,
        rows: Places,
        nodes: States,
        signs: Signs,
        score: Scores,
        after: States,
        parent: States,
    ) -> None:
        """For rows whose state has no child for the sign, ask shorter and shorter runs."""
        wanted = signs.take(rows)
        bits, lower = BIT.take(wanted), LOWER.take(wanted)
        while True:
            pairs = self.table.take(nodes, axis=0)
            mask = pairs[:, 0]
            has = (mask & bits) != 0
            child = (pairs[:, 1] + np.bitwise_count(mask & lower)).astype(np.int32)
            score[rows] += np.where(
                has, self.share.take(child, mode="clip"), self.weight.take(nodes)
            )
            after[rows], parent[rows] = child, nodes
            rest = (~has).nonzero()[0]
            if not len(rest):
                return
            rows, nodes = rows.take(rest), self.link.take(nodes.take(rest))
            bits, lower = bits.take(rest), lower.take(rest)

    def read(self, states: States, signs: Signs) -> tuple[Scores, States]:
        """Scores of each sign of each row of `signs` (rows x length), and the last states."""
        found = np.zeros(signs.shape, dtype=np.float32)
        for place in range(signs.shape[1]):
            found[:, place], states = self.step(states, signs[:, place])
        return found, states


def side_by_side(models: Sequence[CharacterModel]) -> tuple[CharacterModel, States]:
    """Several models in one, so that they can be asked in one call, and the root of each."""
    inner = np.array([model.root + 1 for model in models])
    first = np.cumsum(inner) - inner
    leaves = np.array([len(model.share) for model in models]) - inner
    first_leaf = inner.sum() + np.cumsum(leaves) - leaves
    tables = []
    for model, here, there in zip(models, first, first_leaf, strict=True):
        table = model.table.copy()
        table[:, 1] += np.where(table[:, 1] > model.root, there - model.root - 1, here).astype(
            np.uint64
        )
        tables.append(table)
    whole = CharacterModel()
    whole.order = models[0].order
    whole.root = int(inner.sum()) - 1
    whole.table = np.concatenate(tables)
    whole.link = np.concatenate(
        [model.link + np.int32(here) for model, here in zip(models, first, strict=True)]
    )
    whole.weight = np.concatenate([model.weight for model in models])
    whole.layout = np.concatenate([model.layout for model in models])
    parts = [model.share[: model.root + 1] for model in models]
    parts += [model.share[model.root + 1 :] for model in models]
    whole.share = np.concatenate(parts)
    return whole, np.asarray(first + inner - 1, dtype=np.int32)


@functools.cache
def language_model() -> CharacterModel:
    """The model that ships with the library; read once."""
    packed = resources.files("dabir.text.model").joinpath("ngram.zlib").read_bytes()
    return CharacterModel.unpacked(packed)
