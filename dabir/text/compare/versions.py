"""Two language versions of one document side by side: where they say different things."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias, TypeVar

from dabir.text.calendars import parse_partial_date
from dabir.text.compare.names import near_name, same_name
from dabir.text.compare.numbers import Number, numbers_in
from dabir.text.structure import Found, Node, Span, Structure, structure_text

What: TypeAlias = Literal["number", "date", "count", "missing", "name"]
T = TypeVar("T")
SHOWN = 120


@dataclass(frozen=True)
class Difference:
    """A place where two versions differ; a person settles it with a reason.

    `clause` is the identifier of the clause, or `clauses` and `recitals` for the counts of the
    whole document. `left` and `right` are the words of each version, None where it has none.
    """

    clause: str
    what: What
    left: str | None
    right: str | None
    left_span: Span | None = None
    right_span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """The difference for a machine."""
        return {
            "clause": self.clause,
            "what": self.what,
            "left": self.left,
            "right": self.right,
        }


def compare_texts(
    left: str | Structure,
    right: str | Structure,
    *,
    cities: Mapping[str, Collection[str]] | None = None,
) -> list[Difference]:
    """Compare two versions clause by clause: numbers, dates, names, what one of them lacks.

    A number whose digits are open (`201{4|5|8}`) differs only from what it cannot be.
    """
    one = left if isinstance(left, Structure) else structure_text(left, cities=cities)
    other = right if isinstance(right, Structure) else structure_text(right, cities=cities)
    differences = [
        *_counts("recitals", one.recitals, other.recitals),
        *_counts("clauses", one.clauses, other.clauses),
    ]
    for mine, theirs in _aligned_recitals(one.recitals, other.recitals):
        differences += _compare(mine, theirs)
    for mine, theirs in _by_identifier(one.clauses, other.clauses):
        differences += _compare(mine, theirs)
    return differences


def _counts(clause: str, left: list[Node], right: list[Node]) -> list[Difference]:
    if len(left) == len(right):
        return []
    return [Difference(clause, "count", str(len(left)), str(len(right)))]


_Pair: TypeAlias = "tuple[Node | None, Node | None]"


def _by_identifier(left: list[Node], right: list[Node]) -> list[_Pair]:
    """Nodes of the same identifier side by side, in the order of the left version."""
    theirs = {node.id: node for node in right}
    pairs: list[_Pair] = [(node, theirs.pop(node.id, None)) for node in left]
    return pairs + [(None, node) for node in theirs.values()]


def _aligned_recitals(left: list[Node], right: list[Node]) -> list[_Pair]:
    """Recitals have no numbers: by their order, and by what they speak of where counts differ."""
    if len(left) == len(right):
        return list(zip(left, right, strict=True))
    marks = [[_marks(node) for node in nodes] for nodes in (left, right)]
    best: dict[tuple[int, int], tuple[float, list[_Pair]]] = {(0, 0): (0.0, [])}
    for n in range(len(left) + 1):
        for m in range(len(right) + 1):
            ways = []
            if n and m:
                score, pairs = best[n - 1, m - 1]
                likeness = _likeness(marks[0][n - 1], marks[1][m - 1])
                ways.append((score + likeness, [*pairs, (left[n - 1], right[m - 1])]))
            if n:
                score, pairs = best[n - 1, m]
                ways.append((score - 0.2, [*pairs, (left[n - 1], None)]))
            if m:
                score, pairs = best[n, m - 1]
                ways.append((score - 0.2, [*pairs, (None, right[m - 1])]))
            if ways:
                best[n, m] = max(ways, key=lambda way: way[0])
    return best[len(left), len(right)][1]


def _marks(node: Node) -> set[str]:
    """What a paragraph speaks of, whatever its language."""
    marks = {f"city {found.value}" for found in node.cities}
    marks |= {f"organ {found.value}" for found in node.organs}
    marks |= {f"kind {found.value}" for found in node.kinds}
    return marks | {f"date {each}" for found in node.dates for each in _candidates(found)}


def _likeness(one: set[str], other: set[str]) -> float:
    return 0.1 + len(one & other) / max(1, len(one | other))


def _compare(left: Node | None, right: Node | None) -> list[Difference]:
    if left is None or right is None:
        return [_missing(left, right)]
    differences = [
        *_differing_dates(left, right),
        *_differing_numbers(left, right),
        *_differing_cities(left, right),
        *_differing_people(left, right),
        *_counts(left.id, _items(left), _items(right)),
    ]
    for mine, theirs in _by_identifier(left.children, right.children):
        differences += _compare(mine, theirs)
    return differences


def _items(node: Node) -> list[Node]:
    return [child for child in node.children if child.label is not None]


def _missing(left: Node | None, right: Node | None) -> Difference:
    node = left or right
    if node is None:
        raise ValueError("neither version has the clause")
    words = node.text if len(node.text) <= SHOWN else f"{node.text[:SHOWN]}…"
    return Difference(
        node.id,
        "missing",
        words if left else None,
        words if right else None,
        left.place if left else None,
        right.place if right else None,
    )


def _matched(
    left: list[T], right: list[T], same: Callable[[T, T], bool]
) -> tuple[list[T], list[T]]:
    """What of each list has no counterpart in the other."""
    rest = list(right)
    alone = []
    for mine in left:
        theirs = next((each for each in rest if same(mine, each)), None)
        if theirs is None:
            alone.append(mine)
        else:
            rest.remove(theirs)
    return alone, rest


def _paired(clause: str, what: What, left: list[Found], right: list[Found]) -> list[Difference]:
    """What stands alone on each side, put side by side in order."""
    differences = []
    for n in range(max(len(left), len(right))):
        mine = left[n] if n < len(left) else None
        theirs = right[n] if n < len(right) else None
        differences.append(
            Difference(
                clause,
                what,
                mine.words if mine else None,
                theirs.words if theirs else None,
                mine.span if mine else None,
                theirs.span if theirs else None,
            )
        )
    return differences


def _candidates(found: Found) -> list[str]:
    return list(found.details.get("candidates", ())) or ([found.value] if found.value else [])


def _differing_dates(left: Node, right: Node) -> list[Difference]:
    differences = []
    for fixed in (True, False):
        mine = [d for d in left.dates if (d.details["type"] == "fixed") == fixed]
        theirs = [d for d in right.dates if (d.details["type"] == "fixed") == fixed]
        if not fixed:
            mine, theirs = _once(mine), _once(theirs)
        alone = _matched(mine, theirs, _same_day if fixed else _same_term)
        differences += _paired(left.id, "date", *alone)
    return differences


def _once(terms: list[Found]) -> list[Found]:
    """Each term once: languages repeat `annual` as they like."""
    return list({(t.details["type"], t.value): t for t in terms}.values())


def _same_day(one: Found, other: Found) -> bool:
    mine = [_days(each) for each in _candidates(one)]
    theirs = [_days(each) for each in _candidates(other)]
    return any(a[0] <= b[1] and b[0] <= a[1] for a in mine for b in theirs)


def _days(candidate: str) -> tuple[date, date]:
    partial = parse_partial_date(candidate)
    return partial.first, partial.last


def _same_term(one: Found, other: Found) -> bool:
    return one.value == other.value and one.details["type"] == other.details["type"]


def _differing_numbers(left: Node, right: Node) -> list[Difference]:
    mine, theirs = (
        numbers_in(node, outside=[f.span for f in (*node.dates, *node.references) if f.span])
        for node in (left, right)
    )
    alone, rest = _matched(mine, theirs, lambda a, b: bool(a.values & b.values))
    alone, rest = _said_twice(alone, theirs), _said_twice(rest, mine)
    return [
        Difference(
            left.id,
            "number",
            alone[n].words if n < len(alone) else None,
            rest[n].words if n < len(rest) else None,
            alone[n].span if n < len(alone) else None,
            rest[n].span if n < len(rest) else None,
        )
        for n in range(max(len(alone), len(rest)))
    ]


def _said_twice(alone: list[Number], others: list[Number]) -> list[Number]:
    """Numbers the other version lacks; a word it has once for two of ours is no difference."""
    return [
        number
        for number in alone
        if number.in_figures or not any(number.values & other.values for other in others)
    ]


def _differing_cities(left: Node, right: Node) -> list[Difference]:
    mine = {found.value: found for found in left.cities}
    theirs = {found.value: found for found in right.cities}
    alone = [found for name, found in mine.items() if name not in theirs]
    rest = [found for name, found in theirs.items() if name not in mine]
    return _paired(left.id, "name", alone, rest)


def _differing_people(left: Node, right: Node) -> list[Difference]:
    alone, rest = _matched(left.people, right.people, _same_person)
    near_first = sorted(rest, key=lambda r: not any(_near(a, r) for a in alone))
    return _paired(left.id, "name", [_named(f) for f in alone], [_named(f) for f in near_first])


def _named(found: Found) -> Found:
    """The person by name alone, without title and post."""
    return Found(found.value, found.value or "", found.span, found.inferred, found.details)


def _same_person(one: Found, other: Found) -> bool:
    return same_name(_bare(one), _bare(other))


def _near(one: Found, other: Found) -> bool:
    return near_name(_bare(one), _bare(other))


def _bare(found: Found) -> str:
    return re.sub(r"\s+", " ", found.value or "")
