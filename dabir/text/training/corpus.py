"""Sentences on disk become the stream of signs that the models learn from.

The treebank writes spaces round every sign; declarations do not, so they are closed up.
Official Persian often writes a space where the norm wants a ZWNJ, so a fifth of the sentences
is learnt that way; and a declaration is numbered and ends in semicolons, so some are too.
"""

import random
import re
from collections import Counter
from pathlib import Path

import numpy as np

from dabir.text.repair.alphabet import END, LETTERS, Codes, codes_of

MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200e\u200f]")
CLOSING = re.compile(r"\s+([.،؛:؟!)\]»…])")
OPENING = re.compile(r"([(\[«])\s+")
QUOTED = re.compile(r'"\s*([^"]*?)\s*"')
LABELS = ("الف", "ب", "ج", "د", "ه", "و")
PREPOSITION_PAIR = re.compile(
    f"(?<![{LETTERS}\u200c])(از|بر|در) ([{LETTERS}]+)(?![{LETTERS}\u200c])"
)
WORD = re.compile(f"[{LETTERS}\u200c]+")


def sentences_in(path: Path) -> list[str]:
    """The sentences of a file, one a line, closed up as a typist would write them."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = MARKS.sub("", line).replace("ي", "ی").replace("ك", "ک")
        text = OPENING.sub(r"\1", CLOSING.sub(r"\1", QUOTED.sub(r'"\1"', text)))
        text = " ".join(text.split())
        if text:
            found.append(text)
    return found


def dressed(sentence: str, chance: random.Random) -> str:
    """The sentence as it might stand in a declaration: label, ending, spaces for ZWNJ."""
    if chance.random() < 0.2:
        sentence = sentence.replace("\u200c", " ")
    if chance.random() < 0.25:
        number = "0" if chance.random() < 0.7 else "00"
        label = number if chance.random() < 0.6 else chance.choice(LABELS)
        sentence = f"{label}. {sentence}"
    if chance.random() < 0.25:
        sentence = sentence.rstrip(".؟! ") + chance.choice("؛؛؛:")
    return sentence


def stream_of(sentences: list[str], *, seed: int) -> Codes:
    """All sentences as one run of signs; a paragraph end parts most of them."""
    chance = random.Random(seed)  # noqa: S311 - repeatable training, not secrecy
    parts = ["\n"]
    for sentence in sentences:
        parts.append(dressed(sentence, chance))
        parts.append("\n" if chance.random() < 0.75 else " ")
    parts.append("\n")
    text = "".join(parts)
    codes = codes_of(text)
    keep = np.ones(len(codes), dtype=bool)
    keep[1:] = ~((codes[1:] == END) & (codes[:-1] == END))
    return codes[keep]


def words_of(sentences: list[str], *, at_least: int) -> dict[str, int]:
    """How often each word stands in the sentences; parts of ZWNJ compounds count too.

    A preposition with its noun counts as well (`بر عهده`): they are often run together.
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for word in WORD.findall(sentence):
            whole = word.strip("\u200c")
            counts[whole] += 1
            if "\u200c" in whole:
                counts.update(part for part in whole.split("\u200c") if part)
        counts.update(" ".join(pair) for pair in PREPOSITION_PAIR.findall(sentence))
    counts.pop("", None)
    return {word: count for word, count in counts.items() if count >= at_least}
