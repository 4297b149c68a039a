"""Tells damaged text from clean text; clean text is never touched."""

import re
from collections.abc import Mapping

import numpy as np

from dabir.text.repair.alphabet import END, LETTERS, OPEN
from dabir.text.repair.candidates import candidates_of_lines, codes_of_text, gist_of
from dabir.text.repair.joins import Voice
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
TOGETHER = 4  # lines that are tried side by side
FEW_LINES = 3
LEAST_SIGNS = 12
NOISE_WEIGHT = 2.4  # more than where a text is known to be damaged: here the damage must be proven


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
    unlikely = dict(zip(short, surprises([lines[n] for n in short], model), strict=True))
    order = sorted(short, key=unlikely.__getitem__)
    tested += [n for n in order[:WORST] if n not in tested]
    wanted = 1 if len(lines) <= FEW_LINES else 2
    better = 0
    count = 0
    while count < len(tested):
        part = [lines[number] for number in tested[count : count + TOGETHER]]
        better += sum(gain > GAIN for gain in gains(part, model, words))
        count += len(part)
        if better >= max(wanted, 0.25 * len(tested)):
            return True
        if better + len(tested) - count < wanted:
            return False
    return False


def surprises(lines: list[RawLine], model: CharacterModel) -> list[float]:
    """Mean ln P of the signs of each line as it stands; short lines say nothing."""
    runs = [codes_of_text(gist_of(line.clean)) for line in lines]
    signs = np.zeros((len(runs), max(map(len, runs), default=0)), dtype=np.uint8)
    for row, codes in enumerate(runs):
        signs[row, : len(codes)] = codes
    scores, _ = model.read(model.unknown(len(runs)), signs)
    return [
        float(np.mean(scores[row, : len(codes)])) if len(codes) >= LEAST_SIGNS else 0.0
        for row, codes in enumerate(runs)
    ]


def gains(lines: list[RawLine], model: CharacterModel, words: Mapping[str, int]) -> list[float]:
    """By how many nats the best order of pieces beats each line as it stands."""
    voice = Voice(model, model.unknown(len(lines)))
    found = []
    read = candidates_of_lines([line.units for line in lines], [voice], words, [END, OPEN])
    for line, readings in zip(lines, read, strict=True):
        own = gist_of(line.clean)
        scores = {one.text: one.language + NOISE_WEIGHT * one.noise + one.rules for one in readings}
        standing = [score for text, score in scores.items() if gist_of(text) == own]
        found.append(max(scores.values()) - max(standing, default=-1e3))
    return found
