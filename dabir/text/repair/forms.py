"""Presentation forms, yeh and kaf, marks that are no letters: what can be put right for certain."""

import re
import unicodedata

from dabir.text.repair.alphabet import NON_JOINING

ZWNJ = "\u200c"
FORM = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc]")
JUNK = re.compile("[\ue000-\uf8ff\u200b\ufeff\u0652]")
PRIVATE = re.compile("[\ue000-\uf8ff]")
_FOLDS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u0640": None})


def shape_of(character: str) -> str:
    """`initial`, `medial`, `final`, `isolated`, or nothing for a plain character."""
    decomposition = unicodedata.decomposition(character)
    return decomposition[1 : decomposition.index(">")] if decomposition.startswith("<") else ""


def opened(character: str) -> str:
    """The plain letters of a presentation form, with the Persian yeh and kaf."""
    return unicodedata.normalize("NFKC", character).translate(_FOLDS)


def zwnj_proven(before: str, after: str) -> bool:
    """Whether the shapes of two neighbours prove that a ZWNJ stood between them.

    A letter that could join but stands in its final shape directly before another letter was kept
    from joining.
    """
    if not FORM.match(before) or shape_of(before) not in ("final", "isolated"):
        return False
    letter = opened(before)[-1:]
    if not letter.isalpha() or letter in NON_JOINING or letter == "ء":
        return False
    if FORM.match(after):
        return shape_of(after) in ("initial", "isolated")
    return after.isalpha() and "ARABIC LETTER" in unicodedata.name(after, "")


def folded(text: str) -> str:
    """The text with its letters in one spelling each: NFKC, Persian yeh and kaf."""
    return unicodedata.normalize("NFKC", text).translate(_FOLDS)


def has_forms(text: str) -> bool:
    """Whether the text was stored by shape instead of by letter."""
    return FORM.search(text) is not None
