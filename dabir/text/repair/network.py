"""A small recurrent network that remembers more than seven signs; it puts good readings in order.

Readings of one line share their beginnings, so they are scored as a tree, one level at a time: one
matrix product a sign, however many readings there are.
"""

import functools
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

    def read(self, state: Floats, codes: Codes) -> Floats:
        """The state after a run of signs."""
        for sign in codes:
            state = self.step(state, np.array([sign], dtype=np.uint8))
        return state

    def score(self, state: Floats, lines: list[Codes]) -> Floats:
        """ln P of each line after `state` (one row)."""
        width = max(len(codes) for codes in lines)
        signs = np.zeros((len(lines), width), dtype=np.int64)
        live = np.zeros((len(lines), width), dtype=bool)
        for row, codes in enumerate(lines):
            signs[row, : len(codes)] = codes
            live[row, : len(codes)] = True
        total = np.zeros(len(lines), dtype=np.float32)
        group = np.zeros(len(lines), dtype=np.int64)
        states, scores = state, self.next_signs(state)
        for place in range(width):
            on = live[:, place]
            total[on] += scores[group[on], signs[on, place]]
            on_next = live[:, place + 1] if place + 1 < width else np.zeros(len(lines), dtype=bool)
            if not on_next.any():
                break
            keys, back = np.unique(group[on_next] * 64 + signs[on_next, place], return_inverse=True)
            states = self.step(states[keys // 64], (keys % 64).astype(np.uint8))
            scores = self.next_signs(states)
            group[on_next] = back
        return total


@functools.cache
def sign_network() -> SignNetwork:
    """The network that ships with the library; read once."""
    with resources.files("dabir.text.model").joinpath("network.npz").open("rb") as stored:
        return SignNetwork(stored)  # type: ignore[arg-type] # a binary stream, says typeshed wider
