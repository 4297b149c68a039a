"""Numbers whose digits are open: what they may be, and whether a text still holds them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

from dabir.text.repair.records import letters_of

DIGITS = re.compile(r"\{(\d(?:\|\d)+)\}|(\d)")
NUMBER = re.compile(r"(?:\{\d(?:\|\d)+\}|\d)+")
MOST = 100


def is_open(reading: str) -> bool:
    """Whether a number has a digit that several readings are open for."""
    return "{" in reading


def open_numbers(text: str) -> Counter[str]:
    """The numbers of a text that are open, each as it is written."""
    return Counter(found[0] for found in NUMBER.finditer(text) if is_open(found[0]))


def candidates_of(reading: str) -> list[str]:
    """Every number that a reading with open digits may be; empty where they are too many to list."""
    sets = [(found[1] or found[2]).split("|") for found in DIGITS.finditer(reading)]
    total = 1
    for digits in sets:
        total *= len(digits)
    return ["".join(digits) for digits in product(*sets)] if total <= MOST else []


def may_be(value: str, reading: str) -> bool:
    """Whether the digits of a reading can spell the value."""
    pattern = "".join(
        f"[{(found[1] or found[2]).replace('|', '')}]" for found in DIGITS.finditer(reading)
    )
    return re.fullmatch(pattern, value) is not None


def keeps_signs(old: str, new: str) -> bool:
    """Whether both have the same letters, signs and certain digits, in whatever order."""
    return _signs(old) == _signs(new)


def changed_signs(old: str, new: str) -> tuple[str, str]:
    """The signs that the old words have and the new ones lack, and the reverse."""
    one, other = _signs(old), _signs(new)
    return "".join((one - other).elements()), "".join((other - one).elements())


def _signs(text: str) -> Counter[str]:
    certain = NUMBER.sub(lambda found: "" if is_open(found[0]) else found[0], text)
    return letters_of(text) + Counter(c for c in certain if c.isdecimal())
