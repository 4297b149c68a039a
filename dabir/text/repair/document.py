"""The repair of a whole text: what is damaged, line by line, paragraph by paragraph."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from dabir.text.repair.alphabet import END, OPEN, SPACE, codes_of
from dabir.text.repair.candidates import Candidate, candidates_of
from dabir.text.repair.confidence import doubts, expectations
from dabir.text.repair.draft import Draft
from dabir.text.repair.echo import Echo, Mixture
from dabir.text.repair.lexicon import lexicon
from dabir.text.repair.lines import RawLine
from dabir.text.repair.network import sign_network
from dabir.text.repair.ngram import language_model
from dabir.text.repair.paragraphs import Choice, choose
from dabir.text.repair.records import Digits, Occurrence, Repair, Span
from dabir.text.repair.relation import NUMBER, Relation, relation_of
from dabir.text.repair.solver import Number, solve

Progress = Callable[[int, int], None]
NUMBERED = re.compile(r"\s*(\d{1,2})\s?[.)]\s")
THRESHOLD = 0.02
RERANKED = 40
LEAST_ECHO = 0.03


@dataclass
class Chosen:
    """A line as it will stand: its reading, whether it opens a paragraph, its label's number."""

    raw: RawLine
    candidates: list[Candidate]
    pick: int
    starts: bool
    number: int | None = None
    title: bool = False

    @property
    def text(self) -> str:
        """The chosen reading."""
        return self.candidates[self.pick].text


def repair_lines(
    text: str, lines: list[RawLine], protected: Collection[str], progress: Progress | None
) -> Repair:
    """Put the chunks of every line back in order and say what remains doubtful."""
    model, words = language_model(), lexicon()
    read: list[list[Candidate]] = []
    echo = Echo([codes_of(line.units) for line in lines])
    share = echo.weight(model)
    for number, line in enumerate(lines):
        mixed = Mixture(model, echo.without(number), share) if share > LEAST_ECHO else model
        read.append(candidates_of(line.units, mixed, words, [END, OPEN]))
        if progress:
            progress(number + 1, len(lines))
    breaks = [line.before for line in lines]
    choice = choose(read, breaks, model)
    read = ranked_by_network(read, choice)
    choice = choose(read, breaks, model)
    chosen = [
        Chosen(line, found, pick, starts)
        for line, found, pick, starts in zip(lines, read, choice.picks, choice.starts, strict=True)
    ]
    relation = number_labels(chosen)
    mark_title(chosen)
    return written_out(text, chosen, choice, relation)


def ranked_by_network(read: list[list[Candidate]], choice: Choice) -> list[list[Candidate]]:
    """The best readings of each line with what the network says after the lines above it."""
    network = sign_network()
    end, space = np.array([END], dtype=np.uint8), np.array([SPACE], dtype=np.uint8)
    state = fresh = network.step(network.start(), end)
    found = []
    for line, pick, starts in zip(read, choice.picks, choice.starts, strict=True):
        state = fresh if starts else network.step(state, space)
        top = sorted(line, key=lambda one: -one.total)[:RERANKED]
        if line[pick] not in top:
            top.append(line[pick])
        for one, score in zip(top, network.score(state, [o.codes for o in top]), strict=True):
            one.network = float(score)
        state = network.read(state, line[pick].codes)
        found.append(top)
    return found


def number_labels(chosen: list[Chosen]) -> Relation:
    """Number the labelled paragraphs in order and learn the digits from them."""
    labels = []
    for line in chosen:
        found = NUMBERED.match(line.text)
        if line.starts and found:
            labels.append(found[1])
            line.number = len(labels)
    return relation_of(labels)


def mark_title(chosen: list[Chosen]) -> None:
    """The first line is a title when it is short, unnumbered and ends in no sign."""
    first = chosen[0]
    ends = first.text.rstrip()[-1:]
    alone = len(chosen) == 1 or chosen[1].starts
    if alone and first.number is None and len(first.text.split()) <= 10 and ends not in "؛:.،":
        first.title = True


