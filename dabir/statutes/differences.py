"""Two rule sets side by side: what was added, dropped, changed, set or unset. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from dabir.statutes.reading import Rules
from dabir.statutes.summary import Entry, entry_of, own_names, section_said
from dabir.statutes.telling import Names

ADDED, DROPPED, CHANGED = "added", "dropped", "changed"
SET_NOW, UNSET_NOW, CITED_ANEW = "set", "unset", "cited"


@dataclass(frozen=True)
class Difference:
    """One rule that is not the same in both; None where a set does not have it."""

    key: str
    kind: str
    section: str
    before: Entry | None
    after: Entry | None

    @property
    def name(self) -> str:
        entry = self.after or self.before
        return entry.name if entry else self.key


def differences(before: Rules, after: Rules, organs: Names | None = None) -> list[Difference]:
    """Every rule that differs, in the order of the later set, dropped ones last."""
    names = own_names(before) | own_names(after) | dict(organs or {})
    found = []
    for key in dict.fromkeys([*after.articles, *before.articles]):
        kind = _kind(before, after, key)
        if kind is None:
            continue
        old, new = before.articles.get(key), after.articles.get(key)
        found.append(
            Difference(
                key,
                kind,
                section_said(key.partition(".")[0], names),
                entry_of(old, names) if old else None,
                entry_of(new, names) if new else None,
            )
        )
    return found


def _kind(before: Rules, after: Rules, key: str) -> str | None:
    """How a rule differs; None when it is the same."""
    old, new = before.articles.get(key), after.articles.get(key)
    if old is None:
        return ADDED
    if new is None:
        return DROPPED
    if old.value == new.value:
        return CITED_ANEW if old.article != new.article else None
    if old.is_set and new.is_set:
        return CHANGED
    return SET_NOW if new.is_set else UNSET_NOW
