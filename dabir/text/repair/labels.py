"""Clause labels read in order, and the title: what says how the digits of a text are to be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dabir.text.repair.candidates import Candidate
from dabir.text.repair.lines import RawLine
from dabir.text.repair.relation import Relation, relation_of

NUMBERED = re.compile(r"\s*(\d{1,2})\s?[.)]\s")
TITLE_WORDS = 10


@dataclass
class Chosen:
    """A line as it will stand: its reading, whether it opens a paragraph, its label's number."""

    raw: RawLine
    candidates: list[Candidate]
    pick: int
    starts: bool
    number: int | None = None
    title: bool = False

    @property
    def text(self) -> str:
        """The chosen reading."""
        return self.candidates[self.pick].text


def number_labels(chosen: list[Chosen]) -> Relation:
    """Number the labelled paragraphs in order and learn the digits from them.

    Labels that cannot be 1, 2, 3 ... (a single figure after a double one) prove nothing: unless
    leaving out exactly one of them mends it, every digit stays open and no label is numbered.
    """
    labelled: list[tuple[Chosen, str]] = []
    for line in chosen:
        found = NUMBERED.match(line.text)
        if line.starts and found:
            labelled.append((line, found[1]))
    if not in_order([raw for _, raw in labelled]):
        mends = [
            place
            for place in range(len(labelled))
            if in_order([raw for n, (_, raw) in enumerate(labelled) if n != place])
        ]
        if len(mends) != 1:
            return relation_of([])
        del labelled[mends[0]]
    for number, (line, _) in enumerate(labelled, 1):
        line.number = number
    return relation_of([raw for _, raw in labelled])


def in_order(labels: Sequence[str]) -> bool:
    """Whether the labels may be 1, 2, 3 ... in some font: lengths fit, tens hold the one."""
    if any(len(raw) != len(str(number)) for number, raw in enumerate(labels, 1)):
        return False
    if len(labels) < 10:
        return True
    one = labels[0]
    if sum(one in raw for raw in labels[9:19]) < len(labels[9:19]):
        return False
    return len(labels) < 11 or labels[10] == one * 2


def mark_title(chosen: list[Chosen]) -> None:
    """The first line is a title when it is short, unnumbered and ends in no sign."""
    first = chosen[0]
    ends = first.text.rstrip()[-1:]
    alone = len(chosen) == 1 or chosen[1].starts
    short = len(first.text.split()) <= TITLE_WORDS
    first.title = alone and short and first.number is None and ends not in "؛:.،"
