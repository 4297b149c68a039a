"""What one reading of a line would change of another, and how likely that is."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dabir.text.repair.candidates import Candidate

Floats = npt.NDArray[np.float64]
FAINT = 1e-4  # of the weight: readings below it say nothing


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


def places_of(one: Candidate) -> list[int]:
    """For each character of a reading the place in the raw line that it came from.

    A ZWNJ that was put in has the negative of the place before which it stands.
    """
    found: list[int] = []
    for start, end, zwnj in one.chunks:
        if zwnj:
            found.append(-start - 1)
        found.extend(range(start, end))
    return found


def common_order(places: list[int]) -> set[int]:
    """The longest rising run of some places: what two readings have in the same order."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, value in enumerate(places):
        slot = bisect_left(tops, value)
        before.append(ends[slot - 1] if slot else -1)
        if slot == len(tops):
            tops.append(value)
            ends.append(n)
        else:
            tops[slot], ends[slot] = value, n
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(places[at])
        at = before[at]
    return kept


@dataclass(frozen=True)
class Changes:
    """The characters that would go elsewhere; between which two how many would come instead."""

    gone: list[int]
    put: list[tuple[int, int, int]]  # the last one that stays, the next one that does, how many

    def touched(self, size: int) -> list[int]:
        """The characters that would go, and those beside what would come."""
        beside = {n for left, right, _ in self.put for n in (left, right) if 0 <= n < size}
        return sorted(beside.union(self.gone))


def changes(chosen: list[int], other: list[int]) -> Changes:
    """What `other` would change of `chosen`, both told by places in the raw line."""
    where = {place: n for n, place in enumerate(chosen)}
    kept = common_order([where[place] for place in other if place in where])
    put = []
    last, waiting = -1, 0
    for place in other:
        here = where.get(place, -1)
        if here not in kept:
            waiting += 1
            continue
        if waiting:
            put.append((last, here, waiting))
        last, waiting = here, 0
    if waiting:
        put.append((last, len(chosen), waiting))
    return Changes([n for n in range(len(chosen)) if n not in kept], put)


@dataclass(frozen=True)
class Weights:
    """For each temperature and character of a line how much weight the other readings give to this:
    that it lies in the whole stretch that would change, that it would be moved or parted, that it
    would go; and how many characters would come before it (one more place: at the end).
    """

    stretch: Floats
    moves: Floats
    gone: Floats
    come: Floats

    def errors(self) -> tuple[Floats, Floats, Floats]:
        """How many errors a flag on each character is expected to show, and their two kinds."""
        beside = self.come[:, :-1] + self.come[:, 1:]
        return self.gone + beside / 2, self.gone, beside


def expectations(chosen: int, candidates: Sequence[Candidate], mass: Floats) -> Weights:
    """What the other readings of a line would change of the chosen one."""
    size = len(candidates[chosen].text)
    own = places_of(candidates[chosen])
    stretch, moves, gone = (np.zeros((len(mass), size)) for _ in range(3))
    come = np.zeros((len(mass), size + 1))
    for place, other in enumerate(candidates):
        if place == chosen or mass[-1, place] < FAINT:
            continue
        share = mass[:, place, None]
        start, end, _ = differing(candidates[chosen].text, other.text)
        stretch[:, max(0, start - 1) : end + 1] += share
        if len(own) != size:
            continue
        change = changes(own, places_of(other))
        moves[:, change.touched(size)] += share
        gone[:, change.gone] += share
        for left, right, count in change.put:
            # as many as go from there merely stand in their stead
            come[:, right] += share[:, 0] * max(0, count - (right - left - 1))
    return Weights(stretch, moves, gone, come)
