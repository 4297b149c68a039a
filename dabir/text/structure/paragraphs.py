"""Which lines belong together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dabir.text.structure.labels import Label, read_label
from dabir.text.structure.located import Located

# Lines of a text that its author's program broke are about as long as each other and not
# longer than a page is wide; one line a paragraph gives far longer ones.
WIDEST_LINE = 160
FULL = 0.75
LONGEST_QUOTATION = 4  # lines; beyond that a mark was forgotten
_ENDED = re.compile(r"[.؛;:!?؟…][\"”»')\]]*$")
_SENTENCE_INSIDE = re.compile(r"\w{3,}[.!?؟]\s+\w")
_VERB_ENDS_RECITAL = re.compile(r"[کیگدنرس]\w*یم\s*[؛;](?=\s*\w)")
_BROKEN_OFF = re.compile(r"(?:[،,\-–]|\b(?:و|به|از|در|با|که|the|of|and|to|in|for|a|an|من|في|و))$")


@dataclass(frozen=True)
class Line:
    """One line of the document that is not blank."""

    body: Located
    after_blank: bool
    label: Label | None

    @property
    def width(self) -> int:
        """Characters in the line."""
        return len(self.body.text)


@dataclass(frozen=True)
class _Layout:
    """How a program broke the lines: widest line, blank line after each, several sentences."""

    width: int
    spaced: bool
    prose: bool


def lines_of(text: str) -> list[Line]:
    """The lines of a document that are not blank, each knowing whether a blank one precedes it."""
    lines: list[Line] = []
    start, blank = 0, False
    for raw in re.split(r"(\r\n|[\n\r\f\v\x85\u2028\u2029])", text):
        if re.fullmatch(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", raw):
            start += len(raw)
            continue
        body = Located.of(raw, start).part(0)
        start += len(raw)
        if body.text:
            lines.append(Line(body, blank, read_label(body.text)))
            blank = False
        else:
            blank = True
    return lines


def paragraphs_of(text: str, *, whole: bool = False) -> list[Located]:
    """The paragraphs of a document; broken lines are put together again."""
    lines = lines_of(text)
    if whole or not lines:
        return [line.body for line in lines]
    return _divided(_joined(lines))


def _joined(lines: list[Line]) -> list[Located]:
    if not _is_broken(lines):
        return [line.body for line in lines]
    width = max(line.width for line in lines)
    blanks = sum(line.after_blank for line in lines[1:])
    spaced = blanks >= 0.8 * (len(lines) - 1)
    layout = _Layout(width, spaced=spaced, prose=_has_sentences_inside(lines))
    growing = [_Growing([lines[0]])]
    for line in lines[1:]:
        if _begins_paragraph(growing[-1], line, layout):
            growing.append(_Growing([line]))
        else:
            growing[-1].lines.append(line)
    return [Located.joining([line.body for line in one.lines]) for one in growing]


@dataclass(frozen=True)
class _Growing:
    """A paragraph as its lines are found."""

    lines: list[Line]

    @property
    def in_quotation(self) -> bool:
        """Whether a quotation was opened in the last few lines and not yet closed."""
        text = " ".join(line.body.text for line in self.lines[-LONGEST_QUOTATION:])
        return text.count('"') % 2 == 1 or text.count("«") > text.count("»")


def _divided(paragraphs: list[Located]) -> list[Located]:
    """Recitals that stand in one line, parted after the verb each of them ends with.

    Only before the first clause: there `… تشکر می کنیم؛ ایده‌های …` are two of them, while a
    clause may well say two things.
    """
    parted: list[Located] = []
    for at, paragraph in enumerate(paragraphs):
        label = read_label(paragraph.text)
        if label is not None and label.numbers_clauses:
            return parted + paragraphs[at:]
        start = 0
        for verb in _VERB_ENDS_RECITAL.finditer(paragraph.text):
            parted.append(paragraph.part(start, verb.end()))
            start = verb.end()
        parted.append(paragraph.part(start))
    return parted


def _is_broken(lines: list[Line]) -> bool:
    """Whether a program broke paragraphs into lines: full lines that end in mid-sentence."""
    width = max(line.width for line in lines)
    if width > WIDEST_LINE or len(lines) < 3:
        return False
    full = [line for line in lines[:-1] if line.width >= FULL * width]
    unfinished = [line for line in full if not _ENDED.search(line.body.text)]
    return width >= 40 and len(unfinished) >= max(2, 0.15 * len(lines))


def _has_sentences_inside(lines: list[Line]) -> bool:
    """Whether sentences end inside lines, so that a full stop alone ends no paragraph."""
    inside = [
        line
        for line in lines
        if _SENTENCE_INSIDE.search(line.body.text, line.label.end if line.label else 0)
    ]
    return len(inside) > 0.1 * len(lines)


def _begins_paragraph(above: _Growing, line: Line, layout: _Layout) -> bool:
    previous = above.lines[-1]
    ending = previous.body.text
    ended = bool(_ENDED.search(ending))
    if line.label is not None and (line.label.numbers_clauses or ended):
        return True
    if line.after_blank and not layout.spaced:
        return True
    if above.in_quotation or _BROKEN_OFF.search(ending):
        return False
    if ended:
        had_room = previous.width + len(line.body.text.split()[0]) < 0.95 * layout.width
        full_stop = ending.rstrip("\"”»')]").endswith(".")
        return had_room or not (full_stop and layout.prose)
    return previous.width < 0.5 * layout.width
