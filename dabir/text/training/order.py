"""Trains the encoder that tells the true order of a line's words from wrong ones.

    python -m dabir.text.training.order OUT.npz SENTENCES [SENTENCES ...] --as-they-are LINES --minutes 45

SENTENCES are dressed as lines of declarations; LINES are paragraphs of declarations already. Each
line is set beside three wrong orders of it, made as the damage makes them: pieces change places. The
words start as what stands around them in the sentences (see `neighbours`), which saves most of the
time. Needs torch and scipy, which the library itself never does; what is written are plain arrays.
"""

import argparse
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore] # only whoever trains installs it
from torch import nn  # type: ignore[import-not-found, unused-ignore] # as above
from torch.nn import functional  # type: ignore[import-not-found, unused-ignore] # as above

from dabir.text.repair.order import AFFIXES, FARTHEST, FIRST_WORD, NOTHING, STEP, UNKNOWN
from dabir.text.training.corpus import sentences_in
from dabir.text.training.neighbours import around, tokens
from dabir.text.training.wrong_orders import WRONG, Example, examples

WORD, WIDTH, HEADS, INNER, LAYERS, SIDE_BY_SIDE = 96, 128, 4, 320, 2, 48
DROPPED, FORGOTTEN = 0.1, 0.06  # of what is passed on; of the words, which are then unknown


