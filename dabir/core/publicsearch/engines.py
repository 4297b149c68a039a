"""The index of words in the two databases: SQLite's FTS5, PostgreSQL's GIN over a tsvector.

Both hold the same: for each number the folded tokens of an entry, those of its name a second time with
a mark before them. The number itself says kind, day and place, so results come sorted and are counted
by kind without reading the entries. Nothing outside this module knows which database it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

TABLE = "core_publicwords"
IN_NAME = "§"
KIND_BITS, DAY_BITS, PLACE_BITS, KEY_BITS = 5, 22, 13, 23
KIND_SHIFT = DAY_BITS + PLACE_BITS + KEY_BITS
MOST_TOKENS = 20_000
MOST_PIECES, MOST_MEANT = 100, 24
FEW = 2_000  # matches that PostgreSQL finds and sorts sooner than it meets them among all entries
Row = tuple[Any, ...]


def number_of(kind: int, day: date | None, place: int, key: int) -> int:
    """The number of an entry: by kind, then the newest day, then the first place, then the oldest."""
    newest = day.toordinal() if day else 0
    first = (1 << PLACE_BITS) - 1 - min(max(place, 0), (1 << PLACE_BITS) - 1)
    oldest = (1 << KEY_BITS) - 1 - key % (1 << KEY_BITS)
    return ((kind << DAY_BITS | newest) << PLACE_BITS | first) << KEY_BITS | oldest


def bounds_of(kind: int) -> tuple[int, int]:
    """The lowest and the highest number of a kind."""
    return kind << KIND_SHIFT, ((kind + 1) << KIND_SHIFT) - 1


def kind_of(number: int) -> int:
    """The kind of the entry of this number."""
    return number >> KIND_SHIFT


@dataclass(frozen=True)
class Asked:
    """Words that must all be there: whole ones, and beginnings of words.

    `meant` names for each beginning the words that begin so, where these are few: whole words are
    found by skipping through the index, a beginning only by laying all of its words together.
    """

    whole: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    meant: tuple[tuple[str, ...], ...] = ()


def _match(asked: Asked, *, in_name: bool = False) -> str:
    """The question in the words of the database; tokens hold letters and figures only."""
    mark = IN_NAME if in_name else ""
    is_sqlite = connection.vendor == "sqlite"
    quote, both, either = ('"', " AND ", " OR ") if is_sqlite else ("'", " & ", " | ")
    parts = [f"{quote}{mark}{word}{quote}" for word in asked.whole]
    for at, word in enumerate(asked.begins):
        meant = asked.meant[at] if at < len(asked.meant) else ()
        if meant:
            parts.append(f"({either.join(f'{quote}{mark}{one}{quote}' for one in meant)})")
        else:
            parts.append(f'"{mark}{word}" *' if is_sqlite else f"'{mark}{word}':*")
    return both.join(parts)


def _only_in_text(asked: Asked) -> str:
    everywhere, in_name = _match(asked), _match(asked, in_name=True)
    if connection.vendor == "sqlite":
        return f"({everywhere}) NOT ({in_name})"
    return f"({everywhere}) & !({in_name})"


def _where() -> str:
    """The condition, in the words of the database."""
    return f"{TABLE} MATCH %s" if connection.vendor == "sqlite" else "words @@ %s::tsquery"


def _key() -> str:
    return "rowid" if connection.vendor == "sqlite" else "number"


def write(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Lay down the tokens of new entries."""
    if not rows:
        return
    kept = [(number, list(dict.fromkeys(tokens))[:MOST_TOKENS]) for number, tokens in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            told = [(number, " ".join(tokens)) for number, tokens in kept]
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)", told)  # noqa: S608  our own names
        else:
            places = ", ".join(["(%s, array_to_tsvector(%s::text[]))"] * len(kept))
            told_all = [value for row in kept for value in row]
            cursor.execute(f"INSERT INTO {TABLE} (number, words) VALUES {places}", told_all)  # noqa: S608  our own names


def remove(numbers: Sequence[int]) -> None:
    """Take entries away."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {TABLE} WHERE {_key()} = %s",  # noqa: S608  our own names
            [(number,) for number in numbers],
        )


def clear() -> None:
    """Take every entry away."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608  our own name


def settle() -> None:
    """Let the database arrange the index: after all of it was made anew, and where a word must be gone.

    SQLite keeps the words of what was taken away until parts of the index are merged; this merges all.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608  our own name
        else:
            cursor.execute(f"ANALYZE {TABLE}")


def all_numbers() -> set[int]:
    """The number of everything in the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_key()} FROM {TABLE}")  # noqa: S608  our own names
        return {row[0] for row in cursor.fetchall()}


def counts(asked: Asked, kinds: Iterable[int]) -> tuple[dict[int, int], dict[int, int]]:
    """For each kind how many entries match, and in how many of these the name does."""
    if connection.vendor == "sqlite" and len(asked.meant) == len(asked.begins) and all(asked.meant):
        return _counts_by_bounds(asked, kinds)
    key = _key()
    sql = " UNION ALL ".join(
        f"SELECT {part}, {key} >> {KIND_SHIFT}, COUNT(*) FROM {TABLE} WHERE {_where()} GROUP BY 2"  # noqa: S608  our own names
        for part in (0, 1)
    )
    found: tuple[dict[int, int], dict[int, int]] = ({}, {})
    with connection.cursor() as cursor:
        cursor.execute(sql, [_match(asked), _match(asked, in_name=True)])
        for part, kind, number in cursor.fetchall():
            found[part][kind] = number
    return found


