"""Lines of sentences beside wrong orders of them, as this damage makes them."""

import itertools
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import LETTERS, SIGNS, ZWNJ_SIGN
from dabir.text.repair.order import AFTER, BEFORE, NEW_LINE, NEW_PARAGRAPH, Words, border
from dabir.text.training.corpus import dressed
from dabir.text.training.neighbours import tokens

WRONG = 3  # wrong orders beside each line
LONGEST, NARROWEST, WIDEST = 34, 50, 118  # words of a line; signs of one
SPACES = re.compile(" +")
Piece = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """A line with what stands around it: first as it is, then in wrong orders."""

    before: Words
    orders: list[Words]
    after: Words

    def true_joints(self, order: Words) -> npt.NDArray[np.bool_]:
        """For each joint of an order whether the line itself has it, too."""
        true = set(self._joints(self.orders[0]))
        return np.array([joint in true for joint in self._joints(order)])

    def _joints(self, order: Words) -> list[tuple[bytes, bytes]]:
        words = [row[:3].tobytes() for row in (self.before[-1], *order, self.after[0])]
        return list(itertools.pairwise(words))


def wrapped(text: str, width: int) -> list[str]:
    """Lines of about a width; each but the last ends with its space."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += f"{word} "
    return [*lines, line[:-1]]


def places_of(line: str, chance: random.Random) -> list[int]:
    """Where a line is cut: after spaces, and now and then at ZWNJ, signs, or anywhere."""
    places = {n + 1 for n, sign in enumerate(line) if sign == " "}
    for share, signs in ((0.6, ZWNJ_SIGN), (0.25, SIGNS), (0.15, " ")):
        if chance.random() < share:
            places |= {n for n, sign in enumerate(line) if sign in signs}
    if chance.random() < 0.12 and len(line) > 4:
        places |= {chance.randrange(1, len(line)) for _ in range(max(1, len(line) // 25))}
    return sorted(places - {0, len(line)})


def exchanged(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """Two runs of pieces that stand side by side change places."""
    count = len(pieces)
    usual = 4.0 if chance.random() < 0.3 else 1.3
    first = min(count - 1, 1 + int(chance.expovariate(1 / usual)))
    second = min(count - first, 1 + int(chance.expovariate(1 / usual)))
    room = count - first - second
    roll = chance.random()
    at = 0 if roll < 0.12 else room if roll < 0.24 else chance.randrange(room + 1)
    middle, end = at + first, at + first + second
    return pieces[:at] + pieces[middle:end] + pieces[at:middle] + pieces[end:]


def turned(line: str, places: list[int], chance: random.Random) -> list[Piece]:
    """The pieces of a line, or of a stretch of it, in opposite order."""
    share = chance.choice([0.15, 0.3, 0.8])
    inner = [at for at in places if chance.random() < share] or [chance.choice(places)]
    edges = [0, *inner, len(line)]
    pieces = list(itertools.pairwise(edges))
    if len(pieces) > 3 and chance.random() < 0.5:
        first = chance.randrange(len(pieces) - 2)
        end = chance.randrange(first + 2, len(pieces) + 1)
        return pieces[:first] + pieces[first:end][::-1] + pieces[end:]
    return pieces[::-1]


def wrong_order(line: str, chance: random.Random) -> str | None:
    """The line with some of its pieces in other places; None where nothing changed."""
    roll = chance.random()
    places = places_of(line, chance)
    if not places:
        return None
    if len(places) > 1 and roll < 0.86:
        edges = [0, *places, len(line)]
        pieces = list(itertools.pairwise(edges))
        for _ in range(1 if roll < 0.55 else 2 if roll < 0.8 else 3):
            pieces = exchanged(pieces, chance)
    else:
        pieces = turned(line, places, chance)
    found = SPACES.sub(" ", joined(line, pieces, chance))
    return found if found.strip() != SPACES.sub(" ", line).strip() else None


def joined(line: str, pieces: list[Piece], chance: random.Random) -> str:
    """The text of some pieces; a ZWNJ at a cut is lost, and one may be put where letters meet."""
    found, last = "", 0
    for start, end in pieces:
        piece = line[start:end]
        if start != last:
            piece, found = piece.lstrip(ZWNJ_SIGN), found.rstrip(ZWNJ_SIGN)
            touching = bool(found and piece) and found[-1] in LETTERS and piece[0] in LETTERS
            if touching and chance.random() < 0.5:
                found += ZWNJ_SIGN
        found += piece
        last = end
    return found


def examples(lines: Iterable[tuple[str, bool]], chance: random.Random) -> Iterator[Example]:
    """Every line of every paragraph; what is not yet a paragraph is dressed as one."""
    paragraph = ""
    for text, ready in lines:
        if ready:
            yield from of_paragraph(text, chance)
            continue
        paragraph = f"{paragraph} {dressed(text, chance)}".strip()
        if chance.random() < 0.75:
            yield from of_paragraph(paragraph, chance)
            paragraph = ""


def of_paragraph(text: str, chance: random.Random) -> Iterator[Example]:
    """Every line of a paragraph, wrapped at some width."""
    lines = wrapped(text, chance.randint(NARROWEST, WIDEST))
    for n, line in enumerate(lines):
        own, _ = tokens().of(line)
        if not 2 <= len(own) <= LONGEST:
            continue
        found = {wrong_order(line, chance) for _ in range(3 * WRONG)} - {None}
        wrong = chance.sample(sorted(one for one in found if one), min(WRONG, len(found)))
        if len(wrong) < WRONG:
            continue
        before = beside(lines[n - 1], chance) if n else None
        after = beside(lines[n + 1], chance) if n + 1 < len(lines) else None
        yield Example(
            np.concatenate([*([] if before is None else [before[-BEFORE:]]), edge(before)]),
            [own, *(tokens().of(one)[0] for one in wrong)],
            np.concatenate([edge(after), *([] if after is None else [after[:AFTER]])]),
        )


def beside(line: str, chance: random.Random) -> Words:
    """A neighbouring line; now and then it was read wrongly itself."""
    other = wrong_order(line, chance) if chance.random() < 0.1 else None
    return tokens().of(other or line)[0]


def edge(neighbour: Words | None) -> Words:
    """What stands between a line and its neighbour, or the paragraph's end."""
    return border(NEW_PARAGRAPH if neighbour is None else NEW_LINE)
