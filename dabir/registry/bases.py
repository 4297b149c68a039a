"""A decision named in words: by its number in the register, else kept as typed."""

from __future__ import annotations

from dabir.core.basis import decision_named
from dabir.core.reference import Reference
from dabir.core.words import reader_language
from dabir.text.digits import to_latin


def basis_named(text: str) -> Reference | None:
    """The decision behind a number or words; nothing typed is "unknown"."""
    named = text.strip()
    if not named:
        return None
    found = decision_named(to_latin(named))
    return found or Reference("text", "", {reader_language(): named})
