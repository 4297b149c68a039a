"""Whether two names in different scripts can be one."""

from __future__ import annotations

import re

from dabir.text.folding import fold

# Sounds that Persian, Arabic and Latin writing of a name do not keep apart; vowels fall away.
_LATIN = (
    ("sch|sh|ch|zh|j|x", "X"),
    ("kh|gh|ng(?=[aeiou])|k|q|g|c(?![ei])", "K"),
    ("th|ts|tz|s|z|c", "S"),
    ("ph|f", "F"),
    ("bh|b", "B"),
    ("dh|d", "D"),
    ("t", "T"),
    ("p", "P"),
    ("l", "L"),
    ("m", "M"),
    ("n", "N"),
    ("r", "R"),
)
_EASTERN = str.maketrans(
    {
        **dict.fromkeys("شچجژ", "X"),
        **dict.fromkeys("خغکقگ", "K"),
        **dict.fromkeys("سصثزذضظ", "S"),
        **dict.fromkeys("طت", "T"),
        "ف": "F",
        "ب": "B",
        "پ": "P",
        "د": "D",
        "ل": "L",
        "م": "M",
        "ن": "N",
        "ر": "R",
    }
)
_HISSING = str.maketrans({"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh", "ğ": "g"})
_SOUND = re.compile("|".join(f"(?P<s{n}>{form})" for n, (form, _) in enumerate(_LATIN)))


def skeleton(name: str) -> str:
    """The consonants of a name, the same whatever script it is written in."""
    spelt = name.casefold().translate(_HISSING)
    folded = re.sub(r"(\w)\1+", r"\1", fold(spelt).replace(" ", "|"))
    out = []
    for word in folded.split("|"):
        if word and word[0].isascii():
            out += [
                _LATIN[int((found.lastgroup or "s0")[1:])][1] for found in _SOUND.finditer(word)
            ]
        else:
            out += [c for c in word.translate(_EASTERN) if "A" <= c <= "Z"]
    return "".join(out)


def distance(one: str, other: str) -> float:
    """How far two skeletons lie apart: 0 the same, 1 nothing in common."""
    if not one or not other:
        return float(one != other)
    row = list(range(len(other) + 1))
    for n, sign in enumerate(one, 1):
        above, row[0] = row[0], n
        for m, against in enumerate(other, 1):
            above, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, above + (sign != against))
    return row[-1] / max(len(one), len(other))


def same_name(one: str, other: str) -> bool:
    """Whether two spellings can be the same name: letters in one script, sounds across two."""
    if _script(one) == _script(other):
        return fold(one) == fold(other)
    return skeleton(one) == skeleton(other)


def near_name(one: str, other: str) -> bool:
    """Whether two names are likely the same one spelt differently."""
    return distance(skeleton(one), skeleton(other)) <= 0.4


def _script(name: str) -> str:
    folded = fold(name)
    return "latin" if folded[:1].isascii() else "eastern"
