"""Damages a known text the way the received declaration was damaged.

Two parts that share no sentence: one tunes, one only measures. The measuring part has writer
programs of its own; those of the tuning part are three, and any number drawn at random.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tests.text.repair.grammar import WORDS, Vocabulary, declared
from tests.text.repair.other_words import OTHER_WORDS
from tests.text.repair.third_words import THIRD_WORDS

ZWNJ = "\u200c"


@dataclass(frozen=True)
class Damaged:
    """A damaged document, its truth, and what its labels prove of the digits."""

    raw: str
    truth: str
    ids: tuple[str, ...]
    digit_map: dict[str, str]
    kinds: dict[str, str]  # of the clauses that clearly have one


@dataclass(frozen=True)
class Producer:
    """A writer program: how it cuts its lines, how wide they are, which signs it writes."""

    modes: tuple[tuple[float, str], ...]
    widths: tuple[int, int]
    digits: str = "0123456789"
    letters: tuple[tuple[str, str], ...] = ()
    spare_spaces: float = 0.0


CUT = {  # chance of a cut: after a space, before a space, elsewhere
    "sparse": (0.015, 0.015, 0.015),
    "words": (0.8, 0.001, 0.001),
    "spaces": (0.8, 0.8, 0.001),
    "intact": (0.0, 0.0, 0.0),
    "phrases": (0.25, 0.02, 0.004),
    "stretches": (0.0, 0.0, 0.0),
}
USUAL = ((0.29, "intact"), (0.51, "sparse"), (0.1, "words"), (0.1, "spaces"))
ARABIC = (("ی", "ي"), ("ک", "ك"))
DRAWN = {  # between which shares of the lines a writer program drawn at random cuts so
    "intact": (0.15, 0.35),
    "sparse": (0.25, 0.55),
    "words": (0.0, 0.3),
    "spaces": (0.0, 0.15),
    "phrases": (0.0, 0.2),
    "stretches": (0.0, 0.2),
}
TUNED = (
    Producer(USUAL, (80, 105)),
    Producer(USUAL, (70, 90), letters=ARABIC),
    Producer(((0.3, "intact"), (0.3, "sparse"), (0.2, "words"), (0.2, "stretches")), (80, 105)),
)
MEASURED = (
    Producer(USUAL, (84, 112)),
    Producer(((0.25, "intact"), (0.45, "sparse"), (0.3, "words")), (60, 80), "۰۱۲۳۴۵۶۷۸۹"),
    Producer(((0.3, "intact"), (0.4, "sparse"), (0.3, "phrases")), (90, 120), letters=ARABIC),
    Producer(
        ((0.3, "intact"), (0.4, "sparse"), (0.15, "spaces"), (0.15, "stretches")),
        (75, 100),
        spare_spaces=0.02,
    ),
)


def wrap(text: str, width: int) -> list[str]:
    """Lines of about `width` characters; each but the last ends with its space."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line[:-1])
    return lines


def digit_map(chance: random.Random, digits: str) -> dict[str, str]:
    """A font's wrong map true -> shown; some digits fall together."""
    shown = list(digits)
    for _ in range(chance.randint(1, 4)):
        first, second = chance.sample(range(10), 2)
        if chance.random() < 0.5:
            shown[first], shown[second] = shown[second], shown[first]
        else:
            shown[first] = shown[second]
    return dict(zip("0123456789", shown, strict=True))


def cuts_of(line: str, mode: str, chance: random.Random) -> set[int]:
    """Where the line is cut: always at numbers, never inside them or beside a ZWNJ."""
    cuts = set()
    word_by_word = False
    for place in range(1, len(line)):
        before, after = line[place - 1], line[place]
        if mode == "stretches" and before == " ":
            word_by_word ^= chance.random() < 0.2
        if before.isdigit() or after.isdigit():
            if not (before.isdigit() and after.isdigit()):
                cuts.add(place)
        elif ZWNJ not in (before, after):
            kind = 0 if before == " " else 1 if after == " " else 2
            if chance.random() < CUT[mode][kind] or (word_by_word and before == " "):
                cuts.add(place)
    return cuts


def mode_of(producer: Producer, chance: random.Random) -> str:
    """How the producer cuts this line."""
    roll = chance.random()
    for share, mode in producer.modes:
        roll -= share
        if roll < 0:
            return mode
    return producer.modes[-1][1]


