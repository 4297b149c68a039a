"""Text that remembers where each of its characters stands in the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEVEL = str.maketrans("يىئكأإآٱؤة۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩\u00a0", "یییکااااوه01234567890123456789 ")


@dataclass(frozen=True, order=True)
class Span:
    """A range of code points of the document, end excluded."""

    start: int
    end: int

    def to_json(self) -> dict[str, int]:
        """The span for a machine."""
        return {"start": self.start, "end": self.end}


@dataclass(frozen=True)
class Located:
    """A paragraph: its text and, for each character, its place in the document.

    A line end inside a paragraph has become one space, so text and document may differ.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int = 0) -> Located:
        """Text that stands unbroken in the document from `start`."""
        return cls(text, tuple(range(start, start + len(text))))

    def part(self, start: int, end: int | None = None) -> Located:
        """A part of the paragraph, without the white space around it."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Located(self.text[start:end], self.places[start:end])

    @classmethod
    def joining(cls, lines: list[Located]) -> Located:
        """Lines of one paragraph with a space between them."""
        places: list[int] = []
        for line in lines:
            if places:
                places.append(places[-1] + 1)
            places += line.places
        return cls(" ".join(line.text for line in lines), tuple(places))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where a range of this text stands in the document."""
        end = len(self.text) if end is None else end
        if not self.places or start >= end:
            where = self.places[min(start, len(self.places) - 1)] if self.places else 0
            return Span(where, where)
        return Span(self.places[start], self.places[end - 1] + 1)


def level(text: str) -> str:
    """The text with one spelling for each letter and Latin digits, of the same length.

    Patterns are matched on levelled text; offsets hold for the text itself.
    """
    plain = text.translate(_LEVEL)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def pattern(words: str) -> re.Pattern[str]:
    """A pattern for levelled text; a space in it stands for spaces, ZWNJ or nothing at all."""
    return re.compile(rf"(?<![\w])(?:{_spaced(words)})(?![\w])")


def stem_pattern(words: str) -> re.Pattern[str]:
    """Like `pattern`, but the last word may carry an ending."""
    return re.compile(rf"(?<![\w])(?:{_spaced(words)})")


def _spaced(words: str) -> str:
    gap = "[ \\u200c]{0,3}"
    return re.sub(
        r"\[[^\]]*\]| ", lambda found: gap if found[0] == " " else found[0], words.translate(_LEVEL)
    )
