"""From paragraphs to recitals, clauses, items and remainders, by the order of their labels.

Only a series proves a label: a clause number is believed when it is the next one, a letter when
it opens or continues a list. A paragraph that starts with `25.` or `و.` by chance is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dabir.text.structure.labels import Label, read_label
from dabir.text.structure.located import Located, Span, level
from dabir.text.structure.nodes import Found, Node

_FINISHED = re.compile(r"[.؛;:!?؟،,…][\"”»')\]]*$")
_SPEAKERS = re.compile(r"(?:ما|نحن|we|the mayors|the members)\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
TITLE_WORDS = 16


@dataclass
class Outline:
    """The tree of a document before anything is looked for in its words."""

    title: Located | None = None
    recitals: list[Node] = field(default_factory=list)
    clauses: list[Node] = field(default_factory=list)
    headings: list[Found] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class _Series:
    """An open list of items under `parent`."""

    parent: Node
    names: set[str]
    count: int
    last: Node


@dataclass(frozen=True)
class _Step:
    """A paragraph that numbers a clause."""

    number: int
    label: Label


def outline_of(paragraphs: list[Located]) -> Outline:
    """The tree of the paragraphs of one document."""
    labels = [read_label(p.text) for p in paragraphs]
    steps, warnings = _clause_steps(labels)
    first = min(steps, default=len(paragraphs))
    outline = Outline(warnings=warnings)
    opening = _take_title(outline, paragraphs[:first], labels)
    _take_opening(outline, opening, labels, paragraphs)
    _take_clauses(outline, paragraphs, labels, steps)
    return outline


def _clause_steps(labels: list[Label | None]) -> tuple[dict[int, _Step], list[str]]:
    """Which paragraphs are clauses, and with which number; the longest believable series wins."""
    styles = dict.fromkeys(label.style for label in labels if label and label.numbers_clauses)
    chains = [_chain(labels, {style}) for style in styles]
    chains.append(_chain(labels, set(styles)))
    best: tuple[dict[int, _Step], int] = ({}, 0)
    for steps, gaps in chains[:-1]:
        outer, inner = _encloses(steps, best[0]), _encloses(best[0], steps)
        if outer or (not inner and _weight(steps, gaps) > _weight(*best)):
            best = (steps, gaps)
    mixed, gaps = chains[-1]
    if len(mixed) >= 2 * max(1, len(best[0])) or (
        best[1] and not gaps and len(mixed) > len(best[0])
    ):
        best = (mixed, gaps)
    steps, _ = best
    if len(steps) < 2:
        return {}, []
    numbers = [step.number for step in steps.values()]
    missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
    return steps, [f"missing_clause:{number}" for number in missing]


def _encloses(outer: dict[int, _Step], inner: dict[int, _Step]) -> bool:
    """Whether one series is a list inside a clause of the other."""
    if len(outer) < 2 or not inner:
        return False
    before = sum(at < min(inner) for at in outer)
    after = sum(at > max(inner) for at in outer)
    return before > 0 and after > 0 and before + after == len(outer)


def _weight(steps: dict[int, _Step], gaps: int) -> float:
    named = any(step.label.style.startswith("named") for step in steps.values())
    return len(steps) - 2 * gaps + (0.5 if named else 0)


def _chain(labels: list[Label | None], styles: set[str]) -> tuple[dict[int, _Step], int]:
    steps: dict[int, _Step] = {}
    expected, gaps = 1, 0
    values = [
        frozenset[int]().union(*(label.places.get(k, ()) for k in ("number", "named", "ordinal")))
        if label and label.style in styles
        else frozenset[int]()
        for label in labels
    ]
    last = {number: at for at, value in enumerate(values) for number in value}
    for at, (label, here) in enumerate(zip(labels, values, strict=True)):
        if label is None or not here:
            continue
        if label.suffix:
            if expected - 1 in here:
                steps[at] = _Step(expected - 1, label)
            continue
        later = last.get(expected, -1) > at
        skipped = [n for n in (expected + 1, expected + 2) if n in here]
        if expected in here:
            number = expected
        elif skipped and not later and steps:
            number, gaps = skipped[0], gaps + 1
        else:
            continue
        steps[at] = _Step(number, label)
        expected = number + 1
    return steps, gaps


def _take_title(
    outline: Outline, opening: list[Located], labels: list[Label | None]
) -> list[tuple[int, Located]]:
    """Set the title aside: short unfinished lines before the first sentence."""
    rest = list(enumerate(opening))
    while rest:
        at, body = rest[0]
        short = len(body.text.split()) <= TITLE_WORDS and not _FINISHED.search(body.text)
        if not short or _SPEAKERS.match(level(body.text)) or (labels[at] and outline.title):
            break
        if outline.title is not None and not _goes_on(outline.title, body, len(rest)):
            break
        outline.title = Located.joining([outline.title, body] if outline.title else [body])
        rest.pop(0)
    return rest


def _goes_on(title: Located, body: Located, left: int) -> bool:
    """Whether a second short line still belongs to the title: only where a sentence follows."""
    return left > 1 and len(title.text.split()) + len(body.text.split()) <= 2 * TITLE_WORDS


def _take_opening(
    outline: Outline,
    opening: list[tuple[int, Located]],
    labels: list[Label | None],
    paragraphs: list[Located],
) -> None:
    """The unnumbered paragraphs before clause 1, with lettered items below those that list."""
    series: list[_Series] = []
    for at, body in opening:
        label = labels[at]
        above = outline.recitals[-1] if outline.recitals else None
        if label and above and (item := _item(series, above, label, body, heads=_lists(above))):
            item.body = body.part(label.end)
            continue
        series.clear()
        node = Node(f"P{len(outline.recitals)}", None, None, body, body.span())
        outline.recitals.append(node)


def _lists(node: Node) -> bool:
    return bool(re.search(r"[:؛;][\"”»')\]]*$", node.body.text))


def _take_clauses(
    outline: Outline,
    paragraphs: list[Located],
    labels: list[Label | None],
    steps: dict[int, _Step],
) -> None:
    series: list[_Series] = []
    clause: Node | None = None
    for at, body in enumerate(paragraphs):
        label, step = labels[at], steps.get(at)
        if step is not None:
            clause = _clause(step, body)
            outline.clauses.append(clause)
            series.clear()
        elif clause is None:
            continue
        elif label is None or not _item(series, clause, label, body, heads=True):
            _take_remainder(outline, clause, series, body, last=at == len(paragraphs) - 1)


def _clause(step: _Step, body: Located) -> Node:
    identifier = f"{step.number}{step.label.suffix}"
    return Node(identifier, step.label.raw, None, body.part(step.label.end), body.span())


def _take_remainder(
    outline: Outline, clause: Node, series: list[_Series], body: Located, *, last: bool
) -> None:
    """A paragraph with no label: the text of a bare label, a heading, or a remainder."""
    holder = series[-1].last if series else clause
    if not holder.body.text:
        holder.body = body
        holder.place = Span(holder.place.start, body.span().end)
        return
    if not last and len(body.text.split()) <= 8 and not _FINISHED.search(body.text):
        outline.headings.append(
            Found(None, body.text, body.span(), inferred=True, details={"after": holder.id})
        )
        return
    notes = len(clause.children) - clause.items
    name = "note" if not notes else f"note{notes + 1}"
    clause.children.append(Node(f"{clause.id}.{name}", None, clause.id, body, body.span()))


def _item(
    series: list[_Series], clause: Node, label: Label, body: Located, *, heads: bool
) -> Node | None:
    """Put a labelled paragraph into the list it continues or opens; None where it fits none."""
    for depth in range(len(series) - 1, -1, -1):
        names = _continuing(series[depth], label)
        if names:
            del series[depth + 1 :]
            _absorb(clause, series[depth].last)
            return _append(series[depth], names, label, body)
    opening = {name for name, places in label.places.items() if 1 in places or not places}
    if not opening or not heads:
        return None
    for depth, one in enumerate(series):
        if one.names & opening:  # a second list of the same kind goes on counting
            del series[depth + 1 :]
            return _append(one, opening, label, body, restart=True)
    parent = series[-1].last if series else clause
    opened = _Series(parent, opening, 0, parent)
    series.append(opened)
    return _append(opened, opening, label, body)


def _absorb(clause: Node, item: Node) -> None:
    """What stood without a label between two items of a list belongs to the first of them."""
    between: list[Node] = []
    while clause.children and clause.children[-1].label is None:
        between.insert(0, clause.children.pop())
    if between:
        item.body = Located.joining([item.body, *(note.body for note in between)])
        item.place = Span(item.place.start, between[-1].place.end)


def _continuing(one: _Series, label: Label) -> set[str]:
    for step in (1, 2):
        names = {
            name
            for name in one.names
            if name in label.places
            and (one.count + step in label.places[name] or not label.places[name])
        }
        if names:
            return names
    return set()


def _append(
    one: _Series, names: set[str], label: Label, body: Located, *, restart: bool = False
) -> Node:
    order = one.parent.items
    one.parent.items += 1
    letter = _LETTERS[order % 26] * (order // 26 + 1)
    node = Node(
        f"{one.parent.id}.{letter}", label.raw, one.parent.id, body.part(label.end), body.span()
    )
    one.parent.children.append(node)
    values = frozenset[int]().union(*(label.places[name] for name in names))
    one.count = 1 if restart else min((v for v in values if v > one.count), default=one.count + 1)
    one.names = names
    one.last = node
    return node
