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
from dabir.core.together import KEYS, Together, given, in_parts, keyed, values_of
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
    known = engines.known_terms([(w, _may_begin(w)) for w in words if not w.isdigit()])
    known |= engines.standing([word for word in words if word.isdigit()])
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
    """The kinds with their numbers; the entries of the kind asked for, or the first of each.

    What is called exactly so comes first, then names, then texts: one row, of which a page is cut.
    """
    everywhere, in_name = numbers
    exact = _called(code)
    called = {
        kind.number: [n for n in exact if engines.kind_of(n) == kind.number][offset:][:shown]
        for kind in in_order()
        if kind.number in everywhere and only in ("", kind.key)
    }
    wanted = []
    for kind in called:
        ahead = sum(engines.kind_of(number) == kind for number in exact)
        named = max(in_name.get(kind, 0) - ahead, 0)
        texts = everywhere[kind] - in_name.get(kind, 0)
        start, left = max(offset - ahead, 0), shown - len(called[kind])
        if start < named and left:
            wanted.append(engines.Part(kind, True, named, start, min(left, named - start)))
        if start + left > named and texts:
            passed, more = max(start - named, 0), left - max(named - start, 0)
            wanted.append(engines.Part(kind, False, texts, passed, more))
    rest = engines.first_of(asked, wanted, without=exact)
    listed = {kind: [*first, *rest.get(kind, ())] for kind, first in called.items()}
    rows = {row.number: row.shown for row in _read([n for some in listed.values() for n in some])}
    return [
        Group(kind.key, everywhere[kind.number],
              [rows[number] for number in listed.get(kind.number, ()) if number in rows])
        for kind in in_order() if kind.number in everywhere
    ]  # fmt: skip


_CALLED = Together(
    entries=lambda: values_of(
        PublicEntry.objects.filter(code=given("code")).order_by("-number")[:MOST_CALLED], "number"
    )
)
_ENTRIES = Together(
    entries=lambda: values_of(PublicEntry.objects.filter(number__in=KEYS), "number", "shown")
)


def _called(code: str) -> list[int]:
    """The numbers of the entries of exactly this number or identifier."""
    return sorted((row.number for row in _CALLED.read(code=code)["entries"]), reverse=True)


def _read(numbers: list[int]) -> list[Any]:
    return [row for some in in_parts(numbers) for row in _ENTRIES.read(**keyed(some))["entries"]]
