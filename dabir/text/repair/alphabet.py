"""The sixty-odd signs in which the language models see a Persian line.

Every sign is a small number below 64, so that ten of them fit in one 64-bit key.
A line is a list of *units*: one base character with the marks that ride on it.
"""

import unicodedata
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint8]

LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآءأؤئإة"
SIGNS = '.،؛:؟!()"«»-/'
ZWNJ_SIGN = "\u200c"
OPEN, END, SPACE, ZWNJ = 0, 1, 2, 3
FIRST_LETTER = 4
FIRST_SIGN = FIRST_LETTER + len(LETTERS)
DIGIT = FIRST_SIGN + len(SIGNS)
LATIN = DIGIT + 1
OTHER = LATIN + 1
SIZE = OTHER + 1
NON_JOINING = frozenset("اأإآءدذرزژوؤة")

_SAME = {
    "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ٱ": "ا",
    ",": "،", ";": "؛", "?": "؟", "\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-",
    "[": "(", "]": ")", "“": '"', "”": '"', "„": '"', "'": '"', "\u00a0": " ", "\t": " ",
}  # fmt: skip
_CODES = {" ": SPACE, ZWNJ_SIGN: ZWNJ, "\n": END}
_CODES |= {letter: FIRST_LETTER + place for place, letter in enumerate(LETTERS)}
_CODES |= {sign: FIRST_SIGN + place for place, sign in enumerate(SIGNS)}

IS_LETTER = np.zeros(64, dtype=bool)
IS_LETTER[FIRST_LETTER:FIRST_SIGN] = True
IS_SIGN = np.zeros(64, dtype=bool)
IS_SIGN[FIRST_SIGN:DIGIT] = True
IS_SIGN[OTHER] = True
JOINS_NEXT = np.zeros(64, dtype=bool)
for _letter in LETTERS:
    JOINS_NEXT[_CODES[_letter]] = _letter not in NON_JOINING


def code(unit: str) -> int:
    """The sign a unit stands for: its base character folded, marks ignored."""
    base = _SAME.get(unit[0], unit[0])
    known = _CODES.get(base)
    if known is not None:
        return known
    if base.isdigit():
        known = DIGIT
    elif base.isspace():
        known = SPACE
    elif base.isalpha() and "LATIN" in unicodedata.name(base, ""):
        known = LATIN
    else:
        known = OTHER
    _CODES[base] = known
    return known


def units_of(text: str) -> list[str]:
    """Base characters, each with the combining marks that follow it."""
    units: list[str] = []
    for character in text:
        if units and unicodedata.combining(character) and not units[-1].isspace():
            units[-1] += character
        else:
            units.append(character)
    return units


_TABLE = np.zeros(0x110000, dtype=np.uint8)  # the sign of a character, one more; 0 is not yet known


def codes_of(units: Iterable[str]) -> Codes:
    """The signs of a list of units, or of the characters of a text."""
    bases = units if isinstance(units, str) else "".join(unit[0] for unit in units)
    points = np.frombuffer(bases.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    found = _TABLE[points]
    if not found.all():
        for point in np.unique(points[found == 0]).tolist():
            _TABLE[point] = code(chr(point)) + 1
        found = _TABLE[points]
    return np.asarray(found - 1, dtype=np.uint8)
