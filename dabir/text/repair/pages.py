"""Texts stored by shape (presentation forms), as old PDF files give them: letters put back."""

from dabir.text.repair.draft import Draft
from dabir.text.repair.forms import FORM, JUNK, PRIVATE, opened, zwnj_proven
from dabir.text.repair.records import Repair

FOLDED = {"ي": "ی", "ى": "ی", "ك": "ک"}


def repair_forms(text: str) -> Repair:
    """Letters instead of shapes, the ZWNJ that the shapes prove, Persian yeh and kaf."""
    draft = Draft()
    for place, character in enumerate(text):
        after = text[place + 1 : place + 2]
        if PRIVATE.match(character) or (character == "\u0652" and JUNK.match(character)):
            draft.change(character, "", "junk_mark", "certain")
        elif FORM.match(character):
            draft.change(character, opened(character), "presentation_form", "certain")
            if after and zwnj_proven(character, after):
                draft.change("", "\u200c", "zwnj_by_shape", "certain")
        elif character in FOLDED:
            draft.change(character, FOLDED[character], "yeh_kaf", "certain")
        else:
            draft.keep(character)
    return Repair(draft.text, (), tuple(draft.edits))
