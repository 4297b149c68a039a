"""Chooses among the readings of each line so that lines, paragraphs and labels fit together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import END, SPACE
from dabir.text.repair.candidates import Candidate
from dabir.text.repair.lines import NEW, SAME, SHORT
from dabir.text.repair.ngram import CharacterModel, States

MEMORY = 7
CLOSING = ("؛", ".", ":", "!", "؟")
TEMPERATURES = (1.0, 3.0, 8.0)
OPEN_END = -3.0  # nats: a paragraph of a declaration hardly ends without a sign
CLOSED_END = 2.0
SHORT_LINE = 20.0  # a line that was not full ended its paragraph
LABELLED = 5.0
IMPOSSIBLE = 1e6
Scores = npt.NDArray[np.float64]


@dataclass
class Choice:
    """The chosen reading of each line, whether each starts a paragraph, and what each could be."""

    picks: list[int]
    starts: list[bool]
    scores: list[Scores]  # per line: score of every candidate, its neighbours as chosen
    shares: list[Scores]  # per line: share of every candidate at each of `TEMPERATURES`


def padded(codes: npt.NDArray[np.uint8], *, tail: bool) -> npt.NDArray[np.uint8]:
    """The last (or first) seven signs, padded with nothing known."""
    signs = np.zeros(MEMORY, dtype=np.uint8)
    part = codes[-MEMORY:] if tail else codes[:MEMORY]
    if tail:
        signs[MEMORY - len(part) :] = part
    else:
        signs[: len(part)] = part
    return signs


class Joints:
    """Language scores across the end of a line."""

    def __init__(self, model: CharacterModel) -> None:
        self.model = model

    def heads_alone(self, heads: npt.NDArray[np.uint8], context: int | None) -> Scores:
        """Scores of heads (rows x 7) after an unknown start, or after one sign."""
        states = self.model.unknown(len(heads))
        if context is not None:
            _, states = self.model.step(states, np.full(len(heads), context, dtype=np.uint8))
        return self._sum(states, heads)

    def _sum(self, states: States, heads: npt.NDArray[np.uint8]) -> Scores:
        scores, _ = self.model.read(states, heads)
        return np.asarray(np.where(heads == 0, 0.0, scores).sum(axis=1), dtype=np.float64)

    def between(
        self, tails: npt.NDArray[np.uint8], heads: npt.NDArray[np.uint8]
    ) -> tuple[Scores, Scores]:
        """For each tail and head: the paragraph runs on, or a new one starts."""
        tail_rows, tail_of = np.unique(tails, axis=0, return_inverse=True)
        head_rows, head_of = np.unique(heads, axis=0, return_inverse=True)
        _, states = self.model.read(self.model.unknown(len(tail_rows)), tail_rows)
        spaces = np.full(len(tail_rows), SPACE, dtype=np.uint8)
        run, after = self.model.step(states, spaces)
        ends = np.full(len(tail_rows), END, dtype=np.uint8)
        stop, _ = self.model.step(states, ends)
        count = len(head_rows)
        on = self._sum(np.repeat(after, count), np.tile(head_rows, (len(tail_rows), 1)))
        on = on.reshape(len(tail_rows), count) + run[:, None]
        fresh = self.heads_alone(head_rows, END)[None, :] + stop[:, None]
        pick = np.ix_(tail_of.ravel(), head_of.ravel())
        return on[pick], np.broadcast_to(fresh, on.shape)[pick]


@dataclass
class Seams:
    """Readings of every line, and what is said of each pair of them across a line end."""

    lines: Sequence[list[Candidate]]
    heads: list[Scores]  # per line: what its beginning adds to a reading's own score
    ons: list[Scores]  # per line end: the paragraph runs on
    news: list[Scores]  # or a new one starts

    def owns(self) -> list[Scores]:
        """The score of every reading by itself, as it is known by now."""
        return [
            np.array([one.total for one in line]) + head
            for line, head in zip(self.lines, self.heads, strict=True)
        ]


def choose(seams: Seams) -> Choice:
    """The best reading of every line."""
    owns, ons, news = seams.owns(), seams.ons, seams.news
    moves = [np.maximum(on, fresh) for on, fresh in zip(ons, news, strict=True)]
    forward = owns[0]
    back: list[npt.NDArray[np.intp]] = []
    for own, move in zip(owns[1:], moves, strict=True):
        whole = forward[:, None] + move
        back.append(whole.argmax(axis=0))
        forward = whole.max(axis=0) + own
    picks = [int(forward.argmax())]
    for before in reversed(back):
        picks.insert(0, int(before[picks[0]]))
    pairs = picks[:-1], picks[1:]
    starts = [True]
    starts += [
        bool(fresh[here, there] > on[here, there])
        for on, fresh, here, there in zip(ons, news, *pairs, strict=True)
    ]
    shares = [marginals(owns, moves, heat) for heat in TEMPERATURES]
    mass = [np.stack(rows) for rows in zip(*shares, strict=True)]
    return Choice(picks, starts, beside(owns, picks, moves), mass)


def seams_of(
    lines: Sequence[list[Candidate]], breaks: Sequence[str], model: CharacterModel
) -> Seams:
    """What stands between the readings of neighbouring lines; `breaks[i]` is known before line i."""
    joints = Joints(model)
    found = Seams(lines, [], [], [])
    above: list[Candidate] = []
    for known, candidates in zip(breaks, lines, strict=True):
        heads = np.stack([padded(one.codes, tail=False) for one in candidates])
        alone = -joints.heads_alone(heads, None)
        if not above:
            alone = alone + joints.heads_alone(heads, END)
        else:
            tails = np.stack([padded(one.codes, tail=True) for one in above])
            on, fresh = joints.between(tails, heads)
            on, fresh = with_breaks(on, fresh, known, above, candidates)
            found.ons.append(on)
            found.news.append(fresh)
        found.heads.append(alone)
        above = candidates
    return found


def with_breaks(
    on: Scores, fresh: Scores, known: str, above: list[Candidate], below: list[Candidate]
) -> tuple[Scores, Scores]:
    """Running on and starting anew, after what blank lines, short lines, signs and labels say."""
    labelled = np.array([one.label is not None for one in below])
    on = on - LABELLED * labelled[None, :]
    if known == NEW:
        return on - IMPOSSIBLE, fresh
    if known == SAME:
        return on, fresh - IMPOSSIBLE
    if known == SHORT:
        return on - SHORT_LINE, fresh
    closed = np.array([one.text.rstrip()[-1:] in CLOSING for one in above])
    fresh = fresh + np.where(closed, CLOSED_END, OPEN_END)[:, None]
    return on, fresh


def marginals(owns: list[Scores], moves: list[Scores], heat: float) -> list[Scores]:
    """The share of every candidate over all readings of the text, at a temperature."""
    before = [owns[0] / heat]
    for own, move in zip(owns[1:], moves, strict=True):
        before.append(summed(before[-1][:, None] + move / heat) + own / heat)
    after = np.zeros(len(owns[-1]))
    found = []
    for number in range(len(owns) - 1, -1, -1):
        whole = before[number] + after
        share = np.exp(whole - whole.max())
        found.append(share / share.sum())
        if number:
            step = (owns[number] / heat + after)[None, :] + moves[number - 1] / heat
            after = summed(step.T)
    return found[::-1]


def summed(rows: Scores) -> Scores:
    """ln of the sum of the exponentials of each column."""
    top = rows.max(axis=0)
    return np.asarray(top + np.log(np.exp(rows - top[None, :]).sum(axis=0)))


def beside(owns: list[Scores], picks: list[int], moves: list[Scores]) -> list[Scores]:
    """Scores of every candidate of a line while its neighbours stay as chosen."""
    found = []
    for number, own in enumerate(owns):
        score = own.copy()
        if number:
            score += moves[number - 1][picks[number - 1], :]
        if number + 1 < len(owns):
            score += moves[number][:, picks[number + 1]]
        found.append(score)
    return found
