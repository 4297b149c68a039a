"""Which paragraphs bear which label, decided over the whole document at once.

Line by line a label is a matter of a few nats, and a lost one shifts every clause after it. Here a
reading is worth more if its label is the one that comes next, so one path through all lines is
sought: clauses 1, 2, 3 ..., items by letter under each. A state is what was numbered last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dabir.text.repair.paragraphs import Scores, Seams

NEXT_LETTERS = {
    "": ("الف", "ا"), "الف": ("ب",), "ا": ("ب",), "ب": ("ج", "پ"), "پ": ("ت",), "ت": ("ث",),
    "ث": ("ج",), "ج": ("د", "چ"), "چ": ("ح",), "د": ("ه",), "ه": ("و",), "و": ("ز",),
    "ز": ("ح",), "ح": ("ط",), "ط": ("ی",),
}  # fmt: skip
IN_ORDER = 10.0  # nats for the label that comes next
LEFT_OUT = -12.0  # for the one after it: the next was lost, or the author forgot it
OUT_OF_ORDER = -10.0
SPREAD = 120.0  # nats behind the best from which a state is given up


class State(NamedTuple):
    """What was numbered last: the clause, the item under it, how the font shows the one."""

    number: int = 0
    letter: str = ""
    one: str = ""


Back = tuple[State, int]


@dataclass
class Reached:
    """For one state the best score of every reading of a line, and the way there."""

    scores: Scores
    before: list[Back | None]
    fresh: npt.NDArray[np.bool_]


def after(state: State, label: str) -> tuple[State, float]:
    """The state after a paragraph with this label, and what its place in the order is worth."""
    if not label.isdigit():
        following = NEXT_LETTERS.get(state.letter, ())
        if label in following:
            return state._replace(letter=label), IN_ORDER
        if any(label in NEXT_LETTERS.get(one, ()) for one in following):
            return state._replace(letter=label), LEFT_OUT
        return state, OUT_OF_ORDER
    for gap, worth in ((1, IN_ORDER), (2, LEFT_OUT)):
        number = state.number + gap
        one = label if number == 1 else state.one
        if fits(number, label, one):
            return State(number, "", one), worth
    return state, OUT_OF_ORDER


def fits(number: int, label: str, one: str) -> bool:
    """Whether a font may show a number so: its length, and the one where it must hold it."""
    if len(label) != len(str(number)):
        return False
    if number == 11 and one:
        return label == one * 2
    return not (one and 10 <= number < 20) or one in label


def labels_in_order(seams: Seams) -> list[str | None]:
    """The label of each line that starts a labelled paragraph, on the best path of all."""
    owns, ons, news = seams.owns(), seams.ons, seams.news
    labels = [[one.label or "" for one in line] for line in seams.lines]
    first: dict[State, Reached] = {}
    start = Reached(np.zeros(1), [None], np.zeros(1, dtype=bool))
    closed = np.full((1, len(labels[0])), -np.inf)
    advance(first, State(), start, (closed, np.zeros_like(closed)), labels[0])
    layers = [kept(first, owns[0])]
    for own, on, new, names in zip(owns[1:], ons, news, labels[1:], strict=True):
        layer: dict[State, Reached] = {}
        for state, reached in layers[-1].items():
            advance(layer, state, reached, (on, new), names)
        layers.append(kept(layer, own))
    return walked(layers, labels)


def advance(
    layer: dict[State, Reached],
    state: State,
    reached: Reached,
    moves: tuple[Scores, Scores],
    names: Sequence[str],
) -> None:
    """All readings of the next line after one state: the paragraph runs on, or a new one starts."""
    for move, starts in zip(moves, (False, True), strict=True):
        whole = reached.scores[:, None] + move
        best = whole.max(axis=0)
        way = whole.argmax(axis=0)
        for label, places in (grouped(names) if starts else {"": range(len(names))}).items():
            there, worth = after(state, label) if label else (state, 0.0)
            goal = layer.get(there)
            if goal is None:
                size = len(names)
                goal = Reached(np.full(size, -np.inf), [None] * size, np.zeros(size, dtype=bool))
                layer[there] = goal
            for place in places:
                score = best[place] + worth
                if score > goal.scores[place]:
                    goal.scores[place] = score
                    goal.before[place] = state, int(way[place])
                    goal.fresh[place] = starts


def grouped(names: Sequence[str]) -> Mapping[str, Iterable[int]]:
    """The readings by their labels."""
    found: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        found.setdefault(name, []).append(place)
    return found


def kept(layer: dict[State, Reached], own: Scores) -> dict[State, Reached]:
    """The states that may still win, with what the line itself says of its readings."""
    for reached in layer.values():
        reached.scores = reached.scores + own
    top = max(reached.scores.max() for reached in layer.values())
    return {
        state: reached for state, reached in layer.items() if reached.scores.max() > top - SPREAD
    }


def walked(layers: list[dict[State, Reached]], labels: list[list[str]]) -> list[str | None]:
    """Back along the best path: the label of every line that starts a labelled paragraph."""
    state = max(layers[-1], key=lambda one: layers[-1][one].scores.max())
    place = int(layers[-1][state].scores.argmax())
    found: list[str | None] = []
    for layer, names in zip(reversed(layers), reversed(labels), strict=True):
        reached = layer[state]
        found.append(names[place] if reached.fresh[place] and names[place] else None)
        back = reached.before[place]
        if back is None:
            raise AssertionError("every reading of a layer was reached")
        state, place = back
    return found[::-1]
