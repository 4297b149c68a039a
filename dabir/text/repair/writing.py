"""Writes the repaired text out: its lines, its edits, its doubtful spans, its digits as sets."""

import re
from dataclasses import dataclass, field, replace

import numpy as np

from dabir.text.repair.confidence import WIDEN, Floats, doubts, judgement, rows_of
from dabir.text.repair.draft import Draft
from dabir.text.repair.labels import Chosen
from dabir.text.repair.paragraphs import Choice
from dabir.text.repair.records import Class, Digits, Occurrence, Repair, Span, letters_of
from dabir.text.repair.relation import NUMBER, Relation
from dabir.text.repair.solver import Number, solve

AMBIGUOUS = 0.2  # chance of being wrong from which a reading is called ambiguous
LONGEST_NUMBER = 4  # digits; of a longer number the solutions are not listed
LABEL_NUMBER = re.compile(r"^\s*\d{1,2}(?=[.)])")


@dataclass
class Numbered:
    """A line with its digits as sets, where each character went, and its numbers."""

    text: str = ""
    places: list[int] = field(default_factory=list)
    marked: str = ""  # with the nth number of the text as #n#, for the solver
    found: list[tuple[Number, Occurrence]] = field(default_factory=list)


def written_out(text: str, chosen: list[Chosen], choice: Choice, relation: Relation) -> Repair:
    """The repaired text; refused, that is unchanged, should a letter have been lost or gained."""
    judge = judgement()
    rows = rows_of([line.candidates for line in chosen], choice)
    chances = [judge.chance(one) for one in rows]
    writer = Writer(text, relation, judge.threshold(np.concatenate(chances)))
    for line, scores, chance in zip(chosen, choice.scores, chances, strict=True):
        writer.write(line, scores, chance)
    return writer.finished()


class Writer:
    """The text as it grows, line by line."""

    def __init__(self, source: str, relation: Relation, threshold: float) -> None:
        self.source, self.relation, self.threshold = source, relation, threshold
        self.draft = Draft()
        self.spans: list[Span] = []
        self.numbers: list[tuple[Number, Occurrence]] = []
        self.marked: list[str] = []
        self.at = 0
        self.doubtful = False  # whether the line above is doubtful as a whole

    def write(self, line: Chosen, scores: Floats, chance: Floats) -> None:
        """Write one line after what stands between it and the line above."""
        body = line.raw.source.strip()
        start = line.raw.start + line.raw.source.index(body)
        gap = self.source[self.at : start]
        if not self.draft.length:
            self.draft.change(gap, "", "layout", "certain")
        else:
            joint = "\n\n" if line.starts else " " if gap or not line.raw.cut_off else ""
            rule = "paragraph" if line.starts else "line_join"
            self.draft.change(gap, joint, rule, "probable")
            self.marked.append(joint[:1])
        self.at = start + len(body)
        solid = line.text.strip()
        numbered = with_sets(solid, line, self.relation, self.draft.length, len(self.numbers))
        self.marked.append(numbered.marked)
        self.numbers += numbered.found
        above, self.doubtful = self.doubtful, self._flag(line, scores, chance, numbered)
        if not line.starts and (above or self.doubtful):
            self._flag_joint(len(numbered.text))
        if line.raw.cut_off and numbered.text:
            self._flag_stretch(len(numbered.text))
        moved = line.text.split() != line.raw.clean.split()
        rule = "reversed_chunks" if moved else "digits" if numbered.text != solid else "junk_mark"
        self.draft.change_inside(body, numbered.text, rule, "probable" if moved else "certain")

    def _flag_joint(self, room: int) -> None:
        """Mark where a line that is doubtful as a whole meets its neighbour."""
        here = self.draft.length
        start, end = max(0, here - 1 - WIDEN), here + min(WIDEN, room)
        why = "what stands at this line end is in doubt"
        self.spans.append(Span(start, end, "probable", (), "line_join", why))

    def _flag_stretch(self, size: int) -> None:
        """Mark a stretch of a line that was too long: its neighbours may belong elsewhere."""
        here = self.draft.length
        why = "the line was too long to be read as one"
        self.spans.append(Span(here, here + size, "ambiguous", (), "long_line", why))

    def _flag(self, line: Chosen, scores: Floats, chance: Floats, numbered: Numbered) -> bool:
        """Mark what may well be read otherwise; tells whether that is the whole line."""
        skip = len(line.text) - len(line.text.lstrip())
        most = len(numbered.places) - 1
        base = self.draft.length
        found = doubts(line.pick, line.candidates, scores, chance, self.threshold)
        for doubt in found:
            first = numbered.places[min(max(doubt.start - skip, 0), most)]
            last = numbered.places[min(max(doubt.end - skip, 0), most)]
            if last <= first:
                continue
            cls: Class = "ambiguous" if doubt.chance > AMBIGUOUS else "probable"
            why = f"another order of the pieces is possible ({doubt.chance:.0%})"
            shown = tuple(self._shown(one, line, doubt.start <= skip) for one in doubt.candidates)
            self.spans.append(Span(base + first, base + last, cls, shown, "reversed_chunks", why))
        return len(found) == 1 and found[0].end - found[0].start == len(line.text)

    def _shown(self, reading: str, line: Chosen, first: bool) -> str:
        """Another reading with its digits as sets, and the label as the number it is."""
        if first and line.number is not None:
            reading = LABEL_NUMBER.sub(str(line.number), reading)
            label = LABEL_NUMBER.match(reading)
            head = label[0] if label else ""
        else:
            head = ""
        rest = reading[len(head) :]
        return head + NUMBER.sub(
            lambda match: self.relation.written(match[0], title=line.title), rest
        )

    def finished(self) -> Repair:
        """The whole repair."""
        draft = self.draft
        rest = self.source[self.at :]
        draft.change(rest, "\n" if rest else "", "layout", "certain")
        occurrences = settled(self.numbers, "".join(self.marked))
        if letters_of(draft.text) != letters_of(self.source):
            return Repair(self.source, conserved=False)
        spans = sorted(self.spans, key=lambda span: (span.start, span.end))
        digits = Digits(self.relation.sets, tuple(occurrences))
        return Repair(draft.text, tuple(spans), tuple(draft.edits), digits)


