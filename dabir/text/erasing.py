"""Words about a person taken out of a text that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable


def without(text: str, pieces: Iterable[str], *, instead: str = "—") -> str:
    """The text with each piece replaced, however it is spaced and whether in capitals or not."""
    wanted = sorted({" ".join(piece.split()) for piece in pieces if piece.strip()}, key=len)
    for piece in reversed(wanted):  # the longest first: a name may hold another
        found = r"\s+".join(re.escape(word) for word in piece.split())
        text = re.sub(rf"(?<!\w){found}(?!\w)", lambda _found: instead, text, flags=re.IGNORECASE)
    return text
