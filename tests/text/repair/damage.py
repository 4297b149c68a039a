"""Damages a known text the way the received declaration was damaged."""

import random
from dataclasses import dataclass

from tests.text.repair.grammar import declaration

ZWNJ = "\u200c"


@dataclass(frozen=True)
class Damaged:
    """A damaged document, its truth, and what its labels prove of the digits."""

    raw: str
    truth: str
    ids: tuple[str, ...]
    digit_map: dict[str, str]


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


def digit_map(chance: random.Random) -> dict[str, str]:
    """A font's wrong map true -> shown; some digits fall together."""
    shown = list("0123456789")
    for _ in range(chance.randint(1, 4)):
        first, second = chance.sample(range(10), 2)
        if chance.random() < 0.5:
            shown[first], shown[second] = shown[second], shown[first]
        else:
            shown[first] = shown[second]
    return dict(zip("0123456789", shown, strict=True))


CUT = {  # chance of a cut: after a space, before a space, elsewhere
    "sparse": (0.015, 0.015, 0.015),
    "words": (0.8, 0.001, 0.001),
    "spaces": (0.8, 0.8, 0.001),
    "intact": (0.0, 0.0, 0.0),
}


def cuts_of(line: str, mode: str, chance: random.Random) -> set[int]:
    """Where the line is cut: always at numbers, never inside them or beside a ZWNJ."""
    cuts = set()
    for place in range(1, len(line)):
        before, after = line[place - 1], line[place]
        if before.isdigit() or after.isdigit():
            if not (before.isdigit() and after.isdigit()):
                cuts.add(place)
        elif ZWNJ not in (before, after):
            kind = 0 if before == " " else 1 if after == " " else 2
            if chance.random() < CUT[mode][kind]:
                cuts.add(place)
    return cuts


def broken(line: str, chance: random.Random) -> str:
    """The line with its chunks in opposite order; a ZWNJ at a cut vanishes."""
    roll = chance.random()
    mode = (
        "intact" if roll < 0.29 else "sparse" if roll < 0.8 else "words" if roll < 0.9 else "spaces"
    )
    if mode == "intact" and not any(c.isdigit() for c in line):
        return line
    chunks, last = [], 0
    for cut in [*sorted(cuts_of(line, mode, chance)), len(line)]:
        chunks += line[last:cut].split(ZWNJ)
        last = cut
    return "".join(reversed(chunks))


def damage(paragraphs: list[tuple[str, str]], chance: random.Random) -> Damaged:
    """A document with this damage, and the best any reader could make of it."""
    shown = digit_map(chance)
    width = chance.randint(80, 105)
    spaced = chance.random() < 0.6
    lines: list[str] = []
    for _, text in paragraphs:
        shifted = "".join(shown.get(c, c) for c in text)
        for line in wrap(shifted, width):
            lines += [broken(line, chance), ""] if spaced else [broken(line, chance)]
        if not spaced:
            lines.append("")
    ids = tuple(name for name, _ in paragraphs)
    truth = "\n".join(readable(name, text, shown, ids) for name, text in paragraphs)
    return Damaged("\n".join(lines) + "\n", truth, ids, shown)


def readable(name: str, text: str, shown: dict[str, str], ids: tuple[str, ...]) -> str:
    """The text with each digit as the set that the labels leave open; labels as they are."""
    labels = "".join(one for one in ids if one.isdigit())
    if name.isdigit():
        label, rest = text.split(".", 1)
        return f"{label}." + readable("", rest, shown, ids)
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


def documents(seeds: range) -> list[Damaged]:
    """Generated declarations, each damaged by its own writer program."""
    found = []
    for seed in seeds:
        chance = random.Random(seed)
        found.append(damage(declaration(chance), chance))
    return found


TUNING, MEASURING = range(100, 130), range(900, 930)
