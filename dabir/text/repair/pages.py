"""Texts stored by shape (presentation forms), as old PDF files give them: letters put back."""

from collections.abc import Collection

from dabir.text.repair.draft import Draft
from dabir.text.repair.forms import FORM, PRIVATE, opened, zwnj_proven
from dabir.text.repair.lexicon import lexicon
from dabir.text.repair.records import Repair, Span
from dabir.text.repair.spacing import LEAST_WORDS, mended

FOLDED = {"ي": "ی", "ك": "ک"}
Piece = tuple[str, str, str]  # source, text, rule


def repair_forms(text: str, protected: Collection[str] = ()) -> Repair:
    """Letters instead of shapes, the ZWNJ that the shapes prove, Persian yeh and kaf.

    Spaces and ZWNJ that were probably lost besides are put in too, and flagged.
    """
    draft = Draft()
    spans: list[Span] = []
    guarded = {part for name in protected for part in (name, *name.split())}
    for line in text.splitlines(keepends=True):
        words = line.split()
        for token in tokens_of(line):
            plain = "".join(after for _, after, _ in token)
            better = mended(plain, lexicon(), guarded) if len(words) >= LEAST_WORDS else None
            if better is None:
                for before, after, rule in token:
                    draft.change(before, after, rule, "certain")
                continue
            start = draft.length
            source = "".join(before for before, _, _ in token)
            draft.change(source, better, "lost_space", "probable")
            evidence = "written this way far more often in the training sentences"
            spans.append(Span(start, draft.length, "probable", (plain,), "lost_space", evidence))
    return Repair(draft.text, tuple(spans), tuple(draft.edits))


def tokens_of(line: str) -> list[list[Piece]]:
    """The words of a line, each as its characters put right, and all that stands between."""
    tokens: list[list[Piece]] = [[]]
    for place, character in enumerate(line):
        piece = righted(character)
        letter = bool(piece[1]) and piece[1][-1].isalpha()
        if not letter or (tokens[-1] and not tokens[-1][-1][1][-1:].isalpha()):
            tokens.append([])
        tokens[-1].append(piece)
        if zwnj_proven(character, line[place + 1 : place + 2]):
            tokens[-1].append(("", "\u200c", "zwnj_by_shape"))
            tokens.append([])
    return merged(tokens)


def merged(tokens: list[list[Piece]]) -> list[list[Piece]]:
    """Words held together by a ZWNJ are one token: nothing is guessed inside them."""
    out: list[list[Piece]] = []
    for token in tokens:
        if not token:
            continue
        if out and (out[-1][-1][1] == "\u200c" or token[0][1] == "\u200c"):
            out[-1] += token
        else:
            out.append(token)
    return out


def righted(character: str) -> Piece:
    """One character of the source, what it should be, and why."""
    if PRIVATE.match(character):
        return character, "", "junk_mark"
    if FORM.match(character):
        return character, opened(character), "presentation_form"
    if character in FOLDED:
        return character, FOLDED[character], "yeh_kaf"
    return character, character, ""
