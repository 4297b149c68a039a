"""Physical lines and where they stand in the source."""

from dataclasses import dataclass, field
from itertools import pairwise

from dabir.text.repair.alphabet import units_of
from dabir.text.repair.forms import JUNK, opened, zwnj_proven

NEW, SAME, SHORT, UNKNOWN = "new", "same", "short", "unknown"
FULL = 0.72  # a printed line shorter than this share of the usual width ended its paragraph


@dataclass
class RawLine:
    """One line that is not blank: where it is in the source, and its cleaned units."""

    start: int
    end: int
    source: str
    units: list[str] = field(default_factory=list)
    before: str = UNKNOWN

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
            out.append("\u200c")
    return "".join(out).replace("\t", " ").replace("\u00a0", " ")


def lines_of(text: str) -> list[RawLine]:
    """The lines that hold anything, with what blank lines say of paragraphs."""
    found: list[RawLine] = []
    at, blanks = 0, 0
    gaps: list[int] = []
    for source in text.splitlines(keepends=True):
        body = source.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        units = units_of(cleaned(body))
        if any(not unit.isspace() for unit in units):
            line = RawLine(at, at + len(body), body, units)
            found.append(line)
            gaps.append(blanks)
            blanks = 0
        else:
            blanks += 1
        at += len(source)
    inner = gaps[1:]
    usual = sum(1 for gap in inner if gap) >= 0.8 * len(inner)
    for line, gap in zip(found, gaps, strict=True):
        line.before = UNKNOWN if usual else NEW if gap else UNKNOWN if not any(inner) else SAME
    mark_short(found)
    return found


def mark_short(lines: list[RawLine]) -> None:
    """Say where the line above was too short to have been wrapped."""
    widths = sorted(len(line.clean.strip()) for line in lines)
    usual = widths[int(0.8 * (len(widths) - 1))] if widths else 0
    for above, line in pairwise(lines):
        if line.before == UNKNOWN and len(above.clean.strip()) < FULL * usual:
            line.before = SHORT
