"""Fits what makes a reading doubtful, on damaged texts whose truth is known.

    python -m dabir.text.training.confidence OUT.npz PAIRS --threshold .03

PAIRS is a folder of NAME.raw.txt and NAME.truth.txt (an open digit of the truth as `{4|5|8}`).
Needs rapidfuzz, which the library itself never does.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from dabir.text.repair.confidence import features
from dabir.text.repair.document import best_readings
from dabir.text.repair.lines import lines_of

Floats = npt.NDArray[np.float64]
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


def fitted(rows: Floats, wrong: npt.NDArray[np.bool_], decay: float = 3.0) -> dict[str, Floats]:
    """Logistic regression by Newton's steps on standardised features."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inputs = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    weights = np.zeros(inputs.shape[1])
    penalty = np.full(len(weights), decay)
    penalty[-1] = 0.0
    for _ in range(30):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (chance - wrong) + penalty * weights
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs
        weights -= np.linalg.solve(curve + np.diag(penalty + 1e-9), slope)
    return {"mean": mean, "spread": spread, "weights": weights[:-1], "bias": weights[-1]}


def main() -> None:
    """Fit on a folder of pairs and write the model."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("pairs", type=Path)
    reader.add_argument("--threshold", type=float, required=True)
    told = reader.parse_args()
    rows, wrong = [], []
    for raw in sorted(told.pairs.glob("*.raw.txt")):
        truth = raw.with_name(raw.name.replace(".raw.", ".truth."))
        found, bad = examples(raw.read_text("utf-8"), truth.read_text("utf-8"))
        rows.append(found)
        wrong.append(bad)
    model = fitted(np.vstack(rows), np.concatenate(wrong))
    np.savez(told.out, threshold=told.threshold, **model)
    print(f"{told.out}: {len(np.concatenate(wrong))} characters, {np.mean(wrong[0]):.1%} wrong")


if __name__ == "__main__":
    main()