def with_sets(text: str, line: Chosen, relation: Relation, base: int, count: int) -> Numbered:
    """The line with its numbers as sets; its own label stands as the number it is."""
    done = Numbered()
    at = 0
    for match in NUMBER.finditer(text):
        raw = match[0]
        keep(done, text[at : match.start()])
        if line.number is not None and not text[: match.start()].strip():
            shown = str(line.number)
            done.marked += shown
        else:
            shown = relation.written(raw, title=line.title)
            done.marked += f"#{count + len(done.found)}#"
            listed = len(raw) <= LONGEST_NUMBER
            number = Number(relation.values(raw, title=line.title) if listed else [], len(raw))
            start = base + len(done.text)
            seen = Occurrence(raw, shown, (), "open", "", start, start + len(shown))
            done.found.append((number, seen))
        done.places += [len(done.text)] * len(raw)
        done.text += shown
        at = match.end()
    keep(done, text[at:])
    done.places.append(len(done.text))
    return done


def keep(done: Numbered, part: str) -> None:
    """Add what holds no number."""
    done.places += range(len(done.text), len(done.text) + len(part))
    done.text += part
    done.marked += part


def settled(numbers: list[tuple[Number, Occurrence]], marked: str) -> list[Occurrence]:
    """Every number with what logic leaves of it."""
    solve([number for number, _ in numbers], marked)
    found = []
    for number, seen in numbers:
        left = tuple(number.values)
        reasons = "; ".join(number.reasons)
        if "{" not in seen.reading:
            status, why = "certain", "the labels of the clauses prove every digit"
        elif len(left) == 1:
            status, why = "certain_by_logic", reasons
        else:
            status, why = "open", reasons or "the labels leave several digits open"
        found.append(replace(seen, solutions=left, status=status, evidence=why))
    return found
