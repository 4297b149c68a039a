"""How sure the reading of each character is, from the readings that nearly won."""

import functools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import ZWNJ_SIGN, codes_of, units_of
from dabir.text.repair.candidates import WORD, Candidate
from dabir.text.repair.lexicon import KNOWN_PART, lexicon
from dabir.text.repair.moves import Weights, differing, expectations
from dabir.text.repair.ngram import language_model
from dabir.text.repair.order import Joints, joints_of
from dabir.text.repair.paragraphs import Choice

Floats = npt.NDArray[np.float64]
WIDEN = 0  # characters flagged beside a doubtful one
MOSTLY = 0.95  # of a line in doubt: then all of it is, and so are its ends
SURE_MARGIN = 25.0
MOST_ODDS, MOST_LEAD = 8.0, 10.0
MOST_FLAGGED = 0.33  # of a text: who would have to read more reads all of it
EDGE = 3  # characters of a line that touch the next one
NO_ODDS, FEWEST = -12.0, 1e-5
LAYERS = ("mean", "spread", "inner", "inner_bias", "outer")


@dataclass(frozen=True)
class Doubt:
    """A doubtful stretch of a line's text, and how else it might read."""

    start: int
    end: int
    chance: float
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """A small fitted model: the chance that a character is wrong, from its features."""

    mean: Floats
    spread: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: float
    least: float

    def chance(self, rows: Floats) -> Floats:
        """The chance that each row's character is wrong."""
        hidden = np.tanh((rows - self.mean) / self.spread @ self.inner + self.inner_bias)
        logits = hidden @ self.outer + self.outer_bias
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))))

    def threshold(self, chances: Floats) -> float:
        """From which chance on a text is flagged: the same for all, but never too much of one.

        One chance for all texts finds most for what is read: a text with few doubts has few flags.
        """
        falling = np.sort(chances)[::-1]
        return float(max(self.least, falling[int(MOST_FLAGGED * len(falling))]))


@functools.cache
def judgement() -> Judgement:
    """The model fitted on documents whose truth is known, as it ships with the library."""
    with resources.files("dabir.text.model").joinpath("confidence.npz").open("rb") as stored:
        values = np.load(stored)
        arrays = {name: values[name].astype(np.float64) for name in LAYERS}
        mean, spread, inner, inner_bias, outer = arrays.values()
        bias, least = float(values["outer_bias"]), float(values["least"])
    return Judgement(mean, spread, inner, inner_bias, outer, bias, least)


def logit(share: Floats) -> Floats:
    """ln of the odds, kept within reason."""
    share = np.clip(share, 1e-5, 1 - 1e-5)
    return np.asarray(np.log(share / (1 - share)))


def spread_out(values: Floats, width: int) -> Floats:
    """The highest value within `width` characters."""
    padded = np.pad(values, width, constant_values=-12.0)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * width + 1)
    return np.asarray(windows.max(axis=1))


def rows_of(read: Sequence[list[Candidate]], choice: Choice) -> list[Floats]:
    """What the doubt of each character is judged by: for each line as it was chosen a row each."""
    lines = list(zip(read, choice.picks, choice.scores, choice.shares, strict=True))
    weights = [expectations(pick, line, shares) for line, pick, _, shares in lines]
    moves = [logit(one.moves[1]) for one in weights]
    above = [NO_ODDS, *(one[-EDGE:].max() for one in moves[:-1])]
    below = [*(one[:EDGE].max() for one in moves[1:]), NO_ODDS]
    found = []
    for (line, pick, scores, shares), own, joints, *edges in zip(
        lines, weights, joints_of(read, choice), above, below, strict=True
    ):
        rows = features(pick, line, scores, shares, own, joints)
        beside = np.full((len(rows), 2), NO_ODDS)
        beside[: EDGE - 1, 0], beside[1 - EDGE :, 1] = edges
        found.append(np.hstack([rows, beside]))
    return found


def features(
    chosen: int,
    candidates: list[Candidate],
    scores: Floats,
    mass: Floats,
    weights: Weights,
    joints: Joints,
) -> Floats:
    """What the line itself says of each of its characters, one row a character."""
    one = candidates[chosen]
    size = len(one.text)
    stretch, moves = logit(weights.stretch), logit(weights.moves)
    errors = [np.log(np.maximum(part, FEWEST)).T for part in weights.errors()]
    others = np.delete(scores, chosen)
    margin = SURE_MARGIN
    if len(others):
        margin = float(np.clip(scores[chosen] - others.max(), -SURE_MARGIN, SURE_MARGIN))
    cuts = np.full(size, 99.0)
    at = 0
    for start, end, zwnj in one.chunks[:-1]:
        at += end - start + zwnj
        cuts = np.minimum(cuts, np.abs(np.arange(size) + 0.5 - at))
    entropy = -(mass * np.log(mass + 1e-12)).sum(axis=1)
    whole = [
        margin, np.log(len(one.chunks)), *entropy, *logit(mass[1:, chosen]), one.noise / size,
        one.language / size, one.network / size, one.bonds / size, float(len(one.chunks) == 1), np.log(size),
    ]  # fmt: skip
    near = [spread_out(moves[1], 3), spread_out(moves[2], 3), spread_out(moves[1], 8)]
    own = [stretch.T, moves.T, *near, np.exp(-cuts / 4), signs_of(one.text)]
    own += [signs_of_joints(size, joints), *errors]
    whole += orders_of(chosen, candidates, joints)
    return np.hstack([np.column_stack(own), np.tile(whole, (size, 1))])


