"""Tells damaged text from clean text; clean text is never touched."""

import re
from collections.abc import Mapping

import numpy as np

from dabir.text.repair.alphabet import END, LETTERS, OPEN
from dabir.text.repair.candidates import candidates_of, codes_of_text, gist_of
from dabir.text.repair.lexicon import KNOWN_PART
from dabir.text.repair.lines import RawLine
from dabir.text.repair.ngram import CharacterModel

WORD = re.compile(f"[{LETTERS}\u200c]+")
PERSIAN = 0.45  # share of known words under which a text is not Persian
SUSPECT = re.compile(
    r"\d(?=[آ-ی])|(?<=[آ-ی])\d|[.،؛:؟!](?=[آ-ی])|^\s*[.،؛:؟!]|\s\.\s|(?:^|\s)الف\s*$"
)
LONGEST = 260  # signs of a line that may still be one printed line
GAIN = 10.0  # nats by which another order must read better; clean lines stay under 4, rarely 13
SUSPECTS, WORST = 6, 6
FEW_LINES = 3


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


def chunks_reversed(lines: list[RawLine], model: CharacterModel, words: Mapping[str, int]) -> bool:
    """Whether the lines that look worst read far better with their chunks in another order."""
    short = [n for n, line in enumerate(lines) if len(line.units) <= LONGEST]
    strange = [n for n in suspects(lines) if n in set(short)]
    step = max(1, len(strange) // SUSPECTS)
    tested = strange[::step][:SUSPECTS]
    order = sorted(short, key=lambda n: surprise(lines[n], model))
    tested += [n for n in order[:WORST] if n not in tested]
    wanted = 1 if len(lines) <= FEW_LINES else 2
    better = 0
    for count, number in enumerate(tested, 1):
        better += gain(lines[number], model, words) > GAIN
        if better >= max(wanted, 0.25 * len(tested)):
            return True
        if better + len(tested) - count < wanted:
            return False
    return False


def surprise(line: RawLine, model: CharacterModel) -> float:
    """Mean ln P of the signs of a line as it stands; short lines say nothing."""
    codes = codes_of_text(gist_of(line.clean))
    if len(codes) < 12:
        return 0.0
    scores, _ = model.read(model.unknown(1), codes[None, :])
    return float(np.mean(scores))


def gain(line: RawLine, model: CharacterModel, words: Mapping[str, int]) -> float:
    """By how many nats the best order of pieces beats the line as it stands."""
    readings = candidates_of(line.units, model, words, [END, OPEN])
    own = gist_of(line.clean)
    standing = max((one.total for one in readings if gist_of(one.text) == own), default=-1e3)
    return max(one.total for one in readings) - standing
