"""Fits what makes a reading doubtful, on damaged texts whose truth is known.

    python -m dabir.text.training.confidence OUT.npz PAIRS --held .955

PAIRS is a folder of NAME.raw.txt and NAME.truth.txt (an open digit of the truth as `{4|5|8}`).
Needs rapidfuzz, which the library itself never does.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from dabir.text.repair.candidates import Candidate
from dabir.text.repair.confidence import LAYERS, Judgement, rows_of
from dabir.text.repair.document import best_readings
from dabir.text.repair.lines import lines_of
from dabir.text.repair.paragraphs import Choice

Floats = npt.NDArray[np.float64]
Wrong = npt.NDArray[np.bool_]
Rows = tuple[Floats, Wrong]
HIDDEN, TURNS, RATE, NETWORKS = 16, 20, 5e-3, 4
REAL = 4.0  # documents that a pair that was not generated counts for
PARTS = 4  # of the documents: what the others say of each sets the chance that is flagged
BATCH, DECAY = 2048, 0.3
DIGIT = re.compile(r"\d|\{[^}]*\}")


def examples(raw: str, truth: str) -> Rows:
    """Features of every character of the best reading, and whether it is wrong."""
    return judged(*best_readings(lines_of(raw), (), None), truth)


def judged(read: list[list[Candidate]], choice: Choice, truth: str) -> Rows:
    """The same from readings that were found before."""
    rows: list[Floats] = []
    signs: list[str] = []
    owner: list[int] = []
    for candidates, pick, found in zip(read, choice.picks, rows_of(read, choice), strict=True):
        text = candidates[pick].text
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


def fitted(rows: Floats, wrong: Wrong, weights: Floats) -> dict[str, Floats]:
    """The mean of some networks of one hidden layer, kept small by decay: one wider layer."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inputs = (rows - mean) / spread
    layers = [trained(inputs, wrong.astype(float), weights, seed) for seed in range(NETWORKS)]
    return {
        "mean": mean,
        "spread": spread,
        "inner": np.hstack([one[0] for one in layers]),
        "inner_bias": np.concatenate([one[1] for one in layers]),
        "outer": np.concatenate([one[2] for one in layers]) / NETWORKS,
        "outer_bias": np.mean([one[3] for one in layers], axis=0),
    }


def trained(inputs: Floats, goals: Floats, worth: Floats, seed: int) -> list[Floats]:
    """One network: Adam with decayed weights over small batches, the rate falling to nothing."""
    chance = np.random.default_rng(seed)
    width = inputs.shape[1]
    layers = [
        chance.uniform(-1, 1, (width, HIDDEN)) / np.sqrt(width),
        np.zeros(HIDDEN),
        chance.uniform(-1, 1, HIDDEN) / np.sqrt(HIDDEN),
        np.zeros(()),
    ]
    first, second = ([np.zeros_like(one) for one in layers] for _ in range(2))
    step = 0
    for turn in range(TURNS):
        rate = RATE * (1 - turn / TURNS)
        for batch in np.array_split(chance.permutation(len(inputs)), len(inputs) // BATCH + 1):
            step += 1
            slopes = slopes_of(layers, inputs[batch], goals[batch], worth[batch])
            for n, slope in enumerate(slopes):
                first[n] = 0.9 * first[n] + 0.1 * slope
                second[n] = 0.999 * second[n] + 0.001 * slope * slope
                size = np.sqrt(second[n] / (1 - 0.999**step)) + 1e-8
                kept = 1 - rate * DECAY if layers[n].ndim else 1.0
                layers[n] = kept * layers[n] - rate * first[n] / (1 - 0.9**step) / size
    return layers


def slopes_of(layers: list[Floats], inputs: Floats, goals: Floats, worth: Floats) -> list[Floats]:
    """How the loss changes with every number of a network."""
    inner, inner_bias, outer, outer_bias = layers
    hidden = np.tanh(inputs @ inner + inner_bias)
    guess = 1 / (1 + np.exp(-np.clip(hidden @ outer + outer_bias, -30, 30)))
    fault = (guess - goals) * worth / len(goals)
    back = fault[:, None] * outer * (1 - hidden**2)
    return [inputs.T @ back, back.sum(axis=0), hidden.T @ fault, fault.sum()]


def fitted_on(documents: list[Rows], real: list[Rows]) -> dict[str, Floats]:
    """The model of some generated documents, and of those that were not generated."""
    every = documents + real
    worth = [1.0] * len(documents) + [REAL] * len(real)
    weights = [np.full(len(bad), one) for (_, bad), one in zip(every, worth, strict=True)]
    rows, wrong = zip(*every, strict=True)
    return fitted(np.vstack(rows), np.concatenate(wrong), np.concatenate(weights))


def least_chance(documents: list[Rows], real: list[Rows], held: float) -> float:
    """From which chance on the flags hold so much of what is wrong, in documents not fitted on."""
    chances: list[Floats] = []
    for part in range(PARTS):
        others = [one for n, one in enumerate(documents) if n % PARTS != part]
        model = fitted_on(others, real)
        arrays = [np.asarray(model[name]) for name in LAYERS]
        judge = Judgement(*arrays, float(model["outer_bias"]), 0.0)
        chances += [judge.chance(rows)[bad] for rows, bad in documents[part::PARTS]]
    return float(np.quantile(np.concatenate(chances), 1 - held))


def main() -> None:
    """Fit on a folder of pairs and write the model."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("pairs", type=Path)
    reader.add_argument("--held", type=float, default=0.95, help="share of what is wrong in flags")
    reader.add_argument("--real", default="", help="a pair that was not generated")
    told = reader.parse_args()
    documents: list[Rows] = []
    real: list[Rows] = []
    for raw in sorted(told.pairs.glob("*.raw.txt")):
        truth = raw.with_name(raw.name.replace(".raw.", ".truth."))
        found = examples(raw.read_text("utf-8"), truth.read_text("utf-8"))
        (real if raw.name == f"{told.real}.raw.txt" else documents).append(found)
    least = least_chance(documents, real, told.held)
    np.savez(told.out, least=least, **fitted_on(documents, real))
    print(f"{told.out}: {len(documents)} documents, flagged from a chance of {least:.2%} on")


if __name__ == "__main__":
    main()
