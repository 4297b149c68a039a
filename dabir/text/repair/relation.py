"""Digits as sets: what the labels 1, 2, 3 ... of the clauses prove, and nothing more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

TEN = "0123456789"
NUMBER = re.compile(r"\d+")
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", TEN + TEN)


@dataclass(frozen=True)
class Relation:
    """For each shown digit the true digits it may stand for."""

    sets: dict[str, tuple[str, ...]]
    proven: bool
    evidence: str

    def of(self, digit: str) -> tuple[str, ...]:
        """The true digits that a shown digit may stand for."""
        return self.sets.get(digit.translate(LATIN), tuple(TEN))

    def written(self, raw: str, *, title: bool = False) -> str:
        """A shown number with each digit as its set: certain digits bare, others in braces."""
        return "".join(braced(tuple(TEN) if title else self.of(digit)) for digit in raw)

    def values(self, raw: str, *, title: bool = False) -> list[str]:
        """Every number that the shown one may be."""
        found = [""]
        for digit in raw:
            found = [head + d for head in found for d in (TEN if title else self.of(digit))]
        return found


def braced(digits: Sequence[str]) -> str:
    """One digit, or a set in braces, ascending."""
    return digits[0] if len(digits) == 1 else "{" + "|".join(sorted(digits)) + "}"


def relation_of(labels: Sequence[str]) -> Relation:
    """What the labels of clauses, read in order as 1, 2, 3 ..., prove of the font's digits.

    A font shows each true digit as one digit but may show several alike. So a shown digit may be
    every true digit that the labels show this way, and every one that no label holds. A digit
    that two labels contradict stays open.
    """
    shown: dict[str, set[str]] = {digit: set() for digit in TEN}
    for number, raw in enumerate(labels, 1):
        true, seen = str(number), raw.translate(LATIN)
        if len(true) == 1 and len(seen) == 1:
            shown[true].add(seen)
    for number, raw in enumerate(labels, 1):
        true, seen = str(number), raw.translate(LATIN)
        if len(true) == len(seen) == 2:
            match_pair(true, seen, shown)
    sets: dict[str, tuple[str, ...]] = {}
    torn = {raw for seen in shown.values() if len(seen) > 1 for raw in seen}
    open_ = {digit for digit in TEN if len(shown[digit]) != 1}
    for raw in TEN:
        held = {digit for digit in TEN if shown[digit] == {raw}}
        sets[raw] = tuple(TEN) if raw in torn else tuple(sorted(held | open_)) or tuple(TEN)
    evidence = "labels in order: " + ", ".join(labels)
    return Relation(sets, not open_, evidence)


def match_pair(true: str, seen: str, shown: dict[str, set[str]]) -> None:
    """Learn from a two-digit label; its digits may have changed places.

    As a set it must fit what is known: a digit that does not is open from here on.
    """
    for pair in (seen, seen[::-1]):
        held = [shown[digit] for digit in true]
        fits = all(not known or known == {raw} for known, raw in zip(held, pair, strict=True))
        if fits and (true[0] != true[1] or pair[0] == pair[1]):
            if any(held):
                for digit, raw in zip(true, pair, strict=True):
                    shown[digit].add(raw)
            return
    for digit in true:
        shown[digit] |= set(seen)
