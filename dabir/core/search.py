"""Search everything: which records contain the words typed, whatever their spelling.

An app above tells, by `learn(Source(...))`, how the records of one kind are read. Every act in the
trail renews the words of the record it was done to, in the same transaction; so no service can
forget it, and a person who is forgotten is no longer found. `rebuild` makes all entries anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from dabir.core.errors import Words
from dabir.core.models import SearchEntry
from dabir.core.publicsearch import keeping as public
from dabir.text.folding import fold, fold_tokens

BATCH = 500
# Django composes the same in three times the time of the whole.
WRITTEN = (
    "INSERT INTO core_searchentry (kind, public_id, folded) VALUES {} "
    "ON CONFLICT (kind, public_id) DO UPDATE SET folded = EXCLUDED.folded"
)


@dataclass(frozen=True)
class Found:
    """A record as search reads and shows it: its name, where it lies, its words in each language.

    `beside` is shown with it, but the record is not found by it.
    """

    public_id: str
    names: Mapping[str, str]
    url: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    record: Any = None

    def folded(self) -> str:
        """Everything by which the record is found, folded."""
        texts = [words[code] for words in (self.names, self.texts) for code in sorted(words)]
        return fold(" ".join([self.public_id, *texts]))


@dataclass(frozen=True)
class Source:
    """The records of one kind: who may find them, and how they are read (all, or those named)."""

    kind: str
    label: Words
    icon: str
    right: str
    read: Callable[[Collection[str] | None], Iterable[Found]]
    may_see: Callable[[Any, Found], bool] = lambda _user, _found: True


SOURCES: dict[str, Source] = {}


def learn(source: Source) -> None:
    """Let records of a kind be found; the kinds are shown in the order in which they were told."""
    SOURCES[source.kind] = source


def renew(records: Iterable[tuple[str, str]], *, held: bool = False) -> None:
    """Read again the words of the records named by kind and public id, here and for everybody.

    `held`: whoever asks holds the end of the trail.
    """
    records = list(records)
    public.renew(records, held=held)
    wanted: dict[str, set[str]] = {}
    for kind, public_id in records:
        if kind in SOURCES:
            wanted.setdefault(kind, set()).add(public_id)
    for kind, ids in wanted.items():
        _write(kind, SOURCES[kind].read(ids), gone=ids)


def _write(kind: str, found: Iterable[Found], *, gone: set[str]) -> int:
    rows = [(kind, f.public_id, f.folded()) for f in found]
    with connection.cursor() as cursor:
        for at in range(0, len(rows), BATCH):
            some = rows[at : at + BATCH]
            places = ", ".join(["(%s, %s, %s)"] * len(some))
            cursor.execute(WRITTEN.format(places), [value for row in some for value in row])
    missing = gone - {public_id for _kind, public_id, _folded in rows}
    if missing:
        SearchEntry.objects.filter(kind=kind, public_id__in=missing).delete()
    return len(rows)


@transaction.atomic
def rebuild() -> int:
    """Make every entry anew from the records; returns how many there are."""
    SearchEntry.objects.all().delete()
    return sum(_write(kind, source.read(None), gone=set()) for kind, source in SOURCES.items())


def stale_entries() -> Iterable[tuple[str, str]]:
    """Records whose entry is missing, outdated or left behind, by kind and public id."""
    for kind, source in SOURCES.items():
        kept = dict(SearchEntry.objects.filter(kind=kind).values_list("public_id", "folded"))
        for found in source.read(None):
            if kept.pop(found.public_id, None) != found.folded():
                yield kind, found.public_id
        yield from ((kind, public_id) for public_id in kept)


@dataclass(frozen=True)
class Answer:
    """How many records of each kind match, and which come first; whether all words were found."""

    numbers: Mapping[str, int]
    first: Mapping[str, Sequence[str]]
    words: Sequence[str]
    is_whole: bool = True


def _matching(words: Sequence[str], kinds: Collection[str]) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(kind__in=kinds)
    for word in words:
        rows = rows.filter(folded__contains=word)
    return rows


def _ranked(rows: QuerySet[SearchEntry], words: Sequence[str]) -> QuerySet[SearchEntry]:
    """Those that start with the words as typed first, then those that contain them in this order."""
    phrase = " ".join(words)
    rank = Case(
        When(folded__startswith=phrase, then=Value(0)),
        When(folded__contains=phrase, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", "public_id")


def find(text: str, kinds: Collection[str], *, shown: int) -> Answer:
    """The records that contain every word of the text; where none does, those with most of them."""
    words = list(dict.fromkeys(fold_tokens(text)))
    if not words:
        return Answer({}, {}, [])
    answer = _gather(_ranked(_matching(words, kinds), words), words, shown)
    if answer.numbers or len(words) == 1:
        return answer
    known = [word for word in words if _matching([word], kinds).exists()]
    most = min(len(known), len(words) - 1)
    for number in range(most, 0, -1):
        some = Q()
        for start in range(len(known) - number + 1):
            all_of = Q()
            for word in known[start : start + number]:
                all_of &= Q(folded__contains=word)
            some |= all_of
        rows = SearchEntry.objects.filter(some, kind__in=kinds)
        answer = _gather(_ranked(rows, known), known, shown, is_whole=False)
        if answer.numbers:
            return answer
    return Answer({}, {}, words)


def _gather(
    rows: QuerySet[SearchEntry], words: Sequence[str], shown: int, *, is_whole: bool = True
) -> Answer:
    numbers: Counter[str] = Counter()
    first: dict[str, list[str]] = {}
    for kind, public_id in rows.values_list("kind", "public_id"):
        numbers[kind] += 1
        if numbers[kind] <= shown:
            first.setdefault(kind, []).append(public_id)
    return Answer(numbers, first, words, is_whole)


def named_records(text: str, kinds: Collection[str], *, most: int = 20) -> list[tuple[str, Found]]:
    """The records whose public id or one of whose names is exactly this, however it is spelt."""
    wanted = " ".join(fold_tokens(text))
    if not wanted:
        return []
    candidates = find(text, kinds, shown=most).first
    return [
        (kind, found)
        for kind, ids in candidates.items()
        for found in SOURCES[kind].read(ids)
        if wanted
        in {" ".join(fold_tokens(name)) for name in (found.public_id, *found.names.values())}
    ]
