"""What is asked of the public index, and what is tried where nothing has every word as it was typed.

In this order: every word, the last one as the beginning of a word; every word as a beginning; the one
nobody knows exchanged for a known one that differs by one slip; and last, without the words that
stand nowhere. The answer says which of these it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dabir.core.models import PublicEntry, PublicTerm
from dabir.core.publicsearch import engines
from dabir.core.publicsearch.engines import Asked
from dabir.core.publicsearch.kinds import in_order
from dabir.text.tokens import is_of_signs, one_slip_away, tokens_asked

MOST_WORDS = 12
SHORTEST_BEGINNING = 2
MOST_CORRECTED, MOST_OFFERED, MOST_CALLED = 2, 3, 5


@dataclass(frozen=True)
class Group:
    """The results of one kind: how many there are, and those asked for."""

    kind: str
    number: int
    entries: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """What was found. `words` are searched for, whole or as beginnings; `instead` names what was
    exchanged for what; `without` the words that stand nowhere and were left out.
    """

    groups: list[Group] = field(default_factory=list)
    asked: Asked = field(default_factory=Asked)
    instead: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def total(self) -> int:
        """How many results of all kinds there are."""
        return sum(group.number for group in self.groups)


def ask(text: str, *, shown: int, kind: str = "", offset: int = 0) -> Answer:
    """The public things that the words of the text find, by kind; of one kind those from `offset` on."""
    whole = tokens_asked(text)
    typed = list(dict.fromkeys(whole))
    words = typed[:MOST_WORDS]
    if not words:
        return Answer()
    best = _counted(_as_typed(words))
    if best is None:
        best = _tried(words)
    if best is None:
        return Answer(asked=_as_typed(words), is_cut=len(typed) > len(words))
    answer, numbers = best
    groups = _groups(answer.asked, " ".join(whole), numbers, shown, kind, offset)
    return replace(answer, groups=groups, is_cut=len(typed) > len(words))


def _may_begin(word: str) -> bool:
    return len(word) >= SHORTEST_BEGINNING and not word.isdigit() and not is_of_signs(word)


def _as_typed(words: list[str]) -> Asked:
    """Every word whole, the last as the beginning of one."""
    if _may_begin(words[-1]):
        return Asked(tuple(words[:-1]), (words[-1],))
    return Asked(tuple(words))


def _as_beginnings(words: Iterable[str]) -> Asked:
    whole = tuple(word for word in words if not _may_begin(word))
    return Asked(whole, tuple(word for word in words if _may_begin(word)))


Counted = tuple[dict[int, int], dict[int, int]]


def _counted(asked: Asked, **said: Any) -> tuple[Answer, Counted] | None:
    known = engines.with_meant(asked)
    if known is None:
        return None
    numbers = engines.counts(known, [kind.number for kind in in_order()])
    return (Answer(asked=known, **said), numbers) if numbers[0] else None


def _tried(words: list[str]) -> tuple[Answer, Counted] | None:
    """Nothing has all the words as they were typed: what is nearest."""
    if len(words) > 1 and (found := _counted(_as_beginnings(words))):
        return found
    known = engines.known_terms([(word, _may_begin(word)) for word in words])
    unknown = [word for word in words if word not in known]
    instead = _offered(unknown[:MOST_CORRECTED])
    if instead and (found := _corrected(words, instead)):
        return found
    rest = [instead[w][0] if w in instead else w for w in words if w in known or w in instead]
    if rest and len(rest) < len(words):
        said = {w: offered[0] for w, offered in instead.items()}
        return _counted(_as_beginnings(rest), instead=said,
                        without=tuple(w for w in unknown if w not in instead))  # fmt: skip
    return None


def _corrected(words: list[str], instead: dict[str, list[str]]) -> tuple[Answer, Counted] | None:
    """The words with those exchanged that nobody knows; of several known ones that found most often."""
    best: tuple[Answer, Counted] | None = None
    first = next(iter(instead))
    for offered in instead[first]:
        said = {word: others[0] for word, others in instead.items()} | {first: offered}
        tried = [said.get(word, word) for word in words]
        found = _counted(_as_beginnings(tried), instead=said)
        if found and (best is None or sum(found[1][0].values()) > sum(best[1][0].values())):
            best = found
    return best


def _offered(words: list[str]) -> dict[str, list[str]]:
    """For each word those that stand somewhere and differ from it by one slip."""
    near = {word: one_slip_away(word) for word in words}
    everything = [term for terms in near.values() for term in terms]
    if not everything:
        return {}
    terms = set(PublicTerm.objects.filter(term__in=everything).values_list("term", flat=True))
    offered = {word: [term for term in near[word] if term in terms] for word in words}
    return {word: found[:MOST_OFFERED] for word, found in offered.items() if found}


def _groups(
    asked: Asked, code: str, numbers: Counted, shown: int, only: str, offset: int
) -> list[Group]:
    """The kinds with their numbers; the entries of the kind asked for, or the first of each."""
    everywhere, in_name = numbers
    wanted = []
    for kind in in_order():
        if kind.number not in everywhere or only not in ("", kind.key):
            continue
        named = in_name.get(kind.number, 0)
        if offset < named:
            wanted.append((kind.number, True, offset, min(shown, named - offset)))
        if named < offset + shown and everywhere[kind.number] > named:
            start = max(offset - named, 0)
            wanted.append((kind.number, False, start, shown - max(named - offset, 0)))
    first = engines.first_of(asked, wanted)
    exact = [] if offset else _called(code)
    rows = {row.number: row for row in _read([n for found in first.values() for n in found])}
    groups = []
    for kind in in_order():
        if kind.number not in everywhere:
            continue
        listed = [rows[number] for number in first.get(kind.number, ()) if number in rows]
        called = [row for row in exact if row.kind == kind.key and only in ("", kind.key)]
        listed = [*called, *(row for row in listed if row.number not in {c.number for c in called})]
        groups.append(
            Group(kind.key, everywhere[kind.number], [row.shown for row in listed[:shown]])
        )
    return groups


def _called(code: str) -> list[PublicEntry]:
    """The entries of exactly this number or identifier."""
    return list(PublicEntry.objects.filter(code=code).order_by("-number")[:MOST_CALLED])


def _read(numbers: list[int]) -> list[PublicEntry]:
    return list(PublicEntry.objects.filter(number__in=numbers).only("number", "kind", "shown"))
