"""A machine reading as parts: each with its place, its words, its doubts and what it seems to hold.

A part is a plain dict, since it is kept as JSON:

    {"key", "role", "id", "label", "parent", "text", "original", "doubts", "numbers", "proposals"}

`parent` is the key of another part. Offsets of doubts count code points of the part's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any, TypeAlias

from dabir.intake.review.numbers import keeps_signs
from dabir.text.repair import Edit, Occurrence, Repair
from dabir.text.structure import Node, Structure

Part: TypeAlias = dict[str, Any]
FOUND = ("kinds", "organs", "addressees", "dates", "people", "cities", "references")
LISTED = 40  # solutions of a number that are kept one by one


def parts_of(structure: Structure, repair: Repair) -> list[Part]:
    """Every character of the text in one part, in the order of the text."""
    pieces = [*_nodes(structure), *_headings(structure)]
    covered = sorted((piece["span"] for piece in pieces), key=lambda span: span[0])
    pieces += _rest(structure.source, covered, title=structure.title)
    pieces.sort(key=lambda piece: piece["span"][0])
    sources = SourceMap(repair)
    keys = {piece["node"]: f"m{n}" for n, piece in enumerate(pieces) if piece["node"]}
    doubts = _numbered(pieces, repair)
    numbers = _numbers(pieces, repair)
    return [
        {
            "key": f"m{n}",
            "role": piece["role"],
            "id": piece["id"],
            "label": piece["label"],
            "parent": keys.get(piece["parent"]),
            "text": piece["text"],
            "original": sources.original(*piece["span"]),
            "doubts": doubts[n],
            "numbers": numbers[n],
            "proposals": piece["proposals"],
        }
        for n, piece in enumerate(pieces)
    ]


def _nodes(structure: Structure) -> list[dict[str, Any]]:
    return [
        {
            "node": node.id,
            "role": _role(node, structure),
            "id": node.id if node.parent is None and not node.id.startswith("P") else "",
            "label": node.label or "",
            "parent": node.parent,
            "text": node.body.text,
            "places": node.body.places,
            "span": (node.place.start, node.place.end),
            "proposals": {
                name: [found.to_json() for found in getattr(node, name)] for name in FOUND
            },
        }
        for node in structure.walk()
    ]


def _role(node: Node, structure: Structure) -> str:
    if node.parent is None:
        return "recital" if node.id.startswith("P") else "clause"
    return "item" if node.label else "remainder"


def _headings(structure: Structure) -> list[dict[str, Any]]:
    return [
        _plain("heading", structure.source, found.span.start, found.span.end)
        for found in structure.headings
        if found.span
    ]


def _rest(
    source: str, covered: list[tuple[int, int]], *, title: str | None
) -> list[dict[str, Any]]:
    """What stands in no node: the title, and whatever was passed over."""
    rest, at = [], 0
    first = min((start for start, _end in covered), default=len(source))
    for start, end in [*covered, (len(source), len(source))]:
        if source[at:start].strip():
            role = "title" if title and at < first else "unplaced"
            rest.append(_plain(role, source, at, start))
        at = max(at, end)
    return rest


def _plain(role: str, source: str, start: int, end: int) -> dict[str, Any]:
    """A part without any finding; line ends in it become one space each."""
    text: list[str] = []
    places: list[int] = []
    for found in re.finditer(r"\S+(?:[^\S\n]+(?=\S))?|\n+", source[start:end]):
        word = " " if found[0][0] == "\n" else found[0]
        if word == " " and (not text or text[-1].endswith(" ")):
            continue
        text.append(word)
        places += range(start + found.start(), start + found.start() + len(word))
    body = "".join(text).rstrip()
    span = (places[0], places[len(body) - 1] + 1)
    return {
        "node": None,
        "role": role,
        "id": "",
        "label": "",
        "parent": None,
        "text": body,
        "places": tuple(places[: len(body)]),
        "span": span,
        "proposals": {name: [] for name in FOUND},
    }


class SourceMap:
    """Where a range of the repaired text came from: what stood there when it was received."""

    def __init__(self, repair: Repair) -> None:
        self._edits = list(repair.edits)
        self._source = repair.source()
        self._ends = [edit.end for edit in self._edits]
        shift, self._shifts = 0, [0]
        for edit in self._edits:
            shift += len(edit.before) - len(edit.after)
            self._shifts.append(shift)

    def original(self, start: int, end: int) -> str:
        """The received lines of which a range was made, whole."""
        first = bisect_left(self._ends, start + 1)
        last = bisect_left(self._ends, end)
        begin = self._start_of(first, start)
        inside = self._edits[last : last + 1]
        if inside and inside[0].start < end:
            stop = self._edits[last].end + self._shifts[last + 1]
        else:
            stop = end + self._shifts[last]
        begin = self._source.rfind("\n", 0, begin) + 1
        line_end = self._source.find("\n", max(begin, stop - 1))
        return self._source[begin : line_end if line_end >= 0 else None].strip("\n")

    def _start_of(self, index: int, start: int) -> int:
        edit: Edit | None = self._edits[index] if index < len(self._edits) else None
        if edit and edit.start <= start < edit.end:
            return edit.start + self._shifts[index]
        return start + self._shifts[index]


def _within(places: tuple[int, ...], start: int, end: int) -> tuple[int, int]:
    """The range of a part's own text that a range of the whole text covers."""
    return bisect_left(places, start), bisect_left(places, end)


