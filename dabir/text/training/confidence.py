"""Fits what makes a reading doubtful, on damaged texts whose truth is known.

    python -m dabir.text.training.confidence OUT.npz PAIRS --share .885

PAIRS is a folder of NAME.raw.txt and NAME.truth.txt (an open digit of the truth as `{4|5|8}`).
Needs torch and rapidfuzz, which the library itself never does.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch  # type: ignore[import-not-found, unused-ignore] # only whoever trains installs it
from rapidfuzz.distance import Levenshtein
from torch import nn  # type: ignore[import-not-found, unused-ignore] # as above

from dabir.text.repair.confidence import features
from dabir.text.repair.document import best_readings
from dabir.text.repair.lines import lines_of

Floats = npt.NDArray[np.float64]
HIDDEN, TURNS, RATE, NETWORKS = 16, 60, 5e-3, 4
DIGIT = re.compile(r"\d|\{[^}]*\}")


def examples(raw: str, truth: str) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Features of every character of the best reading, and whether it is wrong."""
    read, choice = best_readings(lines_of(raw), (), None)
    rows: list[Floats] = []
    signs: list[str] = []
    owner: list[int] = []
    for candidates, pick, scores, shares in zip(
        read, choice.picks, choice.scores, choice.shares, strict=True
    ):
        text = candidates[pick].text
        found = features(pick, candidates, scores, shares)
        for place, sign in enumerate(text):
            if sign != " " or (signs and signs[-1] != " "):
                signs.append("0" if sign.isdigit() else sign)
                owner.append(len(rows))
                rows.append(found[place])
        if signs and signs[-1] != " ":
            signs.append(" ")
            owner.append(-1)
    goal = " ".join(DIGIT.sub("0", truth).split())
    wrong = np.zeros(len(rows), dtype=bool)
    for edit in Levenshtein.editops("".join(signs).strip(), goal):
        around = (edit.src_pos - 1, edit.src_pos) if edit.tag == "insert" else (edit.src_pos,)
        for place in around:
            if 0 <= place < len(owner) and owner[place] >= 0:
                wrong[owner[place]] = True
    return np.array(rows), wrong


def fitted(rows: Floats, wrong: npt.NDArray[np.bool_], weights: Floats) -> dict[str, Floats]:
    """The mean of some networks of one hidden layer, kept small by decay: one wider layer."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inputs = torch.tensor((rows - mean) / spread, dtype=torch.float32)
    goals, worth = (torch.tensor(one, dtype=torch.float32) for one in (wrong, weights))
    layers = [trained(inputs, goals, worth, seed) for seed in range(NETWORKS)]
    inner, outer = [one[0] for one in layers], [one[2] for one in layers]
    return {
        "mean": mean,
        "spread": spread,
        "inner": np.vstack([one.weight.detach().numpy() for one in inner]).T,
        "inner_bias": np.concatenate([one.bias.detach().numpy() for one in inner]),
        "outer": np.concatenate([one.weight.detach().numpy()[0] for one in outer]) / NETWORKS,
        "outer_bias": np.mean([one.bias.detach().numpy()[0] for one in outer]),
    }


def trained(inputs, goals, worth, seed):  # type: ignore[no-untyped-def] # torch is untyped
    """One network."""
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(inputs.shape[1], HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 1))
    steps = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.1)
    loss_of = nn.BCEWithLogitsLoss(reduction="none")
    for turn in range(TURNS):
        for group in steps.param_groups:
            group["lr"] = RATE * (1 - turn / TURNS)
        for batch in torch.randperm(len(inputs)).split(2048):
            loss = (loss_of(network(inputs[batch])[:, 0], goals[batch]) * worth[batch]).mean()
            steps.zero_grad()
            loss.backward()
            steps.step()
    return network


def main() -> None:
    """Fit on a folder of pairs and write the model."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("pairs", type=Path)
    reader.add_argument("--share", type=float, default=0.885, help="of the expected errors to flag")
    reader.add_argument(
        "--real", default="", help="a pair that was not generated, counts threefold"
    )
    told = reader.parse_args()
    rows, wrong, weights = [], [], []
    for raw in sorted(told.pairs.glob("*.raw.txt")):
        truth = raw.with_name(raw.name.replace(".raw.", ".truth."))
        found, bad = examples(raw.read_text("utf-8"), truth.read_text("utf-8"))
        rows.append(found)
        wrong.append(bad)
        weights.append(np.full(len(bad), 3.0 if raw.name == f"{told.real}.raw.txt" else 1.0))
    model = fitted(np.vstack(rows), np.concatenate(wrong), np.concatenate(weights))
    np.savez(told.out, share=told.share, **model)
    print(f"{told.out}: {len(np.concatenate(wrong))} characters, {np.mean(wrong[0]):.1%} wrong")


if __name__ == "__main__":
    main()
