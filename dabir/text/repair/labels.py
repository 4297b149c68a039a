"""Clause labels read in order, and the title: what says how the digits of a text are to be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dabir.text.repair.candidates import Candidate
from dabir.text.repair.lines import RawLine
from dabir.text.repair.relation import Relation, relation_of

NUMBERED = re.compile(r"\s*(\d{1,2})\s?[.)]\s")
LONE_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
TITLE_WORDS = 10
NEAR, NEARER = 15.0, 4.0  # nats by which a reading with a label may be worse and still be the truth


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

    Labels prove something only where none is missing: a lost one would shift all that follow, and
    so give digits another meaning. Where a paragraph may have lost its label, the reading that has
    it is taken if that puts the labels in order; otherwise nothing is proven. The same holds for
    labels that cannot be 1, 2, 3 ... (a single figure after a double one).
    """
    lost = [line for line in chosen if may_have_lost_label(line, chosen)]
    if in_order(labels_of(chosen)):
        lost = [line for line in lost if label_would_fit(line, chosen)]
    if not in_order(labels_of(chosen)) or lost:
        for line in lost:
            numbered = [n for n, one in enumerate(line.candidates) if one.numbered]
            if not line.starts or not numbered:
                return relation_of([])
            line.pick = max(numbered, key=lambda n: line.candidates[n].total)
        if not in_order(labels_of(chosen)):
            return relation_of([])
    labelled = [line for line in chosen if line.starts and NUMBERED.match(line.text)]
    for number, line in enumerate(labelled, 1):
        line.number = number
    return relation_of(labels_of(chosen))


def labels_of(chosen: list[Chosen]) -> list[str]:
    """The numbers at the starts of paragraphs, as they are shown."""
    found = [NUMBERED.match(line.text) for line in chosen if line.starts]
    return [match[1] for match in found if match]


def may_have_lost_label(line: Chosen, chosen: list[Chosen]) -> bool:
    """Whether a line that is read without a clause number may well have one."""
    if line.candidates[line.pick].label and line.starts:
        return False
    own = line.candidates[line.pick].total
    near = NEAR if line.starts else NEARER
    if any(one.numbered and one.total > own - near for one in line.candidates):
        return not line.candidates[line.pick].numbered or not line.starts
    if not line.starts or not LONE_NUMBER.search(line.raw.clean):
        return False
    first = next(
        (n for n, one in enumerate(chosen) if one.starts and NUMBERED.match(one.text)), None
    )
    return first is not None and any(one is line for one in chosen[first:])


def label_would_fit(line: Chosen, chosen: list[Chosen]) -> bool:
    """Whether any number of a line may be a label there: all that follow would move on by one."""
    place = next(n for n, one in enumerate(chosen) if one is line)
    above, below = labels_of(chosen[:place]), labels_of(chosen[place + 1 :])
    numbers = LONE_NUMBER.findall(line.raw.clean)
    return any(in_order([*above, number, *below]) for number in numbers)


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
