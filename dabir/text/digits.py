"""The same number in the digits of another script."""

from __future__ import annotations

import re

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC = "٠١٢٣٤٥٦٧٨٩"
LATIN = "0123456789"

_TO_PERSIAN = str.maketrans(LATIN + ARABIC, PERSIAN + PERSIAN)
_TO_ARABIC = str.maketrans(LATIN + PERSIAN, ARABIC + ARABIC)
_TO_LATIN = str.maketrans(PERSIAN + ARABIC, LATIN + LATIN)
_NOT_PERSIAN = re.compile(f"[{LATIN}{ARABIC}]").search
_NOT_LATIN = re.compile(f"[{PERSIAN}{ARABIC}]").search


def to_persian(text: str) -> str:
    """The text with every Latin and Arabic digit written as a Persian one."""
    return text.translate(_TO_PERSIAN) if _NOT_PERSIAN(text) else text


def to_arabic(text: str) -> str:
    """The text with every Latin and Persian digit written as an Arabic one."""
    return text.translate(_TO_ARABIC)


def to_latin(text: str) -> str:
    """The text with every Persian and Arabic digit written as a Latin one."""
    return text.translate(_TO_LATIN) if _NOT_LATIN(text) else text


def localize_digits(text: str, language: str) -> str:
    """The text in the digits its reader uses: Persian for `fa`, Latin for every other language.

    Identifiers keep Latin digits in every language: the caller leaves them out.
    """
    return to_persian(text) if language.split("-")[0] == "fa" else to_latin(text)
