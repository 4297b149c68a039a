"""Why something was found: the place that matched, cut around it, with the words marked."""

from __future__ import annotations

import re
from html import escape

from django.utils.safestring import SafeString, mark_safe

from dabir.core.publicsearch.engines import Asked
from dabir.text.folding import LETTER_MARKS, PLAIN_MARKS
from dabir.text.tokens import (
    HALF_SPACE,
    folded_word,
    is_of_signs,
    parts_of,
    runs_of_signs,
    tokens_of,
)

AROUND = 90
_OPEN = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(rf"[\w\u200c\u200d'’ʻ{LETTER_MARKS}{PLAIN_MARKS}]+")
Span = tuple[int, int]


def spans_of(text: str, asked: Asked) -> list[Span]:
    """Where words of the question stand in the text."""
    found: list[Span] = []
    words = list(_WORD.finditer(text))
    whole, begins = asked.whole, asked.begins
    signs = [word for word in whole if is_of_signs(word)]
    skip = False
    for at, match in enumerate(words):
        if skip:
            skip = False
            continue
        word = match[0]
        folded = folded_word(word)
        if signs and (runs := runs_of_signs(word)):
            found += _in_signs(word, match.start(), runs, signs)
        elif (
            folded in whole
            or folded.startswith(begins)
            or (" " in folded and _is_asked(word, asked))
        ):
            found.append(match.span())
        elif HALF_SPACE in word and (parts := _parts_asked(word, asked)):
            found += [(match.start() + start, match.start() + end) for start, end in parts]
        elif len(word) < 4 and at + 1 < len(words):
            # A prefix that stands alone is joined to its verb when it is folded.
            both = text[match.start() : words[at + 1].end()]
            skip = " " not in folded_word(both) and _is_asked(both, asked)
            if skip:
                found.append((match.start(), words[at + 1].end()))
    return found


def _is_asked(word: str, asked: Asked) -> bool:
    tokens = folded_word(word).split()
    return any(token in asked.whole or token.startswith(asked.begins) for token in tokens)


def _parts_asked(word: str, asked: Asked) -> list[Span]:
    """Where the parts asked for stand in a word written with a half-space: it is found by them too."""
    return [span for span in parts_of(word) if _is_asked(word[slice(*span)], asked)]


def _in_signs(word: str, offset: int, runs: list[Span], signs: list[str]) -> list[Span]:
    found = []
    for start, end in runs:
        run = "".join(folded_word(sign)[:1] or sign for sign in word[start:end])
        hit = [False] * (len(run) + 1)
        for sign in signs:
            at = run.find(sign)
            while at >= 0:
                hit[at : at + len(sign)] = [True] * len(sign)
                at = run.find(sign, at + 1)
        first = None
        for at, marked in enumerate(hit):
            if marked and first is None:
                first = at
            elif not marked and first is not None:
                found.append((offset + start + first, offset + start + at))
                first = None
    return found


def marked(text: str, asked: Asked) -> tuple[SafeString, bool]:
    """The text with the words of the question marked, open digits readable; and whether any was."""
    text = readable(text)
    spans = spans_of(text, asked)
    return _with_marks(text, spans), bool(spans)


def _with_marks(text: str, spans: list[Span]) -> SafeString:
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    pieces.append(escape(text[last:]))
    return mark_safe("".join(pieces))  # noqa: S308  each piece is escaped above


def readable(text: str) -> str:
    """Open digits without the signs that programs read."""
    if "{" not in text:
        return text
    return _OPEN.sub(lambda found: f"[{found[1].replace('|', '/')}]", text)


def has_all(text: str, asked: Asked) -> bool:
    """Whether every word of the question stands in the text, as the index sees it."""
    tokens = set(tokens_of(text))
    return tokens.issuperset(asked.whole) and all(
        any(token.startswith(begin) for token in tokens) for begin in asked.begins
    )


def excerpt(text: str, asked: Asked) -> SafeString | None:
    """The part of the text around the first word of the question, marked; None where none stands."""
    text = readable(text)
    spans = spans_of(text, asked)
    if not spans:
        return None
    start, end = max(0, spans[0][0] - AROUND), min(len(text), spans[0][1] + AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", end)
    end = stop if 0 <= stop < end + AROUND else min(end, len(text)) if stop >= 0 else len(text)
    end = min(end, start + 4 * AROUND)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    cut = text[start:end]
    if end == len(text) or text[end] == " ":  # no word was cut, so what was found stands
        at = start + len(cut) - len(cut.lstrip())
        inside = [(first - at, last - at) for first, last in spans if last <= end]
        shown = _with_marks(cut.strip(), inside)
    else:
        shown = marked(cut.strip(), asked)[0]
    return mark_safe(f"{before}{shown}{after}")  # noqa: S308  escaped by `_with_marks`