def _counts_by_bounds(asked: Asked, kinds: Iterable[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The same for SQLite: FTS5 counts between two numbers in a twentieth of the time of grouping."""
    pieces: list[str] = []
    params: list[str | int] = []
    matches = (_match(asked), _match(asked, in_name=True))
    for kind in kinds:
        for part in (0, 1):
            pieces.append(
                f"SELECT {part}, {kind:d}, COUNT(*) FROM {TABLE} WHERE {_where()} AND rowid BETWEEN %s AND %s"  # noqa: S608  our own names
            )
            params += [matches[part], *bounds_of(kind)]
    found: tuple[dict[int, int], dict[int, int]] = ({}, {})
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), params)
        for part, kind, number in cursor.fetchall():
            if number:
                found[part][kind] = number
    return found


class Part(NamedTuple):
    """Results of one kind: whether their name matches, how many there are, which of them are wanted."""

    kind: int
    in_name: bool
    matching: int
    offset: int
    limit: int


def first_of(
    asked: Asked, wanted: Iterable[Part], *, without: Sequence[int] = ()
) -> dict[int, list[int]]:
    """The numbers of the results wanted of each part; those `without` are passed over.

    PostgreSQL takes a few matches for many and would look for them through all entries, the newest first;
    where they are known to be few it is kept from that order until it has found them.
    """
    pieces: list[str] = []
    params: list[str | int] = []
    passed = f" AND {_key()} NOT IN ({', '.join(['%s'] * len(without))})" if without else ""
    found_first = connection.vendor == "postgresql"
    for kind, in_name, matching, offset, limit in wanted:
        place = f"({_key()} + 0)" if found_first and matching <= FEW else _key()
        pieces.append(
            f"SELECT * FROM (SELECT {_key()} FROM {TABLE} "  # noqa: S608  our own names
            f"WHERE {_where()} AND {place} BETWEEN %s AND %s{passed} "
            f"ORDER BY {place} DESC LIMIT %s OFFSET %s) AS part{len(pieces)}"
        )
        match = _match(asked, in_name=True) if in_name else _only_in_text(asked)
        params += [match, *bounds_of(kind), *without, limit, offset]
    found: dict[int, list[int]] = {}
    if pieces:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(pieces), params)
            for (number,) in cursor.fetchall():
                found.setdefault(kind_of(number), []).append(number)
    return found


def learn_terms(terms: Sequence[str]) -> None:
    """Remember words that stand somewhere; those known already stay."""
    if not terms:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = [(term,) for term in terms]
            cursor.executemany("INSERT OR IGNORE INTO core_publicterm (term) VALUES (%s)", rows)
        else:
            cursor.execute(
                "INSERT INTO core_publicterm (term) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
                [list(terms)],
            )


def standing(words: Sequence[str]) -> set[str]:
    """Those of the words, as whole ones, that stand in an entry."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(words), MOST_PIECES):
            some = words[start : start + MOST_PIECES]
            piece = f"SELECT %s WHERE EXISTS (SELECT 1 FROM {TABLE} WHERE {_where()})"  # noqa: S608  our own names
            params = [told for word in some for told in (word, _match(Asked((word,))))]
            cursor.execute(" UNION ALL ".join([piece] * len(some)), params)
            found.update(row[0] for row in cursor.fetchall())
    return found


def with_meant(asked: Asked) -> Asked | None:
    """The question with the words that its beginnings may mean, where few; None where there are none."""
    if not asked.begins:
        return asked
    pieces: list[str] = []
    params: list[str | int] = []
    for at, word in enumerate(asked.begins):
        condition, told = _begins_with(word)
        pieces.append(
            f"SELECT * FROM (SELECT {at}, term FROM core_publicterm WHERE {condition} LIMIT %s) AS p{at}"  # noqa: S608  our own names
        )
        params += [*told, MOST_MEANT + 1]
    found: list[list[str]] = [[] for _word in asked.begins]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), params)
        for at, term in cursor.fetchall():
            found[at].append(term)
    if not all(found):
        return None
    meant = tuple(tuple(sorted(some)) if len(some) <= MOST_MEANT else () for some in found)
    return replace(asked, meant=meant)


def _begins_with(word: str) -> tuple[str, list[str]]:
    if connection.vendor == "sqlite":
        return "term >= %s AND term < %s", [word, word + "\U0010ffff"]
    return "term LIKE %s", [f"{word}%"]


def known_terms(words: Sequence[tuple[str, bool]]) -> set[str]:
    """Those of the words that stand somewhere; where told so, as the beginning of a word at least.

    Numbers are not remembered as words: whether one stands somewhere, `standing` tells.
    """
    if not words:
        return set()
    pieces: list[str] = []
    params: list[str] = []
    for word, may_begin in words:
        if not may_begin:
            condition, told = "term = %s", [word]
        else:
            condition, told = _begins_with(word)
        pieces.append(f"SELECT %s WHERE EXISTS (SELECT 1 FROM core_publicterm WHERE {condition})")  # noqa: S608  our own names
        params += [word, *told]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), params)
        return {row[0] for row in cursor.fetchall()}


class MakeWords(Operation):
    """The migration step that makes the table of words."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model stands for the table."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Make it as the database does it best."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
                "(words, tokenize='ascii', detail=none, columnsize=0, prefix='2 3')"
            )
            return
        schema_editor.execute(
            f"CREATE TABLE {TABLE} (number bigint PRIMARY KEY, words tsvector NOT NULL)"
        )
        schema_editor.execute(
            f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words) WITH (fastupdate = off)"
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Take it away."""
        schema_editor.execute(f"DROP TABLE {TABLE}")

    def describe(self) -> str:
        """What the step does."""
        return f"Make the index of words {TABLE}"