def _numbered(pieces: list[dict[str, Any]], repair: Repair) -> list[list[dict[str, Any]]]:
    """The doubts of each part, none over another; numbered through the whole text."""
    spans = sorted(repair.spans, key=lambda span: (not span.candidates, span.start))
    found: list[list[dict[str, Any]]] = [[] for _ in pieces]
    for span in spans:
        for piece, doubts in zip(pieces, found, strict=True):
            start, end = _within(piece["places"], span.start, span.end)
            for first, last in _free(start, end, doubts):
                words = piece["text"][first:last]
                if not words.strip():
                    continue
                begin, stop = piece["span"]
                whole = (first, last) == (start, end) and begin <= span.start and span.end <= stop
                candidates = list(span.candidates) if whole else []
                if span.start < piece["places"][0]:
                    candidates = [_without_label(one, piece["label"]) for one in candidates]
                doubts.append(
                    {
                        "start": first,
                        "end": last,
                        "class": span.cls,
                        "words": words,
                        "candidates": _several(candidates, words),
                        "rule": span.rule,
                        "evidence": span.evidence,
                    }
                )
    count = 0
    for doubts in found:
        doubts.sort(key=lambda doubt: doubt["start"])
        for doubt in doubts:
            doubt["key"] = f"w{count}"
            count += 1
    return found


def _free(start: int, end: int, taken: Iterable[dict[str, Any]]) -> list[tuple[int, int]]:
    """What of a range no doubt covers yet."""
    free = [(start, end)] if start < end else []
    for doubt in taken:
        cut = []
        for first, last in free:
            cut.append((first, min(last, doubt["start"])))
            cut.append((max(first, doubt["end"]), last))
        free = [(first, last) for first, last in cut if first < last]
    return free


def _without_label(reading: str, label: str) -> str:
    """Another reading of a whole line without the label that the part keeps apart."""
    return re.sub(rf"^\s*{re.escape(label.strip(' .()-'))}\s*[.)-]?\s*", "", reading)


def _several(candidates: list[str], words: str) -> list[str]:
    """The other readings of the same signs, each once, without white space that the words lack."""
    clean = []
    for one in candidates:
        said = one if words[:1].isspace() else one.lstrip()
        said = said if words[-1:].isspace() else said.rstrip()
        clean.append(said)
    return [one for one in dict.fromkeys(clean) if one != words and keeps_signs(one, words)]


def _numbers(pieces: list[dict[str, Any]], repair: Repair) -> list[list[dict[str, Any]]]:
    """The numbers of each part in their order; the labels of clauses are none."""
    found: list[list[dict[str, Any]]] = [[] for _ in pieces]
    for n, occurrence in enumerate(repair.digits.occurrences):
        for piece, numbers in zip(pieces, found, strict=True):
            start, end = _within(piece["places"], occurrence.start, occurrence.end)
            if start < end and piece["text"][start:end] == occurrence.reading:
                numbers.append(_number(f"n{n}", occurrence))
    return found


def _number(key: str, occurrence: Occurrence) -> dict[str, Any]:
    solutions = list(occurrence.solutions)
    return {
        "key": key,
        "raw": occurrence.raw,
        "reading": occurrence.reading,
        "solutions": solutions if len(solutions) <= LISTED else [],
        "status": occurrence.status,
        "evidence": occurrence.evidence,
    }
