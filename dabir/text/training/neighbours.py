"""What stands around each word, as a few numbers a word: words used alike come out alike.

Counts of the words up to three places before and after, weighed by how much oftener they stand
there than anywhere, and brought down to the directions in which words differ most.
"""

import functools
import random

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-not-found, import-untyped, unused-ignore]  # for training alone; tells no types

from dabir.text.repair.bonds import single_words
from dabir.text.repair.lexicon import lexicon
from dabir.text.repair.order import FIRST_WORD, NEW_PARAGRAPH, Tokens
from dabir.text.training.corpus import dressed

PLACES = ((-3, 0.4), (-2, 0.6), (-1, 1.0), (1, 1.0), (2, 0.6), (3, 0.4))  # and their weights
SEEN = 6000  # of the most frequent words, as neighbours
SPARE, TURNS = 16, 4  # of the search for directions
Vectors = npt.NDArray[np.float32]


@functools.cache
def tokens() -> Tokens:
    """The words of the lexicon, numbered as the encoder numbers them."""
    return Tokens(single_words(lexicon()))


def around(sentences: list[str], size: int) -> Vectors:
    """A row of `size` numbers for every word."""
    chance = random.Random(1)  # noqa: S311 - repeatable training, not secrecy
    ends = np.full(2, NEW_PARAGRAPH)
    runs = [
        np.concatenate([ends, tokens().of(dressed(text, chance))[0][:, 0], ends])
        for text in sentences
    ]
    words = np.concatenate(runs)
    owner = np.repeat(np.arange(len(runs)), [len(run) for run in runs])
    count = FIRST_WORD + len(tokens().number)
    column = np.full(count, -1)
    column[np.argsort(-np.bincount(words, minlength=count))[:SEEN]] = np.arange(SEEN)
    beside = sparse.hstack(
        [beside_at(words, owner, column, place) * weight for place, weight in PLACES]
    ).tocsr()
    length = np.sqrt(np.asarray(beside.multiply(beside).sum(1)).ravel() + 30)
    return directions((sparse.diags(1 / length) @ beside).astype(np.float32), size)


def beside_at(
    words: npt.NDArray[np.intp],
    owner: npt.NDArray[np.intp],
    column: npt.NDArray[np.intp],
    place: int,
) -> sparse.coo_matrix:
    """How much oftener each word has each neighbour at a place than chance says, in nats."""
    here, there = (
        slice(max(0, -place), min(0, -place) or None),
        slice(max(0, place), min(0, place) or None),
    )
    first, second = words[here], column[words[there]]
    kept = (owner[here] == owner[there]) & (second >= 0)
    shape = len(column), SEEN
    found = sparse.coo_matrix((np.ones(kept.sum()), (first[kept], second[kept])), shape=shape)
    found = found.tocsr()
    rows = np.asarray(found.sum(1)).ravel() + 2
    share = (np.asarray(found.sum(0)).ravel() + 1e-9) ** 0.75
    share /= share.sum()
    cells = found.tocoo()
    oftener = np.log(cells.data / rows[cells.row] / share[cells.col])
    return sparse.coo_matrix((np.maximum(oftener, 0), (cells.row, cells.col)), shape=shape)


def directions(matrix: sparse.csr_matrix, size: int) -> Vectors:
    """Each row in the directions in which the rows differ most, the first ones held back."""
    chance = np.random.default_rng(0)
    basis = chance.standard_normal((matrix.shape[1], size + SPARE)).astype(np.float32)
    for _ in range(TURNS):
        across, _ = np.linalg.qr(matrix @ basis)
        basis, _ = np.linalg.qr(matrix.T @ across)
    left, strength, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    found = left[:, :size] * strength[:size] ** 0.7
    return np.asarray(0.25 * found / np.sqrt((found**2).mean()), dtype=np.float32)
