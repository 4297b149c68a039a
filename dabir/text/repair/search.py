"""Finds the likeliest true lines behind lines whose chunks stand in opposite order.

Positions run from the end of the raw line to its start. A hypothesis at j has emitted r[j:]; all it
remembers is the last seven signs it wrote (and, in mixed mode, the kind of its last chunk). Where
hypotheses with one memory meet, up to six ways in are kept, so the best readings come out exactly
and in order by walking back from the start. Several lines are searched side by side, each in every
mode, so that what numpy costs a call is shared by all.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import END, SPACE, ZWNJ
from dabir.text.repair.cutting import MEMORY, SPACES, Chunk, Line, Reading
from dabir.text.repair.joins import Joins, Places, Voice
from dabir.text.repair.noise import KIND_PRICES, LAST_SPACE, START, Kind, Mode

MASK = (1 << 6 * MEMORY) - 1
BEAM, LAST_BEAM = 8, 64
NATS = 8.0
EDGES = 6
LOOKED_AT, LAST_LOOKED_AT = 64, 400
NOT_FIRST = -1e5
LABELLED = 6.0  # nats for a line that starts with a clause label: without them it may be cut off
Floats = npt.NDArray[np.float64]
Way = tuple[float, int, int]  # score, hypothesis before, with ZWNJ
Ways = dict[int, list[Way]]


def uncut_prices(line: Line, mode: Mode) -> Floats:
    """Running sums of what the borders cost at which a mode does not cut."""
    borders = mode.uncut_prices[line.codes[:-1], line.codes[1:]]
    return np.concatenate([[0.0, 0.0], np.cumsum(borders, dtype=np.float64)])


@dataclass
class Search:
    """What was found in one line and mode: its hypotheses, and the ways into each."""

    line: Line
    mode: Mode
    uncut: Floats
    roots: int
    at: list[int] = field(default_factory=list)
    score: list[float] = field(default_factory=list)
    ways: Ways = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)

    def best(self, most: int) -> Iterator[Reading]:
        """Complete readings in falling order of score; spaces doubled elsewhere are no news."""
        heap: list[tuple[float, int, int, float, tuple[Chunk, ...]]] = []
        for tie, node in enumerate(self.ends):
            heapq.heappush(heap, (-self.score[node], tie, node, 0.0, ()))
        tie = len(heap)
        at, score, ways = self.at, self.score, self.ways
        met: set[str] = set()
        tries = 0
        while heap and len(met) < most and tries < 8 * most:
            cost, _, node, tail, chunks = heapq.heappop(heap)
            if node < self.roots:
                tries += 1
                text = self.line.written(chunks)
                gist = SPACES.sub(" ", text.strip())
                if gist not in met:
                    met.add(gist)
                    yield Reading(text, chunks, -cost)
                continue
            for total, before, zwnj in ways[node]:
                tie += 1
                step = (at[node], at[before], bool(zwnj))
                edge = total - score[before] + tail
                heapq.heappush(heap, (-(total + tail), tie, before, edge, (step, *chunks)))

    def noise_of(self, chunks: tuple[Chunk, ...]) -> float:
        """What the damage alone costs in this mode: cuts made and cuts not made."""
        line, mode = self.line, self.mode
        total, last, kind = 0.0, START, int(Kind.NONE)
        for start, end, zwnj in chunks:
            total += float(self.uncut[end] - self.uncut[start + 1])
            if start == 0 and end <= line.blank and last != START:
                total += LAST_SPACE
                break
            if mode.by_kind:
                now = int(line.kinds[line.place[start], end])
                total += float(KIND_PRICES[kind, now])
                kind = now
            if not zwnj:
                total += float(mode.cut_prices[last, line.codes[start]])
            last = int(line.codes[end - 1])
        return total


@dataclass
class Tops:
    """The best ways to one position, a row a search, best first."""

    scores: Floats
    nodes: Places
    zwnj: Places
    memories: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.uint8]


class Beam:
    """The hypotheses of several lines in every mode: one row a line and mode, eight a position."""

    def __init__(
        self, lines: Sequence[Line], modes: Sequence[Mode], contexts: list[int], joins: Joins
    ) -> None:
        self.lines, self.joins, self.contexts = lines, joins, contexts
        self.rows = [(n, mode) for n in range(len(lines)) for mode in modes]
        self.owner = np.array([n for n, _ in self.rows])
        self.by_kind = np.array([mode.by_kind for _, mode in self.rows])
        self.width = max(line.size for line in lines)
        most = max(len(line.starts) for line in lines)
        self.starts = np.zeros((len(lines), most), dtype=np.intp)
        for n, line in enumerate(lines):
            self.starts[n, : len(line.starts)] = line.starts
        self.codes = self._padded([line.codes for line in lines], self.width)
        self.tails = self._padded([line.tails for line in lines], self.width + 1)
        self.cut_prices = np.stack([mode.cut_prices for _, mode in self.rows])
        self.uncut = np.zeros((len(self.rows), self.width + 2))
        for q, (n, mode) in enumerate(self.rows):
            self.uncut[q, : lines[n].size + 1] = uncut_prices(lines[n], mode)
        room = (len(self.rows), len(contexts) + BEAM * most + LAST_BEAM)
        self.at = np.zeros(room, dtype=np.intp)
        self.row = np.zeros(room, dtype=np.intp)
        self.score = np.full(room, -np.inf)
        self.last = np.full(room, START, dtype=np.uint8)
        self.kind = np.full(room, Kind.NONE, dtype=np.uint8)
        self.memory = np.zeros(room, dtype=np.int64)
        self.ways: list[Ways] = [{} for _ in self.rows]
        self.met: list[dict[int, int]] = [{} for _ in lines]
        self._begin()

    @staticmethod
    def _padded(arrays: Sequence[npt.NDArray[np.generic]], width: int) -> Places:
        found = np.zeros((len(arrays), width), dtype=np.int64)
        for row, array in enumerate(arrays):
            found[row, : len(array)] = array
        return found

    def _begin(self) -> None:
        """Every line starts after each of the contexts."""
        count = len(self.lines)
        every = np.arange(count)
        for place, context in enumerate(self.contexts):
            nodes = self.joins.contexts(context, count)
            last = np.full(count, context)
            rows = self.joins.prepare(every, np.zeros(count, dtype=np.intp), nodes, last)
            for met, row in zip(self.met, rows.tolist(), strict=True):
                met[context] = row
            self.at[:, place] = [self.lines[n].size for n in self.owner]
            self.row[:, place] = rows[self.owner]
            self.score[:, place] = 0.0
            self.memory[:, place] = context

    def run(self) -> None:
        """Reach every position of every line."""
        sizes = np.array([len(line.starts) for line in self.lines])[self.owner]
        for place in range(self.starts.shape[1]):
            for last in (False, True):
                chosen = np.flatnonzero(sizes == place + 1 if last else sizes > place + 1)
                if len(chosen):
                    self._reach(chosen, place, last=last)

    def _reach(self, chosen: Places, place: int, *, last: bool) -> None:
        """The hypotheses of some rows at one position, from all that lie after it."""
        tops = self._tops(chosen, place, LAST_LOOKED_AT if last else LOOKED_AT)
        limits = tops.scores[:, 0] - NATS * (3 if last else 1)
        most = LAST_BEAM if last else BEAM
        keys = tops.memories * 4 + tops.kinds * self.by_kind[chosen, None]
        first = len(self.contexts) + BEAM * place
        fresh: dict[tuple[int, int], tuple[int, int, int]] = {}
        filled: list[tuple[int, int, int]] = []  # slot, row here, place among the tops
        for here, (q, limit) in enumerate(zip(chosen.tolist(), limits.tolist(), strict=True)):
            found: dict[int, int] = {}
            ways = self.ways[q]
            rows = (tops.scores[here], keys[here], tops.nodes[here], tops.zwnj[here])
            for n, (score, key, node, zwnj) in enumerate(
                zip(*(row.tolist() for row in rows), strict=True)
            ):
                if score < limit:
                    break
                slot = found.get(key)
                if slot is None:
                    if len(found) < most:
                        slot = found[key] = first + len(found)
                        ways[slot] = [(score, node, zwnj)]
                        filled.append((slot, here, n))
                        if not last and key >> 2 not in self.met[self.owner[q]]:
                            fresh.setdefault((int(self.owner[q]), key >> 2), (q, node, zwnj))
                elif len(ways[slot]) < EDGES:
                    ways[slot].append((score, node, zwnj))
        if fresh:
            self._remember(fresh, place)
        self._accept(chosen, place, tops, np.array(filled).T, last=last)

    def _accept(
        self, chosen: Places, place: int, tops: Tops, filled: Places, *, last: bool
    ) -> None:
        slots, here, n = filled
        q = chosen[here]
        nodes = tops.nodes[here, n]
        ends = self.at[q, nodes]
        memories = tops.memories[here, n]
        self.last[q, slots] = self.codes[self.owner[q], ends - 1]
        self.at[q, slots] = self.starts[self.owner[q], place]
        self.score[q, slots] = tops.scores[here, n]
        self.memory[q, slots] = memories
        self.kind[q, slots] = tops.kinds[here, n]
        if not last:
            owners = self.owner[q].tolist()
            self.row[q, slots] = [
                self.met[n][memory] for n, memory in zip(owners, memories.tolist(), strict=True)
            ]

    def _remember(self, fresh: dict[tuple[int, int], tuple[int, int, int]], place: int) -> None:
        """Prepare the joins of memories that a line has not met before."""
        q, nodes, zwnj = np.array(list(fresh.values())).T
        line = self.owner[q]
        end = self.at[q, nodes]
        size = end - self.starts[line, place]
        start = np.full(len(q), place)
        states = self.joins.states_after(self.row[q, nodes], start, zwnj, size, line, end)
        last = np.array([memory & 63 for _, memory in fresh])
        rows = self.joins.prepare(line, start + 1, states, last)
        for (n, memory), row in zip(fresh, rows.tolist(), strict=True):
            self.met[n][memory] = row

    def _tops(self, chosen: Places, place: int, keep: int) -> Tops:
        """The likeliest ways to write the chunks that start here after all hypotheses so far."""
        scores = self._scores(chosen, place)
        count = scores.shape[1] // 2
        if scores.shape[1] > keep:
            order = np.argpartition(-scores, keep, axis=1)[:, :keep]
            part = np.take_along_axis(scores, order, 1)
            order = np.take_along_axis(order, np.argsort(-part, axis=1), 1)
        else:
            order = np.argsort(-scores, axis=1)
        nodes, zwnj = order % count, order // count
        owner = self.owner[chosen][:, None]
        ends = np.take_along_axis(self.at[chosen], nodes, 1)
        kinds = np.stack(
            [self.lines[n].kinds[place, e] for n, e in zip(owner[:, 0], ends, strict=True)]
        )
        memories = self._memories(chosen, place, nodes, zwnj, ends)
        return Tops(np.take_along_axis(scores, order, 1), nodes, zwnj, memories, kinds)

    def _scores(self, chosen: Places, place: int) -> Floats:
        """The score of emitting r[start:at] after every hypothesis so far, ZWNJ half last."""
        owner = self.owner[chosen]
        start = self.starts[owner, place]
        count = len(self.contexts) + BEAM * place
        here, each = (chosen, slice(count)), owner[:, None]
        at = self.at[here]
        base = self.score[here] + self.uncut[chosen[:, None], at]
        base -= self.uncut[chosen, start + 1][:, None]
        head = np.minimum(start + MEMORY, self.width)[:, None]
        length = at - start[:, None]
        own = self.joins.own
        base += np.where(length > MEMORY, own[each, at] - own[each, head], 0.0)
        last = self.last[here]
        cut = self.cut_prices[chosen[:, None], last, self.codes[owner, start][:, None]]
        for n, q in enumerate(chosen):
            line = self.lines[owner[n]]
            if start[n] == 0 and line.blank:
                cut[n] = np.where((at[n] <= line.blank) & (last[n] != START), LAST_SPACE, cut[n])
            if line.labels[place]:
                cut[n, : len(self.contexts)] += LABELLED
            if line.marks[place]:
                cut[n] += LABELLED * (at[n] == line.far_label)
            if self.by_kind[q]:
                base[n] += KIND_PRICES[self.kind[q, :count], line.kinds[place, at[n]]]
        which = self.joins.base[self.row[here]] + place
        short = np.clip(length, 0, MEMORY)
        plain = base + self.joins.sums[which, 0, short] + cut
        joined = base + self.joins.sums[which, 1, short]
        joined[last == START] = NOT_FIRST
        return np.concatenate([plain, joined], axis=1)

    def _memories(
        self, chosen: Places, place: int, nodes: Places, zwnj: Places, ends: Places
    ) -> npt.NDArray[np.int64]:
        """The last seven signs once each chunk is written after its hypothesis."""
        owner = self.owner[chosen]
        start = self.starts[owner, place]
        last = np.take_along_axis(self.last[chosen], nodes, 1)
        memory = np.take_along_axis(self.memory[chosen], nodes, 1)
        spare = (self.codes[owner, start] == SPACE)[:, None] & np.isin(last, (SPACE, END, START))
        bits = 6 * np.minimum(ends - start[:, None] - spare, MEMORY)
        memory = np.where(zwnj == 1, (memory << 6 | ZWNJ) & MASK, memory)
        tail = self.tails[owner[:, None], ends] & ((1 << bits) - 1)
        return np.asarray((memory & (MASK >> bits)) << bits | tail)

    def searches(self) -> list[list[Search]]:
        """What was found, line by line and mode by mode."""
        found: list[list[Search]] = [[] for _ in self.lines]
        for q, (n, mode) in enumerate(self.rows):
            line, roots = self.lines[n], len(self.contexts)
            search = Search(line, mode, self.uncut[q], roots)
            search.at, search.score = self.at[q].tolist(), self.score[q].tolist()
            search.ways = self.ways[q]
            search.ends = [slot for slot in search.ways if search.at[slot] == 0]
            found[n].append(search)
        return found


def searched(
    lines: Sequence[Line], modes: Sequence[Mode], contexts: list[int], voices: Sequence[Voice]
) -> list[list[Search]]:
    """Every line in every mode, side by side."""
    beam = Beam(lines, modes, contexts, Joins(lines, voices))
    beam.run()
    return beam.searches()