def written_out(text: str, chosen: list[Chosen], choice: Choice, relation: Relation) -> Repair:
    """The repaired text with its edits, spans and digits."""
    draft = Draft()
    spans: list[Span] = []
    numbers: list[tuple[Number, Occurrence]] = []
    marked: list[str] = []
    at = 0
    for place, line in enumerate(chosen):
        body = line.raw.source.strip()
        start = line.raw.start + line.raw.source.index(body)
        gap = text[at:start]
        if place == 0:
            draft.change(gap, "", "layout", "certain")
        else:
            new = "\n\n" if line.starts else " "
            draft.change(gap, new, "paragraph" if line.starts else "line_join", "probable")
            marked.append("\n" if line.starts else " ")
        at = start + len(body)
        strip = line.text.strip()
        skip = line.text.index(strip) if strip else 0
        out, places, found, mark = with_sets(strip, line, relation, draft.length, len(numbers))
        marked.append(mark)
        numbers += found
        scores = choice.scores[place]
        chance = expectations(line.pick, line.candidates, scores)[1]
        base = draft.length
        for doubt in doubts(line.pick, line.candidates, scores, chance, THRESHOLD):
            first = places[min(max(doubt.start - skip, 0), len(strip))]
            last = places[min(max(doubt.end - skip, 0), len(strip))]
            if last > first:
                spans.append(
                    Span(
                        base + first, base + last,
                        "ambiguous" if doubt.chance > 0.2 else "probable",
                        doubt.candidates, "reversed_chunks",
                        f"another order of the pieces is possible ({doubt.chance:.0%})",
                    )  # fmt: skip
                )
        moved = line.text.split() != line.raw.clean.split()
        rule = "reversed_chunks" if moved else "digits" if out != strip else "junk_mark"
        draft.change_inside(body, out, rule, "probable" if moved else "certain")
    draft.change(text[at:], "\n" if text[at:] else "", "layout", "certain")
    occurrences = settled(numbers, "".join(marked))
    spans += [
        Span(one.start, one.end, "ambiguous", one.solutions, "digit_set", one.evidence)
        for one in occurrences
        if "{" in one.reading
    ]
    spans.sort(key=lambda span: (span.start, span.end))
    digits = Digits(relation.sets, tuple(occurrences))
    return Repair(draft.text, tuple(spans), tuple(draft.edits), digits, conserved=True)


def with_sets(
    text: str, line: Chosen, relation: Relation, base: int, count: int
) -> tuple[str, list[int], list[tuple[Number, Occurrence]], str]:
    """The line with its numbers as sets; where each character went; the numbers; a marked copy."""
    out, mark, at = "", "", 0
    places: list[int] = []
    found: list[tuple[Number, Occurrence]] = []
    for match in NUMBER.finditer(text):
        raw = match[0]
        between = text[at : match.start()]
        places += [len(out) + n for n in range(len(between))]
        out += between
        mark += between
        if line.number is not None and at == 0 and not between.strip():
            written = str(line.number)
            mark += written
        else:
            written = relation.written(raw, title=line.title)
            mark += f"#{count + len(found)}#"
            number = Number(relation.values(raw, title=line.title) if len(raw) < 5 else [], len(raw))
            found.append(
                (number, Occurrence(raw, written, (), "open", "", base + len(out), base + len(out) + len(written)))
            )
        places += [len(out)] * len(raw)
        out += written
        at = match.end()
    places += [len(out) + n for n in range(len(text) - at + 1)]
    return out + text[at:], places, found, mark + text[at:]


def settled(numbers: list[tuple[Number, Occurrence]], marked: str) -> list[Occurrence]:
    """Every number with what logic leaves of it."""
    solve([number for number, _ in numbers], marked)
    found = []
    for number, seen in numbers:
        left = tuple(number.values)
        if "{" not in seen.reading:
            status, why = "certain", "the labels of the clauses prove every digit"
        elif len(left) == 1:
            status, why = "certain_by_logic", "; ".join(number.reasons)
        else:
            status, why = "open", "; ".join(number.reasons) or "the labels leave several digits open"
        found.append(Occurrence(seen.raw, seen.reading, left, status, why, seen.start, seen.end))
    return found

