"""Finds the likeliest true lines behind a line whose chunks stand in opposite order.

Positions run from the end of the raw line to its start. A hypothesis at j has emitted r[j:]; all it
remembers is the last seven signs it wrote (and, in mixed mode, the kind of its last chunk). Where
hypotheses with one memory meet, up to six ways in are kept, so the best readings come out exactly
and in order by walking back from the start.
"""

import heapq
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import (
    DIGIT,
    END,
    IS_LETTER,
    JOINS_NEXT,
    SPACE,
    ZWNJ,
    ZWNJ_SIGN,
    Codes,
    codes_of,
    packed,
)
from dabir.text.repair.echo import Model
from dabir.text.repair.lexicon import KNOWN, KNOWN_PART
from dabir.text.repair.noise import (
    BORDERS,
    KIND_PRICES,
    LAST_SPACE,
    START,
    Border,
    Kind,
    Mode,
    Prices,
)

MEMORY = 7
MASK = (1 << 6 * MEMORY) - 1
BEAM = 8
NATS = 8.0
EDGES = 6
SPACES = re.compile(r" {2,}")
Ways = dict[tuple[int, int], list[tuple[float, int, bool]]]
Chunk = tuple[int, int, bool]  # r[start:end], and whether a ZWNJ stands before it


@dataclass(frozen=True)
class Reading:
    """One possible true line: its chunks in true order, language and damage in nats."""

    chunks: tuple[Chunk, ...]
    language: float
    noise: float


def cut_places(units: list[str], codes: Codes, words: Mapping[str, int]) -> list[int]:
    """Where the raw line may have been cut; never inside a number or beside a ZWNJ."""
    places: set[int] = set()
    size = len(codes)
    kinds = BORDERS[codes[:-1], codes[1:]] if size else np.empty(0)
    for place in range(1, size):
        kind = kinds[place - 1]
        if kind in (Border.ZWNJ, Border.INSIDE):
            continue
        if codes[place - 1] == DIGIT and codes[place] == DIGIT:
            continue
        places.add(place)
    start = 0
    while start < size:
        if not IS_LETTER[codes[start]]:
            start += 1
            continue
        end = start
        while end < size and IS_LETTER[codes[end]]:
            end += 1
        word = "".join(unit[0] for unit in units[start:end])
        known = words.get(word, 0) >= KNOWN
        for place in range(start + 1, end):
            halves = word[: place - start], word[place - start :]
            if not known or all(words.get(half, 0) >= KNOWN_PART for half in halves):
                places.add(place)
        start = end
    return sorted(places, reverse=True)


