"""Shares as exact fractions: "at least 2/3" and "more than 1/2" of a whole number. Pure.

A share is written as "p/q", never as a decimal number: 0.66 is not two-thirds.
"""

from __future__ import annotations

import re
from fractions import Fraction

from dabir.core.errors import InvalidInput

AT_LEAST, MORE_THAN = "at least", "more than"
COMPARISONS = (AT_LEAST, MORE_THAN)
_WRITTEN = re.compile(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*")


def read_fraction(value: object) -> Fraction:
    """A share written "p/q", from nought to one; raises InvalidInput otherwise."""
    written = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
    if written is None or not int(written[2]):
        raise InvalidInput(f"{value!r}: p/q")
    share = Fraction(int(written[1]), int(written[2]))
    if not 0 <= share <= 1:
        raise InvalidInput(f"{value!r}: 0 … 1")
    return share


def least_that_reaches(comparison: str, share: Fraction, whole: int) -> int:
    """The smallest number that is at least, or more than, this share of the whole.

    Two-thirds of 60: "at least" needs 40, "more than" needs 41.
    """
    part = share * whole
    if comparison == MORE_THAN:
        return part.__floor__() + 1
    return part.__ceil__()


def reaches(comparison: str, share: Fraction, part: int, whole: int) -> bool:
    """Whether the part is at least, or more than, this share of the whole."""
    return part >= least_that_reaches(comparison, share, whole)