def signs_of_joints(size: int, joints: Joints) -> Floats:
    """For each character the worst joint beside its word, one word farther, and three."""
    ahead = np.arange(size)
    word = np.searchsorted(np.array(joints.starts), ahead, side="right") - 1
    word = np.clip(word, 0, max(0, len(joints.starts) - 1))
    found = []
    for values in (joints.together, joints.worth):
        bad = np.clip(-values, -MOST_ODDS, MOST_ODDS).astype(np.float64)
        after = np.minimum(word + 1, len(bad) - 1)
        near, wide = spread_out(bad, 1), spread_out(bad, 3)
        found += [np.maximum(bad[word], bad[after]), np.maximum(near[word], near[after])]
        found.append(wide[word])
    return np.column_stack(found)


def orders_of(chosen: int, candidates: list[Candidate], joints: Joints) -> list[float]:
    """What the order of the words says of the whole line."""
    together = np.clip(joints.together, -MOST_ODDS, MOST_ODDS)
    own = candidates[chosen].order
    others = [one.order for place, one in enumerate(candidates) if place != chosen]
    lead = own - max(others, default=own - MOST_LEAD)
    worth = float(np.clip(joints.worth, -MOST_ODDS, MOST_ODDS).mean())
    size = len(candidates[chosen].text)
    return [float(together.min()), float(together.mean()), worth, lead, own / size]


def signs_of(text: str) -> Floats:
    """What each character itself says: how odd it is here, its word, spaces, the line's ends."""
    size = len(text)
    signs = codes_of("".join(unit[0] for unit in units_of(text)))
    model = language_model()
    scores, _ = model.read(model.unknown(1), signs[None, :])
    where = np.cumsum([not unicodedata.combining(c) or not n for n, c in enumerate(text)]) - 1
    odd = scores[0][np.clip(where, 0, len(signs) - 1)].astype(np.float64)
    unknown, gap = np.zeros(size), np.zeros(size, dtype=bool)
    for word in WORD.finditer(text):
        if lexicon().get(word[0].strip(ZWNJ_SIGN), 0) < KNOWN_PART:
            unknown[word.start() : word.end()] = 1
    for place, sign in enumerate(text):
        if sign in (" ", ZWNJ_SIGN):
            gap[max(0, place - 1) : place + 2] = True
    ahead = np.arange(size)
    ends = [np.exp(-ahead / 6), np.exp(-ahead[::-1] / 6)]
    means = [averaged(odd, 5), averaged(odd, 13), spread_out(-odd, 2), averaged(unknown, 5)]
    return np.column_stack([*means, gap, *ends])


def averaged(values: Floats, width: int) -> Floats:
    """The mean over a window."""
    padded = np.pad(values, width // 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)
    return np.asarray(windows.mean(axis=1))


def doubts(
    chosen: int, candidates: list[Candidate], scores: Floats, chance: Floats, threshold: float
) -> list[Doubt]:
    """The stretches over the threshold, widened, each with its other readings."""
    text = candidates[chosen].text
    marked = np.zeros(len(text), dtype=bool)
    for place in np.flatnonzero(chance >= threshold):
        marked[max(0, place - WIDEN) : place + WIDEN + 1] = True
    if marked.mean() > MOSTLY:
        marked[:] = True
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    order = np.argsort(-scores).tolist()
    found = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        readings = readings_of(chosen, candidates, order, start, end)
        found.append(Doubt(start, end, float(chance[start:end].max()), readings))
    return found


def readings_of(
    chosen: int, candidates: list[Candidate], order: list[int], start: int, end: int
) -> tuple[str, ...]:
    """What other readings of the line put in place of a stretch, best first, at most five."""
    text = candidates[chosen].text
    readings: list[str] = []
    for place in order:
        other = candidates[place].text
        first, last, other_last = differing(text, other)
        if place == chosen or first < start or last > end or first == last == other_last:
            continue
        reading = text[start:first] + other[first:other_last] + text[last:end]
        if reading not in readings:
            readings.append(reading)
    return tuple(readings[:5])
