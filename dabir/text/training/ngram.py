"""Trains the character language model of the repair and packs it.

    python -m dabir.text.training.ngram OUT.zlib SENTENCES [SENTENCES ...] --weights .65 .35

Interpolated modified Kneser-Ney on characters, one model a corpus, mixed into a single back-off
model over the union of their n-grams (as SRILM's static mixture does), packed as a trie: children
counts, signs, probability and back-off weight, one byte each, then deflate.
"""

import argparse
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import END, SIZE, Codes
from dabir.text.repair.ngram import BACKOFF_STEP, PROBABILITY_STEP
from dabir.text.training.corpus import sentences_in, stream_of

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Table = dict[str, npt.NDArray[np.generic]]
SIX = np.uint64(6)


def windows(stream: Codes, order: int) -> Keys:
    """Every run of `order` signs that stays inside one paragraph, packed."""
    size = len(stream) - order + 1
    keys = np.zeros(size, dtype=np.uint64)
    valid = np.ones(size, dtype=bool)
    for place in range(order):
        part = stream[place : place + size]
        keys = (keys << SIX) | part.astype(np.uint64)
        if 0 < place < order - 1:
            valid &= part != END
    return keys[valid]


def discounts(counts: npt.NDArray[np.int64]) -> Floats:
    """Chen and Goodman's three discounts, from the counts of counts."""
    n1, n2, n3, n4 = (max(1, int((counts == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    return np.array([0.0, *(min(max(d, 0.05), k - 0.05) for k, d in enumerate(found, 1))])


def adjusted(stream: Codes, order: int) -> list[tuple[Keys, npt.NDArray[np.int64]]]:
    """Kneser-Ney counts a level: raw at the top, numbers of left neighbours below it."""
    keys, counts = np.unique(windows(stream, order), return_counts=True)
    levels = [(keys, counts)]
    for size in range(order - 1, 0, -1):
        raw, times = np.unique(windows(stream, size), return_counts=True)
        tails = levels[0][0] & np.uint64((1 << 6 * size) - 1)
        seen, kinds = np.unique(tails, return_counts=True)
        place = np.searchsorted(seen, raw)
        place[place == len(seen)] = 0
        left = np.where(seen[place] == raw, kinds[place], 0)
        starts = (raw >> np.uint64(6 * (size - 1))) == END
        counts = np.where(starts | (left == 0), times, left)
        levels.insert(0, (raw, counts))
    return levels


def kneser_ney(stream: Codes, order: int) -> list[Table]:
    """The interpolated model of one corpus: keys, probability and back-off weight a level."""
    levels: list[Table] = []
    lower: Table | None = None
    for size, (keys, counts) in enumerate(adjusted(stream, order), 1):
        cut = discounts(counts)
        kind = np.minimum(counts, 3)
        contexts, start = np.unique(keys >> SIX, return_index=True)
        totals = np.add.reduceat(counts, start).astype(np.float64)
        freed = np.add.reduceat(cut[kind], start) / totals
        owner = np.repeat(np.arange(len(contexts)), np.diff(np.append(start, len(keys))))
        below: Floats
        if lower is None:
            below = np.full(len(keys), 1.0 / SIZE)
        else:
            tail = keys & np.uint64((1 << 6 * (size - 1)) - 1)
            below = np.asarray(lower["p"])[np.searchsorted(np.asarray(lower["key"]), tail)]
            weight = np.ones(len(np.asarray(lower["key"])))
            weight[np.searchsorted(np.asarray(lower["key"]), contexts)] = freed
            lower["bow"] = weight
        share = (counts - cut[kind]) / totals[owner] + freed[owner] * below
        lower = {"key": keys, "p": share, "bow": np.ones(len(keys))}
        levels.append(lower)
    return levels


def probability(levels: list[Table], keys: Keys, size: int) -> Floats:
    """What one model gives each key of `size` signs, backing off where it never saw it."""
    result = np.zeros(len(keys))
    weight = np.ones(len(keys))
    open_ = np.arange(len(keys))
    for level in range(size, 0, -1):
        own = np.asarray(levels[level - 1]["key"])
        part = keys[open_] & np.uint64((1 << 6 * level) - 1)
        place = np.minimum(np.searchsorted(own, part), len(own) - 1)
        hit = own[place] == part
        result[open_[hit]] = weight[open_[hit]] * np.asarray(levels[level - 1]["p"])[place[hit]]
        open_, part = open_[~hit], part[~hit]
        if level > 1 and len(open_):
            above = np.asarray(levels[level - 2]["key"])
            spot = np.minimum(np.searchsorted(above, part >> SIX), len(above) - 1)
            known = above[spot] == part >> SIX
            weight[open_] *= np.where(known, np.asarray(levels[level - 2]["bow"])[spot], 1.0)
    result[open_] = weight[open_] / SIZE
    return result


def mixed(models: list[list[Table]], weights: list[float], order: int) -> list[Table]:
    """One back-off model over the union of n-grams; each probability is the weighted mean."""
    levels: list[Table] = []
    for size in range(1, order + 1):
        keys = np.unique(np.concatenate([np.asarray(m[size - 1]["key"]) for m in models]))
        if size == 1:
            keys = np.arange(SIZE, dtype=np.uint64)
        shares = [w * probability(m, keys, size) for w, m in zip(weights, models, strict=True)]
        p = np.sum(shares, axis=0)
        levels.append({"key": keys, "p": p, "bow": np.ones(len(keys))})
        if size > 1:
            contexts, start = np.unique(keys >> SIX, return_index=True)
            used = np.add.reduceat(p, start)
            tail = keys & np.uint64((1 << 6 * (size - 1)) - 1)
            taken = np.add.reduceat(probability(levels, tail, size - 1), start)
            bow = np.maximum(1 - used, 1e-4) / np.maximum(1 - taken, 1e-4)
            above = np.asarray(levels[size - 2]["key"])
            np.asarray(levels[size - 2]["bow"])[np.searchsorted(above, contexts)] = bow
    return levels


def pack(levels: list[Table]) -> bytes:
    """The trie as bytes: order, then a level at a time signs, children, probability, weight."""
    parts = [bytes([len(levels)])]
    streams: list[list[bytes]] = [[], [], [], []]
    for size, level in enumerate(levels, 1):
        keys = np.asarray(level["key"])
        parts.append(len(keys).to_bytes(4, "little"))
        p = np.clip(np.rint(-np.log(np.asarray(level["p"])) / PROBABILITY_STEP), 0, 255)
        streams[0].append((keys & np.uint64(63)).astype(np.uint8).tobytes())
        streams[2].append(p.astype(np.uint8).tobytes())
        if size < len(levels):
            below = np.asarray(levels[size]["key"]) >> SIX
            children = np.searchsorted(below, keys, "right") - np.searchsorted(below, keys)
            bow = np.clip(np.rint(-np.log(np.asarray(level["bow"])) / BACKOFF_STEP), -50, 205)
            streams[1].append(children.astype(np.uint8).tobytes())
            streams[3].append((bow + 50).astype(np.uint8).tobytes())
    blocks = [b"".join(stream) for stream in streams]
    packer = zlib.compressobj(
        9, memLevel=9
    )  # a tenth larger than lzma, opened in a fifth of the time
    return packer.compress(b"".join(parts + blocks)) + packer.flush()


def main() -> None:
    """Train on the named files and write the packed model."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("sentences", type=Path, nargs="+")
    reader.add_argument("--weights", type=float, nargs="+", required=True)
    reader.add_argument("--order", type=int, default=8)
    reader.add_argument("--held-out", type=int, default=0, help="leave out every Nth sentence")
    told = reader.parse_args()
    models = []
    for path in told.sentences:
        lines = sentences_in(path)
        if told.held_out:
            lines = [line for n, line in enumerate(lines) if n % told.held_out]
        models.append(kneser_ney(stream_of(lines, seed=1), told.order))
    data = pack(mixed(models, told.weights, told.order))
    told.out.write_bytes(data)
    print(f"{told.out}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
