"""A small recurrent network that remembers more than seven signs; it puts good readings in order.

Readings of one line share their beginnings, so they are scored as a tree, one level at a time: one
matrix product a sign, however many readings and lines there are.
"""

import functools
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import Codes

Floats = npt.NDArray[np.float32]


class SignNetwork:
    """A gated recurrent network over signs; a state is one row of its units."""

    def __init__(self, source: Path | BinaryIO) -> None:
        with np.load(source) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        self.units = arrays["gru_weight_hh_l0"].shape[1]
        inputs = arrays["embedding_weight"] @ arrays["gru_weight_ih_l0"].T
        self._inputs = inputs + arrays["gru_bias_ih_l0"]
        self._inner = np.ascontiguousarray(arrays["gru_weight_hh_l0"].T)
        self._inner_bias = arrays["gru_bias_hh_l0"]
        self._out = np.ascontiguousarray(arrays["out_weight"].T)
        self._out_bias = arrays["out_bias"]

    def start(self) -> Floats:
        """The state before anything was read."""
        return np.zeros((1, self.units), dtype=np.float32)

    def step(self, states: Floats, signs: Codes) -> Floats:
        """The states after one more sign each."""
        inner = states @ self._inner + self._inner_bias
        outer = self._inputs[signs]
        cut = 2 * self.units
        gates = 0.5 * np.tanh(0.5 * (inner[:, :cut] + outer[:, :cut])) + 0.5
        fresh = np.tanh(outer[:, cut:] + gates[:, : self.units] * inner[:, cut:])
        return np.asarray(fresh + gates[:, self.units :] * (states - fresh), dtype=np.float32)

    def next_signs(self, states: Floats) -> Floats:
        """ln P(sign) after each state: one row a state."""
        scores = states @ self._out + self._out_bias
        scores -= scores.max(axis=1, keepdims=True)
        return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))

    def states_along(self, runs: Sequence[Codes], marks: Sequence[Sequence[int]]) -> list[Floats]:
        """For each run of signs the states after as many signs as its marks say (rising)."""
        longest = sorted(range(len(runs)), key=lambda n: -len(runs[n]))
        wanted = [set(marks[n]) for n in longest]
        found: list[list[Floats]] = [[] for _ in runs]
        states = np.repeat(self.start(), len(runs), axis=0)
        live = len(runs)
        for place in range(max(map(len, runs), default=0) + 1):
            for row in range(live):
                if place in wanted[row]:
                    found[longest[row]].append(states[row].copy())
            while live and len(runs[longest[live - 1]]) <= place:
                live -= 1
            if not live:
                break
            signs = np.array([runs[longest[row]][place] for row in range(live)], dtype=np.uint8)
            states = self.step(states[:live], signs)
        return [np.stack(one) for one in found]

    def score(self, states: Floats, lines: Sequence[Sequence[Codes]]) -> list[Floats]:
        """ln P of the readings of each line, each line after a state of its own (a row)."""
        runs = [codes for readings in lines for codes in readings]
        group = np.repeat(np.arange(len(lines)), [len(readings) for readings in lines])
        width = max(len(codes) for codes in runs)
        signs = np.zeros((len(runs), width), dtype=np.int64)
        for row, codes in enumerate(runs):
            signs[row, : len(codes)] = codes
        length = np.array([len(codes) for codes in runs])
        total = np.zeros(len(runs), dtype=np.float32)
        scores = self.next_signs(states)
        for place in range(width):
            on = length > place
            total[on] += scores[group[on], signs[on, place]]
            on = length > place + 1
            if not on.any():
                break
            keys, back = np.unique(group[on] * 64 + signs[on, place], return_inverse=True)
            states = self.step(states[keys // 64], (keys % 64).astype(np.uint8))
            scores = self.next_signs(states)
            group[on] = back
        return np.split(total, np.cumsum([len(readings) for readings in lines])[:-1])


@functools.cache
def sign_network() -> SignNetwork:
    """The network that ships with the library; read once."""
    with resources.files("dabir.text.model").joinpath("network.npz").open("rb") as stored:
        return SignNetwork(stored)  # type: ignore[arg-type] # a binary stream, says typeshed wider