class Line:
    """A raw line with everything the searches share: cuts, own scores, joins met so far."""

    def __init__(self, units: list[str], model: Model, words: Mapping[str, int]) -> None:
        self.units = units
        self.codes = codes_of(units)
        self.size = len(units)
        self.model = model
        self.starts = [*cut_places(units, self.codes, words), 0]
        self._place = {k: row for row, k in enumerate(self.starts)}
        padded = np.append(self.codes, np.zeros(MEMORY, dtype=np.uint8))
        self._heads = np.stack([padded[k : k + MEMORY] for k in self.starts])
        self._tails = {
            j: packed(self.codes[max(0, j - MEMORY) : j]) for j in [*self.starts, self.size]
        }
        scores, _ = model.read(model.unknown(1), self.codes[None, :])
        self.own = np.concatenate([[0.0], np.cumsum(scores[0], dtype=np.float64)])
        self._rows: dict[int, int] = {}
        self._below: dict[int, int] = {}
        self.joins = np.zeros((64, len(self.starts), 2, MEMORY + 1), dtype=np.float32)
        letters = IS_LETTER[self.codes[self.starts[:]]] if self.size else np.empty(0, bool)
        self._letter_heads = np.asarray(letters, dtype=bool)
        self.kinds = self._chunk_kinds()
        self.blank = int(np.argmax(np.append(self.codes, 0) != SPACE))  # leading spaces

    def _chunk_kinds(self) -> npt.NDArray[np.uint8]:
        """Kind of every possible chunk: [start row, end]."""
        size = self.size
        kinds = np.full((len(self.starts), size + 1), Kind.LONGER, dtype=np.uint8)
        letters = IS_LETTER[self.codes]
        for row, k in enumerate(self.starts):
            seen = np.cumsum(letters[k:])
            last = np.flatnonzero(letters[k:])
            if not len(last):
                kinds[row, k:] = Kind.BLANK
                continue
            words = np.cumsum(letters[k:] & ~np.append([False], letters[k:-1]))
            kinds[row, k + 1 :] = np.where(
                seen == 0, Kind.BLANK, np.where(words == 1, Kind.WORD, Kind.LONGER)
            )
        return kinds

    def place(self, start: int) -> int:
        """The row of a chunk start."""
        return self._place[start]

    def row_of(self, memory: int) -> int:
        """The row of `joins` of a memory that was prepared."""
        return self._rows[memory]

    def prepare(self, memories: set[int], below: int) -> None:
        """Score every start under `below` after each of these memories, with and without ZWNJ."""
        fresh = [memory for memory in memories if self._below.get(memory, -1) < below]
        if not fresh:
            return
        for memory in fresh:
            self._rows.setdefault(memory, len(self._rows))
            self._below[memory] = below
        if len(self._rows) > len(self.joins):
            room = np.zeros((2 * len(self._rows), *self.joins.shape[1:]), dtype=np.float32)
            room[: len(self.joins)] = self.joins
            self.joins = room
        lowest = next((row for row, k in enumerate(self.starts) if k < below), len(self.starts))
        if below == 0:
            return
        rows = np.array([self._rows[memory] for memory in fresh])
        signs = np.array([[(m >> 6 * p) & 63 for p in range(MEMORY - 1, -1, -1)] for m in fresh])
        signs = signs.astype(np.uint8)
        _, states = self.model.read(self.model.unknown(len(fresh)), signs)
        joining = np.flatnonzero(JOINS_NEXT[signs[:, -1]])
        zwnj = np.full(len(joining), ZWNJ, dtype=np.uint8)
        price, joined = self.model.step(states[joining], zwnj)
        plain = np.repeat(np.arange(len(fresh)), count := len(self.starts) - lowest)
        letters = np.flatnonzero(self._letter_heads[lowest:])
        after = np.repeat(np.arange(len(joining)), len(letters))
        every = np.tile(np.arange(count), len(fresh))
        chosen = np.tile(letters, len(joining))
        heads = self._heads[lowest:]
        batch = np.concatenate([states[plain], joined[after]])
        scores, _ = self.model.read(batch, np.concatenate([heads[every], heads[chosen]]))
        sums = np.cumsum(scores, axis=1)
        self.joins[rows, :, 1, 1:] = -1e4
        self.joins[rows[plain], lowest + every, 0, 1:] = sums[: len(plain)]
        self.joins[rows[joining[after]], lowest + chosen, 1, 1:] = (
            sums[len(plain) :] + price[after, None]
        )

    def memory_after(self, memory: int, last: int, chunk: Chunk) -> int:
        """The last seven signs once `chunk` is written after `memory`."""
        start, end, zwnj = chunk
        if self.codes[start] == SPACE and last in (SPACE, END, START):
            start += 1
        if end - start >= MEMORY:
            return self._tails[end]
        if zwnj:
            memory = memory << 6 | ZWNJ
        for sign in self.codes[start:end]:
            memory = memory << 6 | int(sign)
        return memory & MASK


