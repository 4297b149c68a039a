"""Which records may be one and the same: by folded names, by sound across scripts; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dabir.text.compare.names import skeleton
from dabir.text.folding import fold

SHORTEST_SOUND = 4
"""Fewer consonants are shared by too many names."""


@dataclass(frozen=True)
class Named:
    """A record with its names; `place` keeps apart what cannot be the same (a country's code)."""

    key: str
    names: tuple[str, ...]
    place: str = ""


def _keys(record: Named) -> Iterator[str]:
    for name in record.names:
        folded = fold(name)
        if folded:
            yield f"={folded}"
            # "Sabz Rud" and "Sabzrud" are one; the order of a person's names is not.
            yield f"={folded.replace(' ', '')}"
            yield f"~{' '.join(sorted(folded.split()))}"
        sound = skeleton(name)
        if len(sound) >= SHORTEST_SOUND:
            yield f"?{sound}"


def doubles(records: Iterable[Named]) -> list[tuple[str, str]]:
    """Pairs that may be one, those of equal spelling first; an unknown place fits every place."""
    found: dict[str, set[str]] = defaultdict(set)
    by_key = {record.key: record for record in records}
    for record in by_key.values():
        for key in _keys(record):
            found[key].add(record.key)
    pairs: dict[tuple[str, str], int] = {}
    for key, group in found.items():
        if 1 < len(group) <= 20:
            for one, other in _pairs(sorted(group)):
                if _may_be_one(by_key[one], by_key[other]):
                    rank = 1 if key.startswith("?") else 0
                    pairs[one, other] = min(rank, pairs.get((one, other), 1))
    return sorted(pairs, key=lambda pair: (pairs[pair], pair))


def _pairs(keys: list[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            yield one, other


def _may_be_one(one: Named, other: Named) -> bool:
    return not one.place or not other.place or one.place == other.place
