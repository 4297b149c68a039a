"""From lines on pages to paragraphs: which line ends because the paragraph does."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from dabir.text.readers.lines import TextLine
from dabir.text.structure.labels import read_label

_ENDED = re.compile(r"[.؛;:!?؟…][\"”»')\]]*$")
_DIGITS = re.compile("[0-9۰-۹٠-٩]+")
_PAGE_NUMBER = re.compile(r"\W*(?:(?:page|صفحه|ص)\W*)?#\W*(?:(?:of|از|/)\W*#)?\W*", re.IGNORECASE)
FEWEST_PAGES_FOR_HEADS = 3


def paragraphs_of_pages(
    pages: list[list[TextLine]],
) -> tuple[list[str], list[int], list[str]]:
    """Paragraphs, the number of the page where each begins (from 1), and heads left out."""
    pages, heads = _without_running_heads(pages)
    leading = _leading(pages)
    paragraphs: list[str] = []
    begins: list[int] = []
    known = _known_words(pages)
    previous: TextLine | None = None
    for number, lines in enumerate(pages, 1):
        for at, line in enumerate(lines):
            turned = at == 0
            if previous is not None and not turned and _same_row(previous, line):
                paragraphs[-1] += f"\t{line.text}"
            elif previous is None or _begins(previous, line, leading, turned=turned):
                paragraphs.append(line.text)
                begins.append(number)
            else:
                paragraphs[-1] = _continued(paragraphs[-1], line.text, known)
            previous = line
    return paragraphs, begins, heads


def _same_row(previous: TextLine, line: TextLine) -> bool:
    return abs(previous.base - line.base) < 0.35 * line.size and previous.block == line.block


def _begins(previous: TextLine, line: TextLine, leading: float, *, turned: bool) -> bool:
    """Whether a line begins a paragraph: a gap, another size, an indent, or room left above."""
    if abs(line.size - previous.size) > 0.12 * max(line.size, previous.size):
        return True
    drop = (previous.base - line.base) / max(line.size, 1)
    apart = turned or line.block != previous.block
    if not apart and drop > 1.25 * leading:
        return True
    label = read_label(line.text)
    ended = bool(_ENDED.search(previous.text))
    if label is not None and ended:
        return True
    room = previous.left - previous.edges[0] if previous.rtl else previous.edges[1] - previous.right
    if room > line.lead + 0.3 * line.size:
        return True
    return _indent(line) > 0.8 * line.size and _indent(previous) < 0.3 * line.size and ended


def _indent(line: TextLine) -> float:
    return line.edges[1] - line.right if line.rtl else line.left - line.edges[0]


def _leading(pages: list[list[TextLine]]) -> float:
    """The usual distance between lines of a paragraph, in letter sizes."""
    gaps = [
        (one.base - other.base) / max(other.size, 1)
        for lines in pages
        for one, other in itertools.pairwise(lines)
        if one.block == other.block and one.base - other.base > 0.35 * other.size
    ]
    if not gaps:
        return 1.5
    gaps.sort()
    return gaps[len(gaps) // 20]


def _continued(above: str, below: str, known: Counter[str]) -> str:
    """Two lines of one paragraph; a word that was divided between them is put together."""
    if above.endswith("\u00ad"):
        return above[:-1] + below
    divided = re.search(r"([A-Za-z]+)-$", above)
    first = re.match(r"[a-z]+", below)
    if divided and first:
        whole = known[(divided[1] + first[0]).lower()] > 0
        hyphenated = known[f"{divided[1]}-{first[0]}".lower()] > 0
        return above[:-1] + below if whole and not hyphenated else above + below
    return f"{above} {below}"


def _known_words(pages: list[list[TextLine]]) -> Counter[str]:
    return Counter(
        word.lower()
        for lines in pages
        for line in lines
        for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", line.text)
    )


def _without_running_heads(
    pages: list[list[TextLine]],
) -> tuple[list[list[TextLine]], list[str]]:
    """Leave out what stands at the edge of most pages: heads, feet, page numbers."""
    if len(pages) < FEWEST_PAGES_FOR_HEADS:
        return pages, []
    repeated: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        repeated.update({_place(line) for line in _edges(lines)})
    enough = max(FEWEST_PAGES_FOR_HEADS, 0.6 * len(pages))
    heads = {
        place
        for place, count in repeated.items()
        if count >= enough or (_PAGE_NUMBER.fullmatch(place[0]) and count >= 0.3 * len(pages))
    }
    left_out: dict[str, None] = {}
    kept = []
    for lines in pages:
        edge = {id(line) for line in _edges(lines)}
        kept.append([x for x in lines if id(x) not in edge or _place(x) not in heads])
        left_out |= {_place(x)[0]: None for x in lines if id(x) in edge and _place(x) in heads}
    return kept, list(left_out)


def _edges(lines: list[TextLine]) -> list[TextLine]:
    ordered = sorted(lines, key=lambda line: line.base)
    return [*ordered[:2], *ordered[-2:]]


def _place(line: TextLine) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.base / 6)