class Search:
    """One pass over a line in one mode, from several starts."""

    def __init__(self, line: Line, mode: Mode, contexts: list[int]) -> None:
        self.line, self.mode = line, mode
        room = BEAM * (len(line.starts) + 1) + 64
        self.at = np.zeros(room, dtype=np.int32)
        self.row = np.zeros(room, dtype=np.int32)
        self.score = np.zeros(room, dtype=np.float64)
        self.last = np.full(room, START, dtype=np.uint8)
        self.kind = np.full(room, Kind.NONE, dtype=np.uint8)
        self.memory: list[int] = []
        self.ways: list[list[tuple[float, int, bool]]] = []
        self.count = 0
        borders = mode.uncut_prices[line.codes[:-1], line.codes[1:]]
        self.uncut = np.concatenate([[0.0, 0.0], np.cumsum(borders, dtype=np.float64)])
        for memory in contexts:
            self._add(line.size, memory, 0.0, START, Kind.NONE, [])
        self.roots = self.count

    def _add(
        self,
        at: int,
        memory: int,
        score: float,
        last: int,
        kind: int,
        ways: list[tuple[float, int, bool]],
    ) -> None:
        node = self.count
        self.at[node], self.score[node] = at, score
        self.row[node] = self.line.row_of(memory)
        self.last[node], self.kind[node] = last, kind
        self.memory.append(memory)
        self.ways.append(ways)
        self.count += 1

    def _scores(self, row: int, start: int) -> tuple[npt.NDArray[np.float64], int]:
        """The score of emitting r[start:at] after every hypothesis so far, ZWNJ half last."""
        line, count = self.line, self.count
        at = self.at[:count]
        length = at - start
        capped = np.minimum(length, MEMORY)
        base = self.score[:count] + self.uncut[at] - self.uncut[start + 1]
        head = min(start + MEMORY, line.size)
        base = base + np.where(length > MEMORY, line.own[at] - line.own[head], 0.0)
        last = self.last[:count]
        cut = self.mode.cut_prices[last, line.codes[start]] + self._kind_price(row, at)
        if start == 0 and line.blank:
            cut = np.where((at <= line.blank) & (last != START), LAST_SPACE, cut)
        joins = line.joins[self.row[:count], row]
        each = np.arange(count)
        plain = base + joins[each, 0, capped] + cut
        joined = base + joins[each, 1, capped] + self._kind_price(row, at)
        joined[last == START] = -1e5
        return np.concatenate([plain, joined]), count

    def _kind_price(self, row: int, at: npt.NDArray[np.int32]) -> Prices:
        """In mixed mode a cut costs by the kinds of the chunks it parts."""
        if not self.mode.by_kind:
            return np.zeros(len(at), dtype=np.float32)
        prices: Prices = KIND_PRICES[self.kind[: len(at)], self.line.kinds[row, at]]
        return prices

    def reach(self, row: int, start: int) -> Ways:
        """The hypotheses at `start` from all that lie after it, with their ways in."""
        line = self.line
        scores, count = self._scores(row, start)
        keep = 64 if start else 400
        order = np.argsort(-scores)[:keep] if len(scores) <= keep * 4 else self._top(scores, keep)
        limit = scores[order[0]] - (NATS if start else 3 * NATS)
        most = BEAM if start else 64
        found: Ways = {}
        for place in order:
            score = float(scores[place])
            if score < limit:
                break
            node = int(place) % count
            zwnj = bool(place >= count)
            end = int(self.at[node])
            memory = line.memory_after(self.memory[node], int(self.last[node]), (start, end, zwnj))
            key = memory, int(line.kinds[row, end]) if self.mode.by_kind else 0
            ways = found.get(key)
            if ways is None:
                if len(found) < most:
                    found[key] = [(score, node, zwnj)]
            elif len(ways) < EDGES:
                ways.append((score, node, zwnj))
        return found

    def accept(self, start: int, found: Ways) -> None:
        """Keep the hypotheses at `start`; their memories must have been prepared."""
        for (memory, kind), ways in found.items():
            last = int(self.line.codes[self.at[ways[0][1]] - 1])
            self._add(start, memory, ways[0][0], last, kind, ways)

    def noise_of(self, chunks: tuple[Chunk, ...]) -> float:
        """What the damage alone costs in this mode: cuts made and cuts not made."""
        line, mode = self.line, self.mode
        total, last, kind = 0.0, START, int(Kind.NONE)
        for start, end, zwnj in chunks:
            row = line.place(start)
            total += float(self.uncut[end] - self.uncut[start + 1])
            if start == 0 and end <= line.blank and last != START:
                total += LAST_SPACE
                break
            if mode.by_kind:
                total += float(KIND_PRICES[kind, line.kinds[row, end]])
                kind = int(line.kinds[row, end])
            if not zwnj:
                total += float(mode.cut_prices[last, line.codes[start]])
            last = int(line.codes[end - 1])
        return total

    @staticmethod
    def _top(scores: npt.NDArray[np.float64], keep: int) -> npt.NDArray[np.intp]:
        part = np.argpartition(-scores, keep)[:keep]
        return part[np.argsort(-scores[part])]

    def best(self, most: int) -> Iterator[tuple[str, tuple[Chunk, ...], float]]:
        """Complete readings in falling order of score; spaces doubled elsewhere are no news."""
        heap: list[tuple[float, int, int, float, tuple[Chunk, ...]]] = []
        tie = 0
        for node in range(self.roots, self.count):
            if self.at[node] == 0:
                heapq.heappush(heap, (-float(self.score[node]), tie, node, 0.0, ()))
                tie += 1
        score = self.score.tolist()
        at = self.at.tolist()
        met: set[str] = set()
        tries = 0
        while heap and len(met) < most and tries < 8 * most:
            cost, _, node, tail, chunks = heapq.heappop(heap)
            if node < self.roots:
                tries += 1
                text = written(self.line.units, chunks[::-1])
                gist = SPACES.sub(" ", text.strip())
                if gist not in met:
                    met.add(gist)
                    yield text, chunks[::-1], -cost
                continue
            for total, before, zwnj in self.ways[node]:
                tie += 1
                edge = total - score[before] + tail
                step = (at[node], at[before], zwnj)
                heapq.heappush(heap, (-(total + tail), tie, before, edge, (*chunks, step)))


def searched(line: Line, modes: Sequence[Mode], contexts: list[int]) -> list[Search]:
    """All modes side by side, so that what they share is scored once and in large batches."""
    line.prepare(set(contexts), line.size + 1)
    searches = [Search(line, mode, contexts) for mode in modes]
    for row, start in enumerate(line.starts):
        found = [search.reach(row, start) for search in searches]
        line.prepare({memory for ways in found for memory, _ in ways}, start)
        for search, ways in zip(searches, found, strict=True):
            search.accept(start, ways)
    return searches


def written(units: list[str], chunks: tuple[Chunk, ...]) -> str:
    """The text of chunks in their true order."""
    return "".join(
        (ZWNJ_SIGN if zwnj else "") + "".join(units[start:end]) for start, end, zwnj in chunks
    )
