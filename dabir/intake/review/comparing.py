"""Where a further language version says other things than the one in the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from dabir.text.compare import compare_texts
from dabir.text.structure import Structure, structure_text

Conflict: TypeAlias = dict[str, Any]


def conflicts_of(
    left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]
) -> list[Conflict]:
    """The differences of two versions given as (clause, text), each with a key of its own."""
    differences = [one.to_json() for one in compare_texts(_structure(left), _structure(right))]
    differences += _lacking(left, right, {one["clause"] for one in differences})
    return [one | {"key": _key(one)} for one in differences]


def _lacking(
    left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]], told: set[str]
) -> list[Conflict]:
    """Clauses by name that only one of them has, where the comparison of texts did not say it."""
    mine, theirs = dict(left), dict(right)
    rows = []
    for name in [*mine, *(n for n in theirs if n not in mine)]:
        if (name in mine) != (name in theirs) and name not in told:
            sides = [one[name][:120] if name in one else None for one in (mine, theirs)]
            rows.append({"clause": name, "what": "missing", "left": sides[0], "right": sides[1]})
    return rows


def _key(one: Conflict) -> str:
    said = "|".join(str(one[name]) for name in ("clause", "what", "left", "right"))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _structure(version: Iterable[tuple[str, str]]) -> Structure:
    """The clauses of a version set out under their own names, one paragraph each."""
    lines = []
    for name, text in version:
        last = name.rpartition(".")[2]
        head = "" if name.startswith("P") and "." not in name else f"{last}. "
        head = "" if last.startswith("note") else head
        lines.append(f"{head}{' '.join(text.split())}")
    return structure_text("\n".join(lines), whole_paragraphs=True)
