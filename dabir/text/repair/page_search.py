"""Searches the lines of a document, several side by side, each with what the others say."""

from collections.abc import Mapping, Sequence

from dabir.text.repair.alphabet import END, OPEN, codes_of
from dabir.text.repair.candidates import Candidate, candidates_of_lines
from dabir.text.repair.echo import Echo
from dabir.text.repair.joins import Voice
from dabir.text.repair.lexicon import KNOWN, lexicon
from dabir.text.repair.ngram import language_model, side_by_side

LEAST_ECHO = 0.03
SIDE_BY_SIDE = 16  # lines searched at once
WIDEST = 2400  # signs of all lines searched at once
MANY = 200  # lines from which twice as many are: that costs less a line
Units = list[str]
Batch = tuple[int, int]


class LineSearch:
    """All lines of a document, each searched with what the others say."""

    def __init__(self, lines: Sequence[Units], protected: tuple[str, ...]) -> None:
        self.lines, self.protected = lines, protected
        self.words = guarded_words(protected)
        self.echo = Echo([codes_of(units) for units in lines])
        self.share = self.echo.weight(language_model())

    def readings(self, first: int, end: int) -> list[list[Candidate]]:
        """The likeliest readings of some neighbouring lines."""
        model = language_model()
        count = end - first
        voices = [Voice(model, model.unknown(count))]
        if self.share > LEAST_ECHO:
            echoes, roots = side_by_side([self.echo.without(n) for n in range(first, end)])
            voices = [
                Voice(model, model.unknown(count), 1 - self.share),
                Voice(echoes, roots, self.share),
            ]
        return candidates_of_lines(
            self.lines[first:end], voices, self.words, [END, OPEN], self.protected
        )


def guarded_words(protected: Sequence[str]) -> Mapping[str, int]:
    """The lexicon with every part of a protected name: a known word is not cut."""
    parts = {part: KNOWN for name in protected for part in name.split()}
    return {**lexicon(), **parts} if parts else lexicon()


def batches_of(lines: Sequence[Units]) -> list[Batch]:
    """Neighbouring lines that are searched side by side."""
    found: list[Batch] = []
    twice = 2 if len(lines) >= MANY else 1
    most, widest = twice * SIDE_BY_SIDE, twice * WIDEST
    first = signs = 0
    for number, units in enumerate(lines):
        if number > first and (number - first == most or signs + len(units) > widest):
            found.append((first, number))
            first, signs = number, 0
        signs += len(units)
    return [*found, (first, len(lines))]
