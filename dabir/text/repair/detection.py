"""Tells damaged text from clean text; clean text is never touched."""

import re
from collections.abc import Mapping

from dabir.text.repair.alphabet import LETTERS
from dabir.text.repair.lexicon import KNOWN_PART
from dabir.text.repair.lines import RawLine

WORD = re.compile(f"[{LETTERS}\u200c]+")
PERSIAN = 0.45  # share of known words under which a text is not Persian
SUSPECT = re.compile(
    r"\d(?=[آ-ی])|(?<=[آ-ی])\d|[.،؛:؟!](?=[آ-ی])|^\s*[.،؛:؟!]|\s\.\s|(?:^|\s)الف\s*$"
)
LONGEST = 260  # signs of a line that may still be one printed line


def persian_share(text: str, words: Mapping[str, int]) -> float:
    """The share of the words that the lexicon knows, by length."""
    total = known = 0
    for match in WORD.finditer(text):
        word = match[0].strip("\u200c")
        total += len(word)
        known += len(word) * (words.get(word, 0) >= KNOWN_PART)
    return known / total if total else 0.0


def suspects(lines: list[RawLine]) -> list[int]:
    """Lines with what hardly stands in a clean text: digits on letters, signs out of place."""
    return [n for n, line in enumerate(lines) if SUSPECT.search(line.clean)]
