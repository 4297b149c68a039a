"""How sure the reading of each character is, from the readings that nearly won."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dabir.text.repair.candidates import Candidate

Floats = npt.NDArray[np.float64]
TEMPERATURES = (1.0, 3.0, 8.0)
WIDEN = 2


@dataclass(frozen=True)
class Doubt:
    """A doubtful stretch of a line's text, and how else it might read."""

    start: int
    end: int
    chance: float
    candidates: tuple[str, ...]


def differing(chosen: str, other: str) -> tuple[int, int, int]:
    """The stretch of `chosen` that `other` would change, and where it ends in `other`."""
    head = 0
    shorter = min(len(chosen), len(other))
    while head < shorter and chosen[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and chosen[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, len(chosen) - tail, len(other) - tail


def expectations(chosen: int, candidates: list[Candidate], scores: Floats) -> Floats:
    """For each temperature and character: how much weight says that it should be another."""
    text = candidates[chosen].text
    weights = []
    for heat in TEMPERATURES:
        lifted = np.exp((scores - scores.max()) / heat)
        weights.append(lifted / lifted.sum())
    found = np.zeros((len(TEMPERATURES), len(text)))
    for place, other in enumerate(candidates):
        if place == chosen:
            continue
        start, end, _ = differing(text, other.text)
        for row, weight in enumerate(weights):
            found[row, max(0, start - 1) : end + 1] += weight[place]
    return found


def features(
    chosen: int, candidates: list[Candidate], scores: Floats, surprise: Floats
) -> Floats:
    """What the doubt of each character is judged by, one row a character."""
    one = candidates[chosen]
    size = len(one.text)
    expected = np.clip(expectations(chosen, candidates, scores), 1e-6, 1 - 1e-6)
    logits = np.log(expected / (1 - expected))
    others = np.delete(scores, chosen)
    margin = min(25.0, float(scores[chosen] - others.max())) if len(others) else 25.0
    cuts = np.full(size, 99.0)
    at = 0
    for start, end, zwnj in one.chunks[:-1]:
        at += end - start + zwnj
        cuts = np.minimum(cuts, np.abs(np.arange(size) + 0.5 - at))
    return np.column_stack(
        [
            logits.T,
            np.full(size, margin),
            np.full(size, np.log(len(one.chunks))),
            surprise[:size],
            np.exp(-cuts / 4),
        ]
    )


def doubts(
    chosen: int, candidates: list[Candidate], scores: Floats, chance: Floats, threshold: float
) -> list[Doubt]:
    """The stretches over the threshold, widened, each with its other readings."""
    text = candidates[chosen].text
    marked = np.zeros(len(text), dtype=bool)
    for place in np.flatnonzero(chance > threshold):
        marked[max(0, place - WIDEN) : place + WIDEN + 1] = True
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    order = np.argsort(-scores)
    found = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        readings: list[str] = []
        for place in order[:40]:
            first, last, other_last = differing(text, candidates[place].text)
            if place == chosen or first >= end or last <= start:
                continue
            low, high = min(start, first), max(end, last)
            other = candidates[place].text
            reading = text[start:low] + other[low : other_last + high - last] + text[high:end]
            if low == start and high == end and reading not in readings:
                readings.append(reading)
        found.append(Doubt(start, end, float(chance[start:end].max()), tuple(readings[:5])))
    return found
