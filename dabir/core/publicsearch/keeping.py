"""The index is made from the records, never the other way round: renewed by acts, or all anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from dabir.core.composed import Composed
from dabir.core.models import PublicEntry, PublicTerm
from dabir.core.numbering import next_number
from dabir.core.publicsearch import engines
from dabir.core.publicsearch.kinds import KINDS, Entry, Kind, in_order
from dabir.core.together import given
from dabir.core.trailend import held_end
from dabir.text.tokens import tokens_asked, tokens_of

BATCH = 500
LONGEST_CODE = 160
RENEWALS = "public search renewed"
Tell = Callable[[str, int], object]
T = TypeVar("T")


def _batched(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, BATCH)):
        yield some


def _alone() -> None:
    """Let nobody else write the index meanwhile: whoever records an act holds the same row."""
    held_end()


def code_of(text: str) -> str:
    """A number or identifier as it is compared: its folded words."""
    return " ".join(tokens_asked(text))[:LONGEST_CODE]


def tokens_of_entry(shown: dict[str, Any]) -> list[str]:
    """The words of an entry; those of its name and its number also with the mark of names."""
    named = tokens_of(" ".join([shown.get("code", ""), *shown.get("names", {}).values()]))
    texts = (text for _key, words in shown.get("fields", ()) for text in words.values())
    others = tokens_of(" ".join(texts))
    return [*dict.fromkeys([*named, *others]), *dict.fromkeys(engines.IN_NAME + t for t in named)]


def renew(records: Iterable[tuple[str, str]], *, held: bool = False) -> None:
    """Read again what acts on these records, named by kind and public id, have touched.

    Who records the acts holds the end of the trail already.
    """
    acted: dict[str, set[str]] = {}
    for kind, public_id in records:
        acted.setdefault(kind, set()).add(public_id)
    for kind_of in KINDS.values():
        owners: set[str] = set()
        for kind, touched in kind_of.touched_by.items():
            if kind in acted:
                owners.update(touched(acted[kind]))
        if owners:
            _renew_owners(kind_of, owners, held=held)


_KEPT = Composed(
    lambda: PublicEntry.objects.filter(kind=given("kind"), owner=given("owner")).order_by("id")
)


def _kept_of(kind: Kind, owners: list[str]) -> dict[str, list[PublicEntry]]:
    """What is kept of these owners; one owner, as after most acts, is asked for at little cost."""
    if len(owners) == 1:
        rows = _KEPT.read(kind=kind.key, owner=owners[0])
    else:
        rows = list(PublicEntry.objects.filter(kind=kind.key, owner__in=owners).order_by("id"))
    kept: dict[str, list[PublicEntry]] = {}
    for row in rows:
        kept.setdefault(row.owner, []).append(row)
    return kept


@transaction.atomic(savepoint=False)
def _renew_owners(kind: Kind, owners: set[str], *, held: bool = False) -> int:
    """Replace the entries of these owners; those that are what they were stay untouched. How many changed."""
    if not held:
        _alone()
    number = 0
    for some in _batched(sorted(owners)):
        kept = _kept_of(kind, some)
        found: dict[str, list[Entry]] = {}
        for entry in kind.read(some):
            found.setdefault(entry.owner, []).append(entry)
        changed = [
            owner for owner in some
            if [_told(e) for e in found.get(owner, [])] != [_kept(r) for r in kept.get(owner, [])]
        ]  # fmt: skip
        gone = [row for owner in changed for row in kept.get(owner, [])]
        if gone:
            engines.remove([row.number for row in gone])
            PublicEntry.objects.filter(pk__in=[row.pk for row in gone]).delete()
        _write(kind, [entry for owner in changed for entry in found.get(owner, [])])
        if gone:
            _forget_terms(gone)
        number += len(changed)
    return number


def _told(entry: Entry) -> tuple[Any, ...]:
    return code_of(entry.code), entry.day, min(max(entry.position, 0), 32_767), entry.shown()


def _kept(row: PublicEntry) -> tuple[Any, ...]:
    return row.code, row.day, row.position, row.shown


def _write(kind: Kind, entries: list[Entry], known: set[str] | None = None) -> None:
    if not entries:
        return
    last = PublicEntry.objects.aggregate(last=Max("id"))["last"] or 0
    rows = []
    for key, entry in enumerate(entries, start=last + 1):
        code, day, position, shown = _told(entry)
        number = engines.number_of(kind.number, day, position, key)
        rows.append(PublicEntry(id=key, number=number, kind=kind.key, owner=entry.owner, code=code,
                                day=day, position=position, shown=shown))  # fmt: skip
    PublicEntry.objects.bulk_create(rows, batch_size=BATCH)
    tokens = [tokens_of_entry(row.shown) for row in rows]
    engines.write([(row.number, words) for row, words in zip(rows, tokens, strict=True)])
    _learn_terms(tokens, known if known is not None else set())


def _terms(tokens: Iterable[list[str]]) -> set[str]:
    everything = {token for words in tokens for token in words}
    return {t for t in everything if not t.startswith(engines.IN_NAME) and not t.isdigit()}


def _learn_terms(tokens: Iterable[list[str]], known: set[str]) -> None:
    """Remember which words there are, for those that are asked for with a slip."""
    terms = _terms(tokens) - known
    engines.learn_terms(sorted(terms))
    known |= terms


def _forget_terms(gone: list[PublicEntry]) -> None:
    """Take away the words that stood only in what is gone: a name that was forgotten stays nowhere."""
    terms = sorted(_terms(tokens_of_entry(row.shown) for row in gone))
    left = set(terms) - engines.standing(terms)
    PublicTerm.objects.filter(term__in=left).delete()


@transaction.atomic
def rebuild(tell: Tell | None = None) -> int:
    """Make the whole index anew from what is public now; how many entries there are."""
    _alone()
    engines.clear()
    PublicEntry.objects.all().delete()
    PublicTerm.objects.all().delete()
    total, known = 0, set[str]()
    for kind in in_order():
        for entries in _batched(kind.read(None)):
            _write(kind, entries, known)
            total += len(entries)
            if tell:
                tell(kind.key, total)
    engines.settle()
    next_number(RENEWALS)
    return total


@transaction.atomic
def renew_by_day() -> None:
    """Read again the kinds that change by the day alone; kept pages learn of it by the number."""
    for kind in KINDS.values():
        if kind.depends_on_day:
            kept = PublicEntry.objects.filter(kind=kind.key).values_list("owner", flat=True)
            owners = set(kept) | {entry.owner for entry in kind.read(None)}
            if _renew_owners(kind, owners):
                next_number(RENEWALS)


def stale() -> Iterator[tuple[str, str]]:
    """What is not found as it is now, or is found and no longer public: kind and owner."""
    numbers = engines.all_numbers()
    for kind in in_order():
        kept: dict[str, list[tuple[Any, ...]]] = {}
        for row in PublicEntry.objects.filter(kind=kind.key).order_by("id"):
            kept.setdefault(row.owner, []).append(_kept(row) if row.number in numbers else ())
        found: dict[str, list[tuple[Any, ...]]] = {}
        for entry in kind.read(None):
            found.setdefault(entry.owner, []).append(_told(entry))
        for owner in sorted(kept.keys() | found.keys()):
            if kept.get(owner) != found.get(owner):
                yield kind.key, owner
