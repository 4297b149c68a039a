"""The names that the registry knows, for matching what a text says; and for protecting them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dabir.core.words import as_words
from dabir.organs.models import Organ
from dabir.registry.models import City, Person
from dabir.text.compare.names import near_name, same_name
from dabir.text.folding import fold

ROLE_WORDS = {
    "general_assembly": "assembly",
    "executive_board": "board",
    "secretariat": "secretariat",
}


@dataclass(frozen=True)
class Known:
    """One record of the registry as it may be named in a text."""

    key: str
    names: Mapping[str, str]
    spellings: tuple[str, ...]
    kind: str = ""
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Registry:
    """Everything that a text may name: organs, cities, people."""

    organs: list[Known] = field(default_factory=list)
    cities: list[Known] = field(default_factory=list)
    people: list[Known] = field(default_factory=list)

    def protected(self) -> list[str]:
        """Names that a repair must not take apart."""
        rows = (*self.cities, *self.people)
        return sorted({name for row in rows for name in row.spellings if len(name) > 2})

    def spellings_of_cities(self) -> dict[str, list[str]]:
        """Each city's own key with the names it is known by, for the reading of structure."""
        return {row.key: sorted(row.spellings) for row in self.cities}

    def organs_meant(self, found: Mapping[str, Any]) -> list[Known]:
        """The organs that a found organ means, the likeliest first."""
        value, words = str(found.get("value") or ""), fold(str(found.get("words") or ""))
        keyed = [row for row in self.organs if row.key == value.replace("_", "-")]
        named = [row for row in self.organs if words in row.folded]
        kinds = [row for row in self.organs if row.kind == ROLE_WORDS.get(value)]
        return _once([*keyed, *named, *(kinds if len(kinds) == 1 else [])])

    def cities_meant(self, found: Mapping[str, Any]) -> list[Known]:
        """The cities that bear a found name."""
        said = {fold(str(found.get(key) or "")) for key in ("value", "words")} - {""}
        return [row for row in self.cities if said & row.folded]

    def people_meant(self, found: Mapping[str, Any]) -> list[Known]:
        """The people who bear a found name, in whatever script."""
        said = str(found.get("value") or found.get("words") or "")
        return [r for r in self.people if any(same_name(said, name) for name in r.spellings)]

    def alike(self, field: str, found: Mapping[str, Any]) -> list[Known]:
        """Cities or people whose names are written alike: for a person to choose, never proposed."""
        said = str(found.get("words" if field == "cities" else "value") or "")
        rows = {"cities": self.cities, "people": self.people}.get(field, [])
        return [row for row in rows if any(near_name(said, name) for name in row.spellings)]


def _once(rows: Iterable[Known]) -> list[Known]:
    return list({row.key: row for row in rows}.values())


def _known(key: str, names: Any, *more: str, kind: str = "") -> Known:
    words = as_words(names)
    spellings = tuple(dict.fromkeys(s for s in (*words.values(), *more) if s))
    folded = frozenset(fold(spelling) for spelling in (key, *spellings))
    return Known(key, words, spellings, kind, folded)


def registry_names() -> Registry:
    """The registry's names, in three statements."""
    return Registry(
        organs=[_known(o.key, o.names, kind=o.kind) for o in Organ.objects.all()],
        cities=[
            _known(c.public_id, c.names, c.printed_as) for c in City.objects.order_by("public_id")
        ],
        people=[
            _known(p.public_id, p.names)
            for p in Person.objects.filter(is_demonstration=False).order_by("public_id")
        ],
    )