def broken(line: str, chance: random.Random, producer: Producer = TUNED[0]) -> str:
    """The line with its chunks in opposite order; a ZWNJ at a cut vanishes."""
    mode = mode_of(producer, chance)
    if mode == "intact" and not any(c.isdigit() for c in line):
        return line
    chunks, last = [], 0
    for cut in [*sorted(cuts_of(line, mode, chance)), len(line)]:
        chunks += line[last:cut].split(ZWNJ)
        last = cut
    return "".join(reversed(chunks))


def printed(text: str, producer: Producer, chance: random.Random) -> str:
    """The text in the letters and spaces of the producer."""
    for ours, theirs in producer.letters:
        text = text.replace(ours, theirs)
    return "".join(
        c * 2 if c == " " and chance.random() < producer.spare_spaces else c for c in text
    )


def damage(
    paragraphs: list[tuple[str, str]],
    kinds: dict[str, str],
    chance: random.Random,
    producer: Producer,
) -> Damaged:
    """A document with this damage, and the best any reader could make of it."""
    shown = digit_map(chance, producer.digits)
    width = chance.randint(*producer.widths)
    spaced = chance.random() < 0.6
    lines: list[str] = []
    for _, text in paragraphs:
        shifted = printed("".join(shown.get(c, c) for c in text), producer, chance)
        for line in wrap(shifted, width):
            one = broken(line, chance, producer)
            lines += [one, ""] if spaced else [one]
        if not spaced:
            lines.append("")
    ids = tuple(name for name, _ in paragraphs)
    truth = "\n".join(readable(name, text, shown, ids) for name, text in paragraphs)
    return Damaged("\n".join(lines) + "\n", truth, ids, shown, kinds)


def readable(name: str, text: str, shown: dict[str, str], ids: tuple[str, ...]) -> str:
    """The text with each digit as the set that the labels leave open; labels as they are."""
    labels = "".join(one for one in ids if one.isdigit())
    if name.isdigit():
        return text[: len(name)] + readable("", text[len(name) :], shown, ids)
    unseen = set("0123456789") - set(labels)
    out = ""
    for c in text:
        if not c.isdigit():
            out += c
            continue
        same = {d for d in shown if shown[d] == shown[c] and d in labels} | unseen
        if name == "title" or shown[c] not in {shown[d] for d in labels}:
            same = set("0123456789") if name == "title" else unseen
        out += c if same == {c} else "{" + "|".join(sorted(same)) + "}"
    return out


def made(seed: int, words: Vocabulary, producers: tuple[Producer, ...]) -> Damaged:
    """One declaration, damaged by one of the writer programs."""
    chance = random.Random(seed)
    return damage(*declared(chance, words), chance, producers[seed % len(producers)])


def drawn(chance: random.Random) -> Producer:
    """A writer program drawn at random: doubts must hold for more than three of them."""
    shares = [chance.uniform(*span) for span in DRAWN.values()]
    width = chance.randint(58, 105)
    return Producer(
        tuple(zip((one / sum(shares) for one in shares), DRAWN, strict=True)),
        (width, width + chance.randint(8, 26)),
        digits=chance.choice(["0123456789", "0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]),
        letters=chance.choice([(), (), ARABIC]),
        spare_spaces=chance.choice([0, 0, 0.01, 0.025]),
    )


def documents(seeds: Iterable[int]) -> list[Damaged]:
    """Generated declarations of the tuning or the measuring part."""
    found = []
    for seed in seeds:
        words, producers = WORDS, TUNED
        if seed in MEASURING or seed in MEASURED_BEFORE:
            words, producers = OTHER_WORDS, MEASURED
        elif seed in WIDELY:
            chance = random.Random(seed * 7919 + 1)
            producers = (drawn(chance),)
            words = replace(WORDS, mark=chance.choice([".", ".", ".)"]))
        elif seed in DRILY:
            words, producers = THIRD_WORDS, (drawn(random.Random(seed * 104729 + 5)),)
        found.append(made(seed, words, producers))
    return found


TUNING, WIDELY, DRILY = range(100, 166), range(3000, 3100), range(5000, 5100)
MEASURING = range(15200, 15260)
MEASURED_BEFORE = (
    *range(7400, 7430), *range(9400, 9430), *range(11700, 11730), *range(12100, 12130),
)  # fmt: skip
