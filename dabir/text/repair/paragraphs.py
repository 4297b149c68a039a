"""Chooses among the readings of each line so that lines, paragraphs and labels fit together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import END, SPACE
from dabir.text.repair.candidates import Candidate
from dabir.text.repair.lines import NEW, SAME, SHORT
from dabir.text.repair.ngram import CharacterModel

MEMORY = 7
CLOSING = ("؛", ".", ":", "!", "؟")
OPEN_END = -3.0  # nats: a paragraph of a declaration hardly ends without a sign
Scores = npt.NDArray[np.float64]


@dataclass
class Choice:
    """The chosen reading of each line, whether each starts a paragraph, and what each could be."""

    picks: list[int]
    starts: list[bool]
    scores: list[Scores]  # per line: score of every candidate, its neighbours as chosen


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
    """Language scores across the end of a line, remembered by the signs on both sides."""

    def __init__(self, model: CharacterModel) -> None:
        self.model = model
        self.alone: dict[bytes, float] = {}

    def heads_alone(self, heads: npt.NDArray[np.uint8], context: int | None) -> Scores:
        """Scores of heads (rows x 7) after an unknown start, or after one sign."""
        states = self.model.unknown(len(heads))
        if context is not None:
            _, states = self.model.step(states, np.full(len(heads), context, dtype=np.uint8))
        return self._sum(states, heads)

    def _sum(self, states: npt.NDArray[np.int32], heads: npt.NDArray[np.uint8]) -> Scores:
        scores, _ = self.model.read(states, heads)
        return np.where(heads == 0, 0.0, scores).sum(axis=1)

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
        trimmed = states.copy()
        stop, _ = self.model.step(trimmed, ends)
        count = len(head_rows)
        on = self._sum(np.repeat(after, count, axis=0), np.tile(head_rows, (len(tail_rows), 1)))
        on = on.reshape(len(tail_rows), count) + run[:, None]
        fresh = self.heads_alone(head_rows, END)[None, :] + stop[:, None]
        pick = np.ix_(tail_of.ravel(), head_of.ravel())
        return on[pick], np.broadcast_to(fresh, on.shape)[pick]


def choose(
    lines: list[list[Candidate]], breaks: list[str], model: CharacterModel
) -> Choice:
    """The best reading of every line; `breaks[i]` says what is known before line i."""
    joints = Joints(model)
    forward: list[Scores] = []
    back: list[npt.NDArray[np.intp]] = []
    news: list[npt.NDArray[np.bool_]] = []
    moves: list[Scores] = []
    for number, candidates in enumerate(lines):
        heads = np.stack([padded(one.codes, tail=False) for one in candidates])
        own = np.array([one.total for one in candidates]) - joints.heads_alone(heads, None)
        labelled = np.array([one.label is not None for one in candidates])
        if number == 0:
            forward.append(own + joints.heads_alone(heads, END))
            continue
        tails = np.stack([padded(one.codes, tail=True) for one in lines[number - 1]])
        on, fresh = joints.between(tails, heads)
        on = on - 5.0 * labelled[None, :]
        if breaks[number] == NEW:
            on = on - 1e6
        elif breaks[number] == SAME:
            fresh = fresh - 1e6
        else:
            closed = np.array([one.text.rstrip()[-1:] in CLOSING for one in lines[number - 1]])
            fresh = fresh + np.where(closed, 2.0, OPEN_END)[:, None]
            if breaks[number] == SHORT:
                on = on - 8.0
        move = np.maximum(on, fresh)
        moves.append(move)
        whole = forward[-1][:, None] + move
        before = whole.argmax(axis=0)
        columns = np.arange(len(candidates))
        back.append(before)
        news.append(fresh[before, columns] > on[before, columns])
        forward.append(whole[before, columns] + own)
    picks = [int(forward[-1].argmax())]
    starts: list[bool] = []
    for number in range(len(lines) - 1, 0, -1):
        starts.append(bool(news[number - 1][picks[-1]]))
        picks.append(int(back[number - 1][picks[-1]]))
    picks.reverse()
    starts.append(True)
    starts.reverse()
    return Choice(picks, starts, beside(lines, picks, moves, joints))


def beside(
    lines: list[list[Candidate]], picks: list[int], moves: list[Scores], joints: Joints
) -> list[Scores]:
    """Scores of every candidate of a line while its neighbours stay as chosen."""
    found = []
    for number, candidates in enumerate(lines):
        heads = np.stack([padded(one.codes, tail=False) for one in candidates])
        score = np.array([one.total for one in candidates]) - joints.heads_alone(heads, None)
        if number == 0:
            score = score + joints.heads_alone(heads, END)
        else:
            score = score + moves[number - 1][picks[number - 1], :]
        if number + 1 < len(lines):
            score = score + moves[number][:, picks[number + 1]]
        found.append(score)
    return found

