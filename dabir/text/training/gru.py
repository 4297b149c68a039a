"""Trains the small recurrent network that puts the best readings of a line in order.

    python -m dabir.text.training.gru OUT.npz SENTENCES [SENTENCES ...] --minutes 60

Needs torch, which the library itself never does: what is written are plain arrays of numbers.
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore] # only whoever trains installs it
from torch import nn  # type: ignore[import-not-found, unused-ignore] # as above

from dabir.text.repair.alphabet import SIZE
from dabir.text.training.corpus import sentences_in, stream_of

EMBEDDING, UNITS, STREAMS, STEPS = 48, 384, 64, 80


class Network(nn.Module):  # type: ignore[misc, unused-ignore] # torch is untyped where absent
    """Signs in, next signs out."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Embedding(SIZE, EMBEDDING)
        self.gru = nn.GRU(EMBEDDING, UNITS, batch_first=True)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(UNITS, SIZE)

    def forward(self, signs, state):  # type: ignore[no-untyped-def] # torch is untyped
        """Scores of the next sign at each place, and the state at the end."""
        seen, state = self.gru(self.embedding(signs), state)
        return self.out(self.drop(seen)), state


def batches(paths: list[Path], seed: int, held_out: int):  # type: ignore[no-untyped-def] # torch
    """One pass over the sentences, in a new order, in parallel streams."""
    lines = []
    for path in paths:
        found = sentences_in(path)
        lines += [s for n, s in enumerate(found) if not held_out or n % held_out]
    random.Random(seed).shuffle(lines)  # noqa: S311 - repeatable training, not secrecy
    stream = stream_of(lines, seed=seed).astype(np.int64)
    width = len(stream) // STREAMS
    rows = torch.from_numpy(stream[: width * STREAMS].reshape(STREAMS, width))
    for at in range(0, width - STEPS - 1, STEPS):
        yield rows[:, at : at + STEPS], rows[:, at + 1 : at + STEPS + 1], at / width


def save(network: Network, out: Path) -> None:
    """The weights as half precision numbers, ready for numpy."""
    arrays = {
        name.replace(".", "_"): value.detach().numpy().astype(np.float16)
        for name, value in network.state_dict().items()
    }
    np.savez_compressed(out, **arrays)


def resumed(network: Network, stored: Path) -> None:
    """Start from weights that were saved before."""
    names = {name.replace(".", "_"): name for name in network.state_dict()}
    with np.load(stored) as arrays:
        weights = {names[key]: torch.from_numpy(arrays[key].astype(np.float32)) for key in names}
    network.load_state_dict(weights)


def train(told: argparse.Namespace) -> None:
    """Learn for the given time with a falling rate; keep the last weights."""
    torch.manual_seed(1)
    network = Network()
    if told.resume:
        resumed(network, told.resume)
    paths, out, minutes, held_out = told.sentences, told.out, told.minutes, told.held_out
    steps = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=0.01)
    loss_of = nn.CrossEntropyLoss()
    began = time.monotonic()
    epoch, shown, mean = told.first_pass, 0.0, 0.0
    while True:
        state = torch.zeros(1, STREAMS, UNITS)
        for signs, following, _ in batches(paths, epoch, held_out):
            spent = (time.monotonic() - began) / (60 * minutes)
            if spent >= 1:
                save(network, out)
                return
            for group in steps.param_groups:
                group["lr"] = told.rate * min(1.0, 0.05 + spent * 40) * (1 - spent) + 1e-5
            scores, state = network(signs, state.detach())
            loss = loss_of(scores.reshape(-1, SIZE), following.reshape(-1))
            steps.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            steps.step()
            mean = 0.99 * mean + 0.01 * loss.item() if mean else loss.item()
            if spent - shown > 0.02:
                shown = spent
                save(network, out)
                print(f"{spent:.0%} of the time, pass {epoch + 1}: {mean:.3f} nats", flush=True)
        epoch += 1


def main() -> None:
    """Train on the named files."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("sentences", type=Path, nargs="+")
    reader.add_argument("--minutes", type=float, default=60)
    reader.add_argument("--rate", type=float, default=2.5e-3, help="highest learning rate")
    reader.add_argument("--resume", type=Path, help="weights to start from")
    reader.add_argument("--first-pass", type=int, default=0, help="number of the first pass")
    reader.add_argument("--held-out", type=int, default=0, help="leave out every Nth sentence")
    told = reader.parse_args()
    torch.set_num_threads(1)
    train(told)


if __name__ == "__main__":
    main()
