"""What language says of every chunk after every memory, for several lines at once.

The first seven signs of a chunk depend on what was written before it; the rest does not. As soon as
no known run of signs reaches back before the chunk, its score is the one it has by itself, so most
joins are settled after two or three signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import JOINS_NEXT, OPEN, ZWNJ
from dabir.text.repair.cutting import MEMORY, Line
from dabir.text.repair.ngram import CharacterModel, Scores, States

Number = TypeVar("Number", bound=np.generic)
NO_JOIN = -1e4
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Voice:
    """A model with a say in every score: its share, and the root it starts from for each line."""

    model: CharacterModel
    roots: States
    share: float = 1.0


def weighed(voices: Sequence[Voice], scores: Sequence[Scores]) -> Scores:
    """The scores of several models as one."""
    if len(voices) == 1:
        return scores[0]
    shares = [np.float32(np.log(voice.share)) for voice in voices]
    return np.asarray(np.logaddexp(scores[0] + shares[0], scores[1] + shares[1]))


class Heads:
    """How one voice scores the first signs of each possible chunk, alone and after a memory."""

    def __init__(self, voice: Voice, signs: npt.NDArray[np.uint8], owner: Places) -> None:
        self.model, self.signs = voice.model, signs
        self.scores = np.zeros(signs.shape, dtype=np.float32)
        self.states = np.zeros((len(signs), MEMORY + 1), dtype=np.int32)
        self.states[:, 0] = voice.roots[owner]
        for place in range(MEMORY):
            found = self.model.step(self.states[:, place], signs[:, place])
            self.scores[:, place], self.states[:, place + 1] = found

    def after(self, nodes: States, heads: Places) -> tuple[Scores, States]:
        """Scores (rows x 7) and states (rows x 8) of heads, each after a state of its own."""
        scores, states = self.scores[heads], self.states[heads]
        live = np.flatnonzero(nodes != states[:, 0])
        states[:, 0] = nodes
        now = nodes[live]
        for place in range(MEMORY):
            if not len(live):
                break
            which = heads[live]
            scores[live, place], now = self.model.step(now, self.signs[which, place])
            states[live, place + 1] = now
            apart = now != self.states[which, place + 1]
            live, now = live[apart], now[apart]
        return scores, states


class Joins:
    """Sums of the scores of the first signs of chunks after memories, and the states they lead to.

    `sums[base[row] + start row, with ZWNJ, signs]`: a row is a memory of one line.
    """

    def __init__(self, lines: Sequence[Line], voices: Sequence[Voice]) -> None:
        self.voices = voices
        self.sizes = np.array([len(line.starts) for line in lines])
        self._first = np.cumsum(self.sizes) - self.sizes
        owner = np.repeat(np.arange(len(lines)), self.sizes)
        signs = np.concatenate([line.heads for line in lines])
        self._letters = np.concatenate([line.letter_heads for line in lines])
        self._heads = [Heads(voice, signs, owner) for voice in voices]
        self.own, self.raw = self._alone(lines)
        self.base = np.zeros(64, dtype=np.int64)
        self.rows = 0
        self._used = 0
        self.sums = np.zeros((4096, 2, MEMORY + 1), dtype=np.float32)
        self.states = [np.zeros((4096, 2, MEMORY + 1), dtype=np.int32) for _ in voices]

    def _alone(self, lines: Sequence[Line]) -> tuple[Floats, list[States]]:
        """Running sums of the scores of each raw line, and the states of each voice in it."""
        width = max(line.size for line in lines)
        signs = np.full((len(lines), width), OPEN, dtype=np.uint8)
        for row, line in enumerate(lines):
            signs[row, : line.size] = line.codes
        scores = [np.zeros(signs.shape, dtype=np.float32) for _ in self.voices]
        states = [np.zeros((len(lines), width + 1), dtype=np.int32) for _ in self.voices]
        for voice, score, state in zip(self.voices, scores, states, strict=True):
            state[:, 0] = voice.roots
            for place in range(width):
                found = voice.model.step(state[:, place], signs[:, place])
                score[:, place], state[:, place + 1] = found
        sums = np.zeros((len(lines), width + 1))
        np.cumsum(weighed(self.voices, scores), axis=1, out=sums[:, 1:])
        return sums, states

    def contexts(self, context: int, lines: int) -> list[States]:
        """The state of each voice in each line after one sign."""
        signs = np.full(lines, context, dtype=np.uint8)
        return [voice.model.step(voice.roots, signs)[1] for voice in self.voices]

    def states_after(
        self, rows: Places, start: Places, zwnj: Places, size: Places, line: Places, end: Places
    ) -> list[States]:
        """The states after a memory and a chunk of `size` signs that ends at `end` of its line."""
        short = np.minimum(size, MEMORY)
        place = self.base[rows] + start
        return [
            np.where(size > MEMORY, raw[line, end], states[place, zwnj, short])
            for raw, states in zip(self.raw, self.states, strict=True)
        ]

    def prepare(self, line: Places, below: Places, nodes: list[States], last: Places) -> Places:
        """Score every start from row `below` on after each of these memories; gives their rows."""
        count = self.sizes[line] - below
        rows = np.arange(self.rows, self.rows + len(line))
        ends = np.cumsum(count)
        self._make_room(self.rows + len(line), self._used + int(ends[-1]))
        self.base[rows] = self._used + ends - count - below
        memory = np.repeat(np.arange(len(line)), count)
        start = np.arange(ends[-1]) - (ends - count - below)[memory]
        heads = self._first[line[memory]] + start
        places = self._used + np.arange(ends[-1])
        joining = JOINS_NEXT[last]
        joined = np.flatnonzero(joining[memory] & self._letters[heads])
        both = np.concatenate([heads, heads[joined]])
        prices, scores = [], []
        for voice, own, head, store in zip(
            self.voices, nodes, self._heads, self.states, strict=True
        ):
            price, after = voice.model.step(own, np.full(len(own), ZWNJ, dtype=np.uint8))
            score, states = head.after(np.concatenate([own[memory], after[memory[joined]]]), both)
            store[places, 0] = states[: len(heads)]
            store[places[joined], 1] = states[len(heads) :]
            prices.append(price)
            scores.append(score)
        sums = np.cumsum(weighed(self.voices, scores), axis=1)
        self.sums[places, 0, 1:] = sums[: len(heads)]
        self.sums[places, 1] = NO_JOIN
        price = weighed(self.voices, prices)[memory[joined], None]
        self.sums[places[joined], 1, 1:] = sums[len(heads) :] + price
        self.rows += len(line)
        self._used += int(ends[-1])
        return rows

    def _make_room(self, rows: int, places: int) -> None:
        if rows > len(self.base):
            self.base = np.resize(self.base, 2 * rows)
        if places > len(self.sums):
            self.sums = roomier(self.sums, self._used, 2 * places)
            self.states = [roomier(old, self._used, 2 * places) for old in self.states]


def roomier(old: npt.NDArray[Number], used: int, places: int) -> npt.NDArray[Number]:
    """The same with room for more places."""
    room = np.zeros((places, *old.shape[1:]), dtype=old.dtype)
    room[:used] = old[:used]
    return room
