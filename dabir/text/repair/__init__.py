"""Repair of damaged Persian text; every doubt stays visible, no letter is lost.

from dabir.text.repair import repair_text

repair = repair_text(text)
repair.text, repair.spans, repair.edits, repair.digits
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dabir.text.repair.records import Digits, Edit, Occurrence, Repair, Span

if TYPE_CHECKING:
    from dabir.text.repair.document import Progress

__all__ = ["Digits", "Edit", "Occurrence", "Repair", "Span", "repair_text"]


def repair_text(
    text: str, *, protected: Collection[str] = (), progress: Progress | None = None
) -> Repair:
    """The best reading of a text with all that is doubtful; clean text comes back unchanged."""
    # What repairs is loaded with the first damaged text: a start of Dabir does without it.
    from dabir.text.repair.detection import PERSIAN, chunks_reversed, persian_share
    from dabir.text.repair.document import repair_lines
    from dabir.text.repair.forms import has_forms
    from dabir.text.repair.lexicon import lexicon
    from dabir.text.repair.lines import lines_of
    from dabir.text.repair.ngram import language_model
    from dabir.text.repair.pages import repair_forms

    lines = lines_of(text)
    words = lexicon()
    persian = bool(lines) and persian_share(text, words) >= PERSIAN
    if persian and chunks_reversed(lines, language_model(), words):
        return repair_lines(text, lines, protected, progress)
    if has_forms(text):
        return repair_forms(text, protected)
    return Repair(text)