class Layer(nn.Module):  # type: ignore[misc, unused-ignore] # torch is untyped where absent
    """Every word looks at all others, then thinks for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.n1, self.n2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.rel = nn.Parameter(torch.zeros(HEADS, 2 * FARTHEST + 1))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, x, hidden, apart):  # type: ignore[no-untyped-def] # torch is untyped
        """The words of all rows after this layer."""
        rows, width, _ = x.shape
        split = self.qkv(self.n1(x)).view(rows, width, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        query, key, value = split
        looks = (query @ key.transpose(-1, -2)).float() / math.sqrt(WIDTH // HEADS)
        looks = (looks + self.rel[:, apart][None] + hidden[:, None, None, :]).softmax(-1)
        heard = (looks.to(value.dtype) @ value).transpose(1, 2).reshape(rows, width, WIDTH)
        x = x + self.drop(self.o(heard))
        return x + self.drop(self.f2(functional.relu(self.f1(self.n2(x)))))


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore] # as above
    """Words in, two numbers a joint out; `dabir.text.repair.order` reads the same in numpy."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.word, self.pre = nn.Embedding(count, WORD), nn.Embedding(AFFIXES, WORD)
        self.suf, self.att = nn.Embedding(AFFIXES, WORD), nn.Embedding(3, WORD)
        self.seg = nn.Embedding(3, WORD)
        for table in (self.word, self.pre, self.suf, self.att, self.seg):
            nn.init.normal_(table.weight, 0, 0.05)
        self.inp, self.nc = nn.Linear(WORD, WIDTH), nn.LayerNorm(WIDTH)
        self.c1, self.c2 = nn.Linear(3 * WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.no, self.out, self.drop = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 2), nn.Dropout(DROPPED)

    def forward(self, words):  # type: ignore[no-untyped-def] # torch is untyped
        """Both numbers for every word of rows of one width."""
        width = words.shape[1]
        live = words[..., 0] != NOTHING
        tables = (self.word, self.pre, self.suf, self.att, self.seg)
        state = sum(table(words[..., n]) for n, table in enumerate(tables))
        state = self.inp(self.drop(state)) * live[..., None]
        near = self.nc(state) * live[..., None]
        before = functional.pad(near, (0, 0, 1, 0))[:, :-1]
        after = functional.pad(near, (0, 0, 0, 1))[:, 1:]
        beside = torch.cat([before, near, after], -1)
        state = state + self.c2(functional.relu(self.c1(beside)))
        places = torch.arange(width)
        apart = (places[None] - places[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        hidden = torch.where(live, 0.0, -1e4)
        for layer in self.layers:
            state = layer(state, hidden, apart)
        return self.out(self.no(state)).float()


def packed(found: list[Example]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of one width, and for every joint whether it is true; -1 where none is asked."""
    rows = [(one, words) for one in found for words in one.orders]
    width = max(len(one.before) + len(words) + len(one.after) for one, words in rows)
    width = -(-width // STEP) * STEP
    words = np.zeros((len(rows), width, 5), dtype=np.int64)
    joints = np.full((len(rows), width), -1.0, dtype=np.float32)
    for row, (one, order) in enumerate(rows):
        at = 0
        for part, signs in enumerate((one.before, order, one.after)):
            words[row, at : at + len(signs), :4] = signs
            words[row, at : at + len(signs), 4] = part
            at += len(signs)
        first = len(one.before)
        joints[row, first : first + len(order) + 1] = one.true_joints(order)
    return torch.from_numpy(words), torch.from_numpy(joints)


def loss_of(network: Encoder, found: list[Example]) -> torch.Tensor:
    """How badly the true orders are told from the wrong ones, as wholes and joint by joint."""
    words, joints = packed(found)
    each = WRONG + 1
    chance = torch.rand(len(found), 64).repeat_interleave(each, 0)
    own = words[..., 0]
    own[(chance.gather(1, own % 64) < FORGOTTEN) & (own >= FIRST_WORD)] = UNKNOWN
    with torch.autocast("cpu", torch.bfloat16):
        told = network(words)
    asked = joints >= 0
    worth = (told[..., 0] * asked).sum(1).view(len(found), each)
    whole = -functional.log_softmax(worth, 1)[:, 0].mean()
    single = functional.binary_cross_entropy_with_logits(told[..., 1][asked], joints[asked])
    return whole + 2 * single


def save(network: Encoder, out: Path) -> None:
    """The weights, ready for numpy: large tables in steps of their rows, the rest halved."""
    arrays: dict[str, np.ndarray] = {}
    for name, value in network.state_dict().items():
        key, array = name.replace(".", "_"), value.float().numpy()
        if array.ndim == 2 and len(array) > 1000:
            steps = np.abs(array).max(axis=1, keepdims=True) / 127 + 1e-12
            arrays[key] = np.round(array / steps).astype(np.int8)
            arrays[f"{key}_steps"] = steps.astype(np.float16)
        else:
            arrays[key] = array.astype(np.float16)
    np.savez_compressed(out, **arrays)


def batches(lines: list[tuple[str, bool]], seed: int) -> Iterator[list[Example]]:
    """One pass over all lines in a new order, lines of about one length together."""
    chance = random.Random(seed)  # noqa: S311 - repeatable training, not secrecy
    lines = chance.sample(lines, len(lines))
    kept: list[Example] = []
    for one in examples(lines, chance):
        kept.append(one)
        if len(kept) == 24 * SIDE_BY_SIDE:
            kept.sort(key=lambda one: len(one.orders[0]) + len(one.before) + len(one.after))
            parts = [kept[at : at + SIDE_BY_SIDE] for at in range(0, len(kept), SIDE_BY_SIDE)]
            yield from chance.sample(parts, len(parts))
            kept = []


def train(told: argparse.Namespace) -> None:
    """Learn for the given time with a falling rate; keep the last weights."""
    torch.manual_seed(1)
    sentences = [one for path in told.sentences for one in sentences_in(path)]
    lines = [(one, False) for one in sentences]
    lines += [
        (one, True) for path in told.as_they_are for one in path.read_text("utf-8").splitlines()
    ]
    network = Encoder(FIRST_WORD + len(tokens().number))
    network.word.weight.data[:] = torch.from_numpy(around(sentences, WORD))
    steps = torch.optim.AdamW(
        network.parameters(), lr=told.rate, weight_decay=0.02, betas=(0.9, 0.98), fused=True
    )
    began, number, seed = time.monotonic(), 0, 0
    while True:
        for found in batches(lines, seed):
            spent = (time.monotonic() - began) / (60 * told.minutes)
            if spent >= 1:
                save(network, told.out)
                return
            falling = 0.5 + 0.5 * math.cos(math.pi * spent)
            for group in steps.param_groups:
                group["lr"] = told.rate * min(1.0, number / 300) * falling + 1e-6
            loss = loss_of(network, found)
            steps.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            steps.step()
            if number % 100 == 0:
                print(f"{spent:.0%} of the time, pass {seed + 1}: {loss.item():.3f}", flush=True)
            number += 1
        seed += 1


def main() -> None:
    """Train on the named files."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("sentences", type=Path, nargs="+")
    reader.add_argument("--as-they-are", type=Path, nargs="*", default=[])
    reader.add_argument("--minutes", type=float, default=45)
    reader.add_argument("--rate", type=float, default=1.4e-3, help="highest learning rate")
    torch.set_num_threads(1)
    train(reader.parse_args())


if __name__ == "__main__":
    main()
