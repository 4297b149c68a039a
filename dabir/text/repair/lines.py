"""Physical lines and where they stand in the source."""

from dataclasses import dataclass, field
from itertools import pairwise

from dabir.text.repair.alphabet import units_of
from dabir.text.repair.forms import JUNK, opened, zwnj_proven

NEW, SAME, SHORT, UNKNOWN = "new", "same", "short", "unknown"
SHAPED = "\ue000"  # in a cleaned line: the shapes on both sides say that a ZWNJ stood here
LONGEST = 400  # signs of one line; what is longer was never a printed line
FULL = 0.72  # a printed line shorter than this share of the usual width ended its paragraph


@dataclass
class RawLine:
    """One line that is not blank: where it is in the source, and its cleaned units."""

    start: int
    end: int
    source: str
    units: list[str] = field(default_factory=list)
    before: str = UNKNOWN
    cut_off: bool = False  # a stretch of a line that was too long to be read as one

    @property
    def clean(self) -> str:
        """The line after what is certain was put right."""
        return "".join(self.units)


def cleaned(source: str) -> str:
    """A line without junk marks, with letters instead of shapes; spaces stay as they are."""
    out = []
    kept = JUNK.sub("", source).replace("\u0640", "")
    for place, character in enumerate(kept):
        out.append(opened(character) if character != "…" else character)
        if place + 1 < len(kept) and zwnj_proven(character, kept[place + 1]):
            out.append(SHAPED)
    return "".join(out).replace("\t", " ").replace("\u00a0", " ")


def shaped_units(text: str) -> list[str]:
    """The units of a cleaned line; a ZWNJ that shapes seem to prove rides on its letter.

    Where a line was cut, two pieces may stand together whose shapes prove nothing of the truth.
    """
    units: list[str] = []
    for unit in units_of(text):
        if unit[0] == SHAPED and units:
            units[-1] += unit.replace(SHAPED, "\u200c")
        else:
            units.append(unit)
    return units


def stretches(body: str) -> list[tuple[int, int]]:
    """A line as it stands, or cut before spaces into stretches that can be read."""
    found = []
    start = 0
    while len(body) - start > LONGEST:
        space = body.rfind(" ", start + LONGEST // 2, start + LONGEST)
        end = space if space > 0 else start + LONGEST
        found.append((start, end))
        start = end
    return [*found, (start, len(body))]


def lines_of(text: str) -> list[RawLine]:
    """The lines that hold anything, with what blank lines say of paragraphs."""
    found: list[RawLine] = []
    at, blanks = 0, 0
    gaps: list[int] = []
    for source in text.splitlines(keepends=True):
        body = source.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        blank = True
        for start, end in stretches(body):
            units = shaped_units(cleaned(body[start:end]))
            if any(not unit.isspace() for unit in units):
                part = body[start:end]
                found.append(
                    RawLine(at + start, at + end, part, units, cut_off=len(part) < len(body))
                )
                gaps.append(blanks if blank else -1)
                blank, blanks = False, 0
        blanks += blank
        at += len(source)
    inner = [gap for gap in gaps[1:] if gap >= 0]
    usual = sum(1 for gap in inner if gap) >= 0.8 * len(inner)
    for line, gap in zip(found, gaps, strict=True):
        line.before = UNKNOWN if usual else NEW if gap else UNKNOWN if not any(inner) else SAME
        if gap < 0:
            line.before = SAME
    mark_short(found)
    return found


def mark_short(lines: list[RawLine]) -> None:
    """Say where the line above was too short to have been wrapped."""
    widths = sorted(len(line.clean.strip()) for line in lines)
    usual = widths[int(0.8 * (len(widths) - 1))] if widths else 0
    for above, line in pairwise(lines):
        if line.before == UNKNOWN and len(above.clean.strip()) < FULL * usual:
            line.before = SHORT
