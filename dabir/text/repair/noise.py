"""How lines of this damage come about: cut into chunks, the chunks written in opposite order.

A line mode says where cuts fall. Prices are natural logarithms per border between two signs of the
true line; they were estimated on real files (see docs/develop/repair.md).
"""

import math
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import DIGIT, IS_LETTER, LATIN, SPACE, ZWNJ

Prices = npt.NDArray[np.float32]
START = 63  # the "sign" before the first chunk of a line
NEVER = -60.0


class Border(IntEnum):
    """Where in the true line a cut may fall."""

    AFTER_SPACE = 0
    BEFORE_SPACE = 1
    SIGN = 2
    INSIDE = 3
    DIGIT = 4
    DOUBLE = 5
    ZWNJ = 6
    NUMBER = 7


class Kind(IntEnum):
    """What a chunk holds."""

    BLANK = 0
    WORD = 1
    LONGER = 2
    NONE = 3


def _border_table() -> npt.NDArray[np.uint8]:
    table = np.full((64, 64), Border.SIGN, dtype=np.uint8)
    letters = IS_LETTER.copy()
    letters[LATIN] = True
    table[np.ix_(letters, letters)] = Border.INSIDE
    table[:, SPACE] = Border.BEFORE_SPACE
    table[SPACE, :] = Border.AFTER_SPACE
    table[DIGIT, :] = Border.DIGIT
    table[:, DIGIT] = Border.DIGIT
    table[DIGIT, DIGIT] = Border.NUMBER
    table[SPACE, SPACE] = Border.DOUBLE
    table[ZWNJ, :] = Border.ZWNJ
    table[:, ZWNJ] = Border.ZWNJ
    return table


BORDERS = _border_table()


@dataclass(frozen=True)
class Mode:
    """One way in which a writer program cuts its lines."""

    name: str
    prior: float
    cut: tuple[float, float, float, float]
    by_kind: bool = False
    cut_prices: Prices = field(init=False, repr=False, compare=False)
    uncut_prices: Prices = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cut = [*(math.log(p) if p else NEVER for p in self.cut), 0.0, 0.0, NEVER, NEVER]
        uncut = [*(math.log1p(-p) for p in self.cut), *UNCUT_REST]
        if self.by_kind:
            cut = [0.0, 0.0, 0.0, -2.0, 0.0, 0.0, NEVER, NEVER]
            uncut = [0.0, 0.0, 0.0, 0.0, *UNCUT_REST]
        prices = np.array(cut, dtype=np.float32)[BORDERS]
        prices[START, :] = 0.0
        object.__setattr__(self, "cut_prices", prices)
        object.__setattr__(self, "uncut_prices", np.array(uncut, dtype=np.float32)[BORDERS])


# Digits, double spaces and ZWNJ are nearly always cut at; inside a number nothing ever is.
UNCUT_REST = (-3.0, -3.0, math.log(0.2) / 2, 0.0)
LAST_SPACE = math.log(0.5)  # the space that wraps a line is often a chunk of its own
LOW = math.exp(-7)
INTACT_PRIOR = math.log(0.29)
MODES = (
    Mode("sparse", math.log(0.30), (0.012, 0.012, 0.012, 0.012)),
    Mode("words", math.log(0.10), (0.8, LOW, LOW, LOW)),
    Mode("words and spaces", math.log(0.08), (0.8, 0.8, LOW, LOW)),
    Mode("mixed", math.log(0.23), (0.5, 0.5, 0.5, 0.5), by_kind=True),
)
# Found by the searches above, but cheaper to explain so: a line cut now and then, mostly at spaces.
ONLY_PRICED = (Mode("now and then", math.log(0.10), (0.12, 0.03, 0.01, 0.006)),)
KIND_PRICES = np.full((4, 4), -1.0, dtype=np.float32)
KIND_PRICES[Kind.WORD, Kind.WORD] = -0.4
KIND_PRICES[Kind.WORD, Kind.LONGER] = -3.5
KIND_PRICES[Kind.LONGER, Kind.WORD] = -3.5
KIND_PRICES[Kind.LONGER, Kind.LONGER] = -4.5
KIND_PRICES[Kind.NONE, :] = 0.0
